"""Figures, dates and times of a report as its readers write them."""

from award.exports import figures


class Figures:
    """The part of Pages that writes figures; it reads `language`, `places` and `proof`."""

    def date(self, moment):
        return figures.day(moment, self.language, self.proof.zone)

    def instant(self, moment):
        return figures.instant(moment, self.language, self.proof.zone)

    def score(self, value):
        """A score as it is printed everywhere."""
        return figures.number(value, self.language, self.places)

    def number(self, value, places=0):
        return figures.number(value, self.language, places)

    def natural(self, value):
        """A number with the decimals it has."""
        return figures.number(value, self.language, figures.decimals(value)) if value is not None else ""

    def percent(self, part, places=0):
        return figures.percent(100 * part, self.language, places)

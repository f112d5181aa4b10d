"""Figures, dates and times of a report as its readers write them."""

from functools import lru_cache

from award.exports import figures

number = lru_cache(maxsize=20_000)(figures.number)
"""The same figure is written many times over: setting it by the rules of a language takes longer than looking it up."""


class Figures:
    """The part of Pages that writes figures; it reads `language`, `places` and `proof`."""

    def date(self, moment):
        return figures.day(moment, self.language, self.proof.zone)

    def instant(self, moment):
        return figures.instant(moment, self.language, self.proof.zone)

    def score(self, value):
        """A score as it is printed everywhere."""
        return number(value, self.language, self.places)

    def number(self, value, places=0):
        return number(value, self.language, places)

    def natural(self, value):
        """A number with the decimals it has."""
        return number(value, self.language, figures.decimals(value)) if value is not None else ""

    def percent(self, part, places=0):
        return figures.percent(100 * part, self.language, places)

"""All that a use case may refuse. Each refusal says in the reader's language what happened and what to do next."""


class Refused(Exception):
    """The act is not possible now (HTTP 409). `message` is an `award.i18n.Text`; `fault` points at the field it concerns."""

    status = 409

    def __init__(self, message, *, field=None):
        super().__init__(str(message))
        self.message = message
        self.field = field


class Invalid(Refused):
    """What was given cannot be used (422): wrong shape, off the scale, missing."""

    status = 422


class Forbidden(Refused):
    """Known, but not open to this person (403)."""

    status = 403


class Missing(Refused):
    """Not there, or not for this person: the two look alike (404)."""

    status = 404


class Stale(Refused):
    """Somebody else changed the object since the form was opened (409); nothing was overwritten."""


class FaultyInput(Invalid):
    """Several faults at once, each with its place. `faults` is a list of `Text`."""

    def __init__(self, faults, *, field=None):
        super().__init__(faults[0], field=field)
        self.faults = list(faults)


class TooMany(Refused):
    """Too many tries in a short time (429). It passes by itself: nobody is locked out for good."""

    status = 429

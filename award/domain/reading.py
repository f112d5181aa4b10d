"""Reading a table of values key by key: what is wrong gathers as faults, so that one look shows them all."""
from fractions import Fraction

from award.domain import names, numbers
from award.errors import Invalid
from award.i18n import text

MOST = 10**6


class Reading:
    """The values of one table, its place as a Text, and the faults found in it so far.

    A getter gives the value, or after a fault its `default`; a key left out, or None, gives `default` too.
    """

    def __init__(self, values, *, keys, where, faults):
        self.where = where
        self.faults = faults
        self.values = {}
        if not isinstance(values, dict):
            self.fault(text("this is not a table of names and values"))
            return
        self.values = {key: value for key, value in values.items() if value is not None}
        for key in values:
            if key not in keys:
                self.fault(text('"%(key)s" is unknown here; known are %(keys)s', key=str(key)[:40],
                                keys=", ".join(keys)))

    def fault(self, message):
        """Notes a fault, with its place."""
        self.faults.append(text("%(where)s: %(fault)s", where=self.where, fault=message))

    def required(self, key):
        """Whether the key is there; a fault when it is not."""
        if key not in self.values:
            self.fault(text('"%(key)s" is missing', key=key))
        return key in self.values

    def line(self, key, default=""):
        """A name or title on one line, cleaned."""
        if key not in self.values:
            return default
        value = self.values[key]
        if not isinstance(value, str):
            self.fault(text('"%(key)s" is not a text in quotes', key=key))
            return default
        found = names.clean(value)
        wrong = names.fault(found, what=text('"%(key)s"', key=key)) if found or default != "" else None
        if wrong:
            self.fault(wrong)
        return found

    def name(self, key):
        """A name that must be there; "" after a fault."""
        return self.line(key, None) or "" if self.required(key) else ""

    def choice(self, key, choices):
        """One of the `choices`; the first is the default."""
        value = self.values.get(key, choices[0])
        if value in choices:
            return value
        self.fault(text('"%(key)s" cannot be "%(value)s"; choose from %(choices)s', key=key, value=str(value)[:40],
                        choices=", ".join(choices)))
        return choices[0]

    def whole(self, key, default, *, least=0, most=MOST):
        """A whole number from `least` to `most`."""
        value = self.values.get(key, default)
        if value is default or is_whole(value, least, most):
            return value
        self.fault(text('"%(key)s" must be a whole number from %(least)s to %(most)s', key=key, least=least, most=most))
        return default

    def wholes(self, key, default):
        """A tuple of whole numbers from 1."""
        value = self.values.get(key, default)
        if isinstance(value, list | tuple) and all(is_whole(part, 1, MOST) for part in value):
            return tuple(value)
        self.fault(text('"%(key)s" must be a list of whole numbers from 1', key=key))
        return default

    def lines(self, key):
        """A tuple of texts."""
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(names.clean(part) for part in value)
        self.fault(text('"%(key)s" must be a list of texts in quotes', key=key))
        return ()

    def tables(self, key):
        """A list of tables."""
        value = self.values.get(key, [])
        if isinstance(value, list):
            return value
        self.fault(text('"%(key)s" must be written as [[%(key)s]], once for each', key=key))
        return []

    def number(self, key):
        """An exact number as a Fraction, or None."""
        return self.fraction(key, self.values[key]) if key in self.values else None

    def pair(self, key):
        """Two exact numbers [low, high] as Fractions with low < high; (0, 1) after a fault."""
        value = self.values[key] if self.required(key) else [0, 1]
        if isinstance(value, list) and len(value) == 2:
            low, high = (self.fraction(key, part) for part in value)
            if low is not None and high is not None and low < high:
                return low, high
        self.fault(text('"%(key)s" must be two numbers, the lower first, such as [0, 5]', key=key))
        return Fraction(0), Fraction(1)

    def fraction(self, key, value):
        """A value of the file as a Fraction; None after a fault."""
        try:
            return numbers.exact(value)
        except Invalid as wrong:
            self.fault(text('"%(key)s": %(fault)s', key=key, fault=wrong.message))
            return None


def is_whole(value, least, most):
    """Whether a value is an int (no bool) from `least` to `most`."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

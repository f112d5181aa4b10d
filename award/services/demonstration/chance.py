"""Chance that is the same every time and on every machine: a fraction from the SHA-256 of what it is about."""
import hashlib


def fraction(*about):
    """A number from 0 up to 1, settled by `about`."""
    digest = hashlib.sha256(":".join(map(str, about)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def spread(*about):
    """A number around 0, within 2 either side: four fractions summed and centred; standard deviation 0.58."""
    return sum(fraction(*about, part) for part in range(4)) - 2


def one_of(choices, *about):
    """One of the choices."""
    return choices[int(fraction(*about) * len(choices))]

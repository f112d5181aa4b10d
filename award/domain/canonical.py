"""One way to write a value as JSON, so that equal values have equal bytes and equal checksums."""
import hashlib
import json


def canonical_json(value):
    """UTF-8 bytes: keys sorted, no spaces, no escapes beyond JSON's own, numbers in their shortest form.

    Raises ValueError for NaN and infinity, which JSON cannot hold.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sha256(value):
    """The SHA-256 of the canonical JSON of a value, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()

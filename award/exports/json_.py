"""JSON: the frozen result itself, byte for byte as it was hashed, so that `verify` can recompute it."""

from award.domain.canonical import canonical_json
from award.exports import Format


def write(report, *, language):
    """The canonical bytes of the result. They are the same in every language: its SHA-256 is printed on the report."""
    return canonical_json(report.result)


FORMAT = Format("json", "json", "application/json", write)

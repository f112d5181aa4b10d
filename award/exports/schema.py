"""The published descriptions of our JSON formats (JSON Schema 2020-12), each under the name and version of its format."""

from pathlib import Path

SCHEMAS = {path.stem: path for path in sorted((Path(__file__).parent / "schemas").glob("*.json"))}


def read(name):
    """The bytes of a schema, such as "award-result-1". Raises KeyError for a format that has none."""
    return SCHEMAS[name].read_bytes()

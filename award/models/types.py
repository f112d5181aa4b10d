"""Column types: instants that keep their zone, exact decimals, texts per language."""
from datetime import UTC
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, DateTime
from sqlalchemy.types import TypeDecorator

PLACES = 10_000


class UtcDateTime(TypeDecorator):
    """An instant, aware and in UTC. SQLite drops zones, so they are checked going in and set coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, _dialect):
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator):
    """A decimal with at most four places, kept as a whole number, so that sums in the database are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value, _dialect):
        if value is None:
            return None
        scaled = Decimal(value) * PLACES
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than four decimal places")
        return int(scaled)

    def process_result_value(self, value, _dialect):
        return None if value is None else (Decimal(value) / PLACES).normalize() + 0


Words = JSON
"""A text per language: {"nl": "…", "fr": "…"}."""

"""The clock of the pages. Settings may replace it, so that tests can stand at any instant."""
from datetime import UTC, datetime

from flask import current_app


def now():
    """This instant, aware, in UTC."""
    return current_app.config.get("CLOCK", lambda: datetime.now(UTC))()

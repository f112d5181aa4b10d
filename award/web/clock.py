"""The clock of the pages. Settings may replace it, so that tests can stand at any instant."""

import time
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import current_app

from award.db import transaction

EVEN = 0.25


def now():
    """This instant, aware, in UTC."""
    return current_app.config.get("CLOCK", lambda: datetime.now(UTC))()


@contextmanager
def even_out():
    """Do what stands in the block as one transaction and go on no sooner than `EVEN_SECONDS` after its start.

    So that the time an answer takes does not tell whether an address has an account.
    """
    start = time.monotonic()
    with transaction():
        yield
    least = current_app.config.get("EVEN_SECONDS", 0 if current_app.config["TESTING"] else EVEN)
    time.sleep(max(0.0, least - (time.monotonic() - start)))

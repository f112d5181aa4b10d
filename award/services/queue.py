"""The doorbell: tells the worker that a row waits. Rows are the truth; a ring that is lost costs a minute, never a mail."""

from award.db import after_commit

triggers = []
"""Called once the rows are durable; `award.jobs` registers itself here."""


def wake():
    """Let the worker look for waiting rows as soon as the current transaction is durable."""
    for trigger in triggers:
        after_commit(trigger)

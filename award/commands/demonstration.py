"""The command that fills an empty installation with the demonstration."""

from award.cli import DONE, command, working
from award.commands.running import application, now
from award.db import transaction
from award.i18n import text

LOADED = text("The demonstration is loaded.")
KEPT = text("The demonstration stays as it is: there is something here already.")


@command("demo", summary=text("Fill an empty installation with an invented award, to look around in."))
def demo(_options, say):
    """Does nothing when something is there already. Gives 0."""
    from award.services import demo

    with application().app_context(), working(say(text("Inventing"))), transaction():
        empty = demo.is_empty()
        if empty:
            demo.load(now=now())
    print(say(text("The demonstration is loaded.") if empty else text("The demonstration stays as it is: there is something here already.")))
    return DONE

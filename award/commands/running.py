"""Commands for who runs the installation: the worker, administrators, checks, audits, copies."""

from datetime import UTC, datetime

import config
from award.cli import BAD_INPUT, DONE, REFUSED, command, tell, working
from award.db import setting, transaction
from award.errors import Invalid
from award.i18n import ntext, text


def application():
    """The application of the settings. Raises Invalid, naming the variable, when they cannot be used."""
    from award import create_app

    try:
        return create_app(config.from_environment())
    except config.Unusable as fault:
        raise Invalid(text("The settings cannot be used: %(fault)s", fault=fault)) from None


def now():
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


@command("work", summary=text("Send the mails and render the reports that wait; runs until it is stopped."))
def work(_options, _say):
    """Runs the worker. Gives 0."""
    from award import jobs

    jobs.work(application())
    return DONE


def admin_arguments(parser, _say):
    """What `admin` takes."""
    parser.argument("email", metavar="EMAIL", help=text("address of the person"))
    parser.argument("--name", default="", help=text("name of the person, when there is no account yet"))
    parser.argument(
        "--role",
        choices=("administrator", "organiser"),
        default="administrator",
        help=text("administrator (the default), or organiser: may set up programmes"),
    )


@command(
    "admin",
    summary=text("Make somebody an administrator, with an account when there is none; prints a link to sign in."),
    arguments=admin_arguments,
)
def admin(options, say):
    """Prints a one-time link on standard output. Gives 0."""
    from award.services import accounts
    from award.web.forms import ADDRESS

    if not ADDRESS.fullmatch(options.email):
        raise Invalid(text("Write an e-mail address such as name@example.org."))
    with application().app_context(), transaction():
        user, address = accounts.appoint(options.email, role=options.role, name=options.name, now=now())
        role = {"administrator": text("administrator"), "organiser": text("organiser")}[user.role]
        told = text("%(email)s is %(role)s now. This link signs in, once, for 30 minutes:", email=user.email, role=role)
    print(say(told), address, sep="\n")
    return DONE


def check_arguments(parser, _say):
    """What `check` takes."""
    parser.argument("--deploy", action="store_true", help=text("also refuse what is unsafe where others reach the site"))


@command(
    "check",
    summary=text("Check the settings, the database and the consistency of what is in it."),
    arguments=check_arguments,
)
def check(options, say):
    """Prints each fault. Gives 0 when there is none, 3 otherwise."""
    from award.exports.paper import sealing
    from award.services import attachments, checks

    app = application()
    with app.app_context():
        seal = sealing.of_settings(setting)
        faults = checks.unsafe(app.config) if options.deploy else checks.reckless(app.config)
        faults += [words for words in [seal and sealing.fault(seal)] if words]
        wrong = checks.of_database()
        left = [] if wrong else attachments.orphans(now=now())
        faults += wrong + [text("The file %(file)s belongs to no attachment. Delete it.", file=f"files/{name}") for name in left]
    if faults:
        return tell([say(fault) for fault in faults], REFUSED)
    print(
        say(
            text("All is well: settings, database, consistency.")
            if not options.deploy
            else text("All is well: settings safe to deploy, database, consistency.")
        )
    )
    return DONE


def audit_arguments(parser, _say):
    """What `audit` takes."""
    parser.argument(
        "round",
        metavar="ROUND",
        nargs="?",
        type=int,
        help=text("number of the round, as in its address; all programmes and rounds when left out"),
    )


@command("audit", summary=text("Check that history, results and receipts are whole."), arguments=audit_arguments)
def audit(options, say):
    """Prints each finding. Gives 0 whole, 2 broken history, 3 differing result, 4 missing receipt: the gravest found."""
    from award.services import audits

    with application().app_context(), working(say(text("Recounting"))):
        rounds = [r for r in audits.rounds() if options.round in (None, r.id)]
        programmes = audits.programmes() if options.round is None else []
        found = [(text("Programme %(number)s: %(finding)s", number=p.id, finding=f.words), f.code) for p in programmes for f in audits.of_history(p)]
        found += [(text("Round %(number)s: %(finding)s", number=r.id, finding=f.words), f.code) for r in rounds for f in audits.audit(r)]
        if options.round is not None and not rounds:
            return tell([say(text("There is no round %(number)s.", number=options.round))], BAD_INPUT)
    if found:
        return tell([say(line) for line, _code in found], min(code for _line, code in found))
    print(
        say(
            ntext(
                "%(num)s round is whole: history, results, receipts.",
                "%(num)s rounds are whole: history, results, receipts.",
                len(rounds),
            )
        )
    )
    return DONE


def folder_argument(parser, _say):
    """What `backup` and `restore` take."""
    parser.argument("folder", metavar="DIR", help=text("the folder of the copy"))


@command(
    "backup",
    summary=text("Copy the database and the files into a new folder, while the site runs."),
    arguments=folder_argument,
)
def backup(options, say):
    """Gives 0 when the copy is complete."""
    from award.services import backups

    with application().app_context(), working(say(text("Copying"))):
        found = backups.backup(setting("DATABASE_URL"), setting("DATA_DIR"), options.folder)
    print(
        say(
            ntext(
                "%(num)s file copied to %(folder)s.",
                "%(num)s files copied to %(folder)s.",
                len(found),
                folder=options.folder,
            )
        )
    )
    return DONE


@command("restore", summary=text("Put a copy back into an empty installation."), arguments=folder_argument)
def restore(options, say):
    """Gives 0 when everything is back and its checksums hold."""
    from award.services import backups

    try:
        settings = config.from_environment()
    except config.Unusable as fault:
        raise Invalid(text("The settings cannot be used: %(fault)s", fault=fault)) from None
    with working(say(text("Putting back"))):
        backups.restore(options.folder, settings.database_url, settings.data_dir)
    print(say(text("%(folder)s is put back. Everybody signs in again.", folder=options.folder)))
    return DONE

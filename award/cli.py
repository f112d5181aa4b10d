"""The command line: python -m award COMMAND. `rank` and `verify` need no database, no settings and no network."""
import argparse
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

from award.domain import result, rules_file, score_csv, verification
from award.domain.canonical import canonical_json
from award.domain.report import from_result
from award.errors import FaultyInput, Invalid, Refused
from award.i18n import LANGUAGES, text, translate
from config import cli_language

DONE, BAD_INPUT, REFUSED, DIFFERS = 0, 2, 3, 3
MODULES = ("award.commands.running", "award.commands.demonstration")  # they register more commands; imported by `main`
COMMANDS = {}
PATIENCE = 2  # seconds before a bar shows that work goes on


@dataclass(frozen=True)
class Command:
    """One command: `run(options, say)` gives the exit code; `arguments(parser, say)` adds what may follow its name."""

    name: str
    run: object
    summary: object
    arguments: object = lambda parser, say: None


def command(name, **options):
    """Registers a function (options, say) as the command `name`; the options are the fields of Command."""
    def register(function):
        COMMANDS[name] = Command(name=name, run=function, **options)
        return function
    return register


def main(arguments):
    """Runs a command. Gives 0 done, 2 bad input, 3 refused by a rule; what is wrong stands on standard error."""
    for module in MODULES:
        import_module(module)
    language = spoken(arguments)

    def say(message):
        return translate(message, language)
    options = parser(say).parse_args(arguments, argparse.Namespace(lang=language))
    try:
        return COMMANDS[options.command].run(options, say)
    except FaultyInput as faulty:
        return tell(map(say, faulty.faults), BAD_INPUT)
    except Refused as refused:
        return tell([say(refused.message)], BAD_INPUT if isinstance(refused, Invalid) else REFUSED)


def tell(lines, code):
    """Prints lines on standard error and gives the exit code."""
    print(*lines, sep="\n", file=sys.stderr)
    return code


def spoken(arguments):
    """The language asked for with --lang, otherwise that of the terminal."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--lang", choices=LANGUAGES)
    try:
        return early.parse_known_args(arguments)[0].lang or cli_language()
    except argparse.ArgumentError:
        return cli_language()


class Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language; `argument` adds to its groups Arguments and Options."""

    def __init__(self, say, **options):
        self.say = say
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=usage(say), **options)
        self.groups = [self.add_argument_group(say(title)) for title in (text("Arguments"), text("Options"))]
        self.argument("-h", "--help", action="help", help=text("show this text and stop"))
        self.argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS,
                      help=text("language of the messages and of the report"))

    def argument(self, *names, help, **options):
        """Adds an argument, or an option where the name begins with a dash; `help` is a Text."""
        self.groups[names[0].startswith("-")].add_argument(*names, help=self.say(help).replace("%", "%%"), **options)

    def error(self, message):
        """Prints what is wrong with the arguments, and stops with code 2."""
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, self.say(text("These arguments cannot be used: %(fault)s", fault=message)) + "\n")


def usage(say):
    """A help formatter that says “Usage” in the user's language."""
    class Usage(argparse.HelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=None):
            super().add_usage(usage, actions, groups, say(text("Usage:")) + " " if prefix is None else prefix)
    return Usage


def parser(say):
    """The parser of all commands."""
    whole = Parser(say, prog="python -m award",
                   description=say(text("Award rounds with rankings that anyone can recompute.")))
    commands = whole.add_subparsers(title=say(text("Commands")), metavar=say(text("COMMAND")), dest="command",
                                    required=True, parser_class=lambda **options: Parser(say, **options))
    for one in COMMANDS.values():
        summary = say(one.summary).replace("%", "%%")
        one.arguments(commands.add_parser(one.name, help=summary, description=summary), say)
    return whole


def rank_arguments(parser, say):
    """What `rank` takes."""
    parser.argument("scores", metavar="SCORES.csv",
                    help=text("scores: columns juror, entry, criterion, score and optionally comment"))
    parser.argument("--rules", metavar="RULES.toml", required=True,
                    help=text("the rules, and what is known of entries beside their scores; docs/methods.md describes them"))
    parser.argument("--json", metavar="OUT.json", default="-",
                    help=text("where the result goes; “-” is standard output (the default)"))
    parser.argument("--report", metavar="OUT.pdf", help=text("where the jury report goes"))
    parser.argument("--units", choices=result.UNITS, default="score",
                    help=text("scores from 0 to 100, or in units of the scale"))
    parser.argument("--seed", type=int, default=0, metavar="N",
                    help=text("start of the random numbers, a whole number from 0, kept in the result"))


@command("rank", summary=text("Rank the entries of a score sheet by the rules."), arguments=rank_arguments)
def rank(options, say):
    """Reads scores and rules, writes the result and the report, all or nothing. Gives 0."""
    rulebook, facts = rules_file.with_facts(content_of(options.rules), name=options.rules)
    scores = score_csv.parse_csv(content_of(options.scores), rulebook=rulebook, name=options.scores)
    found = result.compute(rulebook, scores.sheet, facts=facts, seed=options.seed, units=options.units)
    outputs = {options.json: canonical_json(found)}
    if options.report:
        title = rulebook.title or Path(options.scores).stem
        outputs[options.report] = report(found, title, scores.comments, options.lang, say)
    for path, content in outputs.items():
        write(path, content)
    return DONE


def report(found, title, comments, language, say):
    """The bytes of the jury report (PDF) of a result. Raises Refused when it cannot be made here."""
    from award.exports import FORMATS
    with working(say(text("Composing the report"))):
        return FORMATS["pdf"].write(from_result(found, title=title, comments=comments), language=language)


def verify_arguments(parser, say):
    """What `verify` takes."""
    parser.argument("file", metavar="FILE", help=text("a result (JSON), or a jury report (PDF) that carries one"))


@command("verify", summary=text("Recompute a result from the data inside it."), arguments=verify_arguments)
def verify(options, say):
    """Gives 0 when the file holds what its own data give, 3 when it differs."""
    content = content_of(options.file)
    document = verification.read(attached(content) if content.startswith(b"%PDF") else content)
    with working(say(text("Recomputing"))):
        place = verification.verify(document)
    if place is None:
        print(say(text("identical: %(file)s holds exactly what its own scores and rules give", file=options.file)))
        return DONE
    print(say(text("%(file)s differs. First difference (in the file ≠ recomputed): %(place)s", file=options.file,
                   place=place)))
    return DIFFERS


def attached(content):
    """The result inside the bytes of a jury report. Raises Invalid when there is none."""
    from award.services import result_reading
    found, fault = result_reading.attached(content)
    if fault == result_reading.LOCKED:
        raise Invalid(text("This PDF is protected with a password. Save it without one, then try again."))
    if fault:
        raise Invalid(text("This PDF carries no result that can be read; a jury report of Award does."))
    return found


def content_of(path):
    """The bytes of a file. Raises Invalid when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as fault:
        raise Invalid(text("%(file)s cannot be read: %(fault)s", file=path, fault=cause(fault))) from None


def write(path, content):
    """Writes bytes to a file, or with "-" as a line to standard output. Raises Invalid when that is impossible."""
    if path == "-":
        sys.stdout.buffer.write(content + b"\n")
        return
    try:
        Path(path).write_bytes(content)
    except (OSError, ValueError) as fault:
        raise Invalid(text("%(file)s cannot be written: %(fault)s", file=path, fault=cause(fault))) from None


def cause(fault):
    """The words of the operating system for what went wrong with a file."""
    return getattr(fault, "strerror", None) or str(fault)


@contextmanager
def working(label, *, stream=None, patience=PATIENCE):
    """Shows on a terminal, once the work takes longer than `patience` seconds, a bar that moves until it is done."""
    stream, done = stream or sys.stderr, Event()

    def show():
        step = 0
        while not done.wait(patience if step == 0 else 0.1):
            stream.write(f"\r{label} [{'=' * (step % 20):<20}]")
            stream.flush()
            step += 1
        stream.write("\r" + " " * (len(label) + 24) + "\r" if step else "")
    bar = Thread(target=show, daemon=True)
    if stream.isatty():
        bar.start()
    try:
        yield
    finally:
        done.set()
        if bar.is_alive():
            bar.join()

"""The README of open data: what the files hold, how to read, use and check them, in every language one after the other."""

from award.exports.csv_ import cell
from award.exports.vouching import VOUCHED, vouched
from award.i18n import LANGUAGES, NAMES, text, translate

TITLE = text("Open data: rules, scores, ranking and decisions")
PARAGRAPHS = (
    text("Jurors stand under codes. The names of jurors, what they wrote and the members of teams are not among these data."),
    text("The CSV files are UTF-8, with commas between cells and decimal points. An empty cell is not known or missing; it is never zero. "
         "The heads of columns and fixed words are in English."),
    text("An apostrophe stands before a text that a spreadsheet would take for a formula. To undo it, take one apostrophe away where what "
         "follows the apostrophes begins with = + - @, a tab or a new line."),
    text("datapackage.json describes every column with its type, for programs (Frictionless Data Package)."),
)
LICENSED = {True: text("You may use these data for any purpose, if you name the source. Licence: %(licence)s"),
            False: text("You may use these data for any purpose, without naming the source. Licence: %(licence)s")}
CHECK = text("To check the figures, install Award and type “python -m award verify result.json”: it recomputes the ranking and says whether it is "
             "identical. The SHA-256 of result.json must be the one above, and the one on the public page.")
RESULT = text("Frozen result: rulebook, scores, ranking")
FILE, COLUMNS, PAGE = text("File"), text("Columns"), text("Public page")


def readme(found, title, licence):
    """The text; `found`: (folder, Report, tables) of each stage."""
    return f"# {' '.join(title.split())}\n\n" + "\n".join(part(found, licence, language) for language in LANGUAGES)


def part(found, licence, language):
    """All of it in one language."""
    said = [translate(paragraph, language) for paragraph in PARAGRAPHS]
    free = translate(LICENSED[licence.names_source].filled(licence=f"{licence.title}, {licence.url}"), language)
    blocks = [f"## {NAMES[language]}: {translate(TITLE, language)}", *said,
              *(block for folder, report, tables in found for block in (proof(folder, report, language), files(folder, tables, language))),
              free, translate(CHECK, language)]
    return "\n\n".join(blocks) + "\n"


def proof(folder, report, language):
    """What vouches for the figures of a stage, as a table."""
    known = [(translate(VOUCHED[name], language), cell(value, language)) for name, value in vouched(report, language).items()]
    url = report.heading.proof.url
    return table([f"{folder}result.json", translate(RESULT, language)], [*known, *([(translate(PAGE, language), url)] if url else [])])


def files(folder, tables, language):
    """The files of a stage, each with its columns, as a table."""
    rows = [(f"{folder}{one.key}.csv", "; ".join(f"{column.field} ({translate(column.title, language)})" for column in one.columns))
            for one in tables]
    return table([translate(FILE, language), translate(COLUMNS, language)], rows)


def table(heads, rows):
    """A table in Markdown; what would end a cell or a line in it is a space."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(" ".join(str(words).replace("|", " ").split()) for words in line) + " |" for line in lines)

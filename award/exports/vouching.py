"""What vouches for the figures of an export: the method, the checksum of the result and its time. They stand in every one."""

from dataclasses import replace

from award.domain.canonical import sha256
from award.exports.cells import Column, Moment
from award.exports.words import method
from award.i18n import text, translate

VOUCHED = {"method": text("Method"), "result": text("SHA-256 of the result"), "frozen": text("Frozen at")}


def vouched(report, language):
    """Method, checksum of the result and its time, as cells; the time is "" where it is not known."""
    proof = report.heading.proof
    return {
        "method": translate(method(report.result["rulebook"]["method"]), language),
        "result": sha256(report.result),
        "frozen": Moment(proof.frozen_at, proof.zone) if proof.frozen_at else "",
    }


def titled(heading):
    """Programme and round on one line; the programme once where the round is named after it."""
    named = [heading.round] if heading.round.startswith(heading.programme) else [heading.programme, heading.round]
    return " ".join(" ".join(named).split())


def on_every_row(table, report, language):
    """The table with what vouches for it on each row, so that a row that is cut out still says where it comes from."""
    known = vouched(report, language)
    columns = tuple(Column(f"vouched_{field}", VOUCHED[field]) for field in known)
    return replace(table, columns=table.columns + columns, rows=tuple(row + tuple(known.values()) for row in table.rows))

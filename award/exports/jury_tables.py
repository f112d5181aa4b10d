"""The jury as tables: who sat on it and how many ballots count. How strictly somebody judged is for the chair alone."""

from award.domain.report import Juror
from award.exports import beside
from award.exports.cells import Column, Table, filled
from award.i18n import text, translate

PERSON = (Column("name", text("Name"), "long"), Column("organisation", text("Organisation"), "long"), Column("chair", text("Chair")))


def tables(report, language):
    """The jurors; and the members of the jury without their codes, where no juror may be known by name."""
    return (jurors(report, language), *([members(report, language)] if report.jury.members else []))


def jurors(report, language):
    """One row per juror: the code that the scores use, the person where the report names them, and the ballots."""
    counted = {one["juror"]: one["ballots"] for one in report.result["jurors"]}
    given = {}
    for _entry, juror, _scores in report.result["sheet"]["ballots"]:
        name = report.result["sheet"]["jurors"][juror]
        given[name] = given.get(name, 0) + 1
    known = {one.key: one for one in report.jury.jurors}
    keys = dict.fromkeys([*(one.key for one in report.jury.jurors), *counted])
    rows = tuple((key, *_person(known.get(key) or Juror(key), language), given.get(key, 0), counted.get(key, 0)) for key in keys)
    columns = (Column("juror", text("Juror")), *PERSON, Column("given", text("Ballots given"), "whole"),
               Column("ballots", text("Ballots that count"), "whole"))
    return filled(Table("jurors", text("Jurors"), columns, rows), {"name", "organisation", "chair"})


def members(report, language):
    """One row per member of the jury, without the code."""
    rows = tuple(_person(one, language) for one in report.jury.members)
    return filled(Table("members", text("Members of the jury"), PERSON, rows), {"organisation", "chair"})


def _person(juror, language):
    return juror.name or None, juror.organisation or None, translate(beside.YES_NO[True], language) if juror.chair else None

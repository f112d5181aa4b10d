"""The life of a round, and the steps of setting it up, as the list in the margin."""

from flask import url_for
from flask_login import current_user

from award.i18n import SAYINGS, ntext, pick, said, text
from award.permissions import Permission, can
from award.services import entrants, progress, readiness, rulebooks
from award.web import formats
from award.web.clock import now
from award.web.frame import page_language
from award.web.standing_words import STATES

SAYINGS["date"] = lambda value, zone, language: formats.day(value, zone, language=language, weekday=False)
ORDER = tuple(STATES)
STAGE_NOTES = {"draft": text("not open yet"), "locked": text("locked"), "decided": text("decided")}


def life(found):
    """Steps for the `spine` macro: every state of the round with its date or finding, its stages under judging."""
    at = ORDER.index(found.round.state)
    notes = {
        "draft": _drafted(found),
        "open": _call(found),
        "judging": _since(found.dates.get("call_closed")),
        "decided": _since(found.dates.get("round_decided")),
        "published": _since(found.dates.get("round_published")),
        "archived": _since(found.dates.get("round_archived")),
    }
    steps = []
    for place, state in enumerate(ORDER):
        now = "now" if place == at and not (state == "judging" and found.stage) else None
        steps.append(
            {
                "title": STATES[state],
                "note": _in_zone(notes[state], found) if place <= at or state == "open" else None,
                "state": "past" if place < at or (state == "judging" and place == at) else now,
            }
        )
        steps += _under_judging(found, at) if state == "judging" else []
    return steps


def _drafted(found):
    return ("since", found.round.created_at)


def _since(moment):
    return ("since", moment) if moment else None


def _call(found):
    return ("call", found.round)


def _in_zone(note, found):
    if note is None:
        return None
    kind, value = note
    zone = found.round.zone
    if kind == "since":
        return text("since %(day)s", day=said("date", value, zone))
    if found.round.state == "draft":
        return text(
            "%(opens)s to %(closes)s",
            opens=said("date", value.opens_at, zone),
            closes=said("date", value.closes_at, zone),
        )
    count = found.counts["submitted"]
    return ntext(
        "%(opens)s to %(closes)s, %(num)s entry",
        "%(opens)s to %(closes)s, %(num)s entries",
        count,
        opens=said("date", value.opens_at, zone),
        closes=said("date", value.closes_at, zone),
    )


def _under_judging(found, at):
    begun = at >= ORDER.index("judging")
    steps = [_screening(found)] if begun and found.judging else []
    for stage in found.round.stages:
        current = stage is found.stage and found.round.state == "judging" and not (steps and steps[0]["state"] == "now")
        steps.append(
            {
                "title": pick(stage.title, page_language(), found.round.languages),
                "note": _stage_note(found, stage),
                "sub": True,
                "state": "now" if current else "past" if stage.state == "decided" else None,
            }
        )
    return steps


def _screening(found):
    judging = found.judging
    now = found.phase == "screening"
    note = (
        ntext("%(num)s still to do", "%(num)s still to do", judging.unscreened)
        if judging.unscreened
        else text("%(eligible)s eligible, %(refused)s not", eligible=judging.eligible, refused=judging.refused)
    )
    return {"title": text("Screening"), "note": note, "sub": True, "state": "now" if now else "past"}


def _stage_note(found, stage):
    if stage is found.stage and stage.state == "open":
        done, total = progress.ballots(found.jurors)
        return text("open, %(share)s in", share=said("share", done / total)) if total else text("open")
    if stage.id in found.through:
        return ntext("%(num)s goes on", "%(num)s go on", found.through[stage.id])
    return STAGE_NOTES.get(stage.state, text("open"))


def setting_up(round_, here, stage=None):
    """The pages of setting up a round, `here` being the key of the one that is shown: round, fields, criteria, rules.

    Those of `stage`, where it is not the first, take the place of the first one's. A page where nothing is missing is past; the
    others say what is.
    """
    if stage is not None and entrants.preceding(stage):
        return _of_further(stage, here)
    lacking = {
        check.place: check.finding for check in reversed(readiness.missing(readiness.before_call(round_, now=now())))
    }
    stage = next((stage for stage in round_.stages if stage.kind == "scoring"), None)
    pages = [
        ("round", text("Texts and dates"), url_for("rounds.edit", round_id=round_.id)),
        ("categories", text("Categories"), url_for("categories.index", round_id=round_.id)),
        ("fields", text("Entry form"), url_for("fields.index", round_id=round_.id)),
    ]
    if stage:
        pages += [
            ("criteria", text("Criteria"), url_for("criteria.index", stage_id=stage.id)),
            ("special_awards", text("Special awards"), url_for("special_awards.index", stage_id=stage.id)),
            ("rules", text("Rules of the result"), url_for("stages.edit", stage_id=stage.id)),
        ]
    pages.append(("ready", text("Ready to open"), url_for("rounds.show", round_id=round_.id)))
    readable = ("categories", "fields", "criteria", "special_awards", "ready")
    organises = can(current_user, Permission.ORGANISE, round_)
    return [
        {
            "title": title,
            "url": address if organises or key in readable else None,
            "note": lacking.get(key),
            "state": "now" if key == here else "past" if key not in lacking and key != "ready" else None,
        }
        for key, title, address in pages
    ]


def _of_further(stage, here):
    """The pages of setting up a stage that follows another: its criteria, its rules, its round."""
    round_, lacking = stage.round, not stage.criteria
    faulty = not lacking and bool(rulebooks.faults(stage))
    organises = can(current_user, Permission.ORGANISE, round_)
    pages = [
        ("criteria", text("Criteria"), url_for("criteria.index", stage_id=stage.id), text("no criterion yet") if lacking else None),
        ("special_awards", text("Special awards"), url_for("special_awards.index", stage_id=stage.id), None),
        ("rules", text("Rules of the result"), url_for("stages.edit", stage_id=stage.id) if organises else None, None),
        ("ready", text("The round"), url_for("rounds.show", round_id=round_.id), None),
    ]
    return [
        {
            "title": title,
            "url": address,
            "note": note,
            "state": "now" if key == here else "past" if key == "criteria" and not lacking or key == "rules" and not (lacking or faulty) else None,
        }
        for key, title, address, note in pages
    ]

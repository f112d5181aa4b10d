"""The jury: screening, invitations and answers, conflicts declared and found, and who judges what."""
from award.services import assignments, ballots, conflicts, jurors, screenings
from award.services.demonstration import people, texts
from award.services.demonstration.chance import fraction, one_of
from award.services.demonstration.scene import play

DECLARED = 0.012
"""The share of pairs in which a juror declares a conflict."""


def screen(scene, *, days):
    """The organiser screens every entry between two days; a no has its reason in the team's language."""
    first, last = days
    waiting = {e.title: e for e in screenings.of_round(scene.round)}
    contents = texts.entries(scene.content)
    for number, content in enumerate(c for c in contents if c["title"] in waiting):
        cause = content.get("refused")
        reason = texts.read("small")["refused"][cause][content["language"]] if cause else ""
        day, part = divmod((last - first) * number / len(waiting), 1)
        now = scene.at(first + int(day), 9 + 8 * part)
        screenings.save(waiting[content["title"]], verdict={"eligible": not cause, "reason": reason}, version=None,
                        actor=scene.organiser, now=now)


def invite(scene, *, day, absent=()):
    """Invite the jury; all accept within days, but for those whose number is in `absent`, who decline."""
    for juror in texts.read("people")["juror"]:
        body, languages = juror["body"], juror["languages"]
        person = (juror["name"], people.address(juror["name"], body), people.called(body, languages[0]))
        profile = {"organisation": "", "languages": languages, "chair": juror.get("chair", False)}
        row = jurors.invite(scene.stage, people=[person], profile=profile, actor=scene.organiser, now=scene.at(day))[0]
        scene.jurors[row.code] = row, juror
    play([(scene.at(day + 1 + number % 6, 18 + number % 4), _accept(row, number in absent))
          for number, (row, _juror) in enumerate(list(scene.jurors.values()), 1)])


def _accept(row, absent):
    def answer(now):
        row.user.confirmed_at = row.user.confirmed_at or now
        reason = texts.read("small")["declines"][row.user.language] if absent else ""
        jurors.answer(row, accepts=not absent, reason=reason, now=now)
    return answer


def declare(scene, *, day):
    """Each juror who accepted declares conflicts, most of them none."""
    entries = conflicts.entries(scene.stage)
    accepted = [row for row, _juror in scene.jurors.values() if row.state == "accepted"]
    play([(scene.at(day + number % 4, 19 + number % 3), _declare(scene, row, entries))
          for number, row in enumerate(accepted, 1)])


def _declare(scene, row, entries):
    words = texts.read("comments")["ties"][row.user.language]
    chosen = [e for e in entries if fraction(scene.content, row.code, e.number, "tie") < DECLARED]
    declared = {e.id: one_of(words, scene.content, row.code, e.number) for e in chosen if not conflicts.detect(row, e)}

    def declare(now):
        conflicts.declare(row, declared=declared, now=now)
    return declare


def assign(scene, *, readers, day):
    """The organiser confirms the plan of `readers` jurors an entry."""
    return assignments.confirm(scene.stage, settings=(readers, 7), actor=scene.organiser, now=scene.at(day, 15))


def own(row):
    """The assignments of a juror, in the order of the juror's own list."""
    return [desk.assignment for desk in ballots.own(row) if desk.assignment.state == "notified"]

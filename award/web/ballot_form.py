"""The form of a ballot, made for the criteria of its stage."""

from decimal import Decimal
from functools import lru_cache

from wtforms import HiddenField, StringField, TextAreaField

from award.domain import criteria as scales
from award.domain.numbers import plain
from award.errors import Invalid, Stale
from award.i18n import said, text
from award.services import ballots, receipts
from award.web.forms import AtMost, Form, trimmed

MOST_RADIOS = 11


class OnScale:
    """A score in our own grammar, on the scale of its criterion; given as typed and kept exact."""

    def __init__(self, rule):
        self.rule = rule

    def __call__(self, _form, field):
        try:
            found = scales.read(self.rule, field.data)
        except Invalid as refusal:
            field.errors = [*field.errors, refusal.message]
            return
        field.value = None if found is None else Decimal(found.numerator) / Decimal(found.denominator)


class BallotForm(Form):
    """The base of the form made for the criteria of a stage. `whole`: every criterion needs a score, as for
    submitting."""

    rows = ()
    whole = False
    stale = False

    def validate(self, extra_validators=None):
        valid = super().validate(extra_validators)
        for row in self.rows if self.whole else ():
            field = self[f"score_{row.id}"]
            if not field.errors and not (field.data or "").strip():
                field.errors, valid = [receipts.incomplete(row)], False
        return valid

    def refuse(self, refusal):
        super().refuse(refusal)
        self.stale = isinstance(refusal, Stale)

    def marks(self):
        """What was typed, as the use case takes it."""
        read = self.read.data or ""
        return ballots.Marks(
            {row.id: self[f"score_{row.id}"].value for row in self.rows},
            {row.id: self[f"comment_{row.id}"].data or "" for row in self.rows},
            self.note.data or "",
            int(read) if read.isascii() and read.isdigit() and len(read) < 10 else None,
        )


def ballot_form(rows, assignment):
    """The form over the criteria `rows`, filled with the ballot there is."""
    criteria = tuple((row.id, ballots.rule(row), tuple(row.name.items())) for row in rows)
    form = _form_over(criteria, tuple(assignment.stage.round.languages))(data=_present(assignment))
    form.rows = rows
    return form


@lru_cache(maxsize=64)
def _form_over(criteria, languages):
    """The class of the form over criteria ((id, domain Criterion, names by language), …); made once, as it takes long."""
    fields = {
        "read": HiddenField(),
        "note": TextAreaField(
            text("Private note"), filters=[trimmed], validators=[AtMost(4000)], description=text("Only you see it.")
        ),
    }
    for id_, rule, name in criteria:
        fields[f"score_{id_}"] = StringField(
            said("words", dict(name), languages),
            filters=[trimmed],
            validators=[OnScale(rule)],
            render_kw={"inputmode": "decimal", "autocomplete": "off"},
        )
        fields[f"comment_{id_}"] = TextAreaField(
            text("Comment, for the team"), filters=[trimmed], validators=[AtMost(4000)]
        )
    return type("BallotOfStage", (BallotForm,), fields)


def _present(assignment):
    """The ballot as the form shows it. `read` names the newest version of the entry: the one on the page."""
    ballot, newest = assignment.ballot, assignment.entry.versions[-1]
    if ballot is None:
        return {"version": "0", "read": str(newest.id)}
    scores = {f"score_{s.criterion_id}": f"{s.value:f}" for s in ballot.scores if s.value is not None}
    comments = {f"comment_{s.criterion_id}": s.comment for s in ballot.scores}
    return {"version": str(ballot.version), "read": str(newest.id), "note": ballot.note, **scores, **comments}


def steps(row, languages):
    """[(value, anchor texts)] of a criterion, highest first; [] when there are too many for radios."""
    values = scales.steps(ballots.rule(row))
    if not values or len(values) > MOST_RADIOS:
        return []
    return [(plain(v), said("words", row.anchors.get(plain(v)) or {}, languages)) for v in reversed(values)]

"""The form of the rules of a stage: from ballots to a score, equal scores, and places."""

from decimal import Decimal

from wtforms import StringField

from award.domain.aggregation import METHODS
from award.domain.rulebook import BY_CRITERION, FIRSTS
from award.domain.rules_file import MISSING, ORDERS
from award.i18n import said, text
from award.services import stages
from award.web import rule_words
from award.web.forms import AtMost, localised, trimmed
from award.web.inputs import Between, Dated, Figure, Given, clock, day, local, one_of, written

TIES = ("tie_1", "tie_2", "tie_3")
ORDER_WORDS = {
    "ballot": (
        text("Each ballot first"),
        text("Each juror’s ballot becomes one figure; the figures of the jurors become the score."),
    ),
    "criterion": (
        text("Each criterion first"),
        text("The jurors’ scores on a criterion become one figure; the figures of the criteria become the score."),
    ),
}
MISSING_WORDS = {
    "strict": (
        text("The ballot does not count"),
        text("A missing score is never a zero. The juror sees what is missing before submitting."),
    ),
    "renormalise": (
        text("The other criteria count for it"),
        text("For that ballot, the shares of the criteria that were scored are made up to 100%."),
    ),
}
WHOLE = text("Write a whole number.")


class RulesForm(Dated):
    """The part of a stage's form that is the same for every round."""

    moments = ("closes",)
    closes_on, closes_at = day(text("Date")), clock(text("Time"))
    method = one_of(
        text("How ballots become a score"),
        [(key, method.label, rule_words.rule({"method": key, "trim": 1})) for key, method in METHODS.items()],
    )
    order = one_of(text("What is reckoned first"), [(key, *ORDER_WORDS[key]) for key in ORDERS])
    trim = Figure(
        text("Left out at each end"),
        description=text("For the trimmed mean: how many of the lowest and of the highest."),
        validators=[Given(WHOLE), Between(0, 50, whole=True)],
    )
    missing = one_of(text("When a score is missing"), [(key, *MISSING_WORDS[key]) for key in MISSING])
    min_ballots = Figure(
        text("Fewest ballots"),
        description=text("An entry with fewer counted ballots has no place. That is not the same as last place."),
        validators=[Given(WHOLE), Between(1, 1000, whole=True)],
    )
    top = StringField(
        text("How many may go on or win"),
        filters=[trimmed],
        validators=[AtMost(60)],
        description=text("One or more whole numbers, such as 1, 5. The result says how sure it is who is among them."),
    )

    def zone_name(self):
        return self.zone_of_round

    def validate(self, extra_validators=None):
        """The list of whole numbers must be one."""
        valid = super().validate(extra_validators)
        if numbers_of(self.top.data) is None:
            self.top.errors = [text("Write whole numbers from 1 to 1000, with commas between them, such as 1, 5.")]
        return valid and not self.top.errors

    def rules(self):
        """The rules as the stage keeps them."""
        ties = list(dict.fromkeys(self[name].data for name in TIES if self[name].data))
        return {
            "method": self.method.data,
            "order": self.order.data,
            "trim": int(self.trim.data),
            "missing": self.missing.data,
            "min_ballots": int(self.min_ballots.data),
            "ties": ties,
            "top": numbers_of(self.top.data),
        }


def numbers_of(typed):
    """The whole numbers of a list such as "1, 5", each once, ascending; None when it is no such list."""
    parts = [part.strip() for part in (typed or "").replace(";", ",").split(",") if part.strip()]
    if not parts or not all(
        part.isascii() and part.isdigit() and len(part) < 5 and 1 <= int(part) <= 1000 for part in parts
    ):
        return None
    return sorted({int(part) for part in parts})


def form_for(stage, **more):
    """The form of a stage as it stands: its texts in the round's languages, its tie chain over its criteria."""
    steps = [
        ("", text("nothing: equal scores share a place")),
        *((BY_CRITERION + c.key, text("the mean on %(criterion)s", criterion=said("words", c.name, stage.round.languages))) for c in stage.criteria),
        (FIRSTS, text("the number of first places")),
    ]
    labels = (text("Equal scores are separated by"), text("Then by"), text("Then by"))
    chain = {name: one_of(label, steps, listed=True, default="") for name, label in zip(TIES, labels, strict=True)}
    parts = {
        "title": localised(text("Title"), stage.round.languages, needed=text("Write the title of the stage.")),
        **chain,
        "zone_of_round": stage.round.zone,
    }
    return type("StageForm", (RulesForm,), parts)(**_data(stage), **more)


def _data(stage):
    rules = {**stages.START, **stage.rules}
    ties = dict(zip(TIES, rules["ties"], strict=False))
    return {
        "title": stage.title,
        **local("closes", stage.closes_at, stage.round.zone),
        "method": rules["method"],
        "order": rules["order"],
        "trim": Decimal(rules["trim"]),
        "missing": rules["missing"],
        "min_ballots": Decimal(rules["min_ballots"]),
        **ties,
        "top": ", ".join(map(str, rules["top"])),
        "version": stage.version,
    }


def given(form, stage):
    """What the form says, as the use case takes it; a setting that the form does not show stays as it is."""
    return {
        "title": written(form.title.data),
        "closes_at": form.instants["closes"],
        "rules": {**stage.rules, **form.rules()},
    }

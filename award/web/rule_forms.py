"""The form of the rules of a stage: from ballots to a score, equal scores, places, and the rules that few stages need."""

from decimal import Decimal

from wtforms import StringField

from award.domain.aggregation import METHODS
from award.domain.rulebook import BY_CRITERION, FIRSTS
from award.domain.rules_file import MISSING, ORDERS, UNCONNECTED
from award.i18n import said, text
from award.services import entrants, rulebooks, stages
from award.web import rule_words
from award.web.forms import AtMost, localised, trimmed
from award.web.inputs import Between, Dated, Figure, Given, clock, day, local, one_of, written

TIES = ("tie_1", "tie_2", "tie_3")
MORE = (("severity", "lam", "unconnected"), ("cut",), ("margin",), ("threshold",), ("budget", "cost_field"), ("carried",))
"""The fields of the rules that few stages need, in groups that are shown together."""
NUMBERS = ("margin", "threshold", "budget", "carried")
ORDER_WORDS = {"ballot": text("Each ballot first"), "criterion": text("Each criterion first")}
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
SEVERITY_WORDS = [
    ("reml", text("Estimated from all ballots"), text("Recommended. With few jurors or ballots a cautious figure is taken, and the result says so.")),
    ("fixed", text("By a figure of your own"), text("For rules that must be the same whatever the ballots say.")),
]
UNCONNECTED_WORDS = {
    "refuse": (text("No ranking"), text("Safer: the result asks for jurors who judge entries of both groups.")),
    "within": (text("A ranking for each group"), text("Groups are never merged, so there is a first place in each.")),
}
WHOLE = text("Write a whole number.")


class RulesForm(Dated):
    """The part of a stage's form that is the same for every round."""

    moments = ("closes",)
    closes_on, closes_at = day(text("Date")), clock(text("Time"))
    method = one_of(
        text("How ballots become a score"),
        [(key, METHODS[key].label, rule_words.HINTS[key]) for key in rule_words.HINTS if key in METHODS],
    )
    order = one_of(text("What is reckoned first"), [(key, ORDER_WORDS[key], rule_words.ORDER[key]) for key in ORDERS])
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
    severity = one_of(text("How far jurors are corrected"), SEVERITY_WORDS, default="reml")
    lam = Figure(
        text("Your own figure (lambda)"),
        description=text("For a figure of your own. With 0 the correction is full, with a large number there is none; 4 is cautious."),
        validators=[Between(0, 1_000_000)],
    )
    unconnected = one_of(
        text("When groups of jurors have no entry in common"), [(key, *UNCONNECTED_WORDS[key]) for key in UNCONNECTED], default="refuse"
    )
    cut = Figure(
        text("How many go on"),
        description=text("The cut line. Leave empty for none. Equal scores across it are not cut: the jury decides."),
        validators=[Between(1, 100_000, whole=True)],
    )
    margin = Figure(
        text("Closer than this, the jury must deliberate"),
        description=text("In points of 100 between first and second. Leave empty for no such rule."),
        validators=[Between(Decimal("0.0001"), 100)],
    )
    threshold = Figure(
        text("Threshold for all criteria together"),
        description=text("The means on the criteria are added up, as on their scales: 10 of 15, for example. Leave empty for none."),
        validators=[Between(-100_000, 100_000)],
    )
    budget = Figure(
        text("Budget"),
        description=text("Given down the ranking until an entry asks more than is left. Leave empty for none."),
        validators=[Between(Decimal("0.01"), 10**12)],
    )
    carried = Figure(
        text("Share of the stage before, in per cent"),
        description=text("How much the score of the stage before counts in this one. Leave empty when it does not."),
        validators=[Between(Decimal("0.01"), Decimal("99.99"))],
    )

    def zone_name(self):
        return self.zone_of_round

    def validate(self, extra_validators=None):
        """Beyond each field by itself: the list of whole numbers is one, and the rules go together."""
        valid = super().validate(extra_validators)
        if numbers_of(self.top.data) is None:
            self.top.errors = [text("Write whole numbers from 1 to 1000, with commas between them, such as 1, 5.")]
        self._fit()
        return valid and not self.errors_found()

    def _fit(self):
        """Faults of rules that do not go together, beside the field to change."""
        method = METHODS.get(self.method.data)
        if method and self.order.data in ORDERS and self.order.data not in method.orders:
            self.order.errors = [text("This method works on whole ballots. Choose “Each ballot first”, or another method.")]
        if method and self.missing.data in MISSING and self.missing.data not in method.missing:
            self.missing.errors = [text("This method needs complete ballots. Choose “The ballot does not count”, or another method.")]
        if self.method.data == "additive" and self.severity.data == "fixed" and self.lam.data is None and not self.lam.errors:
            self.lam.errors = [text("Write the figure, or have it estimated.")]
        if self.budget.data is not None and not self.cost_field.data:
            self.cost_field.errors = [text("Choose the question that holds the amount asked.")]

    def errors_found(self):
        """Whether any field has a fault."""
        return any(field.errors for field in self)

    def in_use(self, names):
        """Whether one of the fields says something other than when it is left alone, or has a fault."""
        chosen = "additive" in (self.method.data, self.method.object_data) if "severity" in names else False
        return chosen or any(self[name].errors or self[name].data not in (None, "", self[name].default) for name in names)

    def rules(self):
        """The rules as the stage keeps them; None where there is no such rule."""
        ties = list(dict.fromkeys(self[name].data for name in TIES if self[name].data))
        additive, budget = self.method.data == "additive", self.budget.data is not None
        return {
            "method": self.method.data,
            "order": self.order.data,
            "trim": int(self.trim.data),
            "missing": self.missing.data,
            "min_ballots": int(self.min_ballots.data),
            "ties": ties,
            "top": numbers_of(self.top.data),
            "lambda": _plain(self.lam.data) if additive and self.severity.data == "fixed" else None,
            "unconnected": "within" if additive and self.unconnected.data == "within" else None,
            "cut": None if self.cut.data is None else int(self.cut.data),
            "cost_field": int(self.cost_field.data) if budget else None,
            **{name: _plain(self[name].data) for name in NUMBERS if name in self},
        }


def _plain(figure):
    """A figure as an exact text; None stays None."""
    return None if figure is None else f"{figure:f}"


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
    languages = stage.round.languages
    steps = [
        ("", text("nothing: equal scores share a place")),
        *((BY_CRITERION + c.key, text("the mean on %(criterion)s", criterion=said("words", c.name, languages))) for c in stage.criteria),
        (FIRSTS, text("the number of first places")),
    ]
    labels = (text("Equal scores are separated by"), text("Then by"), text("Then by"))
    chain = {name: one_of(label, steps, listed=True, default="") for name, label in zip(TIES, labels, strict=True)}
    amounts = [(str(field.id), said("words", field.label, languages)) for field in stage.round.fields if field.kind == "number"]
    parts = {
        "title": localised(text("Title"), languages, needed=text("Write the title of the stage.")),
        **chain,
        "cost_field": one_of(text("The amount asked"), [("", text("no question")), *amounts], listed=True, default="",
                             description=text("The question of the entry form that holds it. Only questions for a number are listed.")),
        "zone_of_round": stage.round.zone,
        **({} if entrants.preceding(stage) else {"carried": None}),
    }
    form = type("StageForm", (RulesForm,), parts)(**_data(stage), **more)
    if stage.criteria:
        form.threshold.validators = [Between(sum(c.low for c in stage.criteria), sum(c.high for c in stage.criteria))]
    return form


def groups(form):
    """(groups of fields in use, groups not in use) of the rules that few stages need."""
    there = [names for names in MORE if names[0] in form]
    used = [names for names in there if form.in_use(names)]
    return used, [names for names in there if names not in used]


def _data(stage):
    rules = {**stages.START, **stage.rules}
    ties = dict(zip(TIES, rules["ties"], strict=False))
    lam = rules.get("lambda") if rules.get("lambda") != "reml" else None
    figures = {"lam": lam, "cut": rules.get("cut"), **{name: rules.get(name) for name in NUMBERS}}
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
        "severity": "reml" if lam is None else "fixed",
        "unconnected": rules.get("unconnected") or "refuse",
        "cost_field": str(rules.get("cost_field") or ""),
        **{name: Decimal(value) for name, value in figures.items() if value is not None},
        "version": stage.version,
    }


def given(form, stage):
    """What the form says, as the use case takes it; a setting that the form does not show stays as it is."""
    rules = {**stage.rules, **form.rules()}
    return {
        "title": written(form.title.data),
        "closes_at": form.instants["closes"],
        "rules": {name: value for name, value in rules.items() if value is not None},
    }


def advice(stage):
    """Which method is recommended for the stage, and why."""
    return rule_words.ADVICE[rulebooks.recommended(stage)]

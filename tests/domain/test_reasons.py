"""Every code has its words: causes, reasons, refusals, notes and warnings, in every language, with nothing left open in them."""
import pytest

from award.domain import agreement, cautions, comparison, diagnostics, panels, ranking, reasons, result, severity
from award.domain.aggregation import METHODS
from award.i18n import LANGUAGES, Text, translate

VALUES = {"entry": "E", "criterion": "C", "mean": 2.5, "threshold": 3, "ballots": 1, "values": 1, "least": 2, "jurors": 3, "groups": 2,
          "fields": ["model"], "entries": ["E", "F"], "sum": 9.5}
WORDS = [*((name, reasons.cause(name)) for name in reasons.CAUSES), *((name, reasons.note(name)) for name in reasons.NOTES),
         *((name, reasons.reason({"code": name, **VALUES})) for name in reasons.REASONS),
         *((name, reasons.refusal({"code": name, **VALUES})) for name in reasons.REFUSALS),
         *((name, reasons.warning({"code": name, **VALUES})) for name in reasons.WARNINGS)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "words"), WORDS, ids=[code for code, _words in WORDS])
def test_a_code_has_its_words_in_every_language(code, words, language):
    assert type(words) is Text
    said = translate(words, language)
    assert said and "%(" not in said
    assert (said == translate(words, "en")) is (language == "en")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_number_of_ballots_values_or_jurors_is_said_in_the_right_form(number):
    figures = {**VALUES, "ballots": number, "values": number, "jurors": number}
    noun = {0: "s", 1: "", 2: "s"}[number]
    assert f"{number} ballot{noun} count" in str(reasons.reason({"code": "few_ballots", **figures}))
    assert f"{number} value{noun} " in str(reasons.reason({"code": "few_values", **figures}))
    assert f"{number} juror{noun} ha" in str(reasons.refusal({"code": "few_jurors", **figures}))
    assert f"With {number} juror{noun} " in str(reasons.warning({"code": "few_jurors", **figures}))


def test_a_cause_outside_the_table_is_given_back():
    assert reasons.cause("ill on the day") == "ill on the day"


def test_every_caution_that_a_method_declares_can_be_checked_and_said():
    declared = {code for one in METHODS.values() for code in one.cautions}
    assert declared == set(cautions.CAUTIONS)
    assert declared - set(reasons.WARNINGS) == set()


def codes_in(*modules):
    """The texts that stand in the constants of the functions of modules: a code must be spelled out somewhere to come up."""
    found = set()
    for module in modules:
        parts = [one.__code__ for one in vars(module).values() if hasattr(one, "__code__")]
        while parts:
            part = parts.pop()
            parts += [const for const in part.co_consts if hasattr(const, "co_consts")]
            found |= set(part.co_consts)
    return {code for const in found for code in (const if isinstance(const, tuple) else (const,)) if isinstance(code, str)}


@pytest.mark.parametrize(("table", "modules"), [
    (reasons.REASONS, [ranking]),
    (reasons.REFUSALS, [severity]),
    (reasons.NOTES, [agreement, comparison, diagnostics, panels, result]),
    (set(reasons.WARNINGS) - {"not_computed"} - set(cautions.CAUTIONS), [cautions]),
], ids=["reasons", "refusals", "notes", "warnings"])
def test_no_words_are_kept_for_a_code_that_never_comes(table, modules):
    assert set(table) - codes_in(*modules) == set()

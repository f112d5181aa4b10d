import pytest

from award.domain import fields
from award.domain.fields import TYPES, choices_from_lines
from award.errors import Invalid

CHOICES = [{"key": "c1", "label": {"en": "Yes", "nl": "Ja"}}, {"key": "c2", "label": {"en": "No", "nl": "Nee"}}]
PDF = {"id": 7, "name": "plan.pdf", "media_type": "application/pdf", "size": 1000, "sha256": "0" * 64}


def test_the_seven_kinds_are_registered():
    assert list(TYPES) == [
        "short_text",
        "long_text",
        "single_choice",
        "multiple_choice",
        "number",
        "web_address",
        "file",
    ]


@pytest.mark.parametrize("kind", [k for k in TYPES if k != "file"])
def test_nothing_answered_is_none_and_reads_as_nothing(kind):
    options = {"choices": CHOICES} if "choice" in kind else {}
    for raw in ([], [""], ["  "]):
        assert TYPES[kind].parse(raw, options) is None
    assert TYPES[kind].faults(None, options) == []
    assert TYPES[kind].to_text(None, options, language="nl") == ""


@pytest.mark.parametrize("kind", ["short_text", "long_text", "single_choice", "number", "web_address"])
def test_one_answer_sent_twice_is_refused(kind):
    with pytest.raises(Invalid) as refusal:
        TYPES[kind].parse(["1", "1"], {"choices": CHOICES})
    assert refusal.value.message == fields.TWICE


def test_an_unknown_setting_is_refused():
    with pytest.raises(Invalid) as refusal:
        TYPES["short_text"].options({"colour": "red"})
    assert str(refusal.value) == "This kind of question has no setting “colour”."


def test_a_short_text_is_one_line():
    assert TYPES["short_text"].parse([" One\r\nletter  "], {}) == "One letter"


def test_a_short_text_above_300_characters_is_refused():
    assert TYPES["short_text"].parse(["x" * 300], {}) == "x" * 300
    with pytest.raises(Invalid) as refusal:
        TYPES["short_text"].parse(["x" * 301], {})
    assert str(refusal.value) == "This is 301 characters long; at most 300 fit. Shorten it."


def test_a_long_text_keeps_its_paragraphs_with_plain_line_ends():
    assert TYPES["long_text"].parse(["One\r\n\r\nTwo\n"], {}) == "One\n\nTwo"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_a_character_that_cannot_be_kept_is_refused(character):
    with pytest.raises(Invalid) as refusal:
        TYPES["long_text"].parse([f"a{character}b"], {})
    assert refusal.value.message == fields.CHARACTER


def test_equal_looking_texts_are_kept_equal():
    assert TYPES["long_text"].parse(["Zoe\u0308"], {}) == "Zoë"


def test_too_many_words_are_kept_and_told():
    value = TYPES["long_text"].parse(["one two three"], {"max_words": 2})
    assert value == "one two three"
    assert [str(f) for f in TYPES["long_text"].faults(value, {"max_words": 2})] == ["3 words, 1 more than allowed"]
    assert TYPES["long_text"].faults(value, {"max_words": 3}) == []
    assert TYPES["long_text"].faults(value, {}) == []


@pytest.mark.parametrize(("typed", "kept"), [("150", 150), (150, 150), ("", None), (None, None), ("5000", 5000)])
def test_a_word_limit_is_a_whole_number_or_nothing(typed, kept):
    assert TYPES["long_text"].options({"max_words": typed}) == {"max_words": kept}


@pytest.mark.parametrize("typed", ["0", "5001", "-1", "1.5", "many", "1_0", "٣"])
def test_another_word_limit_is_refused_at_its_setting(typed):
    with pytest.raises(Invalid) as refusal:
        TYPES["long_text"].options({"max_words": typed})
    assert (refusal.value.field, str(refusal.value)) == ("max_words", "Write a whole number from 1 to 5000.")


def test_a_single_choice_is_kept_by_its_key_and_read_by_its_label():
    kind, options = TYPES["single_choice"], TYPES["single_choice"].options({"choices": CHOICES})
    assert kind.parse(["c2"], options) == "c2"
    assert kind.to_text("c2", options, language="nl") == "Nee"
    assert kind.to_text("c2", options, language="de") == "Nee"
    assert kind.to_text("c9", options, language="nl") == ""


@pytest.mark.parametrize("kind", ["single_choice", "multiple_choice"])
def test_a_choice_not_on_offer_is_refused(kind):
    with pytest.raises(Invalid) as refusal:
        TYPES[kind].parse(["c3"], {"choices": CHOICES})
    assert refusal.value.message == fields.OPTION


def test_a_choice_taken_away_since_must_be_mended():
    assert TYPES["single_choice"].faults("c3", {"choices": CHOICES}) == [fields.OPTION]
    assert TYPES["single_choice"].faults("c1", {"choices": CHOICES}) == []
    assert TYPES["multiple_choice"].faults(["c1", "c3"], {"choices": CHOICES}) == [fields.OPTION]
    assert TYPES["multiple_choice"].faults(["c1"], {"choices": CHOICES}) == []


def test_several_choices_are_kept_once_each_in_the_order_of_the_form():
    assert TYPES["multiple_choice"].parse(["c2", "c1", "c2", ""], {"choices": CHOICES}) == ["c1", "c2"]
    assert TYPES["multiple_choice"].to_text(["c1", "c2"], {"choices": CHOICES}, language="en") == "Yes\nNo"


@pytest.mark.parametrize(
    "choices",
    [
        None,
        [],
        CHOICES[:1],
        [CHOICES[0], CHOICES[0]],
        [*CHOICES, {"key": "c3", "label": {}}],
        [{"key": f"c{n}", "label": {"en": str(n)}} for n in range(31)],
    ],
)
def test_fewer_than_two_doubled_nameless_or_too_many_choices_are_refused(choices):
    with pytest.raises(Invalid) as refusal:
        TYPES["multiple_choice"].options({"choices": choices})
    assert refusal.value.field == "choices"
    assert str(refusal.value) == "Give 2 to 30 different answers to choose from, one a line."


def test_a_choice_too_long_to_read_is_refused():
    with pytest.raises(Invalid) as refusal:
        TYPES["single_choice"].options({"choices": [CHOICES[0], {"key": "c2", "label": {"en": "x" * 201}}]})
    assert str(refusal.value) == "An answer to choose from has at most 200 characters."


def test_choices_are_written_one_a_line_in_each_language():
    assert choices_from_lines({"en": "Yes\nNo\n", "nl": "Ja\r\nNee"}) == CHOICES
    assert choices_from_lines({}) == []


def test_a_line_missing_in_a_language_leaves_the_choice_to_the_other_languages():
    assert choices_from_lines({"en": "Yes\nNo", "nl": "Ja"})[1] == {"key": "c2", "label": {"en": "No"}}
    assert [c["label"] for c in choices_from_lines({"en": "Yes\n\nNo"})] == [{"en": "Yes"}, {"en": "No"}]


def test_a_choice_keeps_its_key_when_moved_or_translated_and_a_new_one_never_takes_an_old_key():
    found = choices_from_lines({"en": "Perhaps\nNo", "nl": "Misschien\nNeen"}, earlier=CHOICES)
    assert [(c["key"], c["label"]["nl"]) for c in found] == [("c3", "Misschien"), ("c2", "Neen")]


def test_two_choices_never_share_a_key():
    assert [c["key"] for c in choices_from_lines({"en": "No\nNo"}, earlier=CHOICES)] == ["c2", "c3"]


@pytest.mark.parametrize(("typed", "kept"), [("7", "7"), ("7,50", "7.5"), ("-0.5", "-0.5"), (" 12500 ", "12500")])
def test_a_number_is_kept_exactly(typed, kept):
    assert TYPES["number"].parse([typed], {}) == kept


@pytest.mark.parametrize("typed", ["about 90k", "1_0", "NaN", "1e3", "٣", "1.2.3"])
def test_another_text_is_not_a_number(typed):
    with pytest.raises(Invalid):
        TYPES["number"].parse([typed], {})


@pytest.mark.parametrize(
    ("value", "en", "nl", "fr"),
    [
        ("7.5", "7.5", "7,5", "7,5"),
        ("0", "0", "0", "0"),
        ("1234", "1,234", "1.234", "1\u00a0234"),
        ("-1234567.000001", "\u22121,234,567.000001", "\u22121.234.567,000001", "\u22121\u00a0234\u00a0567,000001"),
    ],
)
def test_a_number_reads_exactly_in_the_signs_of_the_language(value, en, nl, fr):
    read = [TYPES["number"].to_text(value, {}, language=code) for code in ("en", "nl", "fr", "de")]
    assert read == [en, nl, fr, nl]


def test_a_number_off_the_range_is_kept_and_told():
    options = TYPES["number"].options({"low": "0", "high": "10,5"})
    assert options == {"low": "0", "high": "10.5"}
    assert [str(f) for f in TYPES["number"].faults("-1", options)] == ["Write a number of at least 0."]
    assert [str(f) for f in TYPES["number"].faults("10.6", options)] == ["Write a number of at most 10.5."]
    assert TYPES["number"].faults("10.5", options) == TYPES["number"].faults("0", options) == []


def test_a_range_may_be_open_and_never_upside_down():
    assert TYPES["number"].options({}) == {"low": None, "high": None}
    assert TYPES["number"].options({"low": "5"}) == {"low": "5", "high": None}
    with pytest.raises(Invalid) as refusal:
        TYPES["number"].options({"low": "5", "high": "5"})
    assert refusal.value.field == "high"
    with pytest.raises(Invalid) as refusal:
        TYPES["number"].options({"low": "five"})
    assert refusal.value.field == "low"


@pytest.mark.parametrize(
    "address",
    ["https://www.example.org", "http://a.example/b?c=d#e", "HTTPS://Example.org:8080/", "http://localhost/x"],
)
def test_a_web_address_is_http_or_https(address):
    assert TYPES["web_address"].parse([address], {}) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://a.example",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.example",
        "www.example.org",
        "https://",
        "https:///x",
        "https://exa mple.org",
        "https://a.example/<b>",
        "https://user:secret@a.example",
        "https://a.example\\@b.example",
        "https://nodots",
        "https://a..example",
        "https://[::1",
        "https://a.example:99999",
        "//a.example",
        "https://a.example/\u0085x",
    ],
)
def test_another_address_is_refused(address):
    with pytest.raises(Invalid) as refusal:
        TYPES["web_address"].parse([address], {})
    assert refusal.value.message == fields.LINK


def test_a_web_address_has_an_end():
    with pytest.raises(Invalid):
        TYPES["web_address"].parse(["https://a.example/" + "x" * 2000], {})


def test_the_settings_of_a_file_question():
    options = TYPES["file"].options
    assert options({}) == {"types": ["application/pdf", "image/png", "image/jpeg"], "max_mb": None, "most": 1}
    assert options({"types": ["image/png"], "max_mb": "5", "most": "2"}) == {
        "types": ["image/png"],
        "max_mb": 5,
        "most": 2,
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"types": []}, "types"),
        ({"types": ["text/html"]}, "types"),
        ({"types": ["image/png", "text/html"]}, "types"),
        ({"max_mb": "51"}, "max_mb"),
        ({"most": "6"}, "most"),
    ],
)
def test_another_setting_of_a_file_question_is_refused(given, field):
    with pytest.raises(Invalid) as refusal:
        TYPES["file"].options(given)
    assert refusal.value.field == field


def test_a_file_is_never_typed():
    assert TYPES["file"].parse([""], {}) is None
    with pytest.raises(Invalid):
        TYPES["file"].parse(["plan.pdf"], {})


def test_files_read_as_their_names():
    assert TYPES["file"].to_text([PDF, {**PDF, "name": "photo.png"}], {}, language="en") == "plan.pdf\nphoto.png"
    assert TYPES["file"].to_text(None, {}, language="en") == ""


def test_a_file_joins_when_type_size_and_number_fit():
    options = TYPES["file"].options({"types": ["application/pdf"], "max_mb": 1, "most": 2})
    TYPES["file"].refuse([PDF], {**PDF, "size": 1_000_000}, options)
    TYPES["file"].refuse(None, PDF, {})


@pytest.mark.parametrize(
    ("held", "upload", "message"),
    [
        ([], {"media_type": "image/png", "size": 1}, "Attach a file of this kind: PDF."),
        (
            [],
            {"media_type": "application/pdf", "size": 1_000_001},
            "The file is too large: at most 1 MB. Make it smaller, for example with lighter images.",
        ),
        ([PDF], {"media_type": "application/pdf", "size": 1}, "One file fits here. Remove the other one first."),
    ],
)
def test_a_file_of_another_type_too_large_or_too_many_is_refused(held, upload, message):
    options = TYPES["file"].options({"types": ["application/pdf"], "max_mb": 1})
    with pytest.raises(Invalid) as refusal:
        TYPES["file"].refuse(held, upload, options)
    assert str(refusal.value) == message

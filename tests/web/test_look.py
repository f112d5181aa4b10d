"""The building blocks of every page: form fields, error summary, scale, signs."""

import re
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from award.i18n import catalogue, text, translate
from award.web import charts, formats

TEMPLATES = Path(__file__).parents[2] / "templates"
FILTERS = ("day", "moment", "clock", "score", "share", "number", "zone_words")


@cache
def env(language):
    page = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
    page.install_gettext_callables(catalogue(language).gettext, catalogue(language).ngettext, newstyle=True)
    page.filters["t"] = lambda m: m if isinstance(m, Markup) else translate(m, language)
    page.filters["strip_words"] = partial(charts.strip_words, language=language)
    for name in FILTERS:
        page.filters[name] = partial(getattr(formats, name), language=language)
    page.globals.update(csrf_token=lambda: "tok", charts=charts, url_for=lambda end, **v: f"/{end}?{sorted(v.items())}")
    return page


def look(source, language="en", **values):
    """What a page in the language makes of the source, without runs of white space."""
    imports = '{% import "_forms.html" as forms %}{% import "_page.html" as page %}{% import "_charts.html" as chart %}'
    said = env(language).from_string(imports + source).render(**values)
    return re.sub(r"> <", "><", re.sub(r"[ \r\n]+", " ", said)).strip()


class UpTo:
    """At most so many words."""

    def __init__(self, words):
        self.words = words

    def __call__(self, _form, field):
        if len(field.data.split()) > self.words:
            raise ValidationError(text("no ballots"))


class Titles(Form):
    nl = StringField("Nederlands")
    fr = StringField("Français", [InputRequired(text("missing"))])


class Entry(Form):
    version = HiddenField(default="3")
    title = FormField(Titles, text("score"), separator="-")
    name = StringField("Name", [InputRequired(text("missing")), Length(max=9)], description=text("one ballot"))
    mail = EmailField("Mail")
    word = PasswordField("Password", render_kw={"autocomplete": "new-password"})
    story = TextAreaField("Story", [UpTo(3)])
    reached = IntegerField("Reached")
    time = TimeField("Time")
    language = SelectField(text("Language"), choices=[SelectChoice("nl", text("done")), SelectChoice("fr", "b")])
    state = RadioField(
        "State", choices=[SelectChoice("r", text("done"), {"hint": text("missing")}), SelectChoice("f", "F")]
    )
    kinds = SelectMultipleField(
        "Kinds", choices=[SelectChoice("p", "P")], widget=ListWidget(), option_widget=CheckboxInput()
    )
    annex = FileField("Annex")
    agree = BooleanField("Agree", description="Later")
    links = FieldList(StringField("Link", [InputRequired("Empty")]), min_entries=1)


def filled(**values):
    form = Entry(MultiDict({"story": "", **values}))
    form.validate()
    return form


def test_a_text_field_has_label_hint_error_and_control_in_this_order():
    assert look("{{ forms.field(f) }}", f=filled().name) == (
        '<div class="field"><label for="name">Name</label><p class="hint" id="name-hint">one ballot</p>'
        '<p class="error" id="name-error">missing</p>'
        '<input aria-describedby="name-hint name-error" aria-invalid="true" aria-required="true" id="name" '
        'name="name" type="text" value="">'
        "</div>"
    )


def test_a_field_that_is_not_required_says_so_in_words_unless_told_otherwise():
    optional = '<label for="mail">Mail <span class="hint">(niet verplicht)</span></label>'
    assert optional in look("{{ forms.field(f) }}", "nl", f=Entry().mail)
    assert '<label for="mail">Mail</label>' in look("{{ forms.field(f, optional=false) }}", "nl", f=Entry().mail)


def test_words_of_label_hint_choice_and_error_are_in_the_language_of_the_page():
    page = look(
        "{{ forms.field(a) }}{{ forms.field(b) }}{{ forms.field(c) }}",
        "de",
        a=filled().name,
        b=Entry().language,
        c=Entry().state,
    )
    assert re.findall(
        r'class="(?:hint|error)" id="[^"]*">([^<]*)<|<option[^>]*>([^<]*)<|<span>([^<]*) <span class="hint">([^<]*)',
        page,
    ) == [
        ("ein Bogen", "", "", ""),
        ("fehlt", "", "", ""),
        ("", "erledigt", "", ""),
        ("", "b", "", ""),
        ("", "", "erledigt", "fehlt"),
    ]


@pytest.mark.parametrize(
    ("name", "control"),
    [
        ("mail", '<input autocomplete="email" id="mail" name="mail" spellcheck="false" type="email" value="">'),
        ("word", '<input autocomplete="new-password" id="word" name="word" type="password" value="">'),
        (
            "reached",
            '<input autocomplete="off" class="short" id="reached" inputmode="decimal" name="reached" type="text" '
            'value="">',
        ),
        ("time", '<input class="short" id="time" name="time" type="time" value="">'),
        ("annex", '<input id="annex" name="annex" type="file">'),
        (
            "language",
            '<select id="language" name="language"><option value="nl">done</option><option value="fr">b</option>'
            '</select>',
        ),
    ],
)
def test_each_kind_of_field_has_its_control(name, control):
    assert look("{{ forms.field(f, optional=false) }}", f=Entry()[name]) == (
        f'<div class="field"><label for="{name}">{Entry()[name].label.text}</label>{control}</div>'
    )


def test_choices_are_a_fieldset_whose_legend_is_the_question():
    page = look("{{ forms.field(f, optional=false) }}", f=Entry(MultiDict({"kinds": "p"})).kinds)
    assert page == (
        '<fieldset><legend>Kinds</legend><label class="choice">'
        '<input checked id="kinds-0" name="kinds" type="checkbox" value="p">'
        "<span>P</span></label></fieldset>"
    )


def test_a_single_box_has_its_label_beside_it():
    assert look("{{ forms.field(f) }}", f=Entry().agree) == (
        '<div class="field"><label class="choice"><input id="agree" name="agree" type="checkbox" value="y">'
        '<span>Agree <span class="hint">Later</span></span></label></div>'
    )


def test_what_was_typed_comes_back_escaped():
    assert "> &lt;b&gt;</textarea>" in look("{{ forms.field(f) }}", f=filled(story="<b>").story)
    assert 'value="&lt;b&gt;&#34;"' in look("{{ forms.field(f) }}", f=filled(reached='<b>"').reached)


@pytest.mark.parametrize(("story", "said"), [("two words", "2 of 3 words"), ("a b c d", "4 of 3 words, 1 too many")])
def test_a_limited_text_counts_its_words(story, said):
    page = look("{{ forms.field(f) }}", f=filled(story=story).story)
    assert re.search(r'data-over="{used} of 3 words, {over} too many">([^<]*)<', page).group(1) == said
    assert ('class="over"' in page) == ("many" in said)
    assert re.search(r'<textarea aria-describedby="([^"]*)"', page).group(1).split()[-1] == "story-count"


def test_the_summary_links_every_fault_to_its_control():
    page = look("{{ forms.summary(f) }}", "fr", f=filled(story="a b c d", language="nl"))
    assert re.search(r"<h2[^>]*>([^<]*)<", page).group(1) == "5 réponses sont à corriger"
    assert re.findall(r'href="#([^"]*)">([^<]*)<', page) == [
        ("title-fr", "note (Français)\u00a0: manquant"),
        ("name", "Name\u00a0: manquant"),
        ("story", "Story\u00a0: aucune fiche"),
        ("state-0", "State\u00a0: Not a valid choice."),
        ("links-0", "Link\u00a0: Empty"),
    ]
    assert page.startswith('<div class="summary" role="alert" tabindex="-1"')


def test_a_form_without_faults_has_no_summary():
    assert look("{{ forms.summary(f) }}", f=Titles(MultiDict({"fr": "x"}))) == ""


def test_a_refusal_stands_in_the_summary_without_a_link():
    page = look("{{ forms.summary(f, refusal=r) }}", f=Titles(), r=text("no ballots"))
    assert page == (
        '<div class="summary" role="alert" tabindex="-1" aria-labelledby="summary-title">'
        '<h2 id="summary-title">Something needs mending</h2><ul class="plain"><li>no ballots</li></ul></div>'
    )


def test_hidden_fields_carry_no_id_so_that_forms_can_stand_beside_one_another():
    assert look("{{ forms.hidden(f) }}", f=Entry()) == (
        '<input type="hidden" name="csrf_token" value="tok"><input name="version" type="hidden" value="3">'
    )


def test_a_text_per_language_marks_each_control_with_its_language():
    page = look("{{ forms.localised(f) }}", f=Entry().title)
    assert re.findall(r'<label for="([^"]*)" lang="(..)">([^<]*)</label><input[^>]* lang="(..)"', page) == [
        ("title-nl", "nl", "Nederlands", "nl"),
        ("title-fr", "fr", "Français", "fr"),
    ]


def test_a_scale_keeps_the_choice_and_shows_steps_in_the_language():
    class Ballot(Form):
        impact = StringField("Impact")
        why = TextAreaField("Comment")

    form = Ballot(MultiDict({"impact": "2.5", "why": "Good"}))
    page = look("{{ forms.scale(f.impact, [('3', 'a'), ('2.5', 'b')], 'Why?', '40%', f.why) }}", "nl", f=form)
    assert page == (
        '<fieldset class="scale fine" id="impact" aria-describedby="impact-hint"><legend><span>Impact</span>'
        '<small>40%</small></legend>'
        '<p class="hint" id="impact-hint">Why?</p>'
        '<label><input type="radio" id="impact-0" name="impact" value="3"><b>3</b><span>a</span></label>'
        '<label><input type="radio" id="impact-1" name="impact" value="2.5" checked><b>2,5</b><span>b</span></label>'
        '<label class="note" for="why">Comment</label><textarea id="why" name="why" rows="2"> Good</textarea>'
        '</fieldset>'
    )


def test_an_act_of_one_button_is_a_form_of_its_own():
    assert look("{{ forms.act('/x', 'Go', round=3) }}") == (
        '<form method="post" action="/x"><input type="hidden" name="csrf_token" value="tok">'
        '<input type="hidden" name="round" value="3">'
        '<button class="quiet">Go</button></form>'
    )


def test_the_spine_says_where_one_stands():
    steps = [
        {"title": "A", "state": "past", "url": "/a"},
        {"title": "B", "state": "now", "sub": True, "note": "open"},
        {"title": "C"},
    ]
    assert look("{{ page.spine(s) }}", s=steps) == (
        '<ol class="spine"><li class="past"><a href="/a"><b>A</b></a><span class="hid">done</span></li>'
        '<li class="sub" aria-current="step"><b>B</b>open</li><li><b>C</b></li></ol>'
    )


def test_pages_link_the_first_the_last_and_the_neighbours():
    page = look("{{ page.pages(5, 12, 'list', kind='a') }}")
    assert re.findall(r"<li>(?:<a[^>]*>)?([^<]*)", page) == [
        "Previous",
        "1",
        "…",
        "3",
        "4",
        "5",
        "6",
        "7",
        "…",
        "12",
        "Next",
    ]
    assert re.findall(r'href="([^"]*)" aria-current="page"', page) == [
        "/list?[(&#39;kind&#39;, &#39;a&#39;), (&#39;page&#39;, 5)]"
    ]
    assert look("{{ page.pages(1, 1, 'list') }}") == ""


def test_the_history_names_its_zone_once():
    events = [{"at": datetime(2027, 4, 6, 9, 58, tzinfo=UTC), "words": text("done")}]
    assert look("{{ page.history(e, 'Europe/Brussels') }}", e=events) == (
        '<ol class="history"><li><time datetime="2027-04-06T09:58:00+00:00">6\u00a0April 2027, 11:58</time>'
        '<span>done</span></li></ol>'
        '<p class="small muted after">All times: Brussels time.</p>'
    )


def test_shares_are_drawn_in_proportion_and_spoken():
    page = look("{{ chart.shares([('A', 0.6), ('B', 0.4)]) }}", "fr")
    assert re.findall(r'<rect x="([^"]*)" y="0" width="([^"]*)"', page) == [("0.0%", "60.0%"), ("60.0%", "40.0%")]
    assert re.search(r'aria-label="([^"]*)"', page).group(1) == "A 60\u00a0%, B 40\u00a0%"


def test_no_chart_carries_a_style():
    source = (
        "{{ chart.shares([('A', 1)]) }}{{ chart.ranges([('A', 3, 1, 2, 4)], 0, 5, 'x') }}"
        "{{ chart.dots([1, 1, 4], 0, 5, 'x', 2) }}"
    )
    page = look(source)
    assert page.count("<svg") == 3
    assert re.findall(r"style|href|<use|filter", page) == []

"""The strip of a ranking row."""

import re

from award.web import charts


def places(svg, mark):
    return re.findall(rf'<{mark} c?x1?="([\d.]+%?)"[^>]*c-(\w+)', svg)


def test_a_strip_shows_each_ballot_the_interval_and_the_score_on_its_axis():
    drawn = charts.strip(50, [0, 100], (25, 75), axis=(0, 100, 50))
    assert places(drawn, "line") == [
        ("3.8%", "grid"),
        ("48.7%", "grid"),
        ("93.6%", "grid"),
        ("3.8%", "tick"),
        ("93.6%", "tick"),
        ("26.2%", "range"),
    ]
    assert places(drawn, "circle") == [("48.7%", "dot")]


def test_a_strip_without_a_score_has_no_dot():
    assert places(charts.strip(None, []), "circle") == []


def test_a_strip_for_paper_stands_in_pixels():
    drawn = charts.strip(50, [], axis=(0, 100, 100), box=(200, 42))
    assert places(drawn, "circle") == [("97.4", "dot")]
    assert drawn.startswith('<svg width="200" height="42" aria-hidden="true"><line x1="7.6" x2="7.6" y1="0" y2="42"')


def test_the_axis_prints_its_figures():
    assert re.findall(r">(\d+)<", charts.axis_figures((30, 60, 10))) == ["30", "40", "50", "60"]


def test_a_strip_is_also_said_in_words():
    assert (
        charts.strip_words([92, 73.25], (79, 92), language="en")
        == '<span class="hid">79.0 to 92.0; ballots 73.3; 92.0</span>'
    )
    assert charts.strip_words([73.5], language="nl") == '<span class="hid">beoordelingen 73,5</span>'
    assert charts.strip_words([], (1, 2), language="en") == '<span class="hid">no ballots</span>'


def test_figures_below_zero_have_a_true_minus():
    assert re.findall(r">([^<]+)<", charts.axis_figures((-10, 10, 10))) == ["−10", "0", "10"]

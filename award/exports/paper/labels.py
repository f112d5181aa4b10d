"""The words in a chart, set as one line each.

WeasyPrint sets the words of an SVG letter by letter, to be ready for letters that stand apart, and draws those that do not begin at
their place into a form of their own: half of the time that a chart takes. Words in our charts have one place and no parts inside;
a line is shaped as a whole, which also joins Arabic letters and kerns. Whatever has more than that is left to WeasyPrint.
"""

from functools import lru_cache
from math import inf

from weasyprint import svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import EMPTY_BOUNDING_BOX, extend_bounding_box
from weasyprint.svg.text import Style, TextBox, text
from weasyprint.svg.utils import size
from weasyprint.text.line_break import split_first_line

ELSEWHERE = ("rotate", "dx", "dy", "letter-spacing", "textLength", "direction", "display-anchor", "dominant-baseline", "alignment-baseline")
BEFORE = {"start": 0, "middle": 0.5, "end": 1}  # part of the line that stands before its place


def words(drawing, node, font_size):
    """Draw an SVG <text>: what WeasyPrint's own function for the tag does."""
    (line if plain(node) else text)(drawing, node, font_size)


def line(drawing, node, font_size):
    """Draw words that have one place."""
    style = Style(initial(node.get("font-family", "sans-serif"), node.get("font-style", "normal"), node.get("font-weight", "400")))
    style["font_size"], style.font_config = font_size, drawing.font_config
    layout, _, _, width, height, baseline = split_first_line(node.text, style, drawing.context, inf, 0)
    x = size(node.get("x", 0), font_size, drawing.inner_width) - BEFORE[node.get("text-anchor", "start")] * width
    y = size(node.get("y", 0), font_size, drawing.inner_height)
    node.text_bounding_box = extend_bounding_box(EMPTY_BOUNDING_BOX, ((x, y - baseline), (x + width, y - baseline + height)))
    drawing.stream.push_state()
    fill, stroke = drawing.set_graphical_state(node, font_size)
    drawing.stream.begin_text()
    layout.reactivate(style)
    drawing.fill_stroke(fill, stroke, text=True)
    draw_first_line(drawing.stream, TextBox(layout, style), "none", "none", Matrix(d=-1, e=x, f=y))
    drawing.stream.end_text()
    drawing.stream.pop_state()


def plain(node):
    """Whether the words have one place, no parts inside and nothing that moves letters."""
    places = f"{node.get('x', 0)} {node.get('y', 0)}".replace(",", " ").split()
    apart = any(name in node.attrib for name in ELSEWHERE) or any(True for _ in node)
    return bool(node.text) and not apart and len(places) == 2 and node.get("text-anchor", "start") in BEFORE


@lru_cache(maxsize=64)
def initial(family, slant, weight):
    """The style of words in a chart."""
    weight = {"normal": 400, "bold": 700}.get(weight) or int(weight)
    return {**INITIAL_VALUES, "font_family": [name.strip("\"' ") for name in family.split(",")], "font_style": slant, "font_weight": weight}


svg.TAGS["text"] = words

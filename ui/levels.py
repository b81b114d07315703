"""How the levels look: shape, line and place, so that colour is never the only signal.

The words of a level come from the API. A level that this page does not know is shown first and as strictly as the
strictest: better too loud than lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.html import Html, el

Shape = Literal["octagon", "triangle", "diamond", "square"]


@dataclass(frozen=True, slots=True)
class Style:
    """The look of one level.

    Attributes:
        name: the CSS class `level-<name>`.
        rank: 0 for the strictest.
        shape: outline of its sign.
        dashes: SVG `stroke-dasharray` of its edges, or "". width: their width.
        colour: hex, at least 4.5:1 on white.
    """

    name: str
    rank: int
    shape: Shape
    dashes: str
    width: float
    colour: str


_STYLES = {
    "contraindicated": Style("contraindicated", 0, "octagon", "", 4.5, "#a3151f"),
    "avoid": Style("avoid", 1, "triangle", "16 4", 3.0, "#b04500"),
    "caution": Style("caution", 2, "diamond", "9 5", 2.5, "#7a5600"),
    # Slate, not green or grey: "consider" holds benzodiazepine with opioid.
    "consider": Style("consider", 3, "square", "2 5", 3.0, "#33415c"),
}
_UNKNOWN = Style("other", -1, "octagon", "12 4 2 4", 4.5, "#a3151f")

_SHAPES: dict[Shape, str] = {
    "octagon": "M5 1h6l4 4v6l-4 4H5l-4-4V5z",
    "triangle": "M8 1l7.4 13.5H.6z",
    "diamond": "M8 .5L15.5 8 8 15.5.5 8z",
    "square": "M1.5 1.5h13v13h-13z",
}


def style_of(level: str) -> Style:
    """The look of a level, by its code."""
    return _STYLES.get(level, _UNKNOWN)


def sign(level: str) -> Html:
    """The level's sign, for the eye only: its word always stands beside it."""
    path = el("path", d=_SHAPES[style_of(level).shape])
    return el("svg", path, class_="sign", viewBox="0 0 16 16", aria_hidden="true", focusable="false")


def tag(level: str, word: str) -> Html:
    """The level as a label: sign and word."""
    return el("span", sign(level), el("span", word), class_=f"tag level-{style_of(level).name}")

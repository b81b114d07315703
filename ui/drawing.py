"""The list's graph as inline SVG: substances on a circle, findings as edges, names not understood as dashed nodes.

An edge shows its level by width, dashes and colour, and carries the number of its finding. The picture repeats what the
cards say; its description says it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from ui.answers import Answer
from ui.graph import Edge, Node, Picture, describe, picture
from ui.html import EMPTY, Html, el, join, text
from ui.levels import sign, style_of
from ui.phrases import Words

WIDTH = 460
LETTER = 9.0
"""Width of a letter of a label, in the picture's units, at the mean."""


def draw(answer: Answer, words: Words) -> Html:
    """The panel with the picture and its legend."""
    graph = picture(answer)
    if not graph.nodes:
        return EMPTY
    omitted = el("p", words("picture.too_many", n=graph.omitted), class_="note") if graph.omitted else None
    figure = el("figure", _svg(graph, words), el("figcaption", _legend(graph, words), omitted))
    return el("section", el("h2", words("picture.title")), figure, class_="panel picture")


@dataclass(frozen=True, slots=True)
class _Circle:
    """Where the nodes stand: on an ellipse that grows in height with their number, since labels stand at its sides."""

    count: int

    @property
    def height(self) -> float:
        return 2 * self._radii[1] + 92

    @property
    def _radii(self) -> tuple[float, float]:
        if self.count == 1:
            return 0.0, 0.0
        return min(118.0, 60.0 + 9.0 * self.count), min(210.0, 48.0 + 9.0 * self.count)

    def at(self, index: int) -> tuple[float, float]:
        angle = 2 * pi * index / self.count - pi / 2
        across, down = self._radii
        return WIDTH / 2 + across * cos(angle), self.height / 2 + down * sin(angle)


def _svg(graph: Picture, words: Words) -> Html:
    circle = _Circle(len(graph.nodes))
    title = el("title", words("picture.title"), id="picture-title")
    description = el("desc", describe(graph, words), id="picture-text")
    edges = [_edge(edge, circle) for edge in reversed(graph.edges)]  # the strictest lies on top
    nodes = [_node(node, index, circle) for index, node in enumerate(graph.nodes)]
    return el(
        "svg",
        title,
        description,
        join(edges),
        join(_badges(graph.edges, circle)),
        join(nodes),
        viewBox=f"0 0 {WIDTH} {circle.height:.0f}",
        role="img",
        aria_labelledby="picture-title picture-text",
        class_="graph",
    )


def _edge(edge: Edge, circle: _Circle) -> Html:
    (x1, y1), (x2, y2) = circle.at(edge.a), circle.at(edge.b)
    return _line(edge.level, x1, y1, x2, y2)


def _line(level: str, x1: float, y1: float, x2: float, y2: float) -> Html:
    style = style_of(level)
    return el(
        "line",
        x1=f"{x1:.1f}",
        y1=f"{y1:.1f}",
        x2=f"{x2:.1f}",
        y2=f"{y2:.1f}",
        stroke=style.colour,
        stroke_width=style.width,
        stroke_dasharray=style.dashes or None,
        class_=f"edge level-{style.name}",
    )


def _badges(edges: Sequence[Edge], circle: _Circle) -> list[Html]:
    """The numbers on each edge, where they cover no node and no numbers placed before, as far as that can be."""
    taken = [_Box(*circle.at(index), 8.0) for index in range(circle.count)]
    badges = []
    for edge in edges:
        (x1, y1), (x2, y2) = circle.at(edge.a), circle.at(edge.b)
        half = 6 + 3.3 * len(edge.label)
        boxes = [_Box(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t, half) for t in _PLACES]
        best = max(boxes, key=lambda box: min(ROOM, *(box.gap(other) for other in taken)))
        taken.append(best)
        badges.append(_badge(edge, best))
    return badges


_PLACES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
ROOM = 6.0
"""A gap that is enough: beyond it, the middle of the edge is the better place."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A place of 18 units' height around a point."""

    x: float
    y: float
    half: float

    def gap(self, other: _Box) -> float:
        """Room between two boxes; negative where they overlap."""
        return max(abs(self.x - other.x) - self.half - other.half, abs(self.y - other.y) - 18)


def _badge(edge: Edge, box: _Box) -> Html:
    frame = el(
        "rect",
        x=f"{box.x - box.half:.1f}",
        y=f"{box.y - 9:.1f}",
        width=f"{2 * box.half:.1f}",
        height="18",
        rx="9",
        fill="#fff",
        stroke=style_of(edge.level).colour,
    )
    numbers = el("text", edge.label, x=f"{box.x:.1f}", y=f"{box.y + 4:.1f}", text_anchor="middle", class_="badge-n")
    return el("g", frame, numbers)


def _node(node: Node, index: int, circle: _Circle) -> Html:
    x, y = circle.at(index)
    dot = el(
        "circle",
        cx=f"{x:.1f}",
        cy=f"{y:.1f}",
        r="6" if node.known else "10",
        class_="node" if node.known else "node node-unknown",
        stroke_dasharray=None if node.known else "3 3",
    )
    question = None
    if not node.known:
        question = el("text", "?", x=f"{x:.1f}", y=f"{y + 4.5:.1f}", text_anchor="middle", class_="question")
    return el("g", el("title", node.name), dot, question, _label(node, index, circle))


def _label(node: Node, index: int, circle: _Circle) -> Html:
    x, y = circle.at(index)
    away = 12.0 if node.known else 16.0
    side = x - WIDTH / 2
    if abs(side) < 6:  # above or below the circle
        above = y <= circle.height / 2
        return _text(_fit(node.name, WIDTH - 20), x, y - away if above else y + away + 11, "middle")
    shown = _fit(node.name, WIDTH / 2 - abs(side) - away)
    return _text(shown, x + away if side > 0 else x - away, y + 5, "start" if side > 0 else "end")


def _fit(name: str, width: float) -> str:
    letters = max(6, int(width / LETTER))
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _text(label: str, x: float, y: float, anchor: str) -> Html:
    return el("text", text(label), x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_="name")


def _legend(graph: Picture, words: Words) -> Html:
    """The levels in the picture, strictest first, each with its line, sign and word."""
    levels = {edge.level: edge.level_text for edge in graph.edges}
    items = [
        el(
            "li",
            el("svg", _line(level, 2, 6, 34, 6), viewBox="0 0 36 12", class_="stroke", aria_hidden="true"),
            el("span", sign(level), class_=f"level-{style_of(level).name}"),
            el("span", word),
        )
        for level, word in levels.items()
    ]
    if any(not node.known for node in graph.nodes):
        dot = el("circle", cx="18", cy="8", r="6.5", class_="node node-unknown", stroke_dasharray="3 3")
        question = el("text", "?", x="18", y="11.5", text_anchor="middle", class_="question")
        items.append(
            el(
                "li",
                el("svg", dot, question, viewBox="0 0 36 16", class_="stroke", aria_hidden="true"),
                el("span", words("picture.legend_unknown")),
            )
        )
    note = el("p", words("picture.numbers"), class_="note") if graph.edges else None
    return join([el("ul", *items, class_="legend") if items else None, note])

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from ui.drawing import draw
from ui.graph import MAX_NODES, picture
from ui.phrases import Words

Make = Callable[..., Any]


def many(make: Make, make_medicine: Make, count: int, **changes: Any) -> Any:
    return make(medicines=[make_medicine(n, f"m{n}", (f"s{n}",)) for n in range(count)], **changes)


def svg(shown: str) -> ElementTree.Element:
    found = re.search(r"<svg(?=[^>]*role=).*?</svg>", shown, re.DOTALL)
    assert found
    return ElementTree.fromstring(found.group())


def test_a_name_that_is_not_understood_is_a_node_that_asks(make: Make, make_medicine: Make, words: Words) -> None:
    lines = [make_medicine(0, "Advil", ("ibuprofen",)), make_medicine(1, "xqzzy", status="unknown")]
    answer = make(medicines=lines, interactions=[])
    assert [(node.name, node.known) for node in picture(answer).nodes] == [("ibuprofen", True), ("xqzzy", False)]
    shown = draw(answer, words)
    assert "stroke-dasharray" in shown
    assert ">?</text>" in shown


def test_the_picture_has_a_title_and_a_description(make: Make, words: Words) -> None:
    drawn = svg(draw(make(), words))
    ids = drawn.attrib["aria-labelledby"].split()
    assert drawn.attrib["role"] == "img"
    assert [child.attrib.get("id") for child in drawn][:2] == ids


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20, MAX_NODES])
def test_everything_is_drawn_inside_the_frame(count: int, make: Make, make_medicine: Make, words: Words) -> None:
    drawn = svg(draw(many(make, make_medicine, count, interactions=[]), words))
    _, _, width, height = (float(value) for value in drawn.attrib["viewBox"].split())
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn.iter("circle")]
    assert len(dots) == count
    assert all(10 <= x <= width - 10 and 10 <= y <= height - 10 for x, y in dots)
    assert len(set(dots)) == count


def test_a_long_list_shows_what_met_and_what_is_unknown_and_says_how_much_it_leaves_out(
    make: Make, make_finding: Make, make_medicine: Make, words: Words
) -> None:
    lines = [make_medicine(n, f"m{n}", (f"s{n}",)) for n in range(60)] + [make_medicine(60, "xqzzy", status="unknown")]
    answer = make(medicines=lines, interactions=[make_finding("s40", "s59", "avoid")])
    graph = picture(answer)
    assert {"s40", "s59", "xqzzy"} <= {node.name for node in graph.nodes}
    assert (len(graph.nodes), graph.omitted, len(graph.edges)) == (MAX_NODES, 61 - MAX_NODES, 1)
    assert f"{61 - MAX_NODES} more stand in the list only" in draw(answer, words)


def test_nothing_is_drawn_for_nothing(make: Make, words: Words) -> None:
    assert draw(make(medicines=[], interactions=[]), words) == ""


def test_names_are_text_and_never_markup(make: Make, make_medicine: Make, words: Words) -> None:
    nasty = "</svg><script>alert(1)</script>"
    lines = [make_medicine(0, nasty, (nasty,)), make_medicine(1, nasty, status="unknown")]
    assert "<script" not in draw(make(medicines=lines, interactions=[]), words)


def test_a_label_is_cut_but_its_full_name_stays_at_hand(make: Make, make_medicine: Make, words: Words) -> None:
    name = "a very long name of a substance that nobody can draw in one line of the picture at all"
    drawn = svg(draw(make(medicines=[make_medicine(0, "x", (name,))], interactions=[]), words))
    assert [text.text for text in drawn.iter("text")] != [name]
    assert name in [title.text for title in drawn.iter("title")]

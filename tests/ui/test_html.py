from __future__ import annotations

import pytest

from ui.html import EMPTY, Html, el, join, text

NASTY = "<script>alert('x')</script> & \"quoted\""


def test_text_in_an_element_is_escaped() -> None:
    assert "<script" not in el("p", NASTY)
    assert el("p", "a & b") == "<p>a &amp; b</p>"


def test_text_in_an_attribute_cannot_leave_it() -> None:
    built = el("p", title='" onmouseover="alert(1)')
    assert built == '<p title="&quot; onmouseover=&quot;alert(1)"></p>'


def test_markup_passes_only_as_html() -> None:
    inner = el("b", "bold")
    assert el("p", inner) == "<p><b>bold</b></p>"
    assert el("p", str(inner)) != el("p", inner)


def test_a_piece_of_html_is_a_plain_string_again_and_is_escaped() -> None:
    assert "&lt;" in el("p", el("b", "x")[:3])


def test_text_that_was_joined_to_markup_is_escaped() -> None:
    assert join([el("i", "x"), NASTY]).count("<") == 2
    assert "&lt;" in el("p", "" + el("i", "x"))


def test_separators_are_escaped() -> None:
    assert join(["a", "b"], " < ") == "a &lt; b"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "<p hidden></p>"), (False, "<p></p>"), (None, "<p></p>"), (3, '<p hidden="3"></p>')],
)
def test_attributes_by_value(value: bool | int | None, expected: str) -> None:
    assert el("p", hidden=value) == expected


def test_attribute_names_follow_html() -> None:
    assert el("label", for_="x", aria_label="y", class_="z") == '<label for="x" aria-label="y" class="z"></label>'


def test_void_elements_have_no_end() -> None:
    assert el("input", value="<") == '<input value="&lt;">'


def test_nothing_is_left_out_silently() -> None:
    assert el("p", None, EMPTY, "a", None) == "<p>a</p>"
    assert isinstance(text("<"), Html)
    assert text("<") == "&lt;"

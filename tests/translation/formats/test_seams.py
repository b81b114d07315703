"""Whatever markup stands in a dose, its unit states the numbers that a reader sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translation.documents import read
from translation.facts.extract import extract
from translation.formats.seams import glue, seen

SENTENCES = (
    "Prendre 2,5 mg de paracétamol toutes les 8 heures, au maximum 1 000 mg par jour.",
    "Dose de −12,5 à +3 °C, soit ≥ 30 % ou 10⁹/L, 5-10 ml, 3 fois par jour.",
    "Administrer 1 250,75 µg/kg le 12/03/2024 si la clairance est < 45 ml/min (stade 3).",
)
FIGURES = (
    "Dose de −12,5 à +3 °C, soit ≥ 30 % ou 10⁹/L, puis 5-10 ml.",
    "Administrer 1 250,75 µg/kg si la clairance est < 45 ml/min (stade 3).",
)
UNSEEN = (
    "<b>", "</b>", "<i>", "</i>", "<span>", "</span>", "<wbr>", "<!--9-->", "<!---->", "<u></u>", "&#8203;", "&#x2060;",
    "&shy;", "&lrm;", "<meta>", "<a href='/5 mg'>", "</a>", "<span class='n 7'>",
    "<script>if (5 < 6) { x = 7 }</script>", "<style>p{width:5mg}</style>",
)  # fmt: skip
SEEN = (
    "<img src='5.png'>", "<code>7</code>", "<svg><text>7</text></svg>", "<sup>[1]</sup>", "<del>3</del>", "<s>4</s>",
    "<sup><a href='#n'>1</a></sup>", "<input value=6>", "<b><img src=x></b>",
)  # fmt: skip
SPACES = st.sampled_from([" ", "\n", " \n  ", " <!-- 5 --> ", "<b> </b>", " <i> </i> ", "<wbr> ", "&nbsp;", "&#8239;"])


def facts(text: str) -> list[Any]:
    return [(fact.kind, fact.value) for fact in extract(text, "fr")]


def numbers(text: str) -> list[Decimal]:
    found: list[object] = []
    for fact in extract(text, "fr"):
        value: Any = fact.value
        found += [value.low, value.high] if fact.kind == "quantity" else [value] if fact.kind == "number" else []
    return [abs(one) for one in found if isinstance(one, Decimal)]


def written(char: str, entity: bool) -> str:
    return f"&#{ord(char)};" if entity or char in "<>&" else char


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence, and HTML in which it is what a reader sees."""
    sentence = draw(st.sampled_from(SENTENCES))
    parts = []
    for char in sentence:
        if char == " ":
            parts.append(draw(SPACES))
        elif char == "⁹":
            parts.append(
                draw(st.sampled_from(["⁹", "<sup>9</sup>", "<sup><b>9</b></sup>", "<sup>&#57;<!--1--></sup>"]))
            )
        else:
            parts.append(written(char, draw(st.integers(0, 9)) == 0))
        if draw(st.integers(0, 4)) == 0:
            parts.append(draw(st.sampled_from(UNSEEN)))
    return sentence, "".join(parts)


def texts(content: str, media_type: str) -> list[str]:
    return [unit.text for unit in read(content.encode(), media_type=media_type).units]


def as_json(markup: str) -> str:
    return json.dumps({"text": f"<p>{markup}</p>"})


def as_narrative(markup: str) -> str:
    return json.dumps({"resourceType": "Basic", "text": {"div": f"<div>{markup}</div>"}})


@pytest.mark.parametrize(
    ("wrapped", "media_type"),
    [
        ("<p>{}</p>".format, "text/html"),
        (as_json, "application/json"),
        (as_narrative, "application/fhir+json"),
    ],
)
@settings(max_examples=40, deadline=None)
@given(pair=dressed())
def test_markup_that_is_not_seen_changes_no_fact(
    wrapped: Callable[[str], str], media_type: str, pair: tuple[str, str]
) -> None:
    sentence, markup = pair
    (text,) = texts(wrapped(markup), media_type)
    assert facts(text) == facts(sentence)


@settings(max_examples=40, deadline=None)
@given(pair=dressed())
def test_inline_html_in_markdown_changes_no_fact(pair: tuple[str, str]) -> None:
    sentence, markup = pair
    for raw in ("<script>if (5 < 6) { x = 7 }</script>", "<style>p{width:5mg}</style>"):
        markup = markup.replace(raw, "")  # to Markdown their content is text
    (text,) = texts(" ".join(markup.split()), "text/markdown")
    assert facts(text) == facts(sentence)


@settings(max_examples=40, deadline=None)
@given(
    sentence=st.sampled_from(FIGURES),
    places=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(SEEN)), max_size=3),
)
def test_what_is_seen_between_digits_parts_them(sentence: str, places: Sequence[tuple[int, str]]) -> None:
    """For a reader, a picture or a struck-out figure stands there: `￼` here."""
    chosen = {place % len(sentence): markup for place, markup in places}
    pieces = [written(char, False) + chosen.get(place, "") for place, char in enumerate(sentence)]
    visible = "".join(char + ("\ufffc" if place in chosen else "") for place, char in enumerate(sentence))
    for media_type in ("text/html", "text/markdown"):
        (text,) = texts("".join(pieces), media_type)
        assert numbers(text) == numbers(visible)


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [("12", "5", " "), ("1", " 000", " "), ("1 ", "000 mg", " "), ("2,", "5", " "), ("2", ",5", " "), ("-", "5", " "),
     ("mg", ".", ""), ("(", "5", ""), ("5", " mg", ""), ("", "5", ""), ("mot", "mot", " "), ("≤", "5", " ")],
)  # fmt: skip
def test_a_space_is_put_only_where_words_or_numbers_would_touch(before: str, after: str, between: str) -> None:
    assert glue(before, after) == between


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2\u00ad5\u200b0", "250"), ("-\u200e5", "-5"), ("5\u200f %", "5 %"), ("می\u200cخورم", "می\u200cخورم"),
     ("1\u200c2", "12"), ("ab\u200fcd", "abcd"), ("\u202a5\u202c", "5"), ("5 mg", "5 mg")],
)  # fmt: skip
def test_characters_that_are_not_seen_go_from_numbers(text: str, shown: str) -> None:
    assert seen(text) == shown

"""Inline marks of a document come through: each once, in order, exact where that can be told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translation.engines import IdentityEngine
from tests.translation.tiny import word_model
from translation.engine import CTranslateEngine
from translation.marked import Mark, Marked
from translation.ports import Hypothesis
from translation.results import Segment, Span, Verdict
from translation.settings import EngineSettings
from translation.translator import CHUNK, Translator
from translation.translator_marked import TranslatedUnit, translate_marked
from translation.translator_marks import inside, pieces, place, spaced

WORDS = {
    "prendre": "take", "un comprimé": "one tablet", "par jour": "daily", "ne": "do", "pas": "not", "dépasser": "exceed",
    "5 mg": "5 mg", "la dose": "the dose", "500": "50", "[1]": "50",
}  # fmt: skip


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    folder: Path = tmp_path_factory.mktemp("models")
    word_model(folder, WORDS)
    return Translator(CTranslateEngine(EngineSettings(models=folder, threads=1)))


def marked(text: str) -> Marked:
    """`Take | one| tablet`: a bar is a mark."""
    marks, plain = [], ""
    for number, piece in enumerate(text.split("|")):
        if number:
            marks.append(Mark(len(plain), number - 1))
        plain += piece
    return Marked(plain, tuple(marks))


def shown(unit: Marked) -> str:
    text, at = "", 0
    for mark in unit.marks:
        text += unit.text[at : mark.offset] + "|"
        at = mark.offset
    return text + unit.text[at:]


def one(translator: Translator, text: str, **options: object) -> TranslatedUnit:
    (unit,) = translate_marked(translator, [marked(text)], "fr", "en", **options)  # type: ignore[arg-type]
    return unit


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("|Prendre un comprimé par jour.|", "|Take one tablet daily.|"),
        ("Prendre 10|⁶| et 2·10|⁶|/L par jour.", "Take 10|⁶| et 2·10|⁶|/L daily."),
        ("Prendre CO|2| ou H|2|O par jour.", "Take CO|2| ou H|2|O daily."),
        ("Prendre |un comprimé| par jour.", "Take |one tablet| daily."),
        ("Prendre un comprimé |par jour|.", "Take one tablet |daily|."),
        ("Prendre |5 mg| par jour.", "Take |5 mg| daily."),
        ("Prendre un comprimé.| |Ne pas dépasser 5 mg.", "Take one tablet.| |Do not exceed 5 mg."),
        ("|Prendre| |un comprimé| |par jour|.", "|Take| |one tablet| |daily|."),
    ],
)
def test_marks_land_at_their_words(translator: Translator, source: str, target: str) -> None:
    unit = one(translator, source)
    assert shown(unit.marked) == target
    assert unit.exact


def test_a_mark_that_stands_for_a_word_keeps_its_space_on_both_sides(translator: Translator) -> None:
    assert shown(one(translator, "Prendre | par jour.").marked) == "Take | daily."
    assert shown(one(translator, "Prendre | | par jour.").marked).count("|") == 2


@pytest.mark.parametrize(
    ("target", "at", "expected"),
    [
        ("take daily", 4, "take | daily"),
        ("take daily", 5, "take | daily"),
        ("take  daily", 5, "take | daily"),
        ("x", 0, "|x"),
    ],
)
def test_a_space_is_added_on_the_side_that_lacks_it(target: str, at: int, expected: str) -> None:
    segment = Segment("ab  cd", target, Span(0, 6), Span(0, len(target)), "translated", "", Verdict((), ()))
    text, placed = spaced(segment, (Mark(3, 0),), [Mark(at, 0)])
    assert shown(Marked(text, tuple(placed))) == expected


def test_marks_that_cannot_be_placed_surely_stand_at_the_edge_of_a_word_and_that_is_said() -> None:
    segment = Segment("abc def ghi", "uvw xyz rst", Span(0, 11), Span(0, 11), "translated", "", Verdict((), ()))
    placed, exact = place(segment, (Mark(4, 0), Mark(5, 1)), {})
    assert not exact
    assert [mark.id for mark in placed] == [0, 1]
    assert all(mark.offset in {0, 3, 4, 7, 8, 11} for mark in placed)


def test_a_word_said_twice_is_no_sure_place() -> None:
    segment = Segment("x 5 mg y", "5 mg 5 mg", Span(0, 8), Span(0, 9), "translated", "", Verdict((), ()))
    assert not place(segment, (Mark(2, 0), Mark(6, 1)), {})[1]


def test_a_piece_is_found_although_its_translation_alone_differs_a_little() -> None:
    segment = Segment("p le foie q", "with the livers now", Span(0, 11), Span(0, 19), "translated", "", Verdict((), ()))
    placed, _ = place(segment, (Mark(2, 0), Mark(9, 1)), {"le foie": "the liver"})
    assert [segment.target[a.offset : b.offset] for a, b in [placed]] == ["the livers"]


def test_a_flagged_segment_carries_a_visible_warning_in_the_target_language(translator: Translator) -> None:
    unit = one(translator, "Prendre un comprimé. |Prendre 500 mg| par jour.")
    assert unit.segments[1].status == "flagged"
    assert "|[⚠ CHECK THIS: " in shown(unit.marked)
    assert unit.segments[1].target_span.of(unit.marked.text) == unit.segments[1].target


def test_no_warning_is_put_in_where_the_caller_shows_the_flags(translator: Translator) -> None:
    assert "⚠" not in one(translator, "Prendre 500 mg par jour.", warn=False).marked.text


def test_units_that_are_done_are_skipped(translator: Translator) -> None:
    units = [Marked("Prendre."), Marked("Dépasser."), Marked("Prendre un comprimé.")]
    done = list(translate_marked(translator, units, "fr", "en", skip={1}))
    assert [unit.index for unit in done] == [0, 2]


def test_marks_at_the_ends_of_a_segment_are_not_inside_it() -> None:
    marks = (Mark(0, 0), Mark(2, 1), Mark(5, 2))
    assert inside(marks, 0, 5) == (Mark(2, 1),)
    assert pieces("ab cd", inside(marks, 0, 5)) == ["ab", " cd"]


@given(
    st.lists(st.text(alphabet="abç5 .,\n", max_size=12), min_size=1, max_size=8),
    st.integers(min_value=1, max_value=4),
)
def test_a_copy_keeps_every_mark_where_it_was(parts: list[str], repeat: int) -> None:
    units = [marked("|".join(parts))] * repeat
    for unit in translate_marked(Translator(IdentityEngine()), units, "fr", "en", warn=False):
        assert [mark.id for mark in unit.marked.marks] == list(range(len(parts) - 1))
        assert unit.marked == units[0] or unit.marked.text != units[0].text


@pytest.mark.parametrize("number", ["1.5", "0,25", "1\u202f000", "120/80", "COVID-19"])
def test_no_mark_is_put_inside_a_number(number: str) -> None:
    target = f"{number} x"
    for at in range(1, 8):
        segment = Segment("abcdefgh", target, Span(0, 8), Span(0, len(target)), "translated", "", Verdict((), ()))
        ((mark,), _) = place(segment, (Mark(at, 0),), {})
        assert not 0 < mark.offset < len(number)


def test_a_unit_of_many_sentences_is_given_to_the_engine_in_parts() -> None:
    class Counted(IdentityEngine):
        most = 0

        def translate(self, texts: Sequence[str], *args: str, **options: Any) -> list[list[Hypothesis]]:
            self.most = max(self.most, len(texts))
            return super().translate(texts, *args, **options)

    engine, text = Counted(), " ".join(f"Toux {number} fois." for number in range(3 * CHUNK))
    (unit,) = translate_marked(Translator(engine), [Marked(text)], "fr", "en")
    assert (len(unit.segments), engine.most) == (3 * CHUNK, CHUNK)


class Mute(IdentityEngine):
    """A model that says nothing."""

    def translate(self, texts: Sequence[str], source: str, target: str, **_: object) -> list[list[Hypothesis]]:
        return [[Hypothesis("", 0.0, 0)] for _text in texts]


def test_a_text_that_no_model_could_say_is_kept_with_a_visible_warning() -> None:
    unit = one(Translator(Mute()), "Prendre le soir.")
    assert unit.segments[0].status == "kept"
    assert unit.marked.text == "[⚠ NOT TRANSLATED] Prendre le soir."

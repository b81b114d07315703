"""Sentences and clauses: nothing is lost, lines are read with care, and length and time are bounded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.results import Span
from translation.segment import LONGEST, clauses, sentences

LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "zh", "ar", "ru", "xx")
_WORDS = "a B 5 2,5 1. 3.5 mg. Dr. p. ex. z. B. etc. i.v. é Ä 日 ١ word Nehmen"
_SIGNS = ". ! ? … ... ; : , ( ) [ « » „ “ ” \" ' ¿ ¡ - • – 。 ？ ؟"
_SPACES = ["\t", "\n", "\r\n", "\n\n", "\u00a0", "\u202f", "\u2028", "\x0c"]
BITS = st.sampled_from([*_WORDS.split(), *_SIGNS.split(), *_SPACES])
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(BITS, max_size=60).map(" ".join), st.lists(BITS, max_size=60).map("".join)
)


def cut(text: str, language: str) -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


def assert_sound(text: str, spans: tuple[Span, ...]) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    inside = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in inside for at, char in enumerate(text) if char.isalnum())
    assert all(span.of(text) == span.of(text).strip() for span in spans)


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_spans_are_sorted_disjoint_and_cover_every_letter_and_digit(text: str, language: str) -> None:
    assert_sound(text, sentences(text, language))


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_clauses_are_as_sound_and_never_fewer(text: str, language: str) -> None:
    assert_sound(text, clauses(text, language))
    assert len(clauses(text, language)) >= len(sentences(text, language))


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_number_is_cut_in_two(text: str, language: str) -> None:
    for span in (*sentences(text, language), *clauses(text, language)):
        before, after = text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1]
        assert not (len(before) == 2 and before.isdigit() and span.start)
        assert not (len(after) == 2 and after.isdigit())


def test_hard_wrapped_lines_go_on() -> None:
    text = (
        "The patient should take one tablet of the medicine each morning with a glass\r\n"
        "of water, and should not lie down for at least thirty minutes. If vomiting\r\n"
        "occurs within the hour, the dose is not repeated."
    )
    assert [" ".join(sentence.split()) for sentence in cut(text, "en")] == [
        "The patient should take one tablet of the medicine each morning with a glass of water, and should not lie "
        "down for at least thirty minutes.",
        "If vomiting occurs within the hour, the dose is not repeated.",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Paracetamol 500 mg\nIbuprofen 400 mg", "en"),
        ("paracétamol 500 mg\nibuprofène 400 mg", "fr"),
        ("Posología\nTome un comprimido al día con agua, siempre a la misma hora", "es"),
        ("Paracetamol 500 mg dreimal täglich nach dem Essen einnehmen\n\nIbuprofen nur bei Bedarf", "de"),
    ],
)
def test_short_lines_stand_alone(text: str, language: str) -> None:
    assert cut(text, language) == [line for line in text.split("\n") if line]


@pytest.mark.parametrize("marker", ["- ", "• ", "* ", "– ", "•", "☐ ", "  - "])
def test_a_bullet_begins_anew_and_stays_outside(marker: str) -> None:
    first = "Take one tablet in the morning and one in the evening after a meal"
    assert cut(f"{marker}{first}\n{marker}rest", "en") == [first, "rest"]


def test_the_number_of_an_item_is_a_span_of_its_own_and_its_letter_is_not() -> None:
    assert cut("1. Wash.\n2) Dry.\n4.1. Doses\na) Rest.", "en") == [
        "1.",
        "Wash.",
        "2)",
        "Dry.",
        "4.1.",
        "Doses",
        "a) Rest.",
    ]


def test_a_range_over_two_lines_has_no_bullet() -> None:
    line = "The usual dose for adults and adolescents of 12 years and over is 5"
    assert cut(f"{line}\n- 10 mg", "en") == [f"{line}\n- 10 mg"]


def test_cells_between_tabs_stand_alone() -> None:
    assert cut("Dose:\t5 mg\tdaily", "en") == ["Dose:", "5 mg", "daily"]


def test_chinese_needs_no_space() -> None:
    assert cut("每日两次。饭后服用！「可以吗？」可以。", "zh") == ["每日两次。", "饭后服用！", "「可以吗？」", "可以。"]


def test_clauses_are_cut_at_semicolons_before_commas_and_never_in_a_number() -> None:
    text = "Prendre 2,5 mg, puis 1,5 mg après le repas ; arrêter le traitement, si possible"
    assert [span.of(text) for span in clauses(text, "fr")] == [
        "Prendre 2,5 mg, puis 1,5 mg après le repas ;",
        "arrêter le traitement, si possible",
    ]
    text = "Prendre 2,5 mg le matin, puis 1,5 mg après le repas du soir"
    assert [span.of(text) for span in clauses(text, "fr")] == [
        "Prendre 2,5 mg le matin,",
        "puis 1,5 mg après le repas du soir",
    ]


def test_what_cannot_be_cut_is_one_clause() -> None:
    assert clauses("Une dose", "fr") == (Span(0, 8),)


def test_a_very_long_sentence_is_cut_at_clauses() -> None:
    text = "; ".join(["the dose of 2,5 mg is given, if need be, for 10 days"] * 60)
    spans = sentences(text, "en")
    assert all(span.end - span.start <= LONGEST for span in spans)
    assert all(span.of(text).endswith(";") for span in spans[:-1])


def test_a_long_word_is_cut_by_length_but_not_inside_a_number() -> None:
    text = "x" * (LONGEST - 2) + "12345" + "y" * 2000
    spans = sentences(text, "en")
    assert "".join(span.of(text) for span in spans) == text
    assert all(span.end - span.start <= LONGEST for span in spans)
    assert any("12345" in span.of(text) for span in spans)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "-", "• ", "!?"])
def test_without_a_letter_or_digit_there_is_no_sentence(text: str) -> None:
    assert sentences(text, "en") == ()


@pytest.mark.parametrize(
    "bit",
    [
        ". ",
        "a.",
        "A. ",
        "(",
        "1",
        "1.",
        "a\n",
        "\t",
        "• \n",
        '." ',
        ".\u00a0",
        "; ",
        "1, ",
        "-",
        "« ",
        "a ",
        "5. ",
        "ca. 5. ",
    ],
)
def test_a_long_run_of_anything_is_read_once(bit: str) -> None:
    """Were the time to grow with the square of the size, this would not end."""
    text = bit * (300_000 // len(bit))
    covered = sum(sum(map(str.isalnum, span.of(text))) for span in sentences(text, "de"))
    assert covered == sum(map(str.isalnum, text))

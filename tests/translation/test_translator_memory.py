"""An approved translation stands for another text only where the two differ in numbers that can be placed."""

from __future__ import annotations

import pytest

from translation.ports import Match
from translation.translator_memory import target_for


def match(source: str, target: str, score: float = 90.0) -> Match:
    return Match("m", source, target, score)


@pytest.mark.parametrize(
    ("text", "approved", "translation", "expected"),
    [
        ("Prendre 20 mg.", "Prendre 10 mg.", "Take 10 mg.", "Take 20 mg."),
        ("Prendre 2,5 mg.", "Prendre 3,5 mg.", "Take 3.5 mg.", "Take 2.5 mg."),
        ("De 10 à 40 mg", "De 5 à 20 mg", "Between 5 and 20 mg", "Between 10 and 40 mg"),
        ("20 mg pendant 3 jours", "10 mg pendant 7 jours", "for 7 days, 10 mg", "for 3 days, 20 mg"),
    ],
)
def test_numbers_are_put_in_place(text: str, approved: str, translation: str, expected: str) -> None:
    assert target_for(text, match(approved, translation), "fr", "en") == expected


@pytest.mark.parametrize(
    ("text", "approved", "translation", "why"),
    [
        ("Traite la toux.", "Traite la fièvre.", "Treats fever.", "another word"),
        ("Prendre 20 mg.", "Prendre 10 ml.", "Take 10 ml.", "another unit"),
        ("Prendre 2 comprimés.", "Prendre 1 comprimés.", "Take 1 tablets.", "another plural"),
        ("10 mg puis 20 mg", "5 mg puis 5 mg", "5 mg then 5 mg", "equal numbers cannot be told apart"),
        ("Prendre 20 mg.", "Prendre 10 mg.", "Take ten mg.", "the number is a word in the translation"),
        ("Prendre 20 mg.", "Prendre 10 mg.", "Take 50 mg.", "the approved translation says another number"),
        ("Prendre 20 mg.", "Prendre mg.", "Take mg.", "no number was approved"),
        ("Prendre 1.000 mg.", "Prendre 10 mg.", "Take 10 mg.", "the number can be read in two ways"),
    ],
)
def test_anything_else_is_only_a_suggestion(text: str, approved: str, translation: str, why: str) -> None:
    assert target_for(text, match(approved, translation), "fr", "en") is None, why


def test_the_same_text_is_used_as_approved() -> None:
    assert target_for("Prendre 10 mg.", match("Prendre 10 mg.", "Take ten mg.", 100.0), "fr", "en") == "Take ten mg."


def test_line_ends_that_were_approved_with_a_text_do_not_come_into_another() -> None:
    assert (
        target_for("Prendre 10 mg.", match("Prendre 10 mg.\n", "Take 10 mg.\n\n", 100.0), "fr", "en") == "Take 10 mg."
    )

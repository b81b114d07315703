"""Runs the table of opposites: what says the same passes, what says the opposite fails as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.phrases import LANGUAGES
from translation.facts import opposites
from translation.verify import verify

TABLE = Path(__file__).with_name("translation_opposites.md")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|\n").split("|"))
    for line in TABLE.read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| from")
]


@pytest.mark.parametrize(("source", "target", "text", "same", "opposite"), ROWS)
def test_the_opposite_fails_and_the_same_passes(source: str, target: str, text: str, same: str, opposite: str) -> None:
    assert not [one for one in verify(text, same, source, target).failures if one.reason == "opposite"]
    failures = [one for one in verify(text, opposite, source, target).failures if one.reason == "opposite"]
    assert failures
    (first, *_) = failures
    assert first.check == "negation"
    assert first.source_span is not None
    assert first.target_span is not None
    assert first.source_span.of(text) == first.params["source"]
    assert first.target_span.of(opposite) == first.params["target"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It rises before it falls.", "Cela monte."),
        ("A high dose and a low one", "Une dose élevée et une faible"),
        ("The hypothesis of hypertension", "L'hypothèse d'une hypertension"),
        ("nothing of the kind", "augmentation"),
        ("an increase", "quelque chose"),
    ],
)
def test_what_is_not_turned_round_surely_passes(source: str, target: str) -> None:
    assert not [one for one in verify(source, target, "en", "fr").failures if one.reason == "opposite"]


@pytest.mark.parametrize(
    ("source", "target", "text", "translation", "fails"),
    [
        ("fr", "en", "un comprimé ou une gélule", "a tablet and a capsule", True),
        ("fr", "en", "un comprimé ou une gélule", "a tablet or a capsule", False),
        ("en", "es", "morning and evening", "mañana o noche", True),
        ("en", "de", "morning and evening", "morgens und abends", False),
        ("en", "it", "water or milk", "acqua e latte", True),
        ("en", "pt", "water or milk", "água e leite", True),
        ("fr", "en", "Ne pas croquer et ne pas écraser.", "Do not chew or crush.", False),
    ],
)
def test_a_choice_does_not_become_both(source: str, target: str, text: str, translation: str, fails: bool) -> None:
    reasons = [one.reason for one in verify(text, translation, source, target).failures]
    assert ("choice_changed" in reasons) is fails


def test_every_concept_has_two_poles_in_every_language() -> None:
    for poles in opposites._table().values():
        assert len(poles) == 2
        assert all(words.keys() == set(LANGUAGES) for words in poles.values())


def test_a_language_without_a_table_says_nothing() -> None:
    assert opposites.find("increase", "zh") == ()

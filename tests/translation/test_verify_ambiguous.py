"""What can be read in two ways is told as that, and never as a change."""

from __future__ import annotations

import pytest

from translation.verify import verify


@pytest.mark.parametrize(
    ("source", "target", "text", "translation", "reason"),
    [
        ("fr", "en", "1.000 mg", "1.000 mg", "number_ambiguous"),
        ("fr", "en", "1.000 mg", "1,000 mg", "number_ambiguous"),
        ("fr", "en", "1.000 mg", "2.000 mg", "dose_changed"),
        ("fr", "en", "le 03/04/2024", "on 3 April 2024", "date_ambiguous"),
        ("fr", "en", "le 3 avril 2024", "on 4 April 2024", "date_changed"),
    ],
)
def test_what_can_be_read_in_two_ways_is_told(
    source: str, target: str, text: str, translation: str, reason: str
) -> None:
    reasons = {failure.reason for failure in verify(text, translation, source, target).failures}
    assert reason in reasons
    assert "dose_changed" not in reasons or reason == "dose_changed"


@pytest.mark.parametrize(
    ("source", "target", "text", "translation"),
    [
        ("fr", "de", "Ne pas dépasser 5 mg.", "5 mg nicht überschreiten."),
        ("es", "it", "No superar 5 mg.", "Non superare 5 mg."),
        ("pt", "en", "Não ultrapassar 5 mg.", "Do not exceed 5 mg."),
        ("fr", "en", "dépasser 5 mg", "exceed 5 mg"),
    ],
)
def test_what_must_not_be_exceeded_is_the_same_in_every_language(
    source: str, target: str, text: str, translation: str
) -> None:
    assert verify(text, translation, source, target).ok


@pytest.mark.parametrize(
    ("translation", "fails"), [("Take \ufffd one.", True), ("Take \x01 one.", True), ("Take one.", False)]
)
def test_characters_that_nobody_can_read_are_told(translation: str, fails: bool) -> None:
    reasons = {failure.reason for failure in verify("Prenez-en un.", translation, "fr", "en").failures}
    assert ("untranslated_unreadable" in reasons) is fails

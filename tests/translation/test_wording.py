"""What is said of translations exists in every language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from medinfo.phrases import LANGUAGES, Phrases
from translation import wording
from translation.results import CHECKS, Failure, Segment, Span, Status, Verdict
from translation.verify import verify

PHRASES = Phrases.load("translation", "data/wording")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_same_phrases_with_the_same_placeholders(language: str) -> None:
    assert PHRASES.names(language) == PHRASES.names("en")
    for name in PHRASES.names("en"):
        assert re.findall(r"\{\w+\}", PHRASES.text(language, name)) == re.findall(r"\{\w+\}", PHRASES.text("en", name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_and_every_quality_has_its_words(language: str) -> None:
    assert all(wording.check_name(check, language) for check in CHECKS)
    assert len({wording.notice(quality, language) for quality in ("provisional", "general", "medical")}) == 3


def test_a_language_without_phrases_is_spoken_to_in_english() -> None:
    assert wording.spoken("pt-BR") == "pt"
    assert wording.spoken("zh") == "en"


def test_a_marker_names_what_failed() -> None:
    verdict = Verdict((Failure("dose", "x"), Failure("number", "y")), ("number", "dose"))
    segment = Segment("a", "b", Span(0, 1), Span(0, 1), "flagged", "", verdict)
    assert wording.marker(segment, "fr") == "[⚠ À VÉRIFIER : nombre, dose]"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_into_another_language_than_asked_for_is_told(language: str) -> None:
    text = "Nehmen Sie keine Tabletten ein und nicht mehr als zwei am Tag."
    (failure,) = (one for one in verify(text, text, "fr", "en").failures if one.check == "language")
    assert wording.message(failure, language) == wording.message(replace(failure, params={}), language)


@pytest.mark.parametrize(
    ("status", "attempt", "needed"),
    [("flagged", "", True), ("kept", "", True), ("kept", "rejected", False), ("translated", "", False)],
)
def test_a_segment_without_any_translation_carries_a_warning_and_one_kept_on_request_does_not(
    status: Status, attempt: str, needed: bool
) -> None:
    segment = Segment("a", "a", Span(0, 1), Span(0, 1), status, "", Verdict((), ()), attempt=attempt)
    assert wording.needs_marker(segment) is needed


def test_what_was_not_translated_is_called_so() -> None:
    segment = Segment("a", "a", Span(0, 1), Span(0, 1), "kept", "", Verdict((Failure("length", "x"),), ()))
    assert wording.marker(segment, "fr") == "[⚠ NON TRADUIT]"

from __future__ import annotations

import string

import pytest

from medinfo.phrases import LANGUAGES, Phrases


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases.load("medinfo")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_same_names(phrases: Phrases, language: str) -> None:
    assert phrases.names(language) == phrases.names("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_has_text_and_the_placeholders_of_the_english_one(phrases: Phrases, language: str) -> None:
    for name in phrases.names("en"):
        text = phrases.text(language, name)
        assert text.strip() == text != ""
        assert _placeholders(text) == _placeholders(phrases.text("en", name)), name


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_phrase_was_left_in_english(phrases: Phrases, language: str) -> None:
    assert [n for n in phrases.names("en") if phrases.text(language, n) == phrases.text("en", n)] == []


def test_placeholders_are_filled(phrases: Phrases) -> None:
    assert phrases.text("en", "validation.too-many", limit=100) == "At most 100 items are allowed."


def test_a_phrase_that_is_not_there_is_an_error(phrases: Phrases) -> None:
    with pytest.raises(KeyError):
        phrases.text("en", "error.no-such-code.title")
    assert not phrases.has("en", "error.no-such-code.title")
    assert phrases.has("en", "error.not-found.title")

"""Which language a text is in."""

from __future__ import annotations

import pytest

from medinfo.phrases import LANGUAGES
from translation.detect import KNOWN, by_small_words, detect

SENTENCES = {
    "en": "Take one tablet with a glass of water.",
    "fr": "Prenez un comprimé avec un verre d'eau.",
    "es": "Tome un comprimido con un vaso de agua.",
    "de": "Nehmen Sie eine Tablette mit einem Glas Wasser.",
    "it": "Prenda una compressa con un bicchiere d'acqua.",
    "pt": "Tome um comprimido com um copo de água.",
    "ar": "تناول قرصا واحدا مع كوب من الماء",
    "ru": "Примите одну таблетку, запивая водой.",
    "zh": "用一杯水服用一片药。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_told_by_its_language(language):
    assert detect(SENTENCES[language])[0][0] == language


def test_probabilities_are_given_best_first_and_sum_to_one():
    found = detect(SENTENCES["fr"])
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)
    assert sum(share for _, share in found) == pytest.approx(1, abs=0.01)
    assert {language for language, _ in found} == set(KNOWN)


def test_only_the_languages_asked_for_are_given_and_unknown_codes_are_passed_over():
    assert {language for language, _ in detect("Bonjour à tous", ("fr", "en", "xx", "fr"))} == {"fr", "en"}
    assert detect("Bonjour", ("xx",)) == []


@pytest.mark.parametrize("text", ["", "  ", "12 345", "?!"])
def test_a_text_without_letters_is_in_no_language(text):
    assert detect(text) == []


def test_a_very_long_text_is_looked_at_in_part():
    assert detect(SENTENCES["de"] * 50_000)[0][0] == "de"


def test_small_words_are_counted_for_each_language_that_has_them():
    assert by_small_words(["sur", "la", "table"]) == {"fr": 2, "es": 1, "it": 1}
    assert by_small_words(["s", "n", "4"]) == {}


def test_every_language_with_phrases_is_known():
    assert set(LANGUAGES) <= set(KNOWN)

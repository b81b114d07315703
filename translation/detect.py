"""Language detection, offline: small words for what they tell, a classifier over letters for the rest.

The classifier (`py3langid`) is loaded when it is first needed; one copy serves all threads.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from medinfo.phrases import LANGUAGES
from translation.facts.function_words import function_words
from translation.facts.phrasebook import words_of

KNOWN: tuple[str, ...] = (
    *LANGUAGES,
    "ar",
    "zh",
    "ru",
    "nl",
    "ca",
    "ro",
    "pl",
    "tr",
    "uk",
    "el",
    "ja",
    "ko",
    "sv",
    "da",
)
"""Languages that are told apart when the caller names none."""
MOST = 4000
"""Characters of a text that are looked at: more does not tell more."""
_WEIGHT = 2.2
"""How much one small word more of a language speaks for it, as a logarithm of odds."""
_LOCK = threading.Lock()


def detect(text: str, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
    """The languages that a text may be in.

    Args:
        text: any text; its first 4,000 characters are looked at.
        among: languages to choose from; the 20 of `KNOWN` where none are named. Unknown codes are passed over.

    Returns:
        (language, probability from 0 to 1), best first, one for each language; empty where the text has no letter.
    """
    sample = text[:MOST]
    if not any(char.isalpha() for char in sample):
        return []
    languages = tuple(dict.fromkeys(KNOWN if among is None else among))
    scores = _by_letters(sample, languages)
    if not scores:
        return []
    small = by_small_words(words_of(sample).words)
    return _probabilities({language: score + _WEIGHT * small.get(language, 0) for language, score in scores.items()})


def by_small_words(words: Sequence[str]) -> dict[str, int]:
    """How many words are small words of each language with a table; single letters, which stand for much, are none."""
    found: dict[str, int] = {}
    table = _languages_of()
    for word in words:
        for language in table.get(word, ()) if len(word) > 1 else ():
            found[language] = found.get(language, 0) + 1
    return found


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for word in function_words(language):
            table[word] = (*table.get(word, ()), language)
    return table


def _probabilities(scores: dict[str, float]) -> list[tuple[str, float]]:
    top = max(scores.values())
    weights = {language: math.exp(score - top) for language, score in scores.items()}
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [(language, round(weight / total, 4)) for language, weight in ranked]


def _by_letters(text: str, languages: tuple[str, ...]) -> dict[str, float]:
    """Log-probabilities of those languages that the classifier knows."""
    identifier, codes = _classifier()
    wanted = [language for language in languages if language in codes]
    with _LOCK:
        ranked = dict(identifier.rank(text))
    # The classifier counts every letter group as if it stood alone; the root of the length takes that back.
    sure = math.sqrt(len(text.encode("utf-8", "replace")))
    return {language: float(ranked[language]) / sure for language in wanted}


@cache
def _classifier() -> tuple[Any, frozenset[str]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    return identifier, frozenset(identifier.nb_classes)

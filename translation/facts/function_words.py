"""Small words of a language: articles, prepositions, pronouns (`facts/data/function_words.toml`)."""

from __future__ import annotations

from functools import cache

from translation.facts.phrasebook import phrasebook


@cache
def function_words(language: str) -> frozenset[str]:
    """The most frequent small words; none for a language without a table."""
    return _section(language, "words")


@cache
def openers(language: str) -> frozenset[str]:
    """Small words with which a sentence does not end; none for a language without a table."""
    return _section(language, "openers")


def _section(language: str, name: str) -> frozenset[str]:
    book = phrasebook("function_words", language)
    return frozenset(book.phrases[name]) if book else frozenset()

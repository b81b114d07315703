"""Glossaries: finding their terms in a text, also where they are inflected.

Two words are taken as the same when they are equal after folding case and accents and taking off one regular ending of
number or gender (`_ENDINGS`). That is as far as it goes: irregular plurals and compounds are not recognised, and a term
that is not found in the translation fails its check rather than pass on a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from translation.results import Span, Term

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LEAST_STEM = 4
_LEAST_BEFORE_S = 3
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("es", "s"),
    "fr": ("aux", "al", "ales", "ale", "es", "e", "s", "x"),
    "es": ("es", "as", "os", "a", "o", "s"),
    "pt": ("oes", "ao", "es", "as", "os", "ns", "m", "a", "o", "s"),
    "it": ("he", "hi", "a", "e", "i", "o"),
    "de": ("en", "er", "es", "em", "e", "n", "s"),
}
"""Regular endings of number, gender and (German) case, folded, longest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """A glossary term met in a text."""

    term: Term
    span: Span


class Glossary:
    """Terms of one pair of languages, ready to be found.

    Args:
        terms: entries; where one source term has several targets, any of them will do and the first is preferred.
        source, target: language codes.
    """

    def __init__(self, terms: Iterable[Term], source: str, target: str) -> None:
        self.source = source
        self.target = target
        self._by_source: dict[tuple[str, ...], list[Term]] = {}
        for term in terms:
            key = stems(term.source, source)
            if key:
                self._by_source.setdefault(key, []).append(term)
        self._longest = max(map(len, self._by_source), default=0)

    def __bool__(self) -> bool:
        return bool(self._by_source)

    def find(self, text: str) -> tuple[Found, ...]:
        """The terms that a source text holds, in its order; the longest wins where two overlap."""
        if not self._by_source:
            return ()
        words = list(_WORD.finditer(text))
        keys = [stem(word.group(), self.source) for word in words]
        found, at = [], 0
        while at < len(words):
            length = self._length_at(keys, at)
            if length:
                span = Span(words[at].start(), words[at + length - 1].end())
                found.append(Found(self._by_source[tuple(keys[at : at + length])][0], span))
            at += length or 1
        return tuple(found)

    def _length_at(self, keys: Sequence[str], at: int) -> int:
        for length in range(min(self._longest, len(keys) - at), 0, -1):
            if tuple(keys[at : at + length]) in self._by_source:
                return length
        return 0

    def wanted(self, found: Iterable[Found], translation: str) -> tuple[Term, ...]:
        """For each term met, the entry to hold the translation to: one whose target it holds, if any does."""
        held: dict[str, Term] = {}
        for one in found:
            entries = self._by_source[stems(one.term.source, self.source)]
            kept = next((term for term in entries if holds(translation, term.target, self.target)), entries[0])
            held.setdefault(one.term.source, kept)
        return tuple(held.values())


def holds(text: str, wanted: str, language: str) -> Span | None:
    """Where a text holds a term, inflected or not; None where it does not. A term without a word is looked up as is."""
    key = stems(wanted, language)
    if not key:
        at = text.find(wanted)
        return Span(at, at + len(wanted)) if at >= 0 and wanted else None
    words = list(_WORD.finditer(text))
    keys = [stem(word.group(), language) for word in words]
    for at in range(len(keys) - len(key) + 1):
        if tuple(keys[at : at + len(key)]) == key:
            return Span(words[at].start(), words[at + len(key) - 1].end())
    return None


def stems(text: str, language: str) -> tuple[str, ...]:
    """The stems of a term's words, in their order."""
    return tuple(stem(word, language) for word in _WORD.findall(text))


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """A word without case, accents and one regular ending. Words with digits, and short ones, keep their ending."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if not folded.isalpha():
        return folded
    for ending in _ENDINGS.get(language.partition("-")[0], ()):
        least = _LEAST_BEFORE_S if ending == "s" else _LEAST_STEM  # "foie" is not a form of "foi"
        if folded.endswith(ending) and len(folded) - len(ending) >= least:
            return folded.removesuffix(ending)
    return folded

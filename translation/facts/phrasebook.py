"""Words and phrases of a table, found in running text.

A phrase is a few words. A word that ends in `*` stands for all words that begin so (`contraindicat*`), one that begins
with `*` for all that end so (`*less`). Apostrophes and hyphens part words: "don't" is the two words `don t`, "l'œil"
is `l œil`. Case is not looked at; accents are, since they tell words apart ("né" and "ne" in Italian).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from translation.results import Span

_WORD = re.compile(r"[^\W_\u0300-\u036f][\w\u0300-\u036f]*")
_STEM = 3
"""Letters by which stems are looked up."""
_REMEMBERED = 20_000
"""Words whose phrases are remembered."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, lower-cased, and where they stand.

    Attributes:
        text: the text. words: its words. starts, ends: offsets of each.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """The stretch from word `first` to word `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def between(self, index: int) -> str:
        """What stands before a word, back to the word before it."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def after(self, index: int) -> str:
        """The character that follows a word; "" at the end."""
        return self.text[self.ends[index] : self.ends[index] + 1]


def words_of(text: str) -> Words:
    """Cut a text into words. Numbers count as words."""
    found = [(one.group(), one.start(), one.end()) for one in _WORD.finditer(text)]
    plain = text.isascii()
    return Words(
        text,
        tuple(word.lower() if plain else unicodedata.normalize("NFC", word.lower()) for word, _, _ in found),
        tuple(start for _, start, _ in found),
        tuple(end for _, _, end in found),
    )


class Hit(NamedTuple):
    """A phrase found: its first and last word, both included, and what the table calls it."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    name: str

    @property
    def rank(self) -> tuple[int, int]:
        """Longer phrases go first; among equals those with fewer open words, then longer ones."""
        return -len(self.words), sum("*" in word for word in self.words) * 1000 - sum(map(len, self.words))

    def goes_on(self, words: tuple[str, ...], at: int) -> bool:
        """Whether the words after the first, which fits, are those of the phrase."""
        size = len(self.words)
        if size == 1:
            return True
        following = words[at + 1 : at + size]
        return len(following) == size - 1 and all(map(_fits, self.words[1:], following))


def _fits(pattern: str, word: str) -> bool:
    if "*" not in pattern:
        return word == pattern
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word.endswith(pattern[1:]) and word != pattern[1:]


@dataclass(frozen=True)
class Phrasebook:
    """Phrases, ready to be looked up.

    Args:
        phrases: name to its phrases.

    Example:
        `Phrasebook({"left": ["left", "left-sided"]}).find(words_of("the left eye"))`
    """

    phrases: Mapping[str, Iterable[str]]
    _by_word: dict[str, list[_Phrase]] = field(default_factory=dict, init=False, repr=False)
    _known: dict[str, tuple[_Phrase, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for name, listed in self.phrases.items():
            for text in listed:
                phrase = _Phrase(_pattern(text), name)
                self._by_word.setdefault(_key(phrase.words[0]), []).append(phrase)

    def find(self, text: Words) -> list[Hit]:
        """All phrases in a text, left to right, none overlapping, the longest first where several begin at one word."""
        hits: list[Hit] = []
        words, after = text.words, 0
        for at, word in enumerate(words):
            phrases = self._known.get(word)
            if phrases is None:
                phrases = self._begin_with(word)
            if phrases and at >= after:
                best = next((phrase for phrase in phrases if phrase.goes_on(words, at)), None)
                if best:
                    after = at + len(best.words)
                    hits.append(Hit(at, after - 1, best.name))
        return hits

    def _begin_with(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases that begin with a word, the best first; looked up once for every word that is met."""
        found = [
            phrase
            for key in (word, word[:_STEM] + "*", "*" + word[-_STEM:])
            for phrase in self._by_word.get(key, ())
            if _fits(phrase.words[0], word)
        ]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = phrases = tuple(sorted(found, key=lambda one: one.rank))
        return phrases


def _pattern(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\*?[\w\u0300-\u036f]+\*?", text.lower()))


def _key(word: str) -> str:
    if word.endswith("*"):
        return word[:_STEM] + "*"
    return "*" + word[-_STEM:] if word.startswith("*") else word


@cache
def phrasebook(name: str, language: str) -> Phrasebook | None:
    """The phrases of one language in a table of `facts/data`, by the names of its sections.

    Args:
        name: the table's file name without the ending.

    Returns:
        None where the table has no phrases in that language.
    """
    rows = tomllib.loads(files("translation.facts").joinpath("data", f"{name}.toml").read_text("utf-8"))
    phrases = {section: listed[language] for section, listed in rows.items() if listed.get(language)}
    return Phrasebook(phrases) if phrases else None

"""What the tables in `data/` say of one language, compiled once and only when that language is first met."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from medinfo.phrases import LANGUAGES

Part = tuple[str, int]
"""One part of a number in words: its class (`unit`, `teen`, `ten`, `hundred`, `thousand`, `scale` ...), its value."""

_PIECE = re.compile(r"(?:[^\W\d_]\.){2,6}|[^\W_]+|[^\w\s]|_")
_LONGEST_COMPOUND = 80


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case and accents, so that "Décilitre" is "decilitre"; a dotted abbreviation loses its dots."""
    if word.isascii():
        plain = word.lower()
    elif word.lower() in {"é", "è", "dì"}:
        # "is" is not "and", nor "day" "of".
        return word.lower()
    else:
        apart = unicodedata.normalize("NFD", word.casefold())
        plain = "".join(char for char in apart if not unicodedata.combining(char)).replace("\u00b5", "\u03bc")
    return plain.replace(".", "") if len(plain) > 1 else plain


class Trie:
    """Phrases by their folded words, each with what it means; the longest that fits is found."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}

    def add(self, keys: Iterable[str], meaning: object) -> None:
        """Hold a phrase. The first meaning of a phrase stays."""
        node = self.root
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault("", meaning)


@dataclass(slots=True)
class Lexicon:
    """The words of one language.

    Attributes:
        language: ISO 639-1; a language without a table has no words, only digits and symbols.
        articles: words that may stand for one before a unit. parts: number words to their parts.
        compound: what a number in one word is made of, or None. bare: words that count only beside another number.
        ordinals: ordinal words. suffixes: what makes digits ordinal. exact, units: units by spelling.
        unit_words: all first words of units. symbols: one-letter units.
        group, decimal: the separators of the language. table: the file, for those who read the rest of it.
    """

    language: str
    articles: frozenset[str] = frozenset()
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    compound: re.Pattern[str] | None = None
    compound_parts: dict[str, Part] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    dozen: str = ""
    half: frozenset[str] = frozenset()
    fractions: dict[str, int] = field(default_factory=dict)
    between: frozenset[str] = frozenset()
    roman: frozenset[str] = frozenset()
    roman_after: frozenset[str] = frozenset()
    second_after: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()
    of_scale: frozenset[str] = frozenset({"de", "d", "di"})
    skip: frozenset[str] = frozenset()
    age: frozenset[str] = frozenset()
    age_gap: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    scales: dict[str, Decimal] = field(default_factory=dict)
    exact: dict[str, str] = field(default_factory=dict)
    units: Trie = field(default_factory=Trie)
    range_words: dict[str, frozenset[str]] = field(default_factory=dict)
    group: str = ""
    decimal: str = "."
    table: Mapping[str, Any] = field(default_factory=dict)
    seen: dict[str, tuple[Part, ...] | None] = field(default_factory=dict)

    def words(self, key: str) -> tuple[Part, ...] | None:
        """The parts of a number word, also of one that is written together; None for any other word."""
        parts = self.parts.get(key)
        if parts is not None or self.compound is None or not 6 <= len(key) <= _LONGEST_COMPOUND:
            return parts
        if key in self.seen:
            return self.seen[key]
        found = self._taken_apart(key)
        if len(self.seen) < 20_000:
            self.seen[key] = found
        return found

    def _taken_apart(self, key: str) -> tuple[Part, ...] | None:
        assert self.compound is not None
        position, parts = 0, []
        while position < len(key):
            match = self.compound.match(key, position)
            if not match:
                return None
            position = match.end()
            part = self.compound_parts[match.group(1)]
            if part[0] != "and":
                parts.append(part)
        return _reordered(parts) if len(parts) > 1 else None


def _reordered(parts: list[Part]) -> tuple[Part, ...]:
    """German says the unit before the ten: "vierundzwanzig"."""
    result: list[Part] = []
    for part in parts:
        if part[0] == "ten" and result and result[-1][0] == "unit":
            result.insert(len(result) - 1, part)
        else:
            result.append(part)
    return tuple(result)


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The words of a language; of one without a table, only what holds in every language."""
    found = Lexicon(language)
    _read_units(found, _table("units")["any"])
    found.exact = {text: code for code, texts in _table("units")["exact"].items() for text in texts.split()}
    if language in LANGUAGES:
        found.table = table = _table(language)
        _read_numbers(found, table["numbers"], table["scale"])
        found.range_words = {name: frozenset(words.split()) for name, words in table["range"].items()}
        for code, spellings in table["units"].items():
            for spelling in spellings.split(","):
                found.units.add(pieces(spelling), code)
    return found


def pieces(text: str) -> tuple[str, ...]:
    """The folded words and signs of a phrase, as the tokens of a text are folded."""
    return tuple(fold(piece) for piece in _PIECE.findall(text))


def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("translation.facts").joinpath("data", f"{name}.toml").read_text("utf-8"))


def _read_units(found: Lexicon, table: Mapping[str, str]) -> None:
    for code, spellings in table.items():
        for spelling in spellings.split():
            found.units.add(pieces(spelling), code)


def _read_numbers(found: Lexicon, numbers: Mapping[str, str], scale: Mapping[str, str]) -> None:
    found.articles = frozenset(f"{numbers['article']} {numbers['one']}".split())
    found.parts = {word: (part,) for word, part in _simple(numbers)}
    found.scales = {
        word: Decimal(power)
        for name, power in (("million", 10**6), ("milliard", 10**9), ("billion", 10**12))
        for word in scale.get(name, "").split()
    }
    for word, power in found.scales.items():
        found.parts[word] = (("scale", int(power)),)
    found.between = frozenset(numbers["between"].split())
    found.roman = frozenset(numbers["roman"].split())
    found.roman_after = frozenset(numbers["roman_after"].split())
    found.second_after = frozenset(numbers["second_after"].split())
    found.both = frozenset(numbers["both"].split())
    found.skip = frozenset(numbers["skip"].split())
    found.age = frozenset(numbers["age"].split())
    found.age_gap = frozenset(numbers["age_gap"].split())
    found.joiners = frozenset(numbers["and"].split())
    found.ordinals = {word: value for value, words in _counted(numbers["ordinals"], 2) for word in words}
    found.first = frozenset(numbers["first"].split())
    found.dozen = numbers["dozen"]
    found.parts[found.dozen] = (("dozen", 12),)
    found.half = frozenset(numbers["half"].split())
    found.fractions = {word: size for name, size in (("third", 3), ("quarter", 4)) for word in numbers[name].split()}
    found.suffixes = frozenset(numbers["suffix"].split())
    found.group, found.decimal = numbers["group"], numbers["decimal"]
    if found.language in {"de", "it"}:
        found.compound_parts = dict(_compound_parts(found, numbers))
        longest_first = sorted(found.compound_parts, key=len, reverse=True)
        found.compound = re.compile(f"({'|'.join(longest_first)})")


def _simple(numbers: Mapping[str, str]) -> Iterator[tuple[str, Part]]:
    for value, words in _counted(numbers["small"], 2):
        for word in words:
            yield word, ("unit" if value < 10 else "teen", value)
    for value, words in _counted(numbers.get("twenties", ""), 21):
        for word in words:
            yield word, ("full", value)
    for value, words in _counted(numbers["tens"], 2):
        for word in words:
            yield word, ("ten", value * 10)
    for value, words in _counted(numbers.get("hundreds", ""), 2):
        for word in words:
            yield word, ("hundreds", value * 100)
    for word in numbers["hundred"].split():
        yield word, ("hundred", 100)
    for word in numbers["thousand"].split():
        yield word, ("thousand", 1000)
    yield numbers["zero"], ("zero", 0)


def _counted(words: str, start: int) -> Iterator[tuple[int, list[str]]]:
    for value, alternatives in enumerate(words.split(), start):
        yield value, alternatives.split("|")


def _compound_parts(found: Lexicon, numbers: Mapping[str, str]) -> Iterator[tuple[str, Part]]:
    for word, parts in found.parts.items():
        if parts[0][0] not in {"zero", "scale", "dozen"}:
            yield word, parts[0]
    one = ("ein", "eins") if found.language == "de" else ("uno", "un")
    for word in one:
        yield word, ("unit", 1)
    for value, words in _counted(numbers.get("elided", ""), 2):
        yield words[0], ("ten", value * 10)
    for joiner in numbers["and"].split():
        yield joiner, ("and", 0)

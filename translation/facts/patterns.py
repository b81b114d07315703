"""Phrases of the tables: compiled into one trie a language, and matched at a token, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from translation.facts.lexicon import Lexicon, lexicon, pieces
from translation.facts.tokens import Token
from translation.facts.units import TIMES, unit_at

ONE = Decimal(1)
_SLOTS = frozenset("#!@&")
_SLASHES = frozenset({"/", "\u2215", "\u2044"})


class Meaning(NamedTuple):
    """What a phrase says: `kind` is `frequency`, `moment`, `compare` or `after`; `says` is the table's text."""

    kind: str
    says: str


@dataclass(slots=True)
class Bound:
    """A phrase that was found.

    Attributes:
        end: index of the token after it. meaning: of the phrase.
        numbers: (low, high) of each number in it. unit: the unit of time in it. adverb: (period, unit) of its adverb.
        times: of its word for how many times. first_times: of the first such word of two.
    """

    end: int
    meaning: Meaning
    numbers: tuple[tuple[Decimal, Decimal | None], ...] = ()
    unit: str = ""
    adverb: tuple[Decimal, str] | None = None
    times: Decimal | None = None
    first_times: Decimal | None = None


@dataclass(slots=True)
class Patterns:
    """The phrases of one language. `near` are those that only hold soon after a number."""

    root: dict[str, Any] = field(default_factory=dict)
    near: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, Decimal] = field(default_factory=dict)
    multiples: dict[str, Decimal] = field(default_factory=dict)
    adverbs: dict[str, tuple[Decimal, str]] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()

    def at(self, found: list[Token], index: int, words: Lexicon, *, near: bool) -> Bound | None:
        """The longest phrase that starts at a token.

        Args:
            found: tokens. index: where to look. words: of the language. near: a number stands shortly before.
        """
        best = self._walk(self.root, found, index, words, ())
        if near and (other := self._walk(self.near, found, index, words, ())) and (not best or other.end > best.end):
            best = other
        return best

    def _walk(
        self, node: dict[str, Any], found: list[Token], index: int, words: Lexicon, bound: tuple[Any, ...]
    ) -> Bound | None:
        best = _bind(node[""], index, bound) if "" in node else None
        if index >= len(found):
            return best
        for next_node, next_index, slot in self._steps(node, found, index, words):
            further = self._walk(next_node, found, next_index, words, (*bound, slot) if slot else bound)
            if further and (best is None or further.end > best.end):
                best = further
        return best

    def _steps(
        self, node: dict[str, Any], found: list[Token], index: int, words: Lexicon
    ) -> Iterator[tuple[dict[str, Any], int, tuple[str, Any] | None]]:
        token = found[index]
        key = token.key
        if key in node and token.kind != "number" and key not in _SLOTS:
            yield node[key], index + 1, None
        if "#" in node:
            if token.kind == "number" and token.value is not None:
                yield node["#"], index + 1, ("#", (token.value, token.high))
            elif key in words.articles and token.kind == "word":
                yield node["#"], index + 1, ("#", (ONE, None))
        if "!" in node and key in self.counts:
            yield node["!"], index + 1, ("!", self.counts[key])
        if "&" in node and key in self.adverbs:
            yield node["&"], index + 1, ("&", self.adverbs[key])
        if "@" in node:
            before = found[index - 1] if index else None
            digits = before is not None and (before.digits or before.key in _SLASHES)
            unit = unit_at(found, index, words, digits=digits)
            if unit and unit[0] in TIMES and unit[0] != "{decade}":
                yield node["@"], unit[1], ("@", unit[0])
        if key == "-" and index and not token.space and found[index - 1].key != "-":
            yield node, index + 1, None


def _bind(meaning: Meaning, end: int, bound: tuple[Any, ...]) -> Bound:
    found = Bound(end, meaning)
    for slot, value in bound:
        if slot == "#":
            found.numbers = (*found.numbers, value)
        elif slot == "!":
            found.first_times = found.times
            found.times = value
        elif slot == "&":
            found.adverb = value
        else:
            found.unit = value
    return found


@lru_cache(maxsize=64)
def patterns(language: str) -> Patterns:
    """The phrases of a language; none for one without a table."""
    found = Patterns()
    table = lexicon(language).table
    signs = {
        "lt": "<",
        "gt": ">",
        "ge": "≥; ⩾; > =",
        "le": "≤; ⩽; < =",
        "approx": "~; ≈; ∼; ≃; ≅",
        "eq": "=",
        "pm": "±",
    }
    _add_comparisons(found, table.get("compare", signs))
    if table:
        found.counts = {word: Decimal(count) for count, words in table["counts"].items() for word in words.split()}
        found.multiples = {
            word: Decimal(count) for count, words in table["multiples"].items() for word in words.split()
        }
        found.adverbs = {word: _period(code) for code, words in table["adverbs"].items() for word in words.split()}
        for line in table["frequency"]["says"].strip().splitlines():
            phrase, _, says = line.rpartition(":")
            _add(found, phrase, Meaning("frequency", says.strip()))
        for moment, phrases in table["moments"].items():
            for phrase in phrases.split(";"):
                _add(found, phrase, Meaning("moment", "" if moment == "none" else moment))
    found.starts = frozenset({*found.root, *found.near, *found.counts, *found.adverbs} - _SLOTS)
    return found


def _add_comparisons(found: Patterns, table: Mapping[str, str]) -> None:
    for sign, phrases in table.items():
        kind = "after" if sign.endswith("_after") else "compare"
        for phrase in phrases.split(";"):
            _add(found, phrase, Meaning(kind, sign.removesuffix("_after")))


def _period(code: str) -> tuple[Decimal, str]:
    number, _, unit = code.rpartition(" ")
    return Decimal(number or 1), unit


def _add(found: Patterns, phrase: str, meaning: Meaning) -> None:
    parts = phrase.split()
    root = found.root
    if parts and parts[0] == "~" and len(parts) > 1:
        parts, root = parts[1:], found.near
    for keys in _expanded(parts):
        node = root
        for key in keys:
            node = node.setdefault(key, {})
        held = node.get("")
        # "minimum" stands before a number and after one.
        if held and {held.kind, meaning.kind} == {"compare", "after"}:
            meaning = Meaning("either", (held if held.kind == "compare" else meaning).says)
            node[""] = meaning
        node.setdefault("", meaning)


def _expanded(parts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Every sequence of tokens that a phrase with alternatives and optional words stands for.

    `_` joins the words of one alternative.
    """
    choices = []
    for part in parts:
        optional = part.endswith("?")
        words = [pieces(word.replace("_", " ")) for word in part.removesuffix("?").split("|")]
        choices.append([*words, ()] if optional else words)
    for chosen in product(*choices):
        yield tuple(piece for word in chosen for piece in word)

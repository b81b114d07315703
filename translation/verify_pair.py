"""A source and its translation as the checks see them, and how facts of the two are brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from translation.facts.model import Fact
from translation.facts.phrasebook import Words, words_of

_SLACK = 25
"""Characters that two facts may stand apart in any case: in a short text a share of it is but a word."""
MOST_FACTS = 400
"""Facts of one kind that are brought together pair by pair; what goes beyond is brought together by order alone."""


Finder = Callable[[Words, str], tuple[Fact, ...]]
"""Finds the facts of one kind in a text cut into words: (words, language) -> facts."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: its language and its words."""

    text: str
    language: str
    words: Words
    _found: dict[Finder, tuple[Fact, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, language: str) -> Side:
        """Cut a text into words."""
        return cls(text, language, words_of(text))

    def found(self, find: Finder) -> tuple[Fact, ...]:
        """The facts of a kind, found once."""
        if find not in self._found:
            self._found[find] = find(self.words, self.language)
        return self._found[find]

    def place(self, fact: Fact) -> float:
        """Where in the text a fact stands, 0 at its beginning, 1 at its end."""
        return fact.span.start / len(self.text) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A source and its translation."""

    source: Side
    target: Side


class Aligned(NamedTuple):
    """Facts brought together, and those that are left over on either side."""

    pairs: list[tuple[Fact, Fact]]
    source: list[Fact]
    target: list[Fact]


def align(
    pair: Pair,
    source: Sequence[Fact],
    target: Sequence[Fact],
    *,
    fits: Callable[[Fact, Fact], bool] = lambda a, b: True,
    reach: float = 1.0,
) -> Aligned:
    """Bring facts together that fit, the nearest in place first.

    Args:
        fits: whether two facts say the same. reach: the furthest that two may stand apart, as a share of the text.
    """
    source, target = list(source), list(target)
    if not source or not target:
        return Aligned([], source, target)
    if len(source) > MOST_FACTS or len(target) > MOST_FACTS:
        return _by_order(source, target, fits)
    places = [pair.target.place(fact) for fact in target]
    reach += _SLACK / max(len(pair.source.text), len(pair.target.text), 1)
    near = []
    for i, one in enumerate(source):
        at = pair.source.place(one)
        near += [
            (abs(at - places[j]), i, j)
            for j, other in enumerate(target)
            if abs(at - places[j]) <= reach and fits(one, other)
        ]
    pairs, left, right = [], set(range(len(source))), set(range(len(target)))
    for _, i, j in sorted(near):
        if i in left and j in right:
            pairs.append((source[i], target[j]))
            left.discard(i)
            right.discard(j)
    return Aligned(pairs, [source[i] for i in sorted(left)], [target[j] for j in sorted(right)])


def _by_order(source: list[Fact], target: list[Fact], fits: Callable[[Fact, Fact], bool]) -> Aligned:
    """The same in linear time, for texts that hold very many facts: each must stand where its partner does."""
    pairs, left, right = [], [], []
    for one, other in zip(source, target, strict=False):
        if fits(one, other):
            pairs.append((one, other))
        else:
            left.append(one)
            right.append(other)
    return Aligned(pairs, left + source[len(target) :], right + target[len(source) :])

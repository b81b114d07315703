"""Misspelled names: which known name was meant, if that is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from medinfo.medicines.answers import meanings
from medinfo.medicines.catalogue_tables import Entry
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import fold, tokens

MIN_LETTERS = 6
"""Shorter names are never accepted misspelled: a person is asked."""
MAX_COST = 1.0
MARGIN = 1.0
_FIXED_WORD = 3  # letters of a word that must stand as typed: "vitamin B1", "penicillin G"


@dataclass(frozen=True, slots=True)
class Near:
    """A known key near the typed one.

    Attributes:
        number, key: of the known key. cost: weighted typing errors, 1.0 for an ordinary one.
        entries: what is known under it.
    """

    number: int
    key: str
    cost: float
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a misspelled text can mean.

    Attributes:
        accepted: the key that was meant, or None.
        near: all keys within reach, nearest first.
    """

    accepted: Near | None
    near: tuple[Near, ...]


class Misspelling:
    """Judges misspelled names.

    Args:
        known: what is known.
    """

    def __init__(self, known: Known) -> None:
        self._known = known

    def judge(self, typed: str, words: Sequence[str]) -> Verdict:
        """What was meant by a key that is not known.

        Args:
            typed: the key. words: the words that it was made of.
        """
        near = self._near(typed)
        if not near:
            return Verdict(None, ())
        first = near[0]
        groups = meanings(first.entries)
        if len(groups) != 1 or len(typed) < MIN_LETTERS or len(first.key) < MIN_LETTERS or first.cost > MAX_COST:
            return Verdict(None, near)
        meant = next(iter(groups))
        second = min((each.cost for each in near if set(meanings(each.entries)) - {meant}), default=9.0)
        if second - first.cost < MARGIN or not _same_fixed_words(words, first):
            return Verdict(None, near)
        return Verdict(first, near)

    def _near(self, typed: str) -> tuple[Near, ...]:
        found = [
            Near(number, known, cost(typed, known), tuple(self._known.entries(number)))
            for number, known, _ in self._known.near.find(typed)
        ]
        return tuple(sorted(found, key=lambda near: (near.cost, near.key)))


def cost(typed: str, known: str) -> float:
    """How unlikely it is that `known` was meant when `typed` was typed; 0 for the same text."""
    return float(OSA.distance(typed, known))


def _same_fixed_words(words: Sequence[str], near: Near) -> bool:
    """Whether short words and digits are as typed: an error there would make another medicine of it."""
    known = tokens(fold(near.entries[0].name))
    return _fixed(words) == _fixed(known)


def _fixed(words: Sequence[str]) -> list[str]:
    return sorted(
        "".join(char for char in word if char.isdigit()) if len(word) > _FIXED_WORD else word
        for word in words
        if (len(word) <= _FIXED_WORD and len(words) > 1) or any(char.isdigit() for char in word)
    )

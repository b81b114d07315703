"""Misspelled names: which known name was meant, if that is clear.

The cost of a known name is the number of typing errors between it and the typed text (a letter more, less, changed, or
two swapped), `FIRST_LETTER` more where the first letter differs, for people rarely miss it, and `UNLIKELY` more where a
letter was changed to one that neither lies beside it on a keyboard nor sounds like it, or the first letter of a
short name was changed. Spellings that sound alike in French or English cost one error, however many letters differ.

A name is accepted alone only if its cost is at most `MAX_COST` and every name that means something else costs at least
`MARGIN` more, so a text one error away from two medicines is never accepted. Nor is one in which a short word or
a digit was changed ("vitamin B1", "penicillin G"), nor a name under `MIN_LETTERS` letters.

The margin was chosen on one half of the INNs and brands of six letters or more, with one generated error each of five
kinds (`tests/benchmarks/resolver_thresholds.py`). On the other half, 20,510 errors in 4,180 names:

| margin | precision | recall | not known, yet taken for another |
|---|---|---|---|
| 1.0 | 99.995% | 97.22% | 0.62% |
| **0.75** | **99.995%** | **98.67%** | **0.67%** |
| 0.5 | 99.995% | 98.85% | 0.67% |
| 0.25 | 99.916% | 99.02% | 0.67% |

The last column is a name typed right of a medicine that our tables do not hold (each name in turn, its own meaning
hidden). 0.75 is the widest margin that reaches the recall asked for (97%) with something to spare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medinfo.medicines.answers import Meaning, meanings
from medinfo.medicines.entries import Entry
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import fold, plain_words, tokens
from medinfo.medicines.slips import changed_letter, easily_mistaken
from medinfo.medicines.sounds import sound
from medinfo.medicines.words import Words

MIN_LETTERS = 6
MAX_COST = 1.25
MARGIN = 0.75
FIRST_LETTER = 0.25
UNLIKELY = 0.5
_MIN_FIRST_CHANGED = 7  # letters of a name that is recognised with another first letter
_FAR = 99.0
_ROMAN = re.compile(r"[ivx]+")
_DESCRIBING = frozenset(("lab", "form", "release", "people"))
_SHORT = 3  # letters of a word in which one error makes another word
_MIN_NEAR = 0.75  # similarity from which a name is worth showing


@dataclass(frozen=True, slots=True)
class Near:
    """A known key near the typed one.

    Attributes:
        key: the known key. cost: of the typing errors, 1.0 for an ordinary one.
        entries: what is known under it. meanings: what they stand for; nothing for the name of something that is no
            medicine of ours.
    """

    key: str
    cost: float
    entries: tuple[Entry, ...]
    meanings: frozenset[Meaning]

    def differs(self, other: Near) -> bool:
        """Whether it stands for something else than the other, or for nothing of ours."""
        return not self.meanings or bool(self.meanings - other.meanings)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a misspelled text can mean.

    Attributes:
        accepted: the known name that was meant, or None.
        near: all names within reach, nearest first.
    """

    accepted: Near | None
    near: tuple[Near, ...]


class Misspelling:
    """Judges misspelled names.

    Args:
        known: what is known. words: the words beside names.
    """

    def __init__(self, known: Known, words: Words) -> None:
        self._known = known
        self._words = words

    def judge(self, typed: str, words: Sequence[str], others: Sequence[Near] = ()) -> Verdict:
        """What was meant by a key that is not known.

        Args:
            typed: the key. words: the words that it was made of.
            others: names near a fuller form of the same text, which must not mean something else.
        """
        near = self.near(typed)
        if not near or not self._certain(typed, words, near, others):
            return Verdict(None, near)
        return Verdict(near[0], near)

    def _certain(self, typed: str, words: Sequence[str], near: Sequence[Near], others: Sequence[Near]) -> bool:
        first = near[0]
        if len(first.meanings) != 1 or first.cost > MAX_COST:
            return False
        if len(first.key) < MIN_LETTERS or len(typed) < MIN_LETTERS - 1:
            return False
        second = min((each.cost for each in (*near, *others) if each.differs(first)), default=_FAR)
        return second - first.cost >= MARGIN and any(self._same_short_words(words, entry) for entry in first.entries)

    def _same_short_words(self, words: Sequence[str], entry: Entry) -> bool:
        """Whether no short word and no digit differs from the name's: there an error would make another medicine of
        it. A word that only describes (a laboratory, a form) may differ."""
        typed = plain_words(words)
        known = plain_words(tokens(fold(entry.name)))
        if len(typed) == len(known):
            return all(self._may_differ(one, other) for one, other in zip(typed, known, strict=True))
        return _marks(typed) == _marks(known)

    def _may_differ(self, typed: str, known: str) -> bool:
        if typed == known or self._words.kind(known) in _DESCRIBING:
            return True
        if _ROMAN.fullmatch(typed) or _ROMAN.fullmatch(known):
            return False
        return max(len(typed), len(known)) > _SHORT and _digits(typed) == _digits(known)

    def near(self, typed: str) -> tuple[Near, ...]:
        """Known names near a key, nearest first."""
        costs = {number: float(errors) for number, _, errors in self._known.near.find(typed)}
        for number in self._known.near.alike(typed):
            costs[number] = min(costs.get(number, _FAR), 1.0)
        found = [self._near(typed, number, cost) for number, cost in costs.items()]
        return tuple(sorted(found, key=lambda each: (each.cost, each.key)))

    def _near(self, typed: str, number: int, errors: float) -> Near:
        known = self._known.key(number)
        entries = tuple(self._known.entries(number))
        return Near(known, errors + _surcharge(typed, known), entries, frozenset(meanings(entries)))


def _surcharge(typed: str, known: str) -> float:
    """What an error costs more because people rarely make it."""
    changed = changed_letter(typed, known)
    cost = UNLIKELY if changed and not easily_mistaken(changed[1], changed[2]) else 0.0
    if known[0] != typed[0] and sound(known)[:1] != sound(typed)[:1]:
        cost += UNLIKELY if changed and len(known) < _MIN_FIRST_CHANGED else FIRST_LETTER
    return cost


def similarity(typed: str, near: Near) -> float:
    """How alike a typed key and a known one are, 0 to 100."""
    return round(100 * (1 - near.cost / max(len(typed), len(near.key))), 1)


def worth_showing(typed: str, near: Near) -> bool:
    """Whether a person could have meant the name."""
    return near.cost <= MAX_COST or similarity(typed, near) >= 100 * _MIN_NEAR


def _marks(words: Sequence[str]) -> list[str]:
    """Single letters and digits of words that were cut or joined differently."""
    return sorted(word if len(word) == 1 else _digits(word) for word in words if len(word) == 1 or _digits(word))


def _digits(word: str) -> str:
    return "".join(char for char in word if char.isdigit())

"""Type-ahead: names for what is being typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from medinfo.medicines.compiled import Arrays, Strings, view
from medinfo.medicines.entries import Entry, Flag, Kind
from medinfo.medicines.fuzzy import Misspelling, worth_showing
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import checked, fold, key, tokens
from medinfo.medicines.words import Words, variants

HitKind = Literal["substance", "brand", "product", "synonym"]

_KINDS: dict[Kind, HitKind] = {
    Kind.SUBSTANCE: "substance",
    Kind.SYNONYM: "synonym",
    Kind.SALT: "synonym",
    Kind.COMBINATION: "synonym",
    Kind.BRAND: "brand",
    Kind.PRODUCT: "product",
    Kind.TITLE: "product",
    Kind.OTHER: "synonym",
}
_INSIDE = 1 << 31  # added to the rank of a name that goes on from a word inside it
_MIN_NEAR = 4  # letters from which misspelled names are looked for
_SPARE = 4  # how many more hits are read than wanted, for some are the same name


@dataclass(frozen=True, slots=True)
class Hit:
    """One name that may be meant.

    Attributes:
        name: as its source writes it. substances: ids; none for a homeopathic product. kind: what it is.
        archived: every product of that name is no longer authorised.
    """

    name: str
    substances: tuple[str, ...]
    kind: HitKind
    archived: bool


class Search:
    """Finds names by what is typed of them.

    Args:
        arrays: the arrays of a compiled folder. known: what is known. words: the words beside names.
    """

    def __init__(self, arrays: Arrays, known: Known, words: Words) -> None:
        self._known = known
        self._words = words
        self._misspelling = Misspelling(known, words)
        self._texts = Strings(arrays, "search.texts")
        self._hits = np.asarray(arrays["search.hits"])
        self._places = np.asarray(arrays["search.places"])
        self._rows = view(arrays["search.rows"])
        self._archived = view(arrays["search.archived"])

    def find(self, q: str, limit: int = 10) -> list[Hit]:
        """Names for what is being typed: first those that are it, then those that begin so, then those with a word
        that begins so, then near ones. What stands in many products comes before what stands in few.

        Args:
            q: the beginning of a name, or of a word in it. limit: most hits, from 1.

        Raises:
            InvalidInput: the text is longer than `normalise.MAX_LENGTH`.
        """
        if not any(char.isalnum() for char in q):
            return []
        folded = fold(checked(q))
        found: dict[tuple[str, tuple[str, ...]], Hit] = {}
        for hit in self._all(folded, limit):
            found.setdefault((key(fold(hit.name)), hit.substances), hit)
            if len(found) == limit:
                break
        return list(found.values())

    def _all(self, folded: str, limit: int) -> Iterator[Hit]:
        marked = self._words.mark(folded)
        yield from self._prefixed(" ".join(tokens(folded)), limit)
        for variant in variants(marked):
            yield from self._prefixed(" ".join(variant.words), limit)
        for variant in variants(marked):
            for near in self._misspelling.near(variant.key) if len(variant.key) >= _MIN_NEAR else ():
                if worth_showing(variant.key, near):
                    yield from (self._hit_of(entry) for entry in near.entries if entry.kind < Kind.TITLE)

    def _prefixed(self, text: str, limit: int) -> Iterator[Hit]:
        low, high = self._place(text), self._place(text + "\U0010ffff")
        ranks = self._hits[low:high].astype(np.int64) + _INSIDE * (self._places[low:high] > 0)
        wanted = min(len(ranks), limit * _SPARE)
        exact = list(self._exact(text, low, high))
        best = np.sort(np.partition(ranks, wanted - 1)[:wanted]) if wanted else ranks
        for number in [*exact, *(best % _INSIDE).tolist()]:
            entry = self._known.entry(self._rows[number])
            yield Hit(entry.name, entry.substances, _KINDS[entry.kind], bool(self._archived[number]))

    def _exact(self, text: str, low: int, high: int) -> Iterator[int]:
        """Numbers of the names that are the text; they stand first."""
        for place in range(low, high):
            number = int(self._hits[place])
            if self._texts[number][self._places[place] :] != text:
                return
            if not self._places[place]:
                yield number

    def _place(self, text: str) -> int:
        """First place whose text is not before the given one."""
        low, high = 0, len(self._hits)
        while low < high:
            middle = (low + high) // 2
            if self._texts[int(self._hits[middle])][self._places[middle] :] < text:
                low = middle + 1
            else:
                high = middle
        return low

    @staticmethod
    def _hit_of(entry: Entry) -> Hit:
        return Hit(entry.name, entry.substances, _KINDS[entry.kind], bool(entry.flags & Flag.ARCHIVED))

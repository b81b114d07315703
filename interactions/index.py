"""The compiled index: all interactions of a list of substances, in a fraction of a microsecond a pair.

Substances are numbered in the order of their ids. A square matrix says for each pair in which row of two flat arrays
its interactions stand (0: in none); one gather of the matrix answers a whole list. The arrays are compiled once from
the tables, saved under a hash of them and mapped at start-up.

Two kinds of sides depend on more than a pair and are looked at apart: a *combination* takes part when all its members
are in the list, and an *open* side ("medicines taken by mouth") is whatever is taken by its routes.

Who takes part, decided with care:

- A substance never meets itself, though it stands on both sides of an entry or is in two products. Two different
  members of one class do ("other NSAIDs"). A combination never meets its own members.
- The two substances of one combination product meet like any others: the source states it, and it is never silent.
- Open sides: an unknown route counts as systemic. So an unknown route takes part in an open side of systemic routes
  (and `check` leaves it undecided), and not in one of local routes only: "vaginal medicines" are those whose
  vaginal use is stated. Otherwise a spermicide would warn about every medicine of the list.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interactions.conditions import by_route
from interactions.index_arrays import (
    ALWAYS,
    Irregular,
    compile_arrays,
    irregular_interactions,
    open_arrays,
    substances,
)
from interactions.knowledge import Knowledge, Side
from medinfo.medicines.compiled import Arrays, view

Party = tuple[str, ...]
"""Who stands on a side: one substance id, or all members of a combination, sorted."""

Hit = tuple[int, Party, Party]
"""An interaction met: its number in `Index.interactions`, who stands on its side `a`, and who on `b`.

A plain tuple: a list of twenty can hold hundreds, and making a named one costs more than finding it.
"""


@dataclass(frozen=True, slots=True)
class Present:
    """A substance of the list.

    Attributes:
        substance: id. routes: per medicine that holds it, the slugs of its routes (none: unknown).
    """

    substance: str
    routes: tuple[tuple[str, ...], ...] = ((),)


class Index:
    """Answers which interactions a list of substances meets.

    Attributes:
        interactions: the interactions of all sources by number, each with the number of its source.
    """

    def __init__(self, sources: Sequence[Knowledge], arrays: Arrays, is_local: Callable[[str], bool]) -> None:
        """Use `build` or `open`."""
        self.interactions = tuple((n, i) for n, source in enumerate(sources) for i in source.interactions)
        self._numbers = {substance: number for number, substance in enumerate(substances(sources))}
        # Plain memory views: reading one number of them costs a third of what it costs of a numpy array.
        self._matrix, self._offsets, self._entries = (
            view(arrays[name].reshape(-1)) for name in ("matrix", "offsets", "entries")
        )
        self._is_local = is_local
        self._triggered: dict[str, list[Irregular]] = {}
        for irregular in irregular_interactions(sources):
            for substance in irregular.triggers():
                self._triggered.setdefault(substance, []).append(irregular)

    @classmethod
    def build(cls, sources: Sequence[Knowledge], is_local: Callable[[str], bool]) -> Index:
        """Compile in memory.

        Args:
            sources: one `Knowledge` per source. is_local: whether a route slug is local.
        """
        return cls(sources, compile_arrays(sources), is_local)

    @classmethod
    def open(cls, sources: Sequence[Knowledge], is_local: Callable[[str], bool], folder: Path) -> Index:
        """Map the compiled arrays, compiling them first where they are not there yet.

        Args:
            sources, is_local: as for `build`.
            folder: of all compiled tables; receives one folder per hash of the sources.

        Raises:
            OSError: the folder cannot be written.
        """
        return cls(sources, open_arrays(sources, folder), is_local)

    def find(self, present: Sequence[Present]) -> list[Hit]:
        """All interactions of a list.

        Args:
            present: the distinct substances of the list, in any order.

        Returns:
            Hits in no particular order. A pair that meets an interaction both ways round gives two.
        """
        hits = self.pairs([item.substance for item in present])
        hits.extend(self._irregular_hits(present))
        return hits

    def pairs(self, names: Iterable[str]) -> list[Hit]:
        """All interactions between substances and classes, without combinations and open sides."""
        numbers = self._numbers
        known = sorted((numbers[name], (name,)) for name in names if name in numbers)
        matrix, offsets, entries, size = self._matrix, self._offsets, self._entries, len(numbers)
        hits: list[Hit] = []
        for place, (number, first) in enumerate(known, 1):
            row = number * size
            for other, second in known[place:]:
                if group := matrix[row + other]:
                    for entry in entries[offsets[group] : offsets[group + 1]].tolist():
                        swapped = entry & 1
                        hits.append((entry >> 1, second, first) if swapped else (entry >> 1, first, second))
        return hits

    def covers(self, substance: str) -> bool:
        """Whether the substance stands in a side of any source."""
        return substance in self._numbers

    def _irregular_hits(self, present: Sequence[Present]) -> Iterator[Hit]:
        listed = {item.substance for item in present}
        met = {one.number: one for trigger in (ALWAYS, *listed) for one in self._triggered.get(trigger, ())}
        for irregular in met.values():
            first, second = (
                self._parties(side, members, present, listed)
                for side, members in zip(irregular.sides, irregular.members, strict=True)
            )
            for a, b in itertools.product(first, second):
                if set(a).isdisjoint(b):
                    yield irregular.number, a, b

    def _parties(
        self, side: Side, members: frozenset[str], present: Sequence[Present], listed: set[str]
    ) -> list[Party]:
        if side.kind == "combination":
            return [tuple(sorted(members))] if members <= listed else []
        if side.kind == "open":
            return [(item.substance,) for item in present if self._is_taken_by(item, frozenset(side.routes))]
        return [(substance,) for substance in listed & members]

    def _is_taken_by(self, item: Present, wanted: frozenset[str]) -> bool:
        if all(self._is_local(route) for route in wanted):
            return any(routes and by_route(routes, wanted).holds is not False for routes in item.routes)
        return any(by_route(routes, wanted).holds is not False for routes in item.routes)

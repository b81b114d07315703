"""The arrays of the compiled index: made from the tables, saved under a hash of them, mapped at start-up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interactions.knowledge import Knowledge, Side
from medinfo.medicines.compiled import Arrays, open_or_build

ALWAYS = ""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Irregular:
    """An interaction with a combination or an open side."""

    number: int
    sides: tuple[Side, Side]
    members: tuple[frozenset[str], frozenset[str]]

    def triggers(self) -> Iterable[str]:
        """Substances one of which must be in the list: of a combination any member, else all of a closed side."""
        for side, members in zip(self.sides, self.members, strict=True):
            if side.kind == "combination":
                return sorted(members)[-1:]
        closed = [m for side, m in zip(self.sides, self.members, strict=True) if side.kind != "open"]
        return closed[0] - {""} if closed else (ALWAYS,)


def members_by_side(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Substance ids of every side of a source. A member that could not be named is left as "" (a combination with
    one is never complete)."""
    found: dict[str, set[str]] = {side: set() for side in knowledge.sides}
    for member in knowledge.members:
        found[member.side].add(member.substance)
    return {side: frozenset(members) for side, members in found.items()}


def substances(sources: Iterable[Knowledge]) -> list[str]:
    """All substances that stand in a side of a source, by id; their place in the list is their number."""
    return sorted({m.substance for source in sources for m in source.members if m.substance})


def irregular_interactions(sources: Iterable[Knowledge]) -> Iterator[Irregular]:
    """The interactions with a combination or an open side; they stand in no array."""
    number = -1
    for source in sources:
        members = members_by_side(source)
        for interaction in source.interactions:
            number += 1
            sides = (source.sides[interaction.a], source.sides[interaction.b])
            if any(side.kind in ("combination", "open") for side in sides):
                yield Irregular(number, sides, (members[interaction.a], members[interaction.b]))


def compile_arrays(sources: Sequence[Knowledge]) -> Arrays:
    """The matrix (upper triangle only: the smaller number is the row), row offsets and entries.

    An entry is twice the interaction's number, plus one when the column's substance stands on side `a`.
    """
    size = len(substances(sources))
    pairs, entries = _pairs_and_entries(sources, size)
    order = np.lexsort((entries, pairs))
    pairs, entries = pairs[order], entries[order]
    distinct, starts = np.unique(pairs, return_index=True)
    matrix = np.zeros(size * size, dtype=np.int32)
    matrix[distinct] = np.arange(1, len(distinct) + 1)
    # Row 0 of the offsets is the empty row of all pairs that stand in no interaction.
    offsets = np.concatenate(([0], starts, [len(entries)])).astype(np.int32)
    return {"matrix": matrix.reshape(size, size), "offsets": offsets, "entries": entries.astype(np.int32)}


def _pairs_and_entries(sources: Sequence[Knowledge], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    numbers = {substance: number for number, substance in enumerate(substances(sources))}
    irregular = {entry.number for entry in irregular_interactions(sources)}
    pairs, entries = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    number = -1
    for source in sources:
        sides = {
            side: np.array(sorted(numbers[m] for m in members if m), dtype=np.int64)
            for side, members in members_by_side(source).items()
        }
        for interaction in source.interactions:
            number += 1
            if number in irregular:
                continue
            a, b = (grid.ravel() for grid in np.meshgrid(sides[interaction.a], sides[interaction.b], indexing="ij"))
            a, b = a[a != b], b[a != b]
            pairs.append(np.minimum(a, b) * size + np.maximum(a, b))
            entries.append(2 * number + (a > b))
    return np.concatenate(pairs), np.concatenate(entries)


def open_arrays(sources: Sequence[Knowledge], folder: Path) -> Arrays:
    """Map the compiled arrays, compiling and saving them first where they are not there yet.

    Args:
        folder: holds one folder per hash of the sources.

    Raises:
        OSError: the folder cannot be written.
    """
    return open_or_build(folder, _key(sources), lambda: compile_arrays(sources))


def _key(sources: Sequence[Knowledge]) -> str:
    """Hash of all that the compiled arrays depend on."""
    digest = hashlib.sha256(f"{_FORMAT} {np.dtype(np.int32).str}".encode())
    for source in sources:
        for side in source.sides.values():
            digest.update(f"\nside {side.id} {side.kind}".encode())
        for member in source.members:
            digest.update(f"\nmember {member.side} {member.substance}".encode())
        for interaction in source.interactions:
            digest.update(f"\ninteraction {interaction.a} {interaction.b}".encode())
        digest.update(b"\n--")
    return f"interactions-{digest.hexdigest()[:32]}"

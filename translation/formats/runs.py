"""Runs of text and inline markup: which of the markup belongs to a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

MOST_MARKS = 200
"""A run is cut before the next markup once it has so many, so that no unit grows without bound; inside a word only once
it has twice as many, so that no number is cut."""


class Part(Protocol):
    """An item of a run: its kind (`text`, `open`, `close`, `whole`) and the name that joins a pair."""

    @property
    def kind(self) -> str:
        """What it is."""
        ...

    @property
    def name(self) -> str:
        """What its partner is called too."""
        ...


PartT = TypeVar("PartT", bound=Part)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a run: text, or markup that becomes a mark.

    Attributes:
        start, end: in the source. kind: `text`, `open`, `close`, or `whole` for what stands alone and is kept whole.
        name: of the tag. shows: whether a reader sees it stand there; a comment shows nothing.
    """

    start: int
    end: int
    kind: str
    name: str = ""
    shows: bool = True


def is_full(marks: int, before: str) -> bool:
    """Whether a run is to be cut before the next tag that opens.

    Args:
        marks: that it has. before: the source of its last text.
    """
    return marks >= 2 * MOST_MARKS or (marks >= MOST_MARKS and not before[-1:].strip())


def inside(items: Sequence[PartT], first: int, last: int) -> Sequence[PartT]:
    """The items from the first word to the last, and tags around them whose partner is among them."""
    partner = partners(items)
    first = next((index for index in range(first) if first <= partner.get(index, -1) <= last), first)
    closers = [index for index in range(last + 1, len(items)) if first <= partner.get(index, -1) <= last]
    if closers:
        last = closers[-1]
    return items[first : last + 1]


def partners(items: Sequence[Part]) -> dict[int, int]:
    """The place of the other tag of a pair, both ways."""
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        if item.kind == "open":
            opened.setdefault(item.name, []).append(index)
        elif item.kind == "close" and opened.get(item.name):
            other = opened[item.name].pop()
            found[index], found[other] = other, index
    return found

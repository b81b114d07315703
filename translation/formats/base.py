"""What all formats share: limits, the shape of a document, and a text whose units are replaced in place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from medinfo.errors import InvalidInput, UnusableDocument
from translation.marked import Marked


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is taken; past any of these it is refused with `UnusableDocument`.

    Attributes:
        content_bytes: size of the file. unpacked_bytes: size of all members of an archive, unpacked.
        ratio: unpacked bytes for each packed byte of one archive member of over 1 MiB unpacked.
        members: members of an archive. depth: how deep elements, objects and lists may nest.
        units: pieces to translate. pages: pages of a PDF.
    """

    content_bytes: int = 10_000_000
    unpacked_bytes: int = 100_000_000
    ratio: int = 200
    members: int = 2_000
    depth: int = 500
    units: int = 100_000
    pages: int = 2_000


LIMITS = Limits()
"""The limits that every format keeps to."""


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written from right to left."""


class Document(Protocol):
    """A file that was read: what is to be translated in it, and how it is written back."""

    @property
    def media_type(self) -> str:
        """What it is, such as `text/html`."""
        ...

    @property
    def units(self) -> Sequence[Marked]:
        """What is to be translated, in the order of the document. Empty where nothing is."""
        ...

    def rebuild(self, translated: Sequence[Marked], target_language: str, output: str = "") -> bytes:
        """The document with its units replaced, all else as it was; the same bytes where no unit differs.

        Args:
            translated: one for each unit, in their order, each with the marks of its unit in their order.
            target_language: ISO 639-1 code of the language that the text is in now.
            output: another format to write, where the format offers one (`docx` or `html` for a PDF); "" for its own.

        Raises:
            ValueError: units or marks are missing or out of order: a defect of whoever translated.
            InvalidInput: the output asked for is not offered.
        """
        ...


def unusable(detail: str, *, hint: str = "", **params: str | int) -> UnusableDocument:
    """The error for a document that cannot be read: one English sentence, and what to do."""
    return UnusableDocument(detail, hint=hint, params=params)


def check_size(content: bytes) -> None:
    """Refuse a file above the limit.

    Raises:
        UnusableDocument: it is too large.
    """
    if len(content) > LIMITS.content_bytes:
        raise unusable(
            f"The document has {len(content):,} bytes; at most {LIMITS.content_bytes:,} are taken.",
            hint="Split it into smaller files.",
        )


def check_units(count: int) -> None:
    """Refuse a document with too many pieces to translate.

    Raises:
        UnusableDocument: there are more than `LIMITS.units`.
    """
    if count > LIMITS.units:
        raise unusable(
            f"The document has more than {LIMITS.units:,} pieces of text.", hint="Split it into smaller files."
        )


def check_depth(depth: int) -> None:
    """Refuse what nests too deep.

    Raises:
        UnusableDocument: `depth` is above `LIMITS.depth`.
    """
    if depth > LIMITS.depth:
        raise unusable(f"The document nests deeper than {LIMITS.depth} levels.")


def check_output(output: str, offered: Sequence[str] = ()) -> None:
    """Refuse an output format that a document does not offer; "" is always its own.

    Raises:
        InvalidInput: it is not among those offered.
    """
    if output and output not in offered:
        names = ", ".join(offered) or "its own"
        raise InvalidInput(f"This document cannot be written as {output!r}; what it can be written as: {names}.")


def check_translated(units: Sequence[Marked], translated: Sequence[Marked]) -> None:
    """See that every unit came back, with all of its marks in their order.

    Raises:
        ValueError: a unit or a mark is missing, added or out of order.
    """
    if len(units) != len(translated):
        raise ValueError(f"{len(units)} units were given out and {len(translated)} came back")
    for number, (unit, other) in enumerate(zip(units, translated, strict=True)):
        given, back = [mark.id for mark in unit.marks], [mark.id for mark in other.marks]
        if given != back:
            raise ValueError(f"unit {number}: its marks are {given}, and {back} came back")


def has_letters(text: str) -> bool:
    """Whether there is something to translate: a letter of any script."""
    return any(char.isalpha() for char in text)


Piece = Callable[[int, int], str]
"""Writes the source from one offset to another, with whatever is replaced inside."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a source text that a unit was read from.

    Attributes:
        start, end: where it stands in the source text.
        unit: what is to be translated.
        render: how a changed unit is written there, given what writes the source from one offset to another; an
            unchanged unit is never rendered, its source stays.
    """

    start: int
    end: int
    unit: Marked
    render: Callable[[Marked, Piece], str]


class Nested:
    """A text whose slots may lie inside one another's source: an attribute of a tag that stands inside a sentence.

    Args:
        text: the source. outer: slots of running text, sorted and disjoint. inner: slots that lie between those or
            inside their marks, sorted and disjoint. A unit's marks are written by `Slot.render` out of `piece`.
    """

    def __init__(self, text: str, outer: Sequence[Slot], inner: Sequence[Slot] = ()) -> None:
        self.text = text
        self.outer, self.inner = tuple(outer), tuple(inner)
        self._order = sorted([*self.outer, *self.inner], key=lambda slot: (slot.start, -slot.end))

    @property
    def units(self) -> list[Marked]:
        """What is to be translated, by where it begins."""
        return [slot.unit for slot in self._order]

    def rebuild(self, translated: Sequence[Marked], extra: Mapping[int, tuple[int, str]] | None = None) -> str:
        """The text with its slots filled.

        Args:
            translated: one for each unit. extra: other pieces to replace, outside of slots: start to (end, new text).

        Raises:
            ValueError: units or marks are missing or out of order.
        """
        check_translated(self.units, translated)
        by_start = {id(slot): unit for slot, unit in zip(self._order, translated, strict=True)}
        small = [
            (slot.start, slot.end, slot.render(by_start[id(slot)], _verbatim))
            for slot in self.inner
            if by_start[id(slot)] != slot.unit
        ]
        small = sorted([*small, *((start, end, new) for start, (end, new) in (extra or {}).items())])
        starts = [start for start, _, _ in small]

        def piece(start: int, end: int) -> str:
            parts, at = [], start
            for index in range(bisect_left(starts, start), bisect_left(starts, end)):
                parts += [self.text[at : small[index][0]], small[index][2]]
                at = small[index][1]
            return "".join([*parts, self.text[at:end]])

        parts, at = [], 0
        for slot in self.outer:
            unit = by_start[id(slot)]
            if unit != slot.unit:
                parts += [piece(at, slot.start), slot.render(unit, piece)]
                at = slot.end
        return "".join([*parts, piece(at, len(self.text))])


def _verbatim(start: int, end: int) -> str:
    raise ValueError(f"a text without marks asked for what stands from {start} to {end}")

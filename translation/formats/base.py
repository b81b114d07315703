"""What all formats share: limits, the shape of a document, and a text whose units are replaced in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a source text that a unit was read from.

    Attributes:
        start, end: where it stands in the source text.
        unit: what is to be translated.
        render: how a changed unit is written there; an unchanged one is never rendered, its source stays.
    """

    start: int
    end: int
    unit: Marked
    render: Callable[[Marked], str]


def fill(text: str, slots: Sequence[Slot], translated: Sequence[Marked]) -> str:
    """The text with its slots filled; slots of unchanged units keep their source, character by character.

    Args:
        text: the source. slots: sorted and disjoint. translated: one for each slot.

    Raises:
        ValueError: units or marks are missing or out of order.
    """
    check_translated([slot.unit for slot in slots], translated)
    parts: list[str] = []
    at = 0
    for slot, unit in zip(slots, translated, strict=True):
        parts.append(text[at : slot.start])
        parts.append(text[slot.start : slot.end] if unit == slot.unit else slot.render(unit))
        at = slot.end
    parts.append(text[at:])
    return "".join(parts)

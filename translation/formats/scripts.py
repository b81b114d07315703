"""Raised and lowered text inside HTML and Markdown: 10<sup>6</sup> must neither be read nor written as 106.

Raised digits are read as characters of their own (10⁶), which models and checks read as the power that they are. They
are written as they were where their tags stand around the very same text again; elsewhere the characters stay, and the
tags stand empty beside them: they must never raise what was not raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translation.formats.docx_symbols import plain_digits, raised
from translation.formats.runs import Part, partners
from translation.marked import Mark, Marked

_RAISING = frozenset({"sup", "<sup"})
_SCRIPTS = _RAISING | {"sub", "<sub"}


@dataclass(frozen=True, slots=True)
class Script:
    """A stretch of a unit between two tags that raise or lower it.

    Attributes:
        opening, closing: indices of its marks. text: between them. raised: whether its digits were read as raised ones.
    """

    opening: int
    closing: int
    text: str
    raised: bool


def within(items: Sequence[Part]) -> frozenset[int]:
    """The indices of items that stand inside tags that raise them; one that is never closed raises all that follows."""
    closed = partners(items)
    openings = [index for index, item in enumerate(items) if item.kind == "open" and item.name in _RAISING]
    return frozenset(at for opening in openings for at in range(opening, closed.get(opening, len(items))))


def read_raised(text: str) -> str:
    """A text inside tags that raise it: an exponent with its sign, else every digit, as raised characters."""
    bare = text.strip()
    if not any(char.isdigit() for char in bare):
        return text
    return text.replace(
        bare, raised(bare) or "".join(raised(char) or char if char.isdigit() else char for char in bare)
    )


def scripts(items: Sequence[Part], unit: Marked) -> tuple[Script, ...]:
    """The raised and lowered stretches of a unit.

    Args:
        items: of the unit; those that are no text are its marks, in order.
    """
    numbers = {index: number for number, index in enumerate(at for at, one in enumerate(items) if one.kind != "text")}
    found = []
    for closing, opening in partners(items).items():
        if opening < closing and items[opening].name in _SCRIPTS:
            first, last = numbers[opening], numbers[closing]
            text = unit.text[unit.marks[first].offset : unit.marks[last].offset]
            found.append(Script(first, last, text, plain_digits(text) != text))
    return tuple(found)


def restored(unit: Marked, known: Sequence[Script]) -> Marked:
    """A translated unit to be written: raised characters as plain ones where their tags raise them again.

    Args:
        unit: the translation. known: stretches of the source. Tags around anything else than they were move together.
    """
    text, offsets = unit.text, [mark.offset for mark in unit.marks]
    for script in known:
        start, end = offsets[script.opening], offsets[script.closing]
        if text[start:end] != script.text:
            offsets[script.opening : script.closing + 1] = [end] * (script.closing + 1 - script.opening)
        elif script.raised:
            text = text[:start] + plain_digits(script.text) + text[end:]
    return Marked(text, tuple(Mark(at, mark.id) for at, mark in zip(offsets, unit.marks, strict=True)))

"""Raised and lowered text inside HTML and Markdown: 10<sup>6</sup> must neither be read nor written as 106.

Raised digits are read as characters of their own (10⁶), which models and checks read as the power that they are. They
are written as they were where their tags stand around the very same text again; elsewhere the characters stay, and the
tags stand empty beside them: they must never raise what was not raised. Lowered digits matter where they would touch a
digit (log<sub>2</sub>8); CO2 and B12 are read as such. The mark of a note ("dose<sup>1</sup>") is no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translation.formats.raised import lowered, plain_digits, raised
from translation.formats.runs import Part, PartT, partners
from translation.marked import Mark, Marked

_RAISING = frozenset({"sup", "<sup"})
_LOWERING = frozenset({"sub", "<sub"})
_SCRIPTS = _RAISING | _LOWERING
_LINKS = frozenset({"a", "<a"})

_NOTE_SIGN = r"(?:[*†‡§¶#]{1,3})"
_NOTE = re.compile(rf"(?:\d{{1,3}}|[a-z]|{_NOTE_SIGN})(?:\s?[,;–-]\s?(?:\d{{1,3}}|[a-z]|{_NOTE_SIGN})){{0,9}}")
_SURE_NOTE = re.compile(rf"{_NOTE_SIGN}|\[\s?(?:{_NOTE.pattern})\s?\]")
_LETTER_NOTE = re.compile("[bcf]")
"""Letters that follow a number as a note and are no ordinal, hour or minute: "5b"; not 1er, 1a, 8h."""
_WORD = re.compile(r"[^\W\d_]{4,}$")
_METRES = re.compile(r"(?:[a-zé]*m[eéè]t(?:re|er|ro)s?|foot|feet|inch|inches)$", re.IGNORECASE)
_CLOSED = re.compile(r"""(?:(?<!\d)[.,;:!?)\]}»"”’…]|(?<=\d)[;:!?\]}»”…])$""")
_TEN = re.compile(r"(?<![\d.,])10$")
_RAISED_END = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]$")


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


def is_script(item: Part) -> bool:
    """Whether an item begins text that is raised or lowered."""
    return item.kind == "open" and item.name in _SCRIPTS


def without_notes(items: Sequence[PartT], texts: Sequence[str], whole: Callable[[PartT, PartT], PartT]) -> list[PartT]:
    """The items, each mark of a note as one item that is kept whole.

    Args:
        items: of a run. texts: what each says. whole: makes one item of those from the first to the last given.
    """
    closed = partners(items)
    found: list[PartT] = []
    before, at = "", 0
    while at < len(items):
        end = closed.get(at, -1) if items[at].kind == "open" and items[at].name in _RAISING else -1
        if end > at:
            inner = "".join(texts[at:end])
            if is_note(before, inner, "".join(texts[end : end + 20]), linked=_is_linked(items, at, end)):
                found.append(whole(items[at], items[end]))
                at = end + 1
                continue
            before += read_raised(inner)
            found += items[at : end + 1]
            at = end + 1
            continue
        before = (before + texts[at])[-80:]
        found.append(items[at])
        at += 1
    return found


def _is_linked(items: Sequence[Part], start: int, end: int) -> bool:
    """Whether raised text is a link: it leads to a note."""
    around = (items[start - 1], items[end + 1]) if start > 0 and end + 1 < len(items) else ()
    if around and all(item.name in _LINKS for item in around):
        return around[0].kind == "open" and around[1].kind == "close"
    return any(item.name in _LINKS for item in items[start + 1 : end])


def is_note(before: str, inner: str, after: str, *, linked: bool = False) -> bool:
    """Whether raised text is the mark of a note, which says nothing about the word or number that it stands at.

    A digit is one after a word of some length or the end of a sentence or bracket, before anything, as a link, or
    beside another exponent. Where it could be an exponent (10⁶, m²) it is none.

    Args:
        before, after: the texts beside it. inner: it. linked: whether it is a link.
    """
    bare, last = inner.strip(), before.rstrip()
    if _SURE_NOTE.fullmatch(bare):
        return True
    if not _NOTE.fullmatch(bare) or after[:1].isalpha():
        return False
    if linked and (not _TEN.search(last) or _RAISED_END.match(after[:1])):
        return True
    if not last or (_RAISED_END.search(before) and bare[0].isdigit()):
        return True
    if last[-1].isdigit():
        return bool(_LETTER_NOTE.fullmatch(bare))
    return bool(_CLOSED.search(last) or (_WORD.search(last) and not _METRES.search(last)))


def read_scripts(items: Sequence[Part], texts: Sequence[str]) -> list[str]:
    """The texts of items, with the digits of those that are raised or lowered as characters of their own."""
    lifted, dropped = _within(items, _RAISING), _within(items, _LOWERING)
    read = [read_raised(text) if index in lifted else text for index, text in enumerate(texts)]
    for index in sorted(dropped - lifted):
        before = "".join(read[max(0, index - 9) : index])[-1:]
        after = "".join(texts[index + 1 : index + 10])[:1]
        if before.isdigit() or after.isdigit() or not (before.isalpha() or before in {")", "]"}):
            read[index] = lowered(read[index]) or read[index]
    return read


def _within(items: Sequence[Part], names: frozenset[str]) -> frozenset[int]:
    """The indices of items that stand inside such tags; one that is never closed holds all that follows."""
    closed = partners(items)
    openings = [index for index, item in enumerate(items) if item.kind == "open" and item.name in names]
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

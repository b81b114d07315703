"""Text inside HTML: a run of text and inline tags to a unit, and a translated unit back to HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from translation.formats.base import Piece, Slot, has_letters
from translation.formats.runs import Item, inside
from translation.formats.scripts import is_script, read_scripts, restored, scripts, without_notes
from translation.formats.seams import glue, seen
from translation.marked import Mark, Marked

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SPACE = " \t\n\r\f"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def escaped(text: str) -> str:
    """Text that no reader of HTML or XML takes for markup."""
    return html.escape(_CONTROLS.sub("", text), quote=False)


def attribute_value(text: str) -> str:
    """A value with its quotes."""
    return f'"{html.escape(_CONTROLS.sub("", text), quote=False).replace(chr(34), "&quot;")}"'


def attribute_slot(text: str, start: int, end: int) -> Slot | None:
    """The value of an attribute as a unit, if there is something to translate."""
    raw = text[start:end]
    value = seen(html.unescape(raw[1:-1] if raw[:1] in ('"', "'") else raw))
    shown = _SPACES.sub(" ", value).strip()
    if not has_letters(shown):
        return None
    return Slot(start, end, Marked(shown), lambda unit, piece: attribute_value(unit.text))


def run_slot(text: str, items: Sequence[Item], *, keep_spaces: bool = False) -> Slot | None:
    """A run as a unit, if there is something to translate.

    Markup before the first and after the last word stays outside, but for tags whose partner stands inside.

    Args:
        text: the source. items: of the run, in order; together they cover it.
        keep_spaces: white space means something (`pre`).
    """
    if any(map(is_script, items)):
        items = without_notes(items, [_text(text, item) for item in items], _noted)
    shown = [index for index, item in enumerate(items) if item.kind == "text" and _is_shown(text, item)]
    if not shown or not any(has_letters(_text(text, items[index])) for index in shown):
        return None
    inner = inside(items, shown[0], shown[-1])
    start, end = inner[0].start, inner[-1].end
    if inner[0].kind == "text":
        start += _spaces(text[start:end], 1)
    if inner[-1].kind == "text":
        end -= _spaces(text[inner[-1].start : end], -1)
    read = _Reader(text, start, end, keep_spaces)
    said = [read.said(item) for item in inner]
    for item, part in zip(inner, read_scripts(inner, said), strict=True):
        read.take(item, part)
    pieces, unit = tuple(read.pieces), Marked(read.words, tuple(read.marks))
    known = scripts(inner, unit)
    return Slot(start, end, unit, lambda other, piece: _render(restored(other, known), pieces, piece))


def _noted(first: Item, last: Item) -> Item:
    return Item(first.start, last.end, "whole")


@dataclass(slots=True)
class _Reader:
    """Puts the text of a unit together, item by item.

    Attributes:
        solid: where the last thing stands that shows itself. apart: whether such a thing stands after the last text.
    """

    text: str
    start: int
    end: int
    keep_spaces: bool
    words: str = ""
    solid: int = -1
    apart: bool = False
    marks: list[Mark] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def said(self, item: Item) -> str:
        """What an item reads as; "" for a mark."""
        if item.kind != "text":
            return ""
        part = seen(html.unescape(self.text[max(self.start, item.start) : min(self.end, item.end)]))
        return part if self.keep_spaces else _SPACES.sub(" ", part)

    def take(self, item: Item, part: str) -> None:
        """Add an item, given what it says."""
        if item.kind != "text":
            self.marks.append(Mark(len(self.words), len(self.marks)))
            self.pieces.append((item.start, item.end))
            if item.kind == "whole" and item.shows:
                self.solid, self.apart = len(self.words), True
            return
        if not self.keep_spaces and self.words.endswith(" ") and self.solid != len(self.words):
            part = part.removeprefix(" ")
        if part:
            self.words += (glue(self.words, part) if self.apart else "") + part
            self.apart = self.apart and not part.strip()


def _render(unit: Marked, pieces: Sequence[tuple[int, int]], piece: Piece) -> str:
    parts, at = [], 0
    for mark, (start, end) in zip(unit.marks, pieces, strict=True):
        parts += [escaped(unit.text[at : mark.offset]), piece(start, end)]
        at = mark.offset
    return "".join([*parts, escaped(unit.text[at:])])


def _text(text: str, item: Item) -> str:
    return html.unescape(text[item.start : item.end]) if item.kind == "text" else ""


def _is_shown(text: str, item: Item) -> bool:
    return bool(text[item.start : item.end].strip(_SPACE))


def _spaces(part: str, side: int) -> int:
    return len(part) - len(part.lstrip(_SPACE) if side > 0 else part.rstrip(_SPACE))

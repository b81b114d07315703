"""From a block of Markdown to its units, with the way back for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from translation.formats.base import Piece, Slot, has_letters
from translation.formats.html import read_fragment
from translation.formats.markdown_blocks import Block
from translation.formats.markdown_inline import FILLER, Inline, Scanner
from translation.formats.markdown_writing import Place, escaped, quoted, write
from translation.formats.runs import MOST_MARKS, inside, is_full, partners
from translation.formats.scripts import is_script, read_scripts, restored, scripts, without_notes
from translation.formats.seams import glue, seen
from translation.marked import Mark, Marked

_KEPT = frozenset({"<del", "<s", "<strike", "<code", "<kbd", "<samp", "<var", "<svg", "<math"})
_UNSEEN = re.compile(r"<[!?]|<(?:wbr|link|meta)\b", re.IGNORECASE)
"""Inline HTML that shows nothing where it stands."""
_BLANKS = re.compile(r"[ \t]+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def slots(text: str, block: Block, labels: Collection[str]) -> tuple[list[Slot], list[Slot]]:
    """The units of a block: those of running text, and those inside the markup of these.

    Args:
        text: the file. block: of it. labels: of its link references.
    """
    if block.kind == "html":
        return _html_slots(text, *block.lines[0])
    start = block.lines[0][0]
    items = Scanner(_masked(text, block), labels).read()
    for item in items:
        _move(item, start)
    place = Place(table=block.kind == "cell", heading=block.kind == "heading")
    for item in items:
        item.plain = seen(item.plain)
    outer = [slot for run in _runs(text, _kept_whole(items, text)) if (slot := _slot(text, run, place)) is not None]
    inner = [slot for item in items for slot in _inner(text, item, place)]
    return outer, inner


def _masked(text: str, block: Block) -> str:
    parts, at = [], block.lines[0][0]
    for start, end in block.lines:
        if start > at:
            parts.append("\n" + FILLER * (start - at - 1))
        parts.append(text[start:end])
        at = end
    return "".join(parts)


def _move(item: Inline, by: int) -> None:
    item.start += by
    item.end += by
    if item.alt:
        item.alt = (item.alt[0] + by, item.alt[1] + by, item.alt[2])
    if item.title:
        item.title = (item.title[0] + by, item.title[1] + by)


def _kept_whole(items: Sequence[Inline], text: str) -> list[Inline]:
    """The items, struck-out text and code as one mark each, and so the marks of notes.

    Read with its sentence, `~~5~~ 10 mg` would hold two doses, and `~~do not~~ take` a negation.
    """
    closed = partners(items)
    found: list[Inline] = []
    at = 0
    while at < len(items):
        item = items[at]
        end = closed.get(at, -1) if item.kind == "open" else -1
        if end > at and (item.name in _KEPT or text[item.start] == "~"):
            found.append(_noted(item, items[end]))
            at = end
        else:
            found.append(item)
        at += 1
    if any(map(is_script, found)):
        return without_notes(found, [item.plain for item in found], _noted)
    return found


def _noted(first: Inline, last: Inline) -> Inline:
    return Inline("whole", first.start, last.end)


def _runs(text: str, items: Sequence[Inline]) -> Iterator[list[Inline]]:
    run: list[Inline] = []
    marks, before = 0, ""
    for item in items:
        before = text[item.start : item.end] if item.kind == "text" else before
        full = marks >= 2 * MOST_MARKS if item.kind == "close" else is_full(marks, before)
        if item.kind == "break" or (item.kind != "text" and full):
            yield run
            run, marks = [], 0
        if item.kind != "break":
            run.append(item)
            marks += item.kind != "text"
    yield run


def _slot(text: str, run: Sequence[Inline], place: Place) -> Slot | None:
    shown = [index for index, item in enumerate(run) if item.kind == "text" and item.plain.strip()]
    if not shown or not any(has_letters(run[index].plain) for index in shown):
        return None
    shown += _named_by(run, shown)
    inner = list(inside(run, min(shown), max(shown)))
    while inner[0].kind == "text" and not inner[0].plain.strip():
        inner.pop(0)
    while inner[-1].kind == "text" and not inner[-1].plain.strip():
        inner.pop()
    for item, plain in zip(inner, read_scripts(inner, [item.plain for item in inner]), strict=True):
        item.plain = plain
    _part(text, inner)
    words = "".join(item.plain for item in inner)
    start, end = inner[0].start, inner[-1].end
    lead, trail = _edge(inner[0], 1), _edge(inner[-1], -1)
    marks: list[Mark] = []
    offset = -lead
    for item in inner:
        if item.kind != "text":
            marks.append(Mark(offset, len(marks)))
        offset += len(item.plain)
    unit = Marked(words[lead : len(words) - trail], tuple(marks))
    kept = [item for item in inner if item.kind != "text"]
    named, known = _labels(text, kept), scripts(inner, unit)
    return Slot(
        start + lead, end - trail, unit, lambda other, piece: write(restored(other, known), kept, named, place, piece)
    )


def _part(text: str, items: Sequence[Inline]) -> None:
    """Keep words and numbers apart that a note, a picture or code stands between; show white space as one space."""
    before, apart = "", False
    for item in items:
        if item.kind == "whole":
            apart = apart or not _UNSEEN.match(text, item.start)
        elif item.kind == "text" and item.plain:
            if before.endswith(" ") and not apart:
                item.plain = item.plain.lstrip(" \t")
            else:
                item.plain = (glue(before, item.plain) if apart else "") + _BLANKS.sub(" ", item.plain)
            before, apart = before[-1:] + item.plain, apart and not item.plain.strip()


def _named_by(run: Sequence[Inline], shown: Sequence[int]) -> list[int]:
    """The marks of links that are named by a text that is shown: once it changes, they must say the name."""
    pairs = [pair for pair in partners(run).items() if pair[1] < pair[0] and run[pair[0]].role == "label"]
    return [at for pair in pairs if any(pair[1] < index < pair[0] for index in shown) for at in pair]


def _edge(item: Inline, side: int) -> int:
    """White space at the edge of a text; there it is never written as an entity that is longer."""
    if item.kind != "text" or item.end - item.start != len(item.plain):
        return 0
    return len(item.plain) - len(item.plain.lstrip() if side > 0 else item.plain.rstrip())


def _labels(text: str, items: Sequence[Inline]) -> list[str]:
    """For each mark that closes a link named by its own text, that name."""
    named = [""] * len(items)
    for closing, opening in partners(items).items():
        if items[closing].role == "label" and opening < closing:
            named[closing] = " ".join(
                re.sub(r"[\r\n][>\s]*", " ", text[items[opening].end : items[closing].start]).split()
            )
    return named


def _inner(text: str, item: Inline, place: Place) -> Iterator[Slot]:
    if item.alt and has_letters(item.alt[2]):
        start, end, plain = item.alt
        yield Slot(start, end, Marked(plain), lambda unit, piece: escaped(" ".join(unit.text.split()), place))
    if item.title:
        start, end = item.title
        quote, raw = text[start], text[start + 1 : end - 1]
        plain = " ".join(_ESCAPE.sub(r"\1", raw).split())
        if has_letters(plain):
            yield Slot(start, end, Marked(plain), lambda unit, piece: quoted(unit.text, quote))


def _html_slots(text: str, start: int, end: int) -> tuple[list[Slot], list[Slot]]:
    body = read_fragment(text[start:end], xml=False).body
    return [_moved(slot, start) for slot in body.outer], [_moved(slot, start) for slot in body.inner]


def _moved(slot: Slot, by: int) -> Slot:
    def render(unit: Marked, piece: Piece) -> str:
        return slot.render(unit, lambda start, end: piece(start + by, end + by))

    return Slot(slot.start + by, slot.end + by, slot.unit, render)

"""Writing translated text into Markdown so that it stays text, and its marks stay markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translation.formats.base import Piece
from translation.formats.markdown_emphasis import flanks
from translation.formats.markdown_inline import Inline
from translation.formats.runs import partners
from translation.marked import Marked

_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[=>]|[-+](?:\s|$|[-+])|#{1,6}(?:\s|$)|:?-+[:|\s-]*$)")
_ENTITY = re.compile(r"&(?=#\w{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)")
_ALWAYS = re.compile(r"[\\\[\]]|\*(?!(?<=\s\*)\s)|<(?=[A-Za-z/!?]|$)|~(?=~|$)|(?<=~)~|!$")
_UNDERSCORE = re.compile(r"_(?!(?<=[^\W_]_)[^\W_])")
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)#(?=#*$)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: `table` in a cell, `heading` in a heading that begins with `#`."""

    table: bool = False
    heading: bool = False


def escaped(text: str, place: Place) -> str:
    """Characters that would be markup, escaped; a line break becomes a space."""
    text = _ALWAYS.sub(lambda found: f"\\{found[0]}", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text)
    text = text.replace("`", "&#96;")  # a backslash does not keep it from closing what an earlier one opened
    return text.replace("\\\\", "&#92;").replace("|", "\\|") if place.table else text


def quoted(text: str, quote: str) -> str:
    """A title with its quotes, which it is written in as it was."""
    closing = ")" if quote == "(" else quote
    body = re.sub(rf"[\\{re.escape(quote)}{re.escape(closing)}]", lambda found: f"\\{found[0]}", " ".join(text.split()))
    return f"{quote}{_ENTITY.sub('&amp;', body)}{closing}"


def write(unit: Marked, items: Sequence[Inline], labels: Sequence[str], place: Place, piece: Piece) -> str:
    """A translated unit as Markdown, on one line.

    Args:
        unit: the translation. items: what its marks stand for, in order. labels: for each mark, the label that a link
            must name once its text has changed, or "". place: where it stands. piece: writes the source.
    """
    text = re.sub(r"\s", " ", unit.text)
    offsets = _settled_offsets(text, [mark.offset for mark in unit.marks], items)
    raws = _raws(text, offsets, items, labels, piece)
    parts, at = [], 0
    for offset, raw in zip(offsets, raws, strict=True):
        parts += [escaped(text[at:offset], place) if offset > at else "", raw]
        at = max(at, offset)
    last = text[at:]
    parts.append(_last(last, place, bool(offsets)))
    return _at_start("".join(parts), text, offsets)


def _last(text: str, place: Place, marked: bool) -> str:
    bare = text.rstrip() if text.strip() or not marked else ""
    done = escaped(bare, place)
    done = done[:-2] + "!" if done.endswith("\\!") else done  # nothing follows it
    return _CLOSING_HASHES.sub(r"\\#", done) if place.heading else done


def _at_start(line: str, text: str, offsets: Sequence[int]) -> str:
    line, bare = line.lstrip(), text.lstrip()
    found = _START.match(bare)
    if not found or line.startswith("\\") or (offsets and offsets[0] <= len(text) - len(bare) + found.end()):
        return line
    return f"{found['number']}\\{line[len(found['number']) :]}" if found["number"] else f"\\{line}"


def _settled_offsets(text: str, offsets: list[int], items: Sequence[Inline]) -> list[int]:
    """Move the marks of emphasis off white space: it works only where it touches a word."""
    placed = list(offsets)
    for index in range(len(placed) - 1, -1, -1):
        if items[index].role == "emphasis" and items[index].kind == "open":
            limit = placed[index + 1] if index + 1 < len(placed) else len(text)
            while placed[index] < limit and text[placed[index]] == " ":
                placed[index] += 1
    for index, item in enumerate(items):
        if item.role == "emphasis" and item.kind == "close":
            limit = placed[index - 1] if index else 0
            while placed[index] > limit and text[placed[index] - 1] == " ":
                placed[index] -= 1
    return placed


def _raws(text: str, offsets: Sequence[int], items: Sequence[Inline], labels: Sequence[str], piece: Piece) -> list[str]:
    raws = [f"][{named}]" if named else piece(item.start, item.end) for item, named in zip(items, labels, strict=True)]
    pairs = [(opening, closing) for closing, opening in partners(items).items() if opening < closing]
    stressed = [pair for pair in pairs if items[pair[0]].role == "emphasis"]
    for opening, closing in stressed:
        if offsets[opening] == offsets[closing] and not any(item.kind == "whole" for item in items[opening:closing]):
            raws[opening] = raws[closing] = ""  # nothing is left to stress
    for opening, closing in stressed:
        if raws[opening]:
            raws[opening], raws[closing] = _working(text, offsets, raws, opening, closing)
    return raws


def _working(text: str, offsets: Sequence[int], raws: Sequence[str], opening: int, closing: int) -> tuple[str, str]:
    """Marks of emphasis that are read as such where they stand now: as they were, else `*`, else HTML."""
    own, size = raws[opening], len(raws[opening])
    for raw in dict.fromkeys((own, own.replace("_", "*"))):
        before, after = _beside(text, offsets, raws, opening, raw[0]), _beside(text, offsets, raws, closing, raw[0])
        opens = flanks(before[0] + raw + before[1], len(before[0]), len(before[0]) + size)
        closes = flanks(after[0] + raw + after[1], len(after[0]), len(after[0]) + size)
        if opens.can_open and closes.can_close:
            return raw, raw
    name = "del" if own[0] == "~" else "strong" if size == 2 else "em"
    return f"<{name}>", f"</{name}>"


def _beside(text: str, offsets: Sequence[int], raws: Sequence[str], index: int, char: str) -> tuple[str, str]:
    """The characters before and after a mark, marks of the same run apart."""
    at = offsets[index]
    before, after = text[at - 1 : at] or " ", text[at : at + 1] or " "
    left = (raws[other] for other in range(index - 1, -1, -1) if offsets[other] == at and raws[other].strip(char))
    right = (raws[other] for other in range(index + 1, len(raws)) if offsets[other] == at and raws[other].strip(char))
    return next(left, before)[-1], next(right, after)[0]

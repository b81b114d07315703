"""Rows of a page: glyphs that stand on one baseline, and their text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from interactions.importers.ansm_thesaurus.reader import Page

ILLEGIBLE = "\ufffd"
_NO_BREAK_SPACES = "\u00a0\u202f\u2007"
_SYMBOL_FONT = {  # private-use codes under which symbol fonts are often embedded
    0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0B3: "≥", 0xF0A3: "≤", 0xF0B1: "±", 0xF061: "α", 0xF062: "β",
    0xF067: "γ", 0xF06D: "µ", 0xF02D: "-", 0xF0AE: "→", 0xF0B0: "°", 0xF03E: ">", 0xF03C: "<",
}  # fmt: skip
_BASELINE = 0.13  # glyphs of a row differ by less than this share of their size
_STRUCK_TWICE = 0.08  # a glyph printed again at less than this share of its size makes it bold
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_WORD_GAP = 0.2  # a wider gap, as a share of the size, is a space


class Glyph(NamedTuple):
    """One printed character. Coordinates in points."""

    x: float
    right: float
    y: float
    code: int
    style: int


@dataclass(frozen=True, slots=True)
class Row:
    """Glyphs of one baseline, from left to right.

    Attributes:
        page: PDF page, from 1. y: baseline. x, right: extent without blanks. style: the most frequent style index.
        text: the characters with single spaces, illegible glyphs as U+FFFD, an end hyphen as "-".
        glyphs: all of them, blanks included.
    """

    page: int
    y: float
    x: float
    right: float
    style: int
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def first(self) -> Glyph:
        """The leftmost glyph that is not blank."""
        return next(glyph for glyph in self.glyphs if not is_blank(glyph.code))


def is_blank(code: int) -> bool:
    """Whether a character leaves no ink."""
    return code in (0x20, 0x0A, 0x0D, 0x09) or chr(code) in _NO_BREAK_SPACES or code in (0x200B, 0xFEFF)


def glyphs_of(page: Page) -> list[Glyph]:
    """The glyphs of a page as records."""
    return [Glyph(*values) for values in zip(page.x, page.right, page.y, page.codes, page.styles, strict=True)]


def rows_of(number: int, glyphs: Iterable[Glyph], sizes: Sequence[float]) -> list[Row]:
    """Gather glyphs into rows, from top to bottom.

    Args:
        number: PDF page. sizes: font size of each style index.
    """
    groups: list[list[Glyph]] = []
    last = None
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.x)):
        if last is None or last - glyph.y > _BASELINE * sizes[glyph.style]:
            groups.append([])
        last = glyph.y
        groups[-1].append(glyph)
    rows = (make_row(number, group, sizes) for group in groups)
    return [row for row in rows if row is not None]


def make_row(number: int, glyphs: Iterable[Glyph], sizes: Sequence[float]) -> Row | None:
    """One row of given glyphs; None if they are all blank."""
    group = sorted(glyphs)
    inked = [glyph for glyph in group if not is_blank(glyph.code)]
    if not inked:
        return None
    style = Counter(glyph.style for glyph in inked).most_common(1)[0][0]
    y = Counter(round(glyph.y, 2) for glyph in inked if glyph.style == style).most_common(1)[0][0]
    return Row(number, y, inked[0].x, max(g.right for g in inked), style, _text(group, sizes), tuple(group))


def _text(group: Sequence[Glyph], sizes: Sequence[float]) -> str:
    characters: list[str] = []
    right = group[0].x
    for index, glyph in enumerate(group):
        if (
            index
            and glyph.code == group[index - 1].code
            and glyph.x - group[index - 1].x < _STRUCK_TWICE * sizes[glyph.style]
        ):
            continue
        if glyph.x - right > _WORD_GAP * sizes[glyph.style]:
            characters.append(" ")
        characters.append(_character(group, index))
        right = max(right, glyph.right)
    return " ".join(unicodedata.normalize("NFC", "".join(characters)).split())


def _character(group: Sequence[Glyph], index: int) -> str:
    code = group[index].code
    if chr(code) in _NO_BREAK_SPACES:
        return ILLEGIBLE if _lost_sign(group, index) else " "
    if code in (0x02, 0xFFFE, 0x2010, 0x2011):  # a hyphen at the end of a line, or one that does not break
        return "-"
    if code in (0x200B, 0xFEFF):
        return ""
    if code < 0x20 or 0x7F <= code < 0xA0:
        return " " if is_blank(code) else ILLEGIBLE
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOL_FONT.get(code, ILLEGIBLE)
    return _LIGATURES.get(code) or chr(code)


def _lost_sign(group: Sequence[Glyph], index: int) -> bool:
    # The sign before a dose ("≥ 1 g") can lose its glyph and arrive as a no-break space: then a digit follows, and
    # what precedes is a blank or an opening bracket, where nobody would typeset such a space.
    following = next((chr(g.code) for g in group[index + 1 :] if g.code != 0x20), "")
    previous = chr(group[index - 1].code) if index else " "
    return following.isdigit() and (previous in " ([" or previous in _NO_BREAK_SPACES)

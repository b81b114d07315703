"""Rows of a page: glyphs that stand on one baseline, and their text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeVar

from interactions.importers.ansm_thesaurus.reader import Page

T = TypeVar("T")

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
_BLANKS = frozenset((0x20, 0x0A, 0x0D, 0x09, 0x200B, 0xFEFF, *map(ord, _NO_BREAK_SPACES)))
_PLAIN = {code: chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x180), 0x2018, 0x2019, 0x2026) if code != 0xAD}
_X_OF, _Y_OF = itemgetter(0), itemgetter(2)


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
    return code in _BLANKS


def glyphs_of(page: Page) -> list[Glyph]:
    """The glyphs of a page as records."""
    return list(map(Glyph._make, zip(page.x, page.right, page.y, page.codes, page.styles, strict=True)))


def rows_of(number: int, glyphs: Iterable[Glyph], sizes: Sequence[float]) -> list[Row]:
    """Gather glyphs into rows, from top to bottom.

    Args:
        number: PDF page. sizes: font size of each style index.
    """
    groups: list[list[Glyph]] = []
    last = None
    for glyph in sorted(glyphs, key=_Y_OF, reverse=True):
        if last is None or last - glyph.y > _BASELINE * sizes[glyph.style]:
            groups.append([])
        last = glyph.y
        groups[-1].append(glyph)
    rows = (make_row(number, group, sizes) for group in groups)
    return [row for row in rows if row is not None]


def make_row(number: int, glyphs: Iterable[Glyph], sizes: Sequence[float]) -> Row | None:
    """One row of given glyphs; None if they are all blank."""
    group = sorted(glyphs, key=_X_OF)
    inked = [glyph for glyph in group if glyph.code not in _BLANKS]
    if not inked:
        return None
    style = _most_common([glyph.style for glyph in inked])
    y = _most_common([glyph.y for glyph in inked if glyph.style == style])
    return Row(number, y, inked[0].x, max(g.right for g in inked), style, _text(group, sizes), tuple(group))


def _most_common(values: list[T]) -> T:
    return values[0] if values.count(values[0]) == len(values) else Counter(values).most_common(1)[0][0]


def _text(group: Sequence[Glyph], sizes: Sequence[float]) -> str:
    characters: list[str] = []
    right, before = group[0].x, group[0]
    for index, glyph in enumerate(group):
        x, glyph_right, _, code, style = glyph
        if index and code == before.code and x - before.x < _STRUCK_TWICE * sizes[style]:
            continue
        if x - right > _WORD_GAP * sizes[style]:
            characters.append(" ")
        characters.append(_PLAIN.get(code) or _character(group, index))
        if glyph_right > right:
            right = glyph_right
        before = glyph
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

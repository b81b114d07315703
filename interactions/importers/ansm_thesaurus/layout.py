"""The layout of one edition, learned from the edition itself.

Fonts, sizes, margins, headers and footers differ from edition to edition; conventions do not: a heading in bold
capitals, partners after a `+`, the level at the head of the right column. From the rows that these conventions let
us recognise we learn the styles and positions, and then read everything else by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.reader import Print
from interactions.importers.ansm_thesaurus.rows import Row, glyphs_of, is_blank, make_row, rows_of
from medinfo.errors import UnusableSource

_COLUMN_MARGIN = 0.18  # glyphs this share of a size left of the level still belong to the right column
_EDGE_ROWS = 4  # headers and footers are among so many rows from an edge of the page
_REPEATED = 1 / 3  # of the pages: then a row at an edge is furniture
_CAPITALS = 0.8


@dataclass(frozen=True, slots=True)
class Layout:
    """Styles and positions of one edition.

    Attributes:
        sizes: font size of each style index, points.
        plus: style of the `+` that opens an entry. heading: style of headings. level: style of level lines.
        body: style of running text. plus_x: where a `+` stands, points.
        cuts: by page, the x from which on a glyph belongs to the right column.
    """

    sizes: tuple[float, ...]
    plus: int
    heading: int
    level: int
    body: int
    plus_x: float
    cuts: dict[int, float]

    def is_entry(self, row: Row) -> bool:
        """Whether a row opens an entry (a `+` in the notes has another style or position)."""
        if not row.text.startswith("+") or row.first.style != self.plus:
            return False
        return self.plus != self.body or abs(row.x - self.plus_x) < self.sizes[self.plus] / 4

    def is_heading(self, row: Row) -> bool:
        """Whether a row is a heading or its continuation."""
        return row.style == self.heading and row.x < self.plus_x + self.sizes[self.heading]

    def columns(self, row: Row) -> tuple[Row | None, Row | None]:
        """The parts of a row in the left and in the right column."""
        cut = self.cuts[row.page]
        left = [glyph for glyph in row.glyphs if glyph.x < cut]
        right = [glyph for glyph in row.glyphs if glyph.x >= cut]
        return make_row(row.page, left, self.sizes), make_row(row.page, right, self.sizes)


def all_rows(printed: Print) -> list[list[Row]]:
    """The rows of every page, from top to bottom."""
    sizes = [style.size for style in printed.styles]
    return [rows_of(page.number, glyphs_of(page), sizes) for page in printed.pages]


def learn(printed: Print, pages: Sequence[Sequence[Row]]) -> Layout:
    """Learn the layout from the rows of all pages.

    Raises:
        UnusableSource: there are no entries with levels: it is not a thesaurus of interactions.
    """
    sizes = tuple(style.size for style in printed.styles)
    rows = [row for page in pages for row in page]
    pluses = [row for row in rows if re.match(r"\+ ?\w", row.text)]
    levels = [found for row in rows for found in _level_segments(row, sizes)]
    if not pluses or not levels:
        raise _not_a_thesaurus("it has no entries with a level")
    body = Counter(row.style for row in rows).most_common(1)[0][0]
    plus = Counter(row.first.style for row in pluses).most_common(1)[0][0]
    plus_x = median(row.x for row in pluses if row.first.style == plus)
    level = Counter(row.style for row in levels).most_common(1)[0][0]
    level_x = Counter(round(row.x) for row in levels if row.style == level).most_common(1)[0][0]
    levels = [row for row in levels if row.style == level and abs(row.x - level_x) < sizes[level] * 4]
    heading = _heading_style(rows, body, plus_x, sizes)
    return Layout(sizes, plus, heading, level, body, plus_x, _cuts(levels, len(pages), sizes[level]))


def _not_a_thesaurus(reason: str) -> UnusableSource:
    return UnusableSource(
        f"This PDF is not the ANSM thesaurus: {reason}.",
        hint="Give the PDF file of the thesaurus of drug interactions as ANSM publishes it.",
        params={"reason": reason},
    )


def _level_segments(row: Row, sizes: Sequence[float]) -> Iterable[Row]:
    # A level ends its row; in the left column stands other text, in another style or beyond a gap.
    text = row.text.rstrip(" .:")
    if not re.search(r"(?i)(?:indications?|conseill[eé]es?|emploi|compte|asdec|apec|pe|ci)$", text):
        return
    inked = [glyph for glyph in row.glyphs if not is_blank(glyph.code)]
    start = len(inked) - 1
    while start and inked[start - 1].style == inked[-1].style:
        if inked[start].x - inked[start - 1].right > sizes[inked[start].style]:
            break
        start -= 1
    segment = make_row(row.page, [g for g in row.glyphs if g.x >= inked[start].x], sizes)
    if segment is not None and levels_of(segment.text):
        yield segment


def _heading_style(rows: Iterable[Row], body: int, plus_x: float, sizes: Sequence[float]) -> int:
    found: Counter[int] = Counter()
    for row in rows:
        letters = [character for character in row.text if character.isalpha()]
        if row.style == body or not letters or row.text.startswith("+") or row.x > plus_x + sizes[row.style] / 4:
            continue
        if sum(character.isupper() for character in letters) >= _CAPITALS * len(letters):
            found[row.style] += 1
    if not found:
        raise _not_a_thesaurus("it has no headings")
    return found.most_common(1)[0][0]


def _cuts(levels: Sequence[Row], pages: int, size: float) -> dict[int, float]:
    # Margins may differ between pages (odd and even ones): each page has its own cut, a page without a level that of
    # the nearest page of the same parity that has one.
    by_page: dict[int, list[float]] = {}
    for row in levels:
        by_page.setdefault(row.page, []).append(row.x)
    known = {page: median(xs) - _COLUMN_MARGIN * size for page, xs in by_page.items()}
    return {
        page: known.get(page) or known[min(known, key=lambda k: ((k - page) % 2, abs(k - page)))]
        for page in range(1, pages + 1)
    }


def furniture(pages: Sequence[Sequence[Row]], layout: Layout) -> set[tuple[int, float]]:
    """Headers, footers and page numbers: rows at an edge of the page that recur at one height, digits apart.

    Returns:
        (page, y) of each such row.
    """
    seen: Counter[tuple[int, str]] = Counter()
    edges: list[tuple[Row, tuple[int, str]]] = []
    for page in pages:
        count = len(page)
        for index, row in enumerate(page):
            if min(index, count - 1 - index) < _EDGE_ROWS and not layout.is_entry(row):
                edges.append((row, _shape(row)))
        seen.update({_shape(row) for row in (*page[:_EDGE_ROWS], *page[-_EDGE_ROWS:])})
    enough = max(2, sum(bool(page) for page in pages) * _REPEATED)
    return {(row.page, row.y) for row, shape in edges if seen[shape] >= enough}


def _shape(row: Row) -> tuple[int, str]:
    return round(row.y / 4), re.sub(r"\d+", "0", row.text)

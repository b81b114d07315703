"""The layout of one edition, learned from the edition itself.

Fonts, sizes, margins, headers and footers differ from edition to edition; conventions do not: a heading in bold
capitals, partners after a `+`, the level at the head of the right column. From the rows that these conventions let
us recognise we learn the styles and positions, and then read everything else by them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.reader import Print
from interactions.importers.ansm_thesaurus.rows import Row, glyphs_of, is_blank, make_row, rows_of
from medinfo.errors import UnusableSource

_COLUMN_MARGIN = 0.18  # glyphs this share of a size left of the level still belong to the right column
_OUTDENT = 4  # lines of the right column start at most so many sizes left of the level
_LEVELS_WITHIN = 0.15  # of the page width: levels stand no farther apart than margins of odd and even pages
_CAPITALS = 0.8
_PARAGRAPH = 1.35  # a distance of baselines larger than so many usual ones makes a paragraph
_ENDS_IN_LEVEL = re.compile(r"(?i)(?:indications?|conseill[eé]es?|emploi|compte|asdec|apec|pe|ci)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Styles and positions of one edition.

    Attributes:
        sizes: font size of each style index, points.
        plus: style of the `+` that opens an entry. heading: style of headings. level: style of level lines.
        body: style of running text. leading: usual distance of its baselines, points.
        plus_x: where a `+` stands on a page whose columns are not shifted, points.
        cuts: by page, the x from which on a glyph belongs to the right column.
        shifts: by page, how far its columns stand to the right of the usual place (odd and even margins), points.
    """

    sizes: tuple[float, ...]
    plus: int
    heading: int
    level: int
    body: int
    leading: float
    plus_x: float
    cuts: dict[int, float]
    shifts: dict[int, float]

    def is_entry(self, row: Row) -> bool:
        """Whether a row opens an entry (a `+` in the notes has another style or position)."""
        if not row.text.startswith("+") or row.first.style != self.plus:
            return False
        off = row.x - self.shifts[row.page] - self.plus_x
        return self.plus != self.body or abs(off) < self.sizes[self.plus] / 4

    def is_heading(self, row: Row) -> bool:
        """Whether a row is a heading or its continuation."""
        left = self.plus_x + self.shifts[row.page] + self.sizes[self.heading]
        return row.style == self.heading and row.first.style != self.body and row.x < left

    def is_paragraph_gap(self, above: Row, row: Row) -> bool:
        """Whether two rows of one page stand farther apart than lines of one paragraph."""
        return above.page == row.page and above.y - row.y > _PARAGRAPH * self.leading

    def columns(self, row: Row) -> tuple[Row | None, Row | None]:
        """The parts of a row in the left and in the right column."""
        cut = self.cuts[row.page]
        if row.glyphs[0].x >= cut:
            return None, row
        if row.glyphs[-1].x < cut:
            return row, None
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
    width = max(page.width for page in printed.pages)
    levels = _levels(rows, sizes, width)
    if not pluses or not levels:
        raise _not_a_thesaurus("it has no entries with a level")
    body = _most_printed(rows)
    level = levels[0].style
    cuts = _cuts(levels, rows, len(pages), sizes[level])
    usual = median(cuts.values())
    shifts = {page: cut - usual for page, cut in cuts.items()}
    plus = _plus_style(rows, pluses, levels)
    plus_x = median(row.x - shifts[row.page] for row in pluses if row.first.style == plus)
    with_entries = {row.page for row in pluses if row.first.style == plus}
    left = {page: plus_x + shifts[page] for page in with_entries}
    heading = _heading_style((row for row in rows if row.page in left), body, sizes, left)
    leading = _leading(pages, body) or 1.2 * sizes[body]
    return Layout(sizes, plus, heading, level, body, leading, plus_x, cuts, shifts)


def _not_a_thesaurus(reason: str) -> UnusableSource:
    return UnusableSource(
        f"This PDF is not the ANSM thesaurus: {reason}.",
        hint="Give the PDF file of the thesaurus of drug interactions as ANSM publishes it.",
        params={"reason": reason},
    )


def _most_printed(rows: Iterable[Row]) -> int:
    count: Counter[int] = Counter()
    for row in rows:
        count[row.style] += len(row.text)
    return count.most_common(1)[0][0]


def _levels(rows: Iterable[Row], sizes: Sequence[float], width: float) -> list[Row]:
    # All level lines of the usual style at the usual place.
    found = [segment for row in rows if (segment := _level_segment(row, sizes))]
    if not found:
        return []
    style = Counter(row.style for row in found).most_common(1)[0][0]
    x = median(row.x for row in found if row.style == style)
    return [row for row in found if row.style == style and abs(row.x - x) < _LEVELS_WITHIN * width]


def _level_segment(row: Row, sizes: Sequence[float]) -> Row | None:
    # A level ends its row; in the left column stands other text, in another style or beyond a gap.
    if not _ENDS_IN_LEVEL.search(row.text.rstrip(" .:")):
        return None
    inked = [glyph for glyph in row.glyphs if not is_blank(glyph.code)]
    start = len(inked) - 1
    while start and inked[start - 1].style == inked[-1].style:
        if inked[start].x - inked[start - 1].right > sizes[inked[start].style]:
            break
        start -= 1
    segment = make_row(row.page, [g for g in row.glyphs if g.x >= inked[start].x], sizes)
    return replace(segment, y=row.y) if segment is not None and levels_of(segment.text) else None


def _plus_style(rows: Iterable[Row], pluses: Sequence[Row], levels: Sequence[Row]) -> int:
    # The style of those `+` that a level follows before the next `+`: what looks like an entry in notes has none.
    opening = {(row.page, row.y) for row in pluses}
    level_at = {(row.page, row.y) for row in levels}
    found: Counter[int] = Counter()
    last: Row | None = None
    for row in rows:
        if (row.page, row.y) in opening:
            last = row
        elif last is not None and (row.page, row.y) in level_at:
            found[last.first.style] += 1
            last = None
    if not found:
        raise _not_a_thesaurus("no level follows an entry")
    return found.most_common(1)[0][0]


def _heading_style(rows: Iterable[Row], body: int, sizes: Sequence[float], plus_x: dict[int, float]) -> int:
    # Lines in capitals that start no farther right than a `+`, on pages that have entries.
    found: dict[int, set[str]] = {}
    for row in rows:
        letters = [character for character in row.text if character.isalpha()]
        inside = row.x > plus_x[row.page] + sizes[row.style] / 4
        if row.style == body or not letters or row.text.startswith("+") or inside:
            continue
        if sum(character.isupper() for character in letters) >= _CAPITALS * len(letters):
            found.setdefault(row.style, set()).add(re.sub(r"\d+", "0", row.text))  # a header counts once
    if not found:
        raise _not_a_thesaurus("it has no headings")
    return max(found, key=lambda style: (len(found[style]), sizes[style]))


def _cuts(levels: Sequence[Row], rows: Sequence[Row], pages: int, size: float) -> dict[int, float]:
    # Margins may differ between pages (odd and even ones): each page has its own cut, a page without a level that of
    # the nearest page of the same parity that has one.
    by_page: dict[int, list[float]] = {}
    for row in levels:
        by_page.setdefault(row.page, []).append(row.x)
    heads = {page: median(xs) for page, xs in by_page.items()}
    # Lines of the right column may start a little left of its level.
    starts = [heads[r.page] - r.x for r in rows if r.page in heads and 0 < heads[r.page] - r.x < _OUTDENT * size]
    usual = Counter(round(start, 1) for start in starts)
    outdent = max((start for start, count in usual.items() if count > len(levels) / 20), default=0.0)
    known = {page: x - outdent - _COLUMN_MARGIN * size for page, x in heads.items()}
    return {
        page: known.get(page) or known[min(known, key=lambda k: ((k - page) % 2, abs(k - page)))]
        for page in range(1, pages + 1)
    }


def _leading(pages: Iterable[Sequence[Row]], body: int) -> float:
    distances = Counter(
        round(2 * (above.y - row.y)) / 2
        for page in pages
        for above, row in pairwise(page)
        if above.style == row.style == body and abs(above.x - row.x) < 1
    )
    return distances.most_common(1)[0][0] if distances else 0.0

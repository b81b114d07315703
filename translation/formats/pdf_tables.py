"""Tables of a PDF: what is drawn side by side is a row, and what is drawn below one another is a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from translation.formats.pdf_lines import Line

_TOLERANCE: Final = 8.0
"""How far, in points, what belongs to a table may stand out of it."""
_MOST_CELLS: Final = 30
"""Cells of a row that are looked at for how wide it is."""

Block = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a piece stands in a table. `table`, `row` and `column` are numbers; those of rows are the document's."""

    table: int
    row: int
    column: int


def cells(blocks: Sequence[Block]) -> list[Cell | None]:
    """For each block of a document the place in a table, None where it stands in none.

    Blocks that are drawn one after the other and stand side by side are a row. Rows that follow one another on a page
    are a table, with a block between two of them that stands no wider than they do. Where a row is not full its cells
    are put into the column that they stand in.
    """
    rows = _rows(blocks)
    _take_in(blocks, rows)
    found: list[Cell | None] = [None] * len(blocks)
    start = 0
    for place in range(1, len(blocks) + 1):
        ends = place == len(blocks) or rows[place] is None or blocks[place][0].page != blocks[start][0].page
        if rows[start] is None:
            start = place
        elif ends:
            found[start:place] = _table(start, blocks[start:place], rows[start:place])
            start = place
    return found


def _rows(blocks: Sequence[Block]) -> list[int | None]:
    rows: list[int | None] = [None] * len(blocks)
    for place, (block, after) in enumerate(pairwise(blocks)):
        if _is_beside(block, after):
            rows[place] = place if rows[place] is None else rows[place]
            rows[place + 1] = rows[place]
    return rows


def _is_beside(block: Block, after: Block) -> bool:
    right = max(line.right for line in block)
    left = min(line.left for line in after)
    if block[-1].page != after[0].page or block[0].page != block[-1].page or left < right - 1:
        return False
    return block[-1].baseline < after[0].baseline + after[0].size and after[-1].baseline < block[0].baseline + 1


def _take_in(blocks: Sequence[Block], rows: list[int | None]) -> None:
    """Make a block between two rows, or two of them, rows of one cell."""
    alone = [place for place, row in enumerate(rows) if row is None]
    for place in alone:
        above = next((p for p in (place - 1, place - 2) if p >= 0 and rows[p] is not None), None)
        below = next((p for p in (place + 1, place + 2) if p < len(rows) and rows[p] is not None), None)
        if above is None or below is None:
            continue
        near = range(max(0, place - _MOST_CELLS), min(len(blocks), place + _MOST_CELLS))
        lines = [line for p in near if rows[p] in {rows[above], rows[below]} for line in blocks[p]]
        same_page = {line.page for line in (*lines, *blocks[place])} == {blocks[place][0].page}
        if same_page and _is_inside(blocks[place], lines):
            rows[place] = place


def _is_inside(block: Block, lines: Sequence[Line]) -> bool:
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return all(left - _TOLERANCE <= line.left and line.right <= right + _TOLERANCE for line in block)


def _table(number: int, blocks: Sequence[Block], rows: Sequence[int | None]) -> list[Cell | None]:
    spans = [(min(line.left for line in block), max(line.right for line in block)) for block in blocks]
    columns = _columns(spans, rows)
    places = [_column(span, columns) for span in spans]
    if len(set(zip(rows, places, strict=True))) < len(blocks):  # columns that cannot be told: cells in their order
        seen: Counter[int | None] = Counter()
        places = []
        for row in rows:
            places.append(seen[row])
            seen[row] += 1
    return [Cell(number, -1 if row is None else row, at) for row, at in zip(rows, places, strict=True)]


def _columns(spans: Sequence[tuple[float, float]], rows: Sequence[int | None]) -> list[tuple[float, float]]:
    """Where columns begin and end: what cells of rows with several cover, put together where they overlap."""
    cells_of = Counter(rows)
    several = sorted(span for span, row in zip(spans, rows, strict=True) if cells_of[row] > 1)
    columns = several[:1]
    for left, right in several:
        if left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _column(span: tuple[float, float], columns: Sequence[tuple[float, float]]) -> int:
    """The first column that a cell lies over, else the last that begins before it."""
    over = (place for place, (left, right) in enumerate(columns) if span[0] < right and left < span[1])
    before = max((place for place, (left, _) in enumerate(columns) if left <= span[0]), default=0)
    return next(over, before)

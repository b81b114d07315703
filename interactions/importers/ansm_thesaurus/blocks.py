"""From rows to blocks: each heading with its notes, each entry with the rows of its two columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.rows import Row

_WRAP = 2.5  # a name goes on where the next row of its style is nearer than this, in sizes
_AGAIN = re.compile(r"\s*\((?:suite|cont\.?)\)$", re.IGNORECASE)


@dataclass(slots=True)
class EntryBlock:
    """One `+` entry: the rows of its name, of its left and of its right column."""

    name: list[Row]
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class HeadingBlock:
    """One heading: the rows of its name and notes, and its entries."""

    name: list[Row]
    notes: list[Row] = field(default_factory=list)
    entries: list[EntryBlock] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """The document in blocks. Every row is in exactly one place.

    Attributes:
        preface: rows before the first heading. furniture: headers, footers, page numbers. stray: rows that belong
            nowhere (pages after the last entry).
    """

    preface: list[Row] = field(default_factory=list)
    headings: list[HeadingBlock] = field(default_factory=list)
    furniture: list[Row] = field(default_factory=list)
    stray: list[Row] = field(default_factory=list)


def divide(pages: Sequence[Sequence[Row]], layout: Layout, furniture: set[tuple[int, float]]) -> Body:
    """Divide the rows of a document into blocks.

    Args:
        pages: rows of each page, from top to bottom. furniture: (page, y) of rows to set aside.
    """
    body = Body()
    content = []
    for page in pages:
        body.furniture += [row for row in page if (row.page, row.y) in furniture]
        content.append([row for row in page if (row.page, row.y) not in furniture])
    start = _first_heading(content, layout)
    end = max((row.page for page in content for row in page if layout.is_entry(row)), default=0)
    for page in content:
        for row in page:
            if (row.page, -row.y) < start:
                body.preface.append(row)
            elif row.page > end and not _goes_on(body, row, end, layout):
                body.stray.append(row)
            else:
                _place(body, row, layout)
    return body


def _first_heading(pages: Sequence[Sequence[Row]], layout: Layout) -> tuple[int, float]:
    # The last heading before the first entry, and those before it that have nothing but references or a list:
    # what stands above is the preface.
    rows = [row for page in pages for row in page]
    first_entry = next((index for index, row in enumerate(rows) if layout.is_entry(row)), len(rows))
    start = (0, 0.0)
    notes: list[Row] = []
    for row in reversed(rows[:first_entry]):
        if not layout.is_heading(row):
            notes.insert(0, row)
            continue
        if start != (0, 0.0) and not (_continues(row, rows[rows.index(row) + 1], layout) or _only_references(notes)):
            break
        start, notes = (row.page, -row.y), []
    return start


def _only_references(notes: Sequence[Row]) -> bool:
    return bool(notes) and bool(re.match(r"(?i)voir aussi|\(", notes[0].text))


def _goes_on(body: Body, row: Row, end: int, layout: Layout) -> bool:
    # The last entry may run over to the page after it; an annex may follow, too, but not in the two columns.
    if row.page != end + 1 or not body.headings or not body.headings[-1].entries or layout.is_heading(row):
        return False
    starts = [left.x - layout.shifts[left.page] for h in body.headings for e in h.entries for left in e.left]
    left_column = median(starts) + layout.shifts[row.page] if starts else 0.0
    near = layout.sizes[layout.body] / 2
    return abs(row.x - left_column) < near or layout.cuts[row.page] <= row.x < layout.cuts[row.page] + 4 * near


def _place(body: Body, row: Row, layout: Layout) -> None:
    heading = body.headings[-1] if body.headings else None
    entry = heading.entries[-1] if heading and heading.entries else None
    if layout.is_entry(row) and heading:
        _place_entry(body, heading, entry, row)
    elif entry and not entry.right and not entry.left and _continues(entry.name[-1], row, layout):
        entry.name.append(row)
    elif layout.is_heading(row):
        _place_heading(body, heading, row, layout)
    elif heading is None:
        body.stray.append(row)
    elif entry is None:
        heading.notes.append(row)
    else:
        left, right = layout.columns(row)
        entry.left += [left] if left else []
        entry.right += [right] if right else []


def _place_entry(body: Body, heading: HeadingBlock, entry: EntryBlock | None, row: Row) -> None:
    if entry and row.page != entry.name[0].page and _AGAIN.sub("", row.text) == entry.name[0].text != row.text:
        body.furniture.append(row)  # "+ NAME (suite)": the entry goes on
    else:
        heading.entries.append(EntryBlock([row]))


def _place_heading(body: Body, heading: HeadingBlock | None, row: Row, layout: Layout) -> None:
    if heading and not heading.notes and not heading.entries and _continues(heading.name[-1], row, layout):
        heading.name.append(row)
    elif heading and row.page != heading.name[0].page and [_AGAIN.sub("", row.text)] == [n.text for n in heading.name]:
        body.furniture.append(row)  # a heading repeated at the top of a page
    else:
        body.headings.append(HeadingBlock([row]))


def _continues(name: Row, row: Row, layout: Layout) -> bool:
    near = name.page == row.page and name.y - row.y < _WRAP * layout.sizes[name.style]
    named = row.style == name.style != layout.body != row.first.style
    return near and named and not levels_of(row.text)

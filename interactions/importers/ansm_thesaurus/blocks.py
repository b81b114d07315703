"""From rows to blocks: each heading with its notes, each entry with the rows of its two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.rows import Row

_WRAP = 1.6  # a name goes on where the next row of its style is nearer than this, in sizes


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
            elif row.page > end:
                body.stray.append(row)
            else:
                _place(body, row, layout)
    return body


def _first_heading(pages: Sequence[Sequence[Row]], layout: Layout) -> tuple[int, float]:
    # The last heading before the first entry: what stands above it is the preface.
    start = (0, 0.0)
    previous: Row | None = None
    for row in (row for page in pages for row in page):
        if layout.is_entry(row):
            break
        if layout.is_heading(row):
            if previous is None or not _continues(previous, row, layout):
                start = (row.page, -row.y)
            previous = row
    return start


def _place(body: Body, row: Row, layout: Layout) -> None:
    heading = body.headings[-1] if body.headings else None
    entry = heading.entries[-1] if heading and heading.entries else None
    if layout.is_entry(row) and heading:
        heading.entries.append(EntryBlock([row]))
    elif layout.is_heading(row):
        _place_heading(body, heading, row, layout)
    elif heading is None:
        body.stray.append(row)
    elif entry is None:
        heading.notes.append(row)
    elif not entry.right and not entry.left and _continues(entry.name[-1], row, layout):
        entry.name.append(row)
    else:
        left, right = layout.columns(row)
        entry.left += [left] if left else []
        entry.right += [right] if right else []


def _place_heading(body: Body, heading: HeadingBlock | None, row: Row, layout: Layout) -> None:
    if heading and not heading.notes and not heading.entries and _continues(heading.name[-1], row, layout):
        heading.name.append(row)
    elif heading and [row.text] == [name.text for name in heading.name]:
        body.furniture.append(row)  # a heading repeated at the top of a page
    else:
        body.headings.append(HeadingBlock([row]))


def _continues(name: Row, row: Row, layout: Layout) -> bool:
    near = name.page == row.page and name.y - row.y < _WRAP * layout.sizes[name.style]
    return near and row.style == name.style

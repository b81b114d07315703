"""Headers, footers and page numbers: what recurs at the edges of pages and belongs to no entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.rows import Row

_DEPTH = 5  # furniture is among so many rows from an edge
_SHARE = 1 / 3  # of the pages, on which it recurs
_FOLLOWS = 0.8  # of its pages, on which a page number keeps its distance from the PDF page
_APART = 2.5  # usual line distances between furniture and the body
_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:/|sur|de)\s*\d{1,4})?", re.IGNORECASE)
_OFFSET = 20  # at most so many pages of a cover and a preface are left out of the numbering


def find_furniture(pages: Sequence[Sequence[Row]], layout: Layout) -> set[tuple[int, float]]:
    """The rows that are furniture: from an edge inwards, as long as each recurs on other pages.

    A row with a number counts where the number follows the page; a row with the same words on many pages where it
    stands apart from the body or is set in another style. So an entry that recurs is not taken for a footer.

    Returns:
        (page, y) of each such row.
    """
    enough = max(2.0, sum(bool(page) for page in pages) * _SHARE)
    numbered, same = _recurring(pages, layout, enough)
    found: set[tuple[int, float]] = set()
    for page in pages:
        for rows in (list(page), list(reversed(page))):
            found.update(_peel(rows, layout, numbered, same))
            found.update(_lone_number(rows, layout))
    return found


def _lone_number(rows: Sequence[Row], layout: Layout) -> Iterator[tuple[int, float]]:
    # A page number on the one page of a very short document.
    for row, inner in pairwise(rows[:2]):
        match = _NUMBER.fullmatch(row.text)
        apart = abs(row.y - inner.y) > _APART * layout.leading
        if match and apart and abs(int(match[1]) - row.page) <= _OFFSET:
            yield row.page, row.y


def _peel(rows: Sequence[Row], layout: Layout, numbered: set[str], same: set[str]) -> Iterator[tuple[int, float]]:
    for row in rows[:_DEPTH]:
        if _is_content(row, layout) or not (_shape(row) in numbered or row.text in same):
            return
        yield row.page, row.y


def _recurring(pages: Sequence[Sequence[Row]], layout: Layout, enough: float) -> tuple[set[str], set[str]]:
    shapes: dict[str, dict[int, list[int]]] = {}
    texts: Counter[str] = Counter()
    for page in pages:
        edges = [*pairwise(page[: _DEPTH + 1]), *pairwise(list(reversed(page))[: _DEPTH + 1])]
        apart = {row.text for row, inner in edges if _stands_apart(row, inner, layout)}
        texts.update(apart)
        for row, _ in edges:
            if numbers := [int(number) for number in re.findall(r"\d{1,4}", row.text)]:
                shapes.setdefault(_shape(row), {})[row.page] = numbers
    numbered = {shape for shape, found in shapes.items() if len(found) >= enough and _follows_the_page(found)}
    return numbered, {text for text, count in texts.items() if count >= enough}


def _follows_the_page(found: dict[int, list[int]]) -> bool:
    for numbers in zip(*found.values(), strict=False):
        distances = Counter(number - page for page, number in zip(found, numbers, strict=True))
        if distances.most_common(1)[0][1] >= _FOLLOWS * len(found):
            return True
    return False


def _stands_apart(row: Row, inner: Row, layout: Layout) -> bool:
    if _is_content(row, layout):
        return False
    return row.style != layout.body or abs(row.y - inner.y) > _APART * layout.leading


def _is_content(row: Row, layout: Layout) -> bool:
    right = layout.columns(row)[1]
    return layout.is_entry(row) or layout.is_heading(row) or bool(right and levels_of(right.text))


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "0", row.text)

"""The official PDF, read into a `Thesaurus`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from interactions.importers.ansm_thesaurus.blocks import Body, EntryBlock, HeadingBlock, divide
from interactions.importers.ansm_thesaurus.document import Entry, Heading, Thesaurus
from interactions.importers.ansm_thesaurus.edition import find_edition, preface_rule
from interactions.importers.ansm_thesaurus.furniture import find_furniture
from interactions.importers.ansm_thesaurus.layout import Layout, all_rows, learn
from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.notes import read_notes
from interactions.importers.ansm_thesaurus.pairs import pairs_of
from interactions.importers.ansm_thesaurus.reader import read_print
from interactions.importers.ansm_thesaurus.rows import ILLEGIBLE, Row
from interactions.importers.ansm_thesaurus.text import Vocabulary, joined, lines, paragraphs
from medinfo.errors import UnusableSource


def parse_thesaurus(path: Path, *, edition: str = "") -> Thesaurus:
    """Read the thesaurus as ANSM publishes it.

    Args:
        path: the PDF file. edition: `YYYY-MM`, for a file that does not state its own.

    Raises:
        UnusableSource: the file is not a PDF with a text layer, or not a thesaurus, or states no edition.
    """
    printed = read_print(path)
    pages = all_rows(printed)
    layout = learn(printed, pages)
    body = divide(pages, layout, find_furniture(pages, layout))
    stated, published = find_edition(row.text for row in (*body.preface, *body.furniture))
    if not (edition or stated):
        raise UnusableSource("The document does not say of which month it is.", hint="Give the edition (YYYY-MM).")
    words = Vocabulary(row.text for page in pages for row in page)
    reader = _Reader(layout, words, _edges(body, layout), [])
    headings = tuple(reader.heading(block) for block in body.headings)
    return Thesaurus(
        edition=edition or stated,
        published=published if edition in ("", stated) else "",
        pages=len(printed.pages),
        sha256=printed.sha256,
        headings=headings,
        pairs=pairs_of(headings),
        unread=tuple((row.page, row.text) for row in (*body.stray, *reader.unread)),
        illegible=tuple(sorted({row.page for page in pages for row in page if ILLEGIBLE in row.text})),
        local_route_text=preface_rule(body.preface, words, "voies locales"),
        excipient_text=preface_rule(body.preface, words, "excipient"),
    )


def _edges(body: Body, layout: Layout) -> tuple[float, float]:
    # Right edges of the two columns, measured from the cut of the page.
    entries = [entry for heading in body.headings for entry in heading.entries]
    left = max((row.right - layout.cuts[row.page] for entry in entries for row in entry.left), default=0.0)
    right = max((row.right - layout.cuts[row.page] for entry in entries for row in entry.right), default=0.0)
    return left, right


@dataclass(frozen=True, slots=True)
class _Reader:
    layout: Layout
    words: Vocabulary
    edges: tuple[float, float]
    unread: list[Row]

    def heading(self, block: HeadingBlock) -> Heading:
        name = joined(block.name, self.words)
        notes = read_notes(block.notes, self.layout, self.words)
        entries = tuple(entry for part in block.entries for entry in self.entries(name, part))
        return Heading(name, block.name[0].page, notes.prose, notes.members, notes.see_also, entries, notes.has_list)

    def entries(self, heading: str, block: EntryBlock) -> list[Entry]:
        """The entries of one block: several where the source repeats a level, identical ones once."""
        partner = re.sub(r"^\+\s*", "", joined(block.name, self.words))
        starts = [index for index, row in enumerate(block.right) if self._is_level(row, block.right[0])]
        if not starts:
            self.unread.extend([*block.name, *block.left, *block.right])
            return []
        self.unread.extend(block.right[: starts[0]])
        parts = (
            self._entry(heading, partner, block, start, end)
            for start, end in zip(starts, [*starts[1:], len(block.right)], strict=True)
        )
        return list(dict.fromkeys(parts))

    def _is_level(self, row: Row, head: Row) -> bool:
        # Within an advice a level is a sub-heading, unless it is set like the one at the head of the column.
        bold = row.style == self.layout.level != self.layout.body
        return bool(levels_of(row.text)) and (row is head or bold or row.text == head.text)

    def _entry(self, heading: str, partner: str, block: EntryBlock, start: int, end: int) -> Entry:
        level = block.right[start]
        first = start == 0
        after = block.right[end] if end < len(block.right) else None
        above = self._above
        left = [row for row in block.left if (first or not above(row, level)) and (not after or above(row, after))]
        mechanism = lines(self._paragraphs(left, 0), self.words)
        advice = lines(self._paragraphs(block.right[start + 1 : end], 1), self.words)
        return Entry(
            heading=heading,
            partner=partner,
            native_level=level.text,
            levels=levels_of(level.text),
            mechanism=" ".join(mechanism),
            advice="\n".join(advice),
            page=block.name[0].page,
        )

    def _paragraphs(self, rows: Sequence[Row], column: int) -> list[list[Row]]:
        return paragraphs(rows, lambda row: self.layout.cuts[row.page] + self.edges[column], self.layout)

    def _above(self, row: Row, level: Row) -> bool:
        # The first line of a block stands at the height of its level.
        higher = row.y - level.y > self.layout.leading / 3
        return row.page < level.page or (row.page == level.page and higher)

"""From rows to sentences: lines joined, hyphens kept or dropped, paragraphs and bullets told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.rows import Row, is_blank

_WORD = re.compile(r"\w+(?:-\w+)*")
_BULLET = re.compile(r"^[-–—•●■▪◦]\s*(?=\S)")
_PREFIX = re.compile(
    r"\w+o|anti|contre|non|post|pré|péri|demi|semi|auto|extra|intra|inter|sous|ultra|bêta|alpha|gamma|quasi"
)
_SPACE = 0.28  # width of a space, in sizes
_SLACK = 0.4  # a line this much shorter than it could be was ended on purpose, in sizes
SOFT_HYPHEN = "\u00ad"


class Vocabulary:
    """The words of the document, by which a hyphen at the end of a line is judged."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word for text in texts for word in _WORD.findall(text.casefold())}

    def join(self, before: str, after: str) -> str:
        """Two lines as one.

        A hyphen at the end of a line stays, without a space, where it is part of a compound (`anti-inflammatoires`):
        where the document has the compound elsewhere or, of words that it has in no form, where one of the halves is a
        word or a prefix. Otherwise it only broke a word (`concentra-tions`) and goes.
        """
        if before.endswith(SOFT_HYPHEN):
            return before[:-1] + after
        if not re.search(r"\w-$", before):
            return f"{before} {after}"
        head = re.findall(r"[\w-]+$", before)[0].casefold()[:-1]
        tail = re.match(r"[\w-]*", after.casefold())
        compound = self._is_compound(head, tail[0] if tail else "")
        return before + after if compound else before[:-1] + after

    def _is_compound(self, head: str, tail: str) -> bool:
        if f"{head}-{tail}" in self._words or not (head + tail).isalpha():
            return True
        if head + tail in self._words:
            return False
        return head in self._words or tail in self._words or bool(_PREFIX.fullmatch(head))


def paragraphs(rows: Sequence[Row], edge: Callable[[Row], float], layout: Layout) -> list[list[Row]]:
    """Group the rows of one column into paragraphs.

    A new one starts at a bullet, after a wider gap, and where the first word would still have fitted into the line
    above: nobody breaks a line there but on purpose.

    Args:
        edge: right edge of the column at a row, points.
    """
    groups: list[list[Row]] = [[row] for row in rows[:1]]
    for above, row in pairwise(rows):
        if _starts_paragraph(above, row, edge(above), layout):
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _starts_paragraph(above: Row, row: Row, edge: float, layout: Layout) -> bool:
    size = layout.sizes[row.style]
    if _BULLET.match(row.text) or layout.is_paragraph_gap(above, row):
        return True
    if above.right + (_SPACE + _SLACK) * size + _first_word_width(row) > edge:
        return False
    return above.text[-1] in ".:;" or (not row.text[0].islower() and row.text[0] not in ";:,)")


def _first_word_width(row: Row) -> float:
    start = end = row.x
    for glyph in row.glyphs:
        if glyph.x < start:
            continue
        if is_blank(glyph.code):
            break
        end = glyph.right
    return end - start


def joined(rows: Iterable[Row], words: Vocabulary) -> str:
    """The text of some rows on one line."""
    text = ""
    for row in rows:
        text = words.join(text, row.text) if text else row.text
    return text.replace(SOFT_HYPHEN, "")


def lines(groups: Iterable[Sequence[Row]], words: Vocabulary) -> list[str]:
    """One line of text a paragraph; those of bullets start with "- "."""
    return [_BULLET.sub("- ", joined(group, words)) for group in groups]

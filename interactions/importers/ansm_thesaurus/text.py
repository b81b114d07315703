"""From rows to sentences: lines joined, hyphens kept or dropped, paragraphs and bullets told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from interactions.importers.ansm_thesaurus.layout import Layout
from interactions.importers.ansm_thesaurus.rows import Row, is_blank

_BROKEN = 0.1  # of the hyphens at line ends: more than so many half words, and the document breaks words
_ENDS = re.compile(r"(\w+)-(?!\S)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_BULLET = re.compile(r"^[-–—•●■▪◦]\s*(?=\S)")
_PREFIX = re.compile(
    r"\w+o|anti|contre|non|post|pré|péri|demi|semi|auto|extra|intra|inter|sous|ultra|bêta|alpha|gamma|quasi"
)
_SPACE = 0.28  # width of a space, in sizes
_SLACK = 0.4  # a line this much shorter than it could be was ended on purpose, in sizes
SOFT_HYPHEN = "\u00ad"


class Vocabulary:
    """The words of the document, by which a hyphen at the end of a line is judged.

    Args:
        lines: all rows of the document; two columns may share one.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        text = "\n".join(lines).casefold()
        self._words = set(_WORD.findall(_ENDS.sub(" ", text)))
        # Lines that end in half a word show that words are broken here; then other hyphens are suspect, too.
        heads = _ENDS.findall(text)
        self._breaks = sum(not self._stands_alone(head) for head in heads) > _BROKEN * len(heads)

    def join(self, before: str, after: str) -> str:
        """Two lines as one.

        A hyphen at the end of a line stays, without a space, where it is part of a compound (`anti-inflammatoires`),
        and goes where it only broke a word (`concentra-tions`). Many editions never break words: then all stay.
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
        if not self._breaks or f"{head}-{tail}" in self._words or not (head + tail).isalpha():
            return True
        if head + tail in self._words:
            return False
        return self._stands_alone(head)

    def _stands_alone(self, head: str) -> bool:
        return not head.isalpha() or head in self._words or bool(_PREFIX.fullmatch(head))


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

"""From lines of a PDF to paragraphs, headings and rows of tables.

Text is taken in the order in which the file draws it, which is the order of reading in what word processors write. A
line goes on with the one drawn after it where that stands right below it and would not have fitted into its end. What
is drawn side by side is a row of cells. When in doubt two lines stay apart: a sentence in two pieces is read wrongly by
a translator, but two cells in one change a dose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from translation.formats.pdf_lines import Line, Page, begins_bullet, begins_item, with_bullets, without_running
from translation.formats.pdf_tables import Cell, cells

_ENDS_SENTENCE: Final = tuple(".!?:;…")
_NUMBERED: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_COMPOUNDS: Final = frozenset(
    """anti non post pré pre sous semi co ex self auto inter intra extra multi mono micro macro contre mi après alpha
    bêta beta gamma delta well low high long short half quasi para pseudo super sur nicht anti""".split()  # noqa: SIM905
)
"""Beginnings of words that keep the hyphen at the end of a line where the document does not show otherwise."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER: Final = re.compile(r"[<>≤≥±~]?\s*\d")
_WAITS: Final = re.compile(r"(?:[,/–-]|\b(?:ou|et|à|de|or|and|to|of|o|y|a|oder|und|bis|von|e|di|del))$")
"""Ends of a line that wait for a number."""
_LINES_OF_A_COLUMN: Final = 4
"""From how many lines on a page shows by itself how wide a column is."""
_HEADING_CHARACTERS: Final = 200
_HEADING_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading or a cell.

    Attributes:
        page: on which it begins. text: its lines joined. level: of a heading, 1 to 4; 0 for any other.
        cell: where it stands in a table, or None.
    """

    page: int
    text: str
    level: int = 0
    cell: Cell | None = None


def pieces(pages: Sequence[Page]) -> list[Piece]:
    """The pieces of a document, in the order of reading; see the top."""
    kept = without_running(pages)
    lines = [line for page in kept for line in page.lines]
    if not lines:
        return []
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    characters: Counter[float] = Counter()
    for line in lines:
        characters[round(line.size)] += len(line.text)
    body = characters.most_common(1)[0][0]
    everywhere = _columns(lines)
    blocks: list[list[Line]] = []
    for page in kept:
        fresh = list(_blocks(list(with_bullets(page.lines)), everywhere))
        if blocks and fresh and _goes_over(blocks[-1], fresh[0]):
            blocks[-1] = blocks[-1] + fresh.pop(0)
        blocks += fresh
    return [
        Piece(block[0].page, _text(block, words), 0 if cell is not None else _level(block, body), cell)
        for block, cell in zip(blocks, cells(blocks), strict=True)
    ]


def _blocks(lines: Sequence[Line], everywhere: dict[int, _Column]) -> Iterator[list[Line]]:
    """Lines of one page, put together."""
    edges = _Edges(lines, everywhere)
    block: list[Line] = []
    for line in lines:
        if block and not edges.goes_on(block, line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


@dataclass(slots=True)
class _Column:
    """Where lines that begin at one place end: the two farthest, and how many there are."""

    right: float = 0.0
    second: float = 0.0
    lines: int = 0

    def add(self, right: float) -> None:
        self.lines += 1
        if right > self.right:
            self.right, self.second = right, self.right
        else:
            self.second = max(self.second, right)


def _columns(lines: Sequence[Line]) -> dict[int, _Column]:
    columns: dict[int, _Column] = {}
    for line in lines:
        for place in (-1, 0, 1):
            columns.setdefault(round(line.left / 6) + place, _Column()).add(line.right)
    return columns


class _Edges:
    """What a page shows of its columns and of how far apart its lines are.

    Args:
        lines: of the page. everywhere: the columns of all pages, for those of which the page has but a few lines.
    """

    def __init__(self, lines: Sequence[Line], everywhere: dict[int, _Column]) -> None:
        self._everywhere = everywhere
        self._columns = _columns(lines)
        self._levels = Counter(round(line.baseline / 3) + place for line in lines for place in (-1, 0, 1))
        steps = [
            (a.baseline - b.baseline) / b.size
            for a, b in pairwise(lines)
            if b.size and 0.8 <= (a.baseline - b.baseline) / b.size <= 2.5 and abs(a.left - b.left) < b.size
        ]
        self._step = median(steps) if steps else 1.2

    def goes_on(self, block: Sequence[Line], line: Line) -> bool:
        """Whether a line is the next of a block."""
        last = block[-1]
        if not self._is_below(last, line) or not _is_aligned(block, line):
            return False
        ended = last.text.endswith(_ENDS_SENTENCE)
        small = line.text[:1].islower()
        if begins_item(line.text) and (ended or not self._is_full(last, line) or line.bold != last.bold):
            return False
        if line.text[:1].isupper() and line.text.split()[0] == block[0].text.split()[0]:
            return False  # such as the strengths of a medicine, one below the other
        if line.bold != last.bold:
            return small and not ended
        if _NUMBER.match(line.text) and self._has_beside(line) and not _WAITS.search(last.text):
            return False  # a number in a table begins a cell
        return small or self._is_full(last, line)

    def _has_beside(self, line: Line) -> bool:
        """Whether something else stands on the level of a line."""
        return self._levels[round(line.baseline / 3)] > 1

    def _is_below(self, last: Line, line: Line) -> bool:
        size = max(line.size, 1.0)
        step = (last.baseline - line.baseline) / size
        return abs(last.size - line.size) <= 0.15 * size and 0.7 <= step <= 1.35 * self._step

    def _is_full(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would not have fitted at the end of the last.

        Where the last line ends a sentence, and none but itself shows that the column is not wider, it is not full.
        """
        width = _width(" " + _unbroken(line.text)) * (line.right - line.left) / _width(line.text)
        column = max((self._column(item) for item in (last, line)), key=lambda found: found.right)
        slack = 0.3 * line.size
        if last.text.endswith(_ENDS_SENTENCE) and last.right > column.second + slack:
            return False
        if line.text[:1].isdigit() and last.text[-1:].isalpha():  # a number and its unit may be kept on one line
            width = max(width, 0.2 * (column.right - last.left))
        return last.right + width > column.right - slack

    def _column(self, line: Line) -> _Column:
        key = round(line.left / 6)
        here, all_ = self._columns.get(key, _Column()), self._everywhere.get(key, _Column())
        return here if here.lines >= _LINES_OF_A_COLUMN else all_


def _unbroken(text: str) -> str:
    """What no line break parts at the beginning of a line: a word, or numbers and signs with the word after them."""
    words = text.split(" ")
    end = next((place for place, word in enumerate(words[:4], 1) if any(map(str.isalpha, word))), min(4, len(words)))
    return " ".join(words[:end])


def _width(text: str) -> float:
    """How wide a text is, about, in small letters."""
    return sum(1.4 if char.isupper() else 0.6 if char in " .,;:'’ijl" else 1.0 for char in text) or 1.0


def _is_aligned(block: Sequence[Line], line: Line) -> bool:
    last = block[-1]
    shift = (line.left - last.left) / max(line.size, 1.0)
    centred = abs(line.left + line.right - last.left - last.right) < 2 * line.size
    hanging = len(block) == 1 and -4 <= shift <= 4
    return min(last.right, line.right) > max(last.left, line.left) and (abs(shift) <= 1 or hanging or centred)


def _goes_over(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether the first block of a page ends a sentence of the page before."""
    last, first = before[-1], after[0]
    alike = abs(last.left - first.left) <= first.size and abs(last.size - first.size) < 1 and last.bold == first.bold
    return alike and first.text[:1].islower() and not last.text.endswith(_ENDS_SENTENCE)


def _level(block: Sequence[Line], body: float) -> int:
    size = max(line.size for line in block)
    text = block[-1].text
    shows = all(line.bold for line in block) or size >= 1.15 * body
    long = sum(len(line.text) for line in block) > _HEADING_CHARACTERS or len(block) > _HEADING_LINES
    if not shows or long or text.endswith((*_ENDS_SENTENCE, ",")) or begins_bullet(block[0].text):
        return 0
    numbered = _NUMBERED.match(block[0].text)
    if numbered:
        return min(numbered[1].count(".") + 2, 4)
    return 1 if size >= 1.5 * body else 2 if size >= 1.15 * body else 4


def _text(block: Sequence[Line], words: Counter[str]) -> str:
    text = block[0].text
    for line in block[1:]:
        text = _joined(text, line.text, words)
    return text


def _joined(text: str, more: str, words: Counter[str]) -> str:
    """Two lines in one; a hyphen between them stays unless it only divides a word.

    The document is asked first: it may have the word elsewhere, with the hyphen or without.
    """
    if not text.endswith("-") or text.endswith(" -"):
        return f"{text} {more}"
    before, after = _WORD.findall(text[:-1]), _WORD.findall(more)
    if not more[:1].isalpha() or not before or not after:
        return f"{text}{more}"
    first, second = before[-1].lower(), after[0].lower()
    with_it, without = words[f"{first}-{second}"], words[first + second]
    if with_it != without:
        return f"{text}{more}" if with_it > without else f"{text[:-1]}{more}"
    compound = first in _COMPOUNDS or len(first) < 2 or not more[:1].islower()
    return f"{text}{more}" if compound else f"{text[:-1]}{more}"

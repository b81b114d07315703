"""Lines of plain text: which of them go on in the next one, and which stand alone.

A blank line ends everything. Between two lines that touch, the text goes on (the line break is white space) where

- the first ends in a word that cannot end a line of its own (`the`, `de`, `und`) or in an abbreviation that something
  must follow (`Dr.`); or
- the paragraph is hard-wrapped: its longest line has 50 to 160 characters, and the next line's first word would not
  have fitted on this one. Before a capital letter (German apart, which writes nouns so) that is believed only where the
  paragraph has three lines or more and nearly all are full; before a small letter or a digit it may be ragged. Lines of
  30 to 49 characters are wrapped only where a small letter follows and all are full.

Otherwise the line stands alone: two lines of a prescription must not become one sentence. A line that begins with a
bullet, a number or a letter of a list always begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from translation.results import Span
from translation.segment_table import Words, key

WRAP_WIDTHS = range(50, 161)
NARROW_WIDTHS = range(30, 50)
RAGGED = 0.8
_FULL_SHARE = 0.8

_BULLET = re.compile(r"(?:[-–—*·]+(?=\s)|[+>]+(?=\s)(?!\s+\d)|[•●○◦▪▫■□►▶‣⁃✓✔☐☑☒➢➤]+)\s*")
_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)](?=\s)")
_LETTER = re.compile(r"\(?(?:[A-Za-z]|[ivxIVX]{1,5})\)(?=\s)|[a-h]\.(?=\s)")
_SPACES = re.compile(r"[^\S\t]*\t\s*")
_STOPS = ".!?…:;。！？"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: where it begins, its text without the line end, and what it begins with."""

    start: int
    text: str
    bullet: int
    number: int
    letter: bool

    @property
    def first(self) -> str:
        """The first word, of 40 characters at most."""
        return self.text.lstrip()[:40].split(maxsplit=1)[0]

    @property
    def last(self) -> str:
        """The last word, of 40 characters at most."""
        return self.text.rstrip()[-40:].rsplit(maxsplit=1)[-1]


def blocks(text: str, words: Words) -> Iterator[Span]:
    """Stretches of text that no sentence crosses, in order; bullets and white space stand between them."""
    paragraph: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        if raw.isspace():
            yield from _paragraph(paragraph, words)
            paragraph = []
        else:
            paragraph.append(_line(at, raw))
            if raw[-1] in "\f\x0b\x1c\x1d\x1e\u2029":
                yield from _paragraph(paragraph, words)
                paragraph = []
        at += len(raw)
    yield from _paragraph(paragraph, words)


def _line(start: int, raw: str) -> _Line:
    text = raw.rstrip()
    indent = len(text) - len(text.lstrip())
    bullet = _BULLET.match(text, indent)
    begin = bullet.end() if bullet else indent
    number = _NUMBER.match(text, begin)
    return _Line(
        start,
        text,
        bullet.end() if bullet else 0,
        number.end() if number else 0,
        bool(_LETTER.match(text, begin)),
    )


def _paragraph(lines: Sequence[_Line], words: Words) -> Iterator[Span]:
    if not lines:
        return
    width = max(len(line.text) for line in lines)
    full = [_is_full(here, there, width) for here, there in pairwise(lines)]
    wrapped = len(full) > 1 and sum(full) >= _FULL_SHARE * len(full)
    start, listed = 0, False
    for index in range(1, len(lines) + 1):
        if index < len(lines):
            here, there = lines[index - 1], lines[index]
            listed = listed or _begins_list(None, lines[start], words)
            if not _begins_list(None if listed else here, there, words) and _goes_on(
                here, there, width, wrapped, words
            ):
                continue
        yield from _spans(lines[start:index], words)
        start, listed = index, False


def _is_full(here: _Line, there: _Line, width: int) -> bool:
    return len(here.text) + 1 + len(there.first) > width


def _begins_list(before: _Line | None, line: _Line, words: Words) -> bool:
    """Whether a line is an item of a list.

    Args:
        before: the line above, where that is not an item itself.
    """
    ended = before is None or before.text[-1] in _STOPS or len(before.text) < WRAP_WIDTHS[0]
    if line.bullet:
        rest, above = line.text[line.bullet :], before.text[-1] if before else ""
        return not (above.isdigit() and rest[:1].isdigit())  # "5 mg to 10 mg" written "5\n- 10" is a range
    return bool(line.letter or (line.number and not _is_date(line, words))) and ended


def _is_date(line: _Line, words: Words) -> bool:
    """Whether a number with a stop is the day of a month: `3. Mai`."""
    following = line.text[line.number :].split(maxsplit=1)
    return bool(following) and following[0].casefold().strip(".,;") in words.month


def _goes_on(here: _Line, there: _Line, width: int, wrapped: bool, words: Words) -> bool:
    if "\t" in here.text or "\t" in there.text:
        return False
    last = here.last.casefold()
    if last in words.link or (last[-1] == "." and words.kinds.get(key(last.lstrip("(["))) == "before"):
        return True
    if here.text[-1] == ":":
        return False
    small = not there.first.lstrip("\"'«“‘([¿¡")[:1].isupper()
    if width in NARROW_WIDTHS:
        return small and wrapped and there.first[:1].islower() and _is_full(here, there, width)
    if width not in WRAP_WIDTHS:
        return False
    if small:
        return len(here.text) + 1 + len(there.first) > RAGGED * width
    return _is_full(here, there, width) and (wrapped or bool(words.month))


def _spans(lines: Sequence[_Line], words: Words) -> Iterator[Span]:
    """Cut the marker of a list and the cells of a table off; what is left is one stretch."""
    first, last = lines[0], lines[-1]
    start, end = first.start + first.bullet, last.start + len(last.text)
    if first.number and first.number < len(first.text) and not _is_date(first, words):
        yield Span(start, first.start + first.number)
        start = first.start + first.number
    if len(lines) > 1 or "\t" not in first.text:
        yield Span(start, end)
        return
    for cell in _SPACES.finditer(first.text, start - first.start):
        yield Span(start, first.start + cell.start())
        start = first.start + cell.end()
    yield Span(start, end)

"""Lines of a PDF, made ready to be put together: pages' headers and footers taken out, bullets joined to their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from translation.formats.base import has_letters
from translation.formats.raised import raised

_MARGIN: Final = 0.09
"""Share of a page's height, at its top and at its foot, in which headers and footers stand."""
_RUNNING_PAGES: Final = 3
_DIGITS: Final = re.compile(r"\d+")
_BULLET: Final = re.compile(r"[•·●○◦▪■□►➢✓\uf0b7\uf0a7–—-]")
_NUMBERING: Final = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[A-Za-z][.)])")
_BULLET_REACH: Final = 5.0
"""Farthest that a bullet stands before its text, in sizes of the font."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a cell's part of one.

    Attributes:
        page: from 1. text: without spaces at its ends. left, right, baseline, size: in points; higher is up.
        bold: whether most of it is.
    """

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `drawn`: whether anything is drawn on it, such as a scanned picture."""

    number: int
    height: float
    drawn: bool
    lines: tuple[Line, ...]


def without_running(pages: Sequence[Page]) -> list[Page]:
    """Pages without the lines that repeat at the top or the foot of most of them.

    What repeats and has letters stays where it stands first; page numbers are dropped. Lines repeat where they differ
    in digits only, on at least three pages and on half of all.
    """
    counts = Counter(key for page in pages for key in {_key(page, line) for line in _marginal(page)})
    most = {key for key, count in counts.items() if count >= max(_RUNNING_PAGES, len(pages) / 2)}
    kept: set[tuple[bool, str]] = set()
    new = []
    for page in pages:
        marginal = set(_marginal(page))
        lines = [line for line in page.lines if line not in marginal or _stays(_key(page, line), most, kept)]
        new.append(replace(page, lines=tuple(lines)))
    return new


def _stays(key: tuple[bool, str], most: set[tuple[bool, str]], kept: set[tuple[bool, str]]) -> bool:
    if key not in most:
        return True
    first = key not in kept
    kept.add(key)
    return first and has_letters(key[1])


def _marginal(page: Page) -> list[Line]:
    low, high = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [line for line in page.lines if not low < line.baseline < high]


def _key(page: Page, line: Line) -> tuple[bool, str]:
    return line.baseline > page.height / 2, _DIGITS.sub("#", line.text)


def with_bullets(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines in which a bullet, a number before a heading, or the raised number of a note is one with its text."""
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            joined = _joined(waiting, line)
            if joined is not None:
                waiting = joined
                continue
            yield waiting
        waiting = line
    if waiting is not None:
        yield waiting


def _joined(first: Line, line: Line) -> Line | None:
    text = _prefix(first, line)
    if not text:
        return None
    return replace(line, text=f"{text} {line.text}", left=first.left, bold=line.bold)


def _prefix(first: Line, line: Line) -> str:
    """How a line that is only a bullet is said before the next one; "" where it is none."""
    gap = line.left - first.right
    if not -1 <= gap <= _BULLET_REACH * line.size:
        return ""
    higher = first.baseline - line.baseline
    if first.size < 0.8 * line.size and 0 < higher < line.size and gap < line.size:
        return raised(first.text)
    if abs(higher) > 0.3 * line.size:
        return ""
    numbered = _NUMBERING.fullmatch(first.text) and line.text[0].isupper()
    return first.text if _BULLET.fullmatch(first.text) or numbered else ""


def begins_bullet(text: str) -> bool:
    """Whether a line begins with a bullet or a dash."""
    return bool(_BULLET.fullmatch(text.partition(" ")[0]))


def begins_item(text: str) -> bool:
    """Whether a line begins with a bullet or a number, as items of lists and headings do."""
    first, _, rest = text.partition(" ")
    return begins_bullet(text) or (bool(_NUMBERING.fullmatch(first)) and rest[:1].isupper())

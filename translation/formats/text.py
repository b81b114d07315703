"""Plain text: each paragraph is a unit; blank lines, line ends and indents stay as they are.

A paragraph without end, such as a log or a list without blank lines, is several units, so that work on it can be seen,
stopped and taken up again: it is cut where a line ends with a sentence, else where a line or a sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translation.formats.base import Nested, Slot, check_output, check_units, has_letters
from translation.formats.encoding import Decoded, decode
from translation.marked import Marked

_BLANK_LINES = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\n\r]*(?:\r\n|\n|\r(?!\n))\s*")

LONGEST = 4000
"""Characters of a unit, where there is a place to cut."""
_PLACES = tuple(
    re.compile(pattern) for pattern in (r"[.!?…:;][^\S\r\n]*(?=[\r\n])", r"[^\r\n](?=[\r\n])", r"[.!?…](?=\s)")
)
"""The ends of units, the best first; what follows is white space."""


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A plain text file."""

    source: Decoded
    body: Nested
    media_type: str = "text/plain"

    @property
    def units(self) -> Sequence[Marked]:
        """Its paragraphs that have letters."""
        return self.body.units

    def rebuild(self, translated: Sequence[Marked], target_language: str, output: str = "") -> bytes:
        """The text with its paragraphs replaced, in the same encoding; see `Document.rebuild`."""
        check_output(output)
        return self.source.encode(self.body.rebuild(translated))


def read_text(content: bytes) -> TextDocument:
    """Read plain text in UTF-8, or UTF-16 with a byte-order mark.

    Raises:
        UnusableDocument: not text, or out of the limits.
    """
    source = decode(content)
    slots = tuple(_slots(source.text))
    check_units(len(slots))
    return TextDocument(source, Nested(source.text, slots))


def _slots(text: str) -> Iterator[Slot]:
    at = 0
    for blank in [*_BLANK_LINES.finditer(text), None]:
        start, end = at, blank.start() if blank else len(text)
        at = blank.end() if blank else end
        while end - start > LONGEST and (cut := _cut(text, start)):
            yield from _slot(text, start, cut)
            start = cut
        yield from _slot(text, start, end)


def _slot(text: str, start: int, end: int) -> Iterator[Slot]:
    part = text[start:end]
    stripped = part.strip()
    start += len(part) - len(part.lstrip())
    if has_letters(stripped):
        yield Slot(start, start + len(stripped), Marked(stripped), lambda unit, piece: unit.text)


def _cut(text: str, start: int) -> int:
    """Where the unit from `start` on ends; 0 where there is no place for that."""
    for place in _PLACES:
        ends = [found.end() for found in place.finditer(text, start + LONGEST // 4, start + LONGEST)]
        if ends:
            return ends[-1]
    return 0

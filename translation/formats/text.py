"""Plain text: each paragraph is a unit; blank lines, line ends and indents stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translation.formats.base import Nested, Slot, check_output, check_units, has_letters
from translation.formats.encoding import Decoded, decode
from translation.marked import Marked

_BLANK_LINES = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\n\r]*(?:\r\n|\n|\r(?!\n))\s*")


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
        paragraph = text[start:end]
        start += len(paragraph) - len(paragraph.lstrip())
        stripped = paragraph.strip()
        if has_letters(stripped):
            yield Slot(start, start + len(stripped), Marked(stripped), lambda unit, piece: unit.text)

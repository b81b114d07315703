"""Markdown (CommonMark, tables, front matter, footnotes): text is translated, markup and code stay byte by byte.

Units are paragraphs, headings, cells and the lines around a hard break; emphasis, links and inline HTML become marks;
code spans, autolinks, footnote references, images and struck-out text stay whole. The texts of images and the titles of
links are units of their own. HTML blocks are read as HTML. Left alone: front matter, code blocks, link definitions. A
unit that comes back as it was keeps its source; a changed one is written on one line, with every character escaped that
would be markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translation.formats.base import Nested, check_units, unusable
from translation.formats.encoding import decode
from translation.formats.markdown_blocks import Block, blocks
from translation.formats.markdown_units import slots
from translation.formats.text import TextDocument

MOST_MARKERS = 300_000
"""Lines and markers of quotes and lists together; each costs the parser of blocks an object or more."""
MOST_SIGNS = 500_000
"""Characters of a whole file that may be inline markup."""

_MARKERS = re.compile(r"^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)+", re.MULTILINE)
_MARKER = re.compile(r"[>*+-]|\d+")


@dataclass(frozen=True, slots=True)
class MarkdownDocument(TextDocument):
    """A Markdown file."""

    media_type: str = "text/markdown"


def read_markdown(content: bytes) -> MarkdownDocument:
    """Read Markdown in UTF-8, or UTF-16 with a byte-order mark.

    Raises:
        UnusableDocument: not text, or out of the limits.
    """
    source = decode(content)
    signs = sum(source.text.count(sign) for sign in "*_[]<&~`")
    if signs > MOST_SIGNS or sum(1 for _ in _structure(source.text)) > MOST_MARKERS:
        raise unusable(
            "The document has too many lines, lists and signs of markup.", hint="Split it into smaller files."
        )
    outer, inner = [], []
    read, labels = blocks(source.text)
    for block in _counted(read):
        more, nested = slots(source.text, block, labels)
        outer += more
        inner += nested
        check_units(len(outer) + len(inner))
    return MarkdownDocument(source, Nested(source.text, outer, inner))


def _structure(text: str) -> Iterator[object]:
    yield from (None for _ in re.finditer(r"\n|\r", text))
    for found in _MARKERS.finditer(text):
        yield from _MARKER.finditer(found[0])


def _counted(read: Sequence[Block]) -> Sequence[Block]:
    check_units(len(read))
    return read

"""PDF files: their text, written out as HTML or as a Word document.

Kept: paragraphs, headings, rows of tables, raised digits. What repeats at the top or foot of pages is kept once, where
it stands first; page numbers are dropped. A word divided at the end of a line is joined. Not kept: pictures, the look
of the page, bold and italic words, links, forms, notes. A page on which something is drawn but which has no text (a
scan) is said by a line in its place, and a file with no text at all is refused: characters are not recognised here.

The file is read by a program of its own (`pdf_program`), within limits of time, memory, pages and characters.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from translation.formats.base import (
    LIMITS,
    check_output,
    check_size,
    check_translated,
    check_units,
    has_letters,
    unusable,
)
from translation.formats.pdf_layout import Piece, pieces
from translation.formats.pdf_lines import Line, Page
from translation.formats.pdf_writing import write_docx, write_html
from translation.marked import Marked

MEDIA_TYPE: Final = "application/pdf"
_PROGRAM: Final = Path(__file__).with_name("pdf_program.py")
_SECONDS: Final = 60.0
_MOST_CHARACTERS: Final = 5_000_000
_MOST_MEMORY: Final = 4_000_000_000
_WRITERS: Final = {"docx": write_docx, "html": write_html}
_WRONG: Final = {
    "encrypted": ("The PDF file is encrypted.", "Remove its password."),
    "damaged": ("The PDF file is damaged or cut off.", ""),
    "pages": (f"The PDF file has more than {LIMITS.pages:,} pages.", "Split it into smaller files."),
    "characters": (f"The PDF file has more than {_MOST_CHARACTERS:,} characters.", "Split it into smaller files."),
}


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """The text of a PDF file. `pieces` has all that is written, also what has no letters."""

    pieces: tuple[Piece, ...]
    pages_without_text: tuple[int, ...] = ()
    media_type: str = MEDIA_TYPE

    @property
    def units(self) -> Sequence[Marked]:
        """Its paragraphs, headings and cells that have letters."""
        return [Marked(piece.text) for piece in self.pieces if has_letters(piece.text)]

    def rebuild(
        self, translated: Sequence[Marked], target_language: str, output: str = "", *, flagged: Collection[int] = ()
    ) -> bytes:
        """The text as a new document; see `Document.rebuild`. `flagged` is not looked at.

        Args:
            translated, target_language: see `Document.rebuild`.
            output: `docx`, which "" is too, or `html`.
        """
        check_output(output, tuple(_WRITERS))
        check_translated(self.units, translated)
        coming = iter(translated)
        new = [replace(p, text=next(coming).text) if has_letters(p.text) else p for p in self.pieces]
        return _WRITERS[output or "docx"](new, self.pages_without_text, target_language)


def read_pdf(content: bytes) -> PdfDocument:
    """Read a PDF file.

    Raises:
        UnusableDocument: not one, damaged, encrypted, without text, or out of the limits.
    """
    check_size(content)
    if b"%PDF-" not in content[:1024]:
        raise unusable("The document is not a PDF file.")
    pages = [_page(number, page) for number, page in enumerate(_run(content), 1)]
    found = pieces(pages)
    if not any(has_letters(piece.text) for piece in found):
        raise unusable(
            "The PDF file has no text: it may be a scan.", hint="Recognise its characters (OCR) first, and save that."
        )
    check_units(len(found))
    empty = tuple(page.number for page in pages if page.drawn and not page.lines)
    return PdfDocument(tuple(found), empty)


def _run(content: bytes) -> list[dict[str, Any]]:
    bounds = [str(bound) for bound in (LIMITS.pages, _MOST_CHARACTERS, _MOST_MEMORY)]
    command = [sys.executable, "-P", str(_PROGRAM), *bounds]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise unusable(f"The PDF file takes longer than {_SECONDS:.0f} seconds to read.") from None
    if done.returncode != 0:  # the native library gave up
        raise unusable("The PDF file cannot be read: it is damaged, or takes too much memory.")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        detail, hint = _WRONG[answer["error"]]
        raise unusable(detail, hint=hint)
    found: list[dict[str, Any]] = answer["pages"]
    return found


def _page(number: int, page: dict[str, Any]) -> Page:
    return Page(number, page["height"], page["drawn"] > 0, tuple(Line(number, *line) for line in page["lines"]))

"""Reads a PDF file from standard input and writes its lines of text as JSON: a program of its own.

A PDF comes from anywhere, and the library that reads it is large, native and not safe to use from two threads. In a
process of its own it has a limit of time and memory, and takes nothing with it where it fails. It imports none of ours.

It writes `{"error": reason}`, or `{"pages": [{"width", "height", "drawn", "lines"}]}`; a line is `[text, left, right,
baseline, size, bold]` in points from the lower left corner, in the order in which the file draws them.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_GAP = 1.0
"""Width of an empty stretch, in sizes of the font, that parts two cells of a table."""
_TOUCHING, _SPACE = 0.35, 0.15
"""Widest stretch over which text goes on where pdfium ends a line; from where on it is a space."""
_SMALLER, _HIGHER = 0.8, 0.15
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
"""Not those that keep a number and its unit on one line."""
_BOLD_FROM = 600
_HYPHENS = {0x02, 0xFFFE}
"""What pdfium gives for a hyphen at the end of a line."""

Glyph = tuple[str, float, float, float, float, bool]
"""Character, left, right, baseline, size, bold."""


class _Unusable(Exception):
    """The file cannot be read; says why in one word."""


def main(most_pages: int, most_characters: int, most_bytes: int) -> None:
    """Read standard input within bounds, write standard output."""
    _limit_memory(most_bytes)
    try:
        answer: dict[str, Any] = {"pages": _pages(sys.stdin.buffer.read(), most_pages, most_characters)}
    except _Unusable as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def _pages(content: bytes, most_pages: int, most_characters: int) -> list[dict[str, Any]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise _Unusable("encrypted" if locked else "damaged") from None
    count = len(document)
    if count > most_pages:
        raise _Unusable("pages")
    pages, left = [], most_characters
    for number in range(count):
        page, used = _page(document, number, left)
        left -= used
        pages.append(page)
    return pages


def _page(document: Any, number: int, most_characters: int) -> tuple[dict[str, Any], int]:
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise _Unusable("damaged") from None
    try:
        count = pdfium.FPDFText_CountChars(text.raw)
        if count > most_characters:
            raise _Unusable("characters")
        lines = [line for line in map(_line, _stretches(_glyphs(text.raw, count))) if line]
        width, height = page.get_size()
        drawn = pdfium.FPDFPage_CountObjects(page.raw)
        return {"width": width, "height": height, "drawn": drawn, "lines": lines}, count
    finally:
        text.close()
        page.close()


def _glyphs(text: Any, count: int) -> list[Glyph | None]:
    """The characters in the order in which they are drawn; None where a line ends."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    glyphs: list[Glyph | None] = []
    fonts: dict[int, tuple[float, bool]] = {}
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0x0A, 0x0D):
            glyphs.append(None)
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        size, bold = _font(text, index, fonts)
        if code in _HYPHENS:
            glyphs += [("-", box.left, box.right, y.value, size, bold), None]
        elif code and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF:
            glyphs.append((chr(code), box.left, box.right, y.value, size, bold))
    return glyphs


def _font(text: Any, index: int, known: dict[int, tuple[float, bool]]) -> tuple[float, bool]:
    drawn_by = pdfium.FPDFText_GetTextObject(text, index)
    key = ctypes.addressof(drawn_by.contents) if drawn_by else 0
    if key not in known:
        matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(256), ctypes.c_int()
        pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
        pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
        scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        bold = b"bold" in name.value.lower() or pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD_FROM
        known[key] = pdfium.FPDFText_GetFontSize(text, index) * scale, bold
    return known[key]


def _stretches(glyphs: list[Glyph | None]) -> list[list[Glyph]]:
    """Lines, cut where pdfium says so, where a wide stretch is empty, and where the text jumps.

    Where pdfium ends a line only because of a raised or lowered character in it, it goes on.
    """
    stretches: list[list[Glyph]] = [[]]
    ended = False
    for glyph in glyphs:
        if glyph is None:
            ended = True
            continue
        last = next((known for known in reversed(stretches[-1]) if not known[0].isspace()), None)
        if last is not None and not glyph[0].isspace():
            gap = glyph[1] - last[2]
            if _apart(stretches[-1], last, glyph) or (ended and gap > _TOUCHING * max(last[4], glyph[4])):
                stretches.append([])
            elif ended and gap > _SPACE * glyph[4]:
                stretches[-1].append((" ", last[2], glyph[1], glyph[3], glyph[4], glyph[5]))
            ended = False
        stretches[-1].append(glyph)
    return stretches


def _apart(stretch: list[Glyph], last: Glyph, glyph: Glyph) -> bool:
    largest = max(reversed(stretch), key=lambda known: known[4])
    size = max(largest[4], glyph[4])
    return not -0.3 * size <= glyph[1] - last[2] <= _GAP * size or abs(glyph[3] - largest[3]) > 0.6 * size


def _line(glyphs: list[Glyph]) -> list[Any] | None:
    seen = [glyph for glyph in glyphs if not glyph[0].isspace()]
    if not seen:
        return None
    size = max(glyph[4] for glyph in seen)
    baseline = next(glyph[3] for glyph in seen if glyph[4] == size)
    text = "".join(_character(glyph, size, baseline) for glyph in glyphs)
    bold = 2 * sum(glyph[5] for glyph in seen) > len(seen)
    edges = (min(glyph[1] for glyph in seen), max(glyph[2] for glyph in seen), baseline, size)
    return [_SPACES.sub(" ", text).strip(), *(round(edge, 2) for edge in edges), bold]


def _character(glyph: Glyph, size: float, baseline: float) -> str:
    """A raised digit is an exponent, or points to a note: it must not become part of the number before it."""
    raised = glyph[4] < _SMALLER * size and glyph[3] > baseline + _HIGHER * size
    return glyph[0].translate(_RAISED) if raised else glyph[0]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))

"""From a PDF file to glyphs: what is printed, where, and in which style. Nothing is understood here yet.

pdfium gives each character with its origin and the text object that draws it. Characters that pdfium makes up
(spaces and line ends between objects) are left out: spaces are found again from the gaps.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from medinfo.errors import UnusableSource

MAX_BYTES = 50 * 1024 * 1024
MAX_PAGES = 2000
MAX_GLYPHS_A_PAGE = 100_000

_SPACE = 0x20
_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class Style:
    """A font at a size. `font` is the name without a subset prefix; `size` is in points, after the text matrix."""

    font: str
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The glyphs of one page, in five arrays of one length.

    Attributes:
        number: PDF page, from 1. width, height: points.
        codes: Unicode code points. x: origins, points from the left. right: right edges with the advance.
        y: baselines, points from the bottom. styles: indexes into `Print.styles`.
    """

    number: int
    width: float
    height: float
    codes: array[int]
    x: array[float]
    right: array[float]
    y: array[float]
    styles: array[int]


@dataclass(frozen=True, slots=True)
class Print:
    """All that a file prints.

    Attributes:
        sha256: hash of the file. styles: every style met, in the order met.
    """

    sha256: str
    pages: tuple[Page, ...]
    styles: tuple[Style, ...]


def read_print(path: Path) -> Print:
    """Read all glyphs of a PDF file.

    Args:
        path: the file, at most 50 MB and 2,000 pages.

    Raises:
        UnusableSource: no such file, not a PDF, encrypted, damaged, too large, or without a text layer.
    """
    content = _content(path)
    document = _open(path, content)
    try:
        if len(document) > MAX_PAGES:
            raise _unusable(path, f"it has {len(document)} pages, more than {MAX_PAGES}")
        styles: dict[Style, int] = {}
        pages = tuple(_read_page(path, document, number, styles) for number in range(1, len(document) + 1))
    finally:
        document.close()
    if not any(len(page.codes) for page in pages):
        raise _unusable(path, "it has no text layer (a scan?)")
    return Print(hashlib.sha256(content).hexdigest(), pages, tuple(styles))


def _unusable(path: Path, reason: str) -> UnusableSource:
    return UnusableSource(
        f"{path.name} cannot be read as the ANSM thesaurus: {reason}.",
        hint="Give the PDF file of the thesaurus of drug interactions as ANSM publishes it.",
        params={"file": path.name, "reason": reason},
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unusable(path, f"it is larger than {MAX_BYTES // 2**20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise _unusable(path, error.strerror or "the file cannot be opened") from error
    if b"%PDF-" not in content[:1024]:
        raise _unusable(path, "it is not a PDF file")
    return content


def _open(path: Path, content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        reason = "it is encrypted" if encrypted else "the PDF file is damaged or cut off"
        raise _unusable(path, reason) from error


def _read_page(path: Path, document: Any, number: int, styles: dict[Style, int]) -> Page:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise _unusable(path, f"page {number} is damaged") from error
    try:
        width, height = page.get_size()
        count = pdfium.FPDFText_CountChars(text.raw)
        if count > MAX_GLYPHS_A_PAGE:
            raise _unusable(path, f"page {number} holds {count} characters")
        return Page(number, width, height, *_glyphs(text.raw, count, styles))
    finally:
        text.close()
        page.close()


def _glyphs(
    text: Any, count: int, styles: dict[Style, int]
) -> tuple[array[int], array[float], array[float], array[float], array[int]]:
    codes, xs, rights, ys, kinds = array("L"), array("f"), array("f"), array("f"), array("L")
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    x_ref, y_ref, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    by_object: dict[int, tuple[int, float]] = {}
    for index in range(count):
        drawn_by = pdfium.FPDFText_GetTextObject(text, index)
        code = pdfium.FPDFText_GetUnicode(text, index)
        if not drawn_by or (code <= _SPACE and pdfium.FPDFText_IsGenerated(text, index)):
            continue  # made up by pdfium
        key = ctypes.addressof(drawn_by.contents)
        if key not in by_object:  # all glyphs of one object share its style and, as lines are level, its baseline
            pdfium.FPDFText_GetCharOrigin(text, index, x_ref, y_ref)
            by_object[key] = styles.setdefault(_style(text, index), len(styles)), y.value
        style, baseline = by_object[key]
        pdfium.FPDFText_GetLooseCharBox(text, index, box_ref)
        codes.append(code)
        xs.append(box.left)
        rights.append(box.right)
        ys.append(baseline)
        kinds.append(style)
    return codes, xs, rights, ys, kinds


def _style(text: Any, index: int) -> Style:
    name, flags, matrix = ctypes.create_string_buffer(256), ctypes.c_int(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
    font = _SUBSET_PREFIX.sub("", name.value.decode("utf-8", "replace"))
    return Style(font, round(pdfium.FPDFText_GetFontSize(text, index) * scale * 2) / 2)

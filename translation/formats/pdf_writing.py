"""Paragraphs, headings and rows of tables, written as HTML or as a Word document."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from translation.formats.pdf_layout import Piece
from translation.formats.xml_trees import xml_text
from translation.wording import page_without_text

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})

Block = list[list[Piece]]
"""A table as its rows, or one row of one piece that is no cell."""


def write_html(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> bytes:
    """A whole page of HTML in UTF-8.

    Args:
        pieces: in their order. empty: pages without text, said where they stand. language: of the text.
    """
    direction = ' dir="rtl"' if language in _RIGHT_TO_LEFT else ""
    title = next((piece.text for piece in pieces if piece.level), "")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{html.escape(language)}"{direction}>',
        f'<head><meta charset="utf-8"><title>{_escaped(title)}</title></head>',
        "<body>",
        *map(_html, _blocks(pieces, empty, language)),
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def write_docx(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> bytes:
    """A Word document; see `write_html`."""
    import docx  # here, as it is slow to load
    from docx.oxml.ns import qn

    document = docx.Document()
    for style in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        properties = document.styles[style].element.get_or_add_rPr()
        lang = properties.find(qn("w:lang"))
        lang = properties.makeelement(qn("w:lang")) if lang is None else lang
        lang.set(qn("w:bidi" if language in _RIGHT_TO_LEFT else "w:val"), language)
        properties.append(lang)
    for block in _blocks(pieces, empty, language):
        first = block[0][0]
        if first.row is not None:
            table = document.add_table(len(block), len(block[0]), style="Table Grid")
            for row, cells in zip(table.rows, block, strict=True):
                for cell, piece in zip(row.cells, cells, strict=True):
                    cell.text = xml_text(piece.text)
        elif first.level:
            document.add_heading(xml_text(first.text), first.level)
        else:
            document.add_paragraph(xml_text(first.text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blocks(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> Iterator[Block]:
    """Pieces as they are written: rows with as many cells, one after the other, are one table."""
    rows: Block = []
    for piece in _with_gaps(pieces, empty, language):
        if rows and piece.row is not None and rows[-1][0].row == piece.row:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for width, group in groupby(rows, key=lambda row: len(row) if row[0].row is not None else 0):
        table = list(group)
        yield from [table] if width else [[row] for row in table]


def _with_gaps(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> Iterator[Piece]:
    """The pieces, and a line for each page without text, in the order of pages."""
    waiting = list(empty)
    for piece in pieces:
        while waiting and waiting[0] < piece.page:
            yield _gap(waiting.pop(0), language)
        yield piece
    yield from (_gap(page, language) for page in waiting)


def _gap(page: int, language: str) -> Piece:
    return Piece(page, page_without_text(page, language))


def _html(block: Block) -> str:
    first = block[0][0]
    if first.row is None:
        tag = f"h{first.level}" if first.level else "p"
        return f"<{tag}>{_escaped(first.text)}</{tag}>"
    rows = "".join(f"<tr>{''.join(f'<td>{_escaped(cell.text)}</td>' for cell in row)}</tr>\n" for row in block)
    return f"<table>\n{rows}</table>"


def _escaped(text: str) -> str:
    return html.escape(xml_text(text), quote=False)

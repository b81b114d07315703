"""Paragraphs, headings and rows of tables, written as HTML or as a Word document."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from translation.formats.base import RIGHT_TO_LEFT
from translation.formats.docx_writing import set_default_language, turn
from translation.formats.pdf_layout import Piece
from translation.formats.xml_trees import xml_text
from translation.wording import page_without_text

Table = list[list[str]]
"""Rows of cells, all as long as one another."""


def write_html(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> bytes:
    """A whole page of HTML in UTF-8.

    Args:
        pieces: in their order. empty: pages without text, said where they stand. language: of the text.
    """
    direction = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
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

    document = docx.Document()
    set_default_language(document.styles.element, language)
    for block in _blocks(pieces, empty, language):
        if not isinstance(block, Piece):
            table = document.add_table(len(block), len(block[0]), style="Table Grid")
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = xml_text(text)
        elif block.level:
            document.add_heading(xml_text(block.text), block.level)
        else:
            document.add_paragraph(xml_text(block.text))
    if language in RIGHT_TO_LEFT:
        for paragraph in document.element.body.iter("{*}p"):
            turn(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blocks(pieces: Sequence[Piece], empty: Sequence[int], language: str) -> Iterator[Piece | Table]:
    """Pieces as they are written: one by one, those of one table together."""
    for table, group in groupby(_with_gaps(pieces, empty, language), key=lambda p: p.cell.table if p.cell else -1):
        found = list(group)
        yield from [_table(found)] if table >= 0 else found


def _table(pieces: Sequence[Piece]) -> Table:
    cells = [(piece.cell, piece.text) for piece in pieces if piece.cell is not None]
    width = 1 + max(cell.column for cell, _ in cells)
    table: Table = []
    for _, row in groupby(cells, key=lambda found: found[0].row):
        texts = [""] * width
        for cell, text in row:  # two of one column: neither may be lost
            texts[cell.column] = f"{texts[cell.column]}\n{text}".strip("\n")
        table.append(texts)
    return table


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


def _html(block: Piece | Table) -> str:
    if isinstance(block, Piece):
        tag = f"h{block.level}" if block.level else "p"
        return f"<{tag}>{_escaped(block.text)}</{tag}>"
    rows = "".join(f"<tr>{''.join(f'<td>{_escaped(text)}</td>' for text in row)}</tr>\n" for row in block)
    return f"<table>\n{rows}</table>"


def _escaped(text: str) -> str:
    return html.escape(xml_text(text), quote=False)

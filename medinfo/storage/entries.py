"""Entries of a glossary: read from text with clear errors, written back, held to their bounds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

from medinfo.errors import InvalidInput
from medinfo.storage.text import line

MAX_ENTRIES = 10_000
"""Entries of one dictionary."""
MAX_TERM = 1024
"""Characters of a term."""

Format = Literal["tsv", "csv"]
Entry = tuple[str, str]
"""A term and how it is to be said."""
_Numbered = tuple[int, str, str]


def parse(text: str, form: Format = "tsv") -> tuple[Entry, ...]:
    """Read entries, one a line: source, a tab (or a comma in CSV, quoted where needed), target.

    Empty lines are left out; so are languages in two further columns of CSV, as DeepL's files have them.

    Raises:
        InvalidInput: a line has another shape, or see `checked`. Its line is named, from 1.
    """
    rows = _tsv(text) if form == "tsv" else _csv(text)
    return _checked(rows)


def render(entries: Iterable[Entry], form: Format = "tsv") -> str:
    """Entries as text, one a line; `parse` reads them back."""
    if form == "tsv":
        return "".join(f"{source}\t{target}\n" for source, target in entries)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(entries)
    return out.getvalue()


def checked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in NFC, white space at the ends off and single inside, sorted by source.

    Raises:
        InvalidInput: a term is empty, too long or holds a control character, a source term is there twice, there is
            no entry or there are too many. The number of the entry, from 1, is named as its line.
    """
    return _checked((number, source, target) for number, (source, target) in enumerate(entries, start=1))


def _checked(rows: Iterable[_Numbered]) -> tuple[Entry, ...]:
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, *terms in rows:
        source, target = (_term(text, number) for text in terms)
        if source in found:
            raise _wrong(number, f"the term {_short(source)} is on line {lines[source]} already", first=lines[source])
        if len(found) == MAX_ENTRIES:
            raise _wrong(number, f"a dictionary holds at most {MAX_ENTRIES} entries")
        found[source], lines[source] = target, number
    if not found:
        raise InvalidInput("A dictionary holds at least one entry.")
    return tuple(sorted(found.items()))


def _tsv(text: str) -> list[_Numbered]:
    rows: list[_Numbered] = []
    for number, content in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1):
        if content.strip():
            rows.append((number, *_two(content.split("\t"), number, "a tab")))
    return rows


def _csv(text: str) -> list[_Numbered]:
    rows: list[_Numbered] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _wrong(start, "this is not well-formed CSV") from error
        if cells is None:
            return rows
        if any(cell.strip() for cell in cells):
            rows.append((start, *_two(cells[:2] if len(cells) == 4 else cells, start, "a comma")))
        start = reader.line_num + 1


def _two(cells: Sequence[str], number: int, between: str) -> Entry:
    if len(cells) != 2:
        raise _wrong(number, f"two columns are expected, with {between} between them")
    return cells[0], cells[1]


def _term(text: str, number: int) -> str:
    try:
        return line(text, "a term", MAX_TERM)
    except InvalidInput as error:
        raise _wrong(number, error.detail.rstrip(".")) from None


def _short(term: str) -> str:
    return repr(term if len(term) <= 60 else term[:60] + "…")


def _wrong(number: int, what: str, **params: int) -> InvalidInput:
    return InvalidInput(f"Line {number}: {what}.", params={"line": number, **params})

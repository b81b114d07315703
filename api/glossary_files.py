"""Glossaries from files: two columns, or the term lists of TICO-19; and those lists as examples that ship with us."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from medinfo.errors import InvalidInput, UnusableSource

MAX_BYTES = 10_000_000
EXAMPLES = "TICO-19 terms of COVID-19"
"""Name of the glossary of examples."""
_SOURCE, _TARGET = "sourceString", "targetString"
Entry = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TermList:
    """A list of terms.

    Attributes:
        source, target: languages, "" where the file does not say. entries: each source term once.
        notes: what was left out, for a person.
    """

    source: str
    target: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def read(file: Path) -> TermList:
    """Read a list: CSV or TSV of two columns, or CSV with the columns `sourceString` and `targetString`.

    Raises:
        UnusableSource: it is none of these, too large, or not UTF-8.
    """
    if file.stat().st_size > MAX_BYTES:
        raise UnusableSource(f"{file.name} is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableSource(f"{file.name} is not text in UTF-8.") from error
    first = text.partition("\n")[0]
    try:
        if _SOURCE in first and _TARGET in first:
            return _headed(text)
        return _plain(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in first else ",", strict=True), file.name)
    except csv.Error as error:
        raise UnusableSource(f"{file.name} is not well-formed CSV.") from error


def examples() -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """The term lists that ship with us, by pair of languages."""
    text = files("translation").joinpath("data", "glossaries", "tico19.tsv").read_text("utf-8")
    header, *rows = [line.split("\t") for line in text.splitlines()]
    return {
        ("en", target): tuple((row[0], row[column]) for row in rows if row[column])
        for column, target in enumerate(header)
        if column
    }


def _headed(text: str) -> TermList:
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    entries, notes = _once((row.get(_SOURCE) or "", row.get(_TARGET) or "") for row in rows)
    said = [(row.get("sourceLang") or "", row.get("targetLang") or "") for row in rows]
    source, target = next(((one, other) for one, other in said if one and other), ("", ""))
    return TermList(_primary(source), _primary(target), entries, notes)


def _plain(rows: Iterable[Sequence[str]], name: str) -> TermList:
    found: list[Entry] = []
    for number, row in enumerate(rows, start=1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) not in {2, 4}:
            raise UnusableSource(f"{name}, line {number}: two columns are expected, source and target term.")
        found.append((row[0], row[1]))
    entries, notes = _once(found)
    return TermList("", "", entries, notes)


def _once(pairs: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Each source term once, the first of them; and what was left out."""
    kept: dict[str, str] = {}
    same = other = empty = 0
    for source, target in ((" ".join(one.split()), " ".join(two.split())) for one, two in pairs):
        if not source or not target:
            empty += 1
        elif source not in kept:
            kept[source] = target
        elif kept[source] == target:
            same += 1
        else:
            other += 1
    if not kept:
        raise InvalidInput("The file holds no terms.")
    told = {
        f"{same} entries were there twice.": same,
        f"{other} entries give another translation of a term that was there already; the first one counts.": other,
        f"{empty} entries were empty and left out.": empty,
    }
    return tuple(kept.items()), tuple(note for note, count in told.items() if count)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()

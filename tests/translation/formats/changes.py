"""Engines for the tests of formats: one that changes nothing, and one that replaces words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from translation.formats.base import Document
from translation.marked import Mark, Marked


def identity(document: Document, language: str = "en") -> bytes:
    """The document rebuilt with its own units."""
    return document.rebuild(list(document.units), language)


def replaced(units: Sequence[Marked], words: Mapping[str, str]) -> list[Marked]:
    """Each word replaced, its marks moved with it."""
    return [_replaced(unit, words) for unit in units]


def _replaced(unit: Marked, words: Mapping[str, str]) -> Marked:
    text, shifts = "", []
    at = 0
    for found in re.finditer(r"\w+", unit.text):
        text += unit.text[at : found.start()]
        new = words.get(found[0], found[0])
        shifts.append((found.end(), len(new) - len(found[0])))
        text += new
        at = found.end()
    text += unit.text[at:]
    marks = [Mark(mark.offset + sum(by for end, by in shifts if end <= mark.offset), mark.id) for mark in unit.marks]
    return Marked(text, tuple(marks))


def with_text(units: Sequence[Marked], added: str) -> list[Marked]:
    """Each unit with a text added at its end."""
    return [Marked(unit.text + added, unit.marks) for unit in units]

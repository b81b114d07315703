"""Whether a segment holds anything to translate."""

from __future__ import annotations

import re

from translation.facts.extract import extract

_MASSES = ("mg", "g", "kg", "µg", "μg", "ng", "pg")
_VOLUMES = ("ml", "mL", "dl", "dL", "cl", "cL", "l", "L", "fL")
_LENGTHS = ("nm", "µm", "μm", "mm", "cm", "m", "km")
_OTHERS = ("mmol", "mol", "mEq", "kJ", "kcal", "Hz", "kHz", "MHz", "mmHg", "kPa", "mV", "mA", "pH")
SYMBOLS = frozenset((*_MASSES, *_VOLUMES, *_LENGTHS, *_OTHERS))
"""Symbols of units that are the same in every language; `IU`, `j` or `h` are not among them."""

_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)*", re.UNICODE)


_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
"""Control characters, and what stands for bytes that are no character."""


def unreadable(text: str, source: str) -> bool:
    """Whether a translation holds characters that nobody can read and that its source does not have.

    A model that falls back to single bytes can break off in the middle of a character; a word is lost there.
    """
    return not set(_UNREADABLE.findall(text)) <= set(source)


def nothing_to_translate(text: str, language: str) -> bool:
    """Whether a segment holds no word of a language: only numbers, symbols of units, codes and signs."""
    codes = [fact.span for fact in extract(text, language) if fact.kind == "code"]
    for word in _WORD.finditer(text):
        inside = any(span.start <= word.start() and word.end() <= span.end for span in codes)
        if not inside and not all(part in SYMBOLS for part in word[0].split("/")):
            return False
    return True

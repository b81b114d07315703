"""Raised and lowered digits as characters of their own: the exponent of 10⁹ read as 109 changes a dose."""

from __future__ import annotations

from typing import Final

_RAISED: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_PLAIN: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()n0123456789+-=()")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str) -> str:
    """Digits and signs as superscript characters; "" where there is none for one of them."""
    return _mapped(text, _RAISED)


def lowered(text: str) -> str:
    """Digits and signs as subscript characters; "" where there is none for one of them."""
    return _mapped(text, _LOWERED)


def _mapped(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if text and all(ord(char) in table for char in text) else ""


def plain_digits(text: str) -> str:
    """A text with its superscript and subscript characters as ordinary ones."""
    return text.translate(_PLAIN)

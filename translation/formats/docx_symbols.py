"""Characters that Word writes as something else: glyphs of the Symbol font, raised and lowered digits.

A comparison sign taken from the Symbol font, or the exponent of 10⁹, belongs to the sentence: a reader that leaves it
out, or reads 10⁹ as 109, changes a dose.
"""

from __future__ import annotations

from typing import Final

_PRIVATE: Final = 0xF000
_ROWS: Final = (
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
)
_SYMBOL: Final = {start + place: char for start, row in _ROWS for place, char in enumerate(row)}
_RAISED: Final = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_PLAIN: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0123456789+-=()n")
_LOWERED: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def symbol(font: str, code: str) -> str:
    """The character that a glyph of the Symbol font stands for; "" for another font or an unknown glyph.

    Args:
        font: as written, such as `Symbol`. code: hexadecimal, such as `F0B3` or `00B3`.
    """
    if font.strip().lower() != "symbol":
        return ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return _SYMBOL.get(value - _PRIVATE if value >= _PRIVATE else value, "")


def raised(text: str) -> str:
    """Digits and signs as superscript characters; "" where there is none for one of them."""
    return _mapped(text, _RAISED)


def lowered(text: str) -> str:
    """Digits and signs as subscript characters; "" where there is none for one of them."""
    return _mapped(text, _LOWERED)


def _mapped(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if text and all(ord(char) in table for char in text) else ""


def plain_digits(text: str) -> str:
    """A text with its superscript characters as ordinary ones."""
    return text.translate(_PLAIN)

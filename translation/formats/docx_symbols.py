"""Characters that Word writes as something else: glyphs of the Symbol font.

A comparison sign taken from the Symbol font belongs to the sentence: a reader that leaves it out changes a dose.
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

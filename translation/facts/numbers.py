"""Numbers in digits: how they are read and written in each language's convention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

SPACES = "\u0020\u00a0\u2009\u202f\u2007"
"""White space that may stand between groups of digits: plain, no-break, thin, narrow no-break, figure space."""
APOSTROPHES = "'\u2019"
_MOST_DIGITS = 40


def _digits() -> dict[int, str]:
    zeros = (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10)
    table = {zero + digit: str(digit) for zero in zeros for digit in range(10)}
    return table | {0x066B: ".", 0x066C: "'", 0xFF0E: ".", 0xFF0C: ",", 0xFF05: "%", 0xFE6A: "%", 0x066A: "%"}


DIGITS = _digits()
"""Digits and separators of other scripts to the plain ones, one character for one, so that offsets stay."""

_RUN = re.compile(
    rf"(?:[1-9]\d{{0,2}}(?:[{SPACES}]\d{{3}})++(?!\d)(?:[.,]\d++)?"
    rf"|[1-9]\d{{0,2}}(?:[{APOSTROPHES}]\d{{3}})++(?!\d)(?:[.,]\d++)?"
    r"|\d++(?:[.,\u00b7]\d++)*+)"
)
_GROUPED = {sep: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(sep)}\d{{3}})+") for sep in ".,"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_EXPONENT = r"(?:\^\(?([-−+]?\d{1,2})\)?|\*\*?([-−+]?\d{1,2})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
_POWER_OF_TEN = re.compile(_EXPONENT)
_TIMES_TEN = re.compile(rf"[{SPACES}]?[×x*·][{SPACES}]?10{_EXPONENT}")
FRACTIONS = {
    "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal("0.333333333333"),
    "⅔": Decimal("0.666666666667"), "⅛": Decimal("0.125"), "⅕": Decimal("0.2"), "⅖": Decimal("0.4"),
    "⅗": Decimal("0.6"), "⅘": Decimal("0.8"), "⅙": Decimal("0.166666666667"), "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"), "⅞": Decimal("0.875"),
}  # fmt: skip
"""Fractions of one character."""


class Numeral(NamedTuple):
    """A number in digits: where it stands, what it says, and whether it can be read in two ways."""

    start: int
    end: int
    value: Decimal
    ambiguous: bool


class Ratio(NamedTuple):
    """One number against another, as stated: "1:1000", "4/10"."""

    first: Decimal
    second: Decimal


def fraction(first: Decimal, second: Decimal) -> Decimal:
    """A fraction as a decimal of twelve places, which is how fractions are compared."""
    return (first / second).quantize(Decimal("0.000000000001")).normalize() + 0


def numerals(text: str, start: int, language: str) -> Iterator[Numeral]:
    """The number that starts at a digit; several where commas or points only list them ("1,2,3").

    Args:
        text: plain digits. start: of the first digit. language: whose convention holds.
    """
    match = _RUN.match(text, start)
    assert match, "a digit stands here"
    run = match.group()
    read = readings(run, language)
    if read:
        value, end = _with_power(text, match.end(), read[0])
        if end < len(text) and text[end] in FRACTIONS and value == value.to_integral_value():
            value, end = value + FRACTIONS[text[end]], end + 1
        yield Numeral(start, end, value, len(read) > 1)
        return
    for piece in re.finditer(r"\d+", run):
        digits = piece.group()
        if len(digits) <= _MOST_DIGITS:
            yield Numeral(start + piece.start(), start + piece.end(), Decimal(digits), False)
        else:
            yield Numeral(start + piece.start(), start + piece.end(), Decimal(digits), True)


def readings(written: str, language: str) -> tuple[Decimal, ...]:
    """What a number in digits can mean, the reading of the language first; empty where it is no single number.

    "1.000" is a thousand in German and one, to three places, in English; both are given. A comma is certain in
    English ("1,000"), a point never is, since a number that was carried over keeps it. Spaces and apostrophes
    only ever group.
    """
    plain = written
    for space in SPACES + APOSTROPHES:
        plain = plain.replace(space, "")
    grouped = len(plain) < len(written)
    plain = plain.replace("\u00b7", ".")
    points, commas = plain.count("."), plain.count(",")
    if len(plain) > _MOST_DIGITS:
        return (Decimal(plain.replace(".", "").replace(",", "")),) if not points + commas else ()
    if points + commas == 0:
        return (Decimal(plain),)
    if points and commas:
        return _both(plain)
    separator = "." if points else ","
    if points + commas > 1:
        return (Decimal(plain.replace(separator, "")),) if _GROUPED[separator].fullmatch(plain) else ()
    whole, _, rest = plain.partition(separator)
    decimal = Decimal(f"{whole}.{rest}")
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0") or grouped:
        return (decimal,)
    thousands = Decimal(whole + rest)
    if language == "en":
        return (thousands,) if separator == "," else (decimal, thousands)
    return (thousands, decimal) if separator == "." else (decimal, thousands)


def _both(plain: str) -> tuple[Decimal, ...]:
    last = "." if plain.rindex(".") > plain.rindex(",") else ","
    first = "," if last == "." else "."
    whole, _, rest = plain.rpartition(last)
    if last in whole or not _GROUPED[first].fullmatch(whole):
        return ()
    return (Decimal(f"{whole.replace(first, '')}.{rest}"),)


def _with_power(text: str, end: int, value: Decimal) -> tuple[Decimal, int]:
    """Apply "×10³", or the exponent of a ten ("10^9", "10⁹")."""
    ten = value == 10 and text[end - 2 : end] == "10"
    match = (ten and _POWER_OF_TEN.match(text, end)) or _TIMES_TEN.match(text, end)
    if not match:
        return value, end
    written = next(group for group in match.groups() if group)
    exponent = int(written.translate(_SUPERSCRIPTS).replace("−", "-"))
    return Decimal(10) ** exponent * (1 if match.re is _POWER_OF_TEN else value), match.end()


_GROUP = {"en": ",", "fr": "\u202f", "es": "\u00a0", "de": "\u00a0", "it": "\u00a0", "pt": "\u00a0"}
_POINT = {"en": ".", "fr": ",", "es": ",", "de": ",", "it": ",", "pt": ","}


def render(value: Decimal, language: str, like: str) -> str | None:
    """A number in a language's convention, its digits grouped and its trailing zeros kept as the source has them.

    Thousands are grouped by a no-break space where the custom is a point, since "1.000" can be misread; a space that
    groups in the source is kept as it is.

    Args:
        value: what `like` says. language: to write it for. like: the number as printed in the source.

    Returns:
        None where that is not exact or not certain: an unknown language, words, exponents, fractions, a number that
        can be read in two ways, or that could be in the language asked for ("1.125" is "1,125", maybe a thousand).
    """
    plain = like.translate(DIGITS)
    if language not in _POINT or not _RUN.fullmatch(plain):
        return None
    places = _places(plain, value)
    if places is None:
        return None
    whole, _, rest = f"{value:f}".partition(".")
    rest = rest.ljust(places, "0")
    if len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return None
    if len(whole) > 3 and not re.match(r"\d{4}", plain):
        kept = next((char for char in plain if char in SPACES), "")
        group = kept if kept and _GROUP[language] in SPACES else _GROUP[language]
        whole = f"{int(whole):,}".replace(",", group)
    return whole + (_POINT[language] + rest if rest else "")


def _places(plain: str, value: Decimal) -> int | None:
    """How many decimals a number is printed with, given what it says; None where its print can say something else."""
    if all(value not in readings(plain, language) for language in ("en", "de")):
        return None
    if any(len(readings(plain, language)) > 1 for language in ("en", "de")):
        # Only an English comma before three digits is certain: it groups.
        comma = _GROUPED[","].fullmatch(plain)
        return 0 if comma and Decimal(plain.replace(",", "")) == value else None
    tail = re.search(r"[.,\u00b7](\d+)$", plain)
    without = Decimal(re.sub(r"\D", "", plain)) == value
    return 0 if without or not tail else len(tail.group(1))

"""Quantities: a number or a range with its unit, and what the unit is per."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from translation.facts.lexicon import Lexicon
from translation.facts.tokens import Token
from translation.facts.units import PERIODS, TIMES, unit_at


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with a unit, as stated: nothing is converted, so 1 g is not 1000 mg.

    Attributes:
        low: the number, or the first of a range. high: the second of a range, else None.
        unit: UCUM; things that are counted stand in braces (`{tablet}`).
        per: what it is per, in the order stated, with its number where one stands (`5.mL`). A period of a day or more
            is a frequency of its own ("10 mg/kg/day" is 10 mg per kg, and daily).
    """

    low: Decimal
    high: Decimal | None
    unit: str
    per: tuple[str, ...] = ()

    @property
    def time(self) -> bool:
        """Whether it is a length of time."""
        return self.unit in TIMES and not self.per


def quantity_unit(
    found: list[Token], index: int, words: Lexicon, *, digits: bool
) -> tuple[str, tuple[str, ...], int] | None:
    """The unit at a token with what it is per.

    Args:
        found: tokens. index: right after the number. words: of the language. digits: the number is in digits.

    Returns:
        Unit, per, and the index after them.
    """
    adjective = index < len(found) and found[index].key in {"-", "\u2011", "\u2010"} and not found[index].space
    if adjective and index + 1 < len(found) and not found[index + 1].space:
        read = unit_at(found, index + 1, words, digits=False) or unit_at(found, index, words, digits=digits)
    else:
        read = unit_at(found, index, words, digits=digits)
    if not read:
        return None
    unit, index = read
    per: list[str] = []
    while len(per) < 4:
        further = _per(found, index, words)
        if not further:
            break
        code, index = further
        per.append(code)
    return unit, tuple(per), index


def _per(found: list[Token], index: int, words: Lexicon) -> tuple[str, int] | None:
    """One "/kg" or "per kg" at a token."""
    if index >= len(found):
        return None
    slash = found[index].key in {"/", "\u2215", "\u2044"}
    if not slash and found[index].key not in words.range_words.get("per", ()):
        return None
    index += 1
    amount = ""
    if index < len(found) and found[index].kind == "number" and found[index].digits and slash:
        amount = f"{found[index].value}."
        index += 1
    read = unit_at(found, index, words, digits=True)
    if not read or read[0] in PERIODS or read[0] == "%" or (read[0] == "h" and amount == "24."):
        return None
    return amount + read[0], read[1]

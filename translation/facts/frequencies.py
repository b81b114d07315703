"""Frequencies: how often and when, as phrases of the tables say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from translation.facts.patterns import Bound


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often, as stated: "every 8 hours" is not "three times a day".

    Attributes:
        times: how many times in a period, or the first of a range; None where only a moment is said.
        times_high: the second of a range.
        period: how many `unit` a period lasts; 2 with `d` is every other day. period_high: the second of a range.
        unit: `s min h d wk mo a`, or "" where only a moment is said.
        moment: `morning`, `noon`, `afternoon`, `evening` (night too), `bedtime`, `before-meal`, `with-meal`,
            `after-meal`, `fasting`, `with-or-without-meal`, `as-needed`, one a fact, or "".
        schedule: intakes in the morning, at noon, in the evening (at night): "1-0-1".
    """

    times: Decimal | None = None
    times_high: Decimal | None = None
    period: Decimal | None = None
    period_high: Decimal | None = None
    unit: str = ""
    moment: str = ""
    schedule: tuple[Decimal, ...] = ()


_SAYS = re.compile(r"(\S+)/(\S+) (\S+)")
_EVERY_HOURS = re.compile(r"q(\d{1,2})([hd])")
Pair = tuple[Decimal, Decimal | None]


def frequency(found: Bound) -> Frequency | None:
    """What a phrase says; None where it says that it is no frequency ("daily life") or does not hold together."""
    if found.meaning.kind == "moment":
        return Frequency(moment=found.meaning.says) if found.meaning.says else None
    says = _SAYS.fullmatch(found.meaning.says)
    if not says:
        return None
    if says[2].endswith("=") and found.numbers[0] != found.numbers[1]:
        return None
    times = _amount(says[1], found)
    period = _amount(says[2].rstrip("="), found)
    unit = says[3]
    if unit == "@":
        unit = found.unit
    elif unit == "&" and found.adverb:
        unit = found.adverb[1]
        period = (period[0] * found.adverb[0], None)
    return Frequency(times[0], times[1], period[0], period[1], "d" if unit == "{night}" else unit)


def latin(key: str) -> Frequency | None:
    """An interval in the prescriber's Latin that is one word with its number: "q8h"."""
    match = _EVERY_HOURS.fullmatch(key)
    return Frequency(Decimal(1), None, Decimal(match[1]), None, match[2]) if match else None


def _amount(text: str, found: Bound) -> Pair:
    if text == "!":
        return (found.times or Decimal(1), None)
    if text == "!-!":
        return (found.first_times or Decimal(1), found.times)
    if text == "#1-!":
        return (found.numbers[0][0], found.times)
    if text == "#1-#2":
        return (found.numbers[0][0], found.numbers[1][0])
    if text.startswith("#"):
        return found.numbers[int(text[1:]) - 1]
    return (Decimal(text), None)

"""Frequencies: how often and when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often, as stated: "every 8 hours" is not "three times a day".

    Attributes:
        times: how many times in a period, or the first of a range; None where only a moment is said.
        times_high: the second of a range.
        period: how many `unit` a period lasts; 2 with `d` is every other day. period_high: the second of a range.
        unit: `s min h d wk mo a`, or "" where only a moment is said.
        moment: `morning`, `noon`, `evening`, `bedtime`, `night`, `before-meal`, `with-meal`, `after-meal`,
            `as-needed` ..., one a fact, or "".
        schedule: intakes in the morning, at noon, in the evening (at night): "1-0-1".
    """

    times: Decimal | None = None
    times_high: Decimal | None = None
    period: Decimal | None = None
    period_high: Decimal | None = None
    unit: str = ""
    moment: str = ""
    schedule: tuple[Decimal, ...] = ()

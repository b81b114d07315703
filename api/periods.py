"""Dates of a treatment, as typed: refused when they are none, since a wrong date says something else than meant."""

from __future__ import annotations

import re
from datetime import date, datetime

from api.shapes import PeriodIn
from medinfo.errors import InvalidInput

_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


def require_dates(period: PeriodIn) -> None:
    """See that both ends are dates, and in their order.

    Args:
        period: each end an ISO 8601 date (`2026-01-05`), a month, a year, a moment, or open.

    Raises:
        InvalidInput: an end is no date, or the period ends before it starts.
    """
    first = None if period.start is None else _date(period.start)
    last = None if period.end is None else _date(period.end)
    within = str(period.start).startswith(str(period.end))  # from a day of 2026 until 2026
    if first and last and last < first and not within:
        raise InvalidInput("The period ends before it starts.", hint="Give start and end in this order.")


def _date(text: str) -> date:
    """The day, or the first day of the month or year, that a text names."""
    try:
        if match := _MONTH.fullmatch(text):
            return date(int(match[1]), int(match[2] or 1), 1)
        return datetime.fromisoformat(text).date()
    except ValueError as error:
        raise InvalidInput(f"{text!r} is not a date.", hint="Write it as in 2026-01-05.") from error

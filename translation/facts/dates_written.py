"""Dates and times of day in digits; `dates.py` says how they are compared."""

from __future__ import annotations

import re
from typing import NamedTuple

_ISO = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T(\d{2}:\d{2})(?::\d{2})?(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"(?![\d-])"
)
_YEAR_FIRST = re.compile(r"([12]\d{3})([/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d/.]*\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])(?!\.\d)")
_HOURS_MINUTES = re.compile(r"([01]?\d|2[0-4])\s?h\s?([0-5]\d)(?:\s?min)?(?![\w])", re.IGNORECASE)
_COLON = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")


class Written(NamedTuple):
    """A date in digits: where it ends, what it says, whether it can be read in two ways."""

    end: int
    value: str
    ambiguous: bool


def written(text: str, start: int) -> Written | None:
    """The date or time in digits that starts at a digit.

    Args:
        text: plain digits. start: of the first of them.
    """
    if match := _ISO.match(text, start):
        day = f"{match[1]}-{match[2]}-{match[3]}"
        return Written(match.end(), f"{day}T{match[4]}" if match[4] else day, False)
    if match := _YEAR_FIRST.match(text, start):
        return Written(match.end(), f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}", False)
    if match := _NUMERIC.match(text, start):
        return _numeric(match)
    if match := _HOURS_MINUTES.match(text, start):
        return Written(match.end(), time_of_day(int(match[1]), int(match[2])), False)
    # "1:10" is a dilution as often as a time; with an hour of two digits or beyond one o'clock it is a time.
    if (match := _COLON.match(text, start)) and (match[1] != "1" or match[2].startswith("0")):
        return Written(match.end(), time_of_day(int(match[1]), int(match[2])), False)
    return None


def _numeric(match: re.Match[str]) -> Written | None:
    first, separator, second = int(match[1]), match[2], int(match[3])
    year = match[4] if len(match[4]) == 4 else f"xx{match[4]}"
    if separator == "-" and len(match[4]) == 2:
        return None
    if separator == "." and len(match[4]) == 2 and len(match[1] + match[3]) < 4:
        return None
    day_first = f"{year}-{second:02}-{first:02}" if 1 <= second <= 12 and 1 <= first <= 31 else ""
    month_first = f"{year}-{first:02}-{second:02}" if 1 <= first <= 12 and 1 <= second <= 31 else ""
    if separator == ".":
        return Written(match.end(), day_first, False) if day_first else None
    if day_first and month_first and first != second:
        return Written(match.end(), f"{day_first}|{month_first}", True)
    either = day_first or month_first
    return Written(match.end(), either, False) if either else None


def time_of_day(hour: int, minute: int) -> str:
    """A time of day as ISO text."""
    return f"T{hour:02}:{minute:02}"

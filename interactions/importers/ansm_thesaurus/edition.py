"""The edition of the document, from its cover, preface or footers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interactions.importers.ansm_thesaurus.levels import fold

_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
           "novembre", "decembre")  # fmt: skip
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:er)? )?({'|'.join(_MONTHS)}) (20\d\d)\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](20\d\d)\b")


def find_edition(lines: Iterable[str]) -> tuple[str, str]:
    """The edition and the date of publication.

    Args:
        lines: text of the cover, the preface and the furniture, in this order.

    Returns:
        (`YYYY-MM`, ISO date or ""); ("", "") if no line states a date. The first month stated is the edition; a line
        that names a day of the same month gives the date.
    """
    dates = [date for line in lines for date in _dates(fold(line))]
    if not dates:
        return "", ""
    year, month, _ = dates[0]
    day = next((d for y, m, d in dates if (y, m) == (year, month) and d), 0)
    edition = f"{year:04d}-{month:02d}"
    return edition, f"{edition}-{day:02d}" if day else ""


def _dates(text: str) -> Iterable[tuple[int, int, int]]:
    for match in _DATE.finditer(text):
        yield int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1] or 0)
    for match in _NUMERIC.finditer(text):
        if 1 <= int(match[2]) <= 12:
            yield int(match[3]), int(match[2]), int(match[1])

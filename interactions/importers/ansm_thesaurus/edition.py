"""What stands before the first heading: the edition, and the rules on local routes and on excipients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interactions.importers.ansm_thesaurus.levels import fold
from interactions.importers.ansm_thesaurus.rows import Row
from interactions.importers.ansm_thesaurus.text import Vocabulary, joined

_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
           "novembre", "decembre")  # fmt: skip
_DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:er)? )?({'|'.join(_MONTHS)}) (20\d\d)\b")
_MARK = re.compile(r"^[■●•▪◆\uf06e]\s*")
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


def preface_rule(rows: Sequence[Row], words: Vocabulary, subject: str) -> str:
    """The paragraph of the preface on a subject, with the list that follows it.

    Args:
        rows: the preface, from top to bottom. subject: folded words that the paragraph has ("voies locales").

    Returns:
        paragraph and list items, one a line, items starting with "- "; "" if the preface has no such paragraph.
    """
    lines = [joined(group, words) for group in _paragraphs(rows)]
    start = next((index for index, line in enumerate(lines) if subject in fold(line)), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(lines) and lines[end].startswith("-"):
        end += 1
    rule = [_MARK.sub("", lines[start]), *(re.sub(r"^(?:-\s*)+", "- ", line) for line in lines[start + 1 : end])]
    return "\n".join(rule)


def _paragraphs(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    distance = 0.0
    for row in rows:
        above = groups[-1][-1] if groups else None
        new = above is None or above.page != row.page or _MARK.match(row.text) or row.text.startswith("-")
        if above is not None and not new:
            usual = distance or above.y - row.y
            new = above.y - row.y > 1.4 * usual
            distance = min(usual, above.y - row.y)
        if new:
            groups.append([])
        groups[-1].append(row)
    return groups

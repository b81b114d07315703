"""Calendar dates, weekdays and times of day, as ISO 8601 says them, partial where the text is.

`2024-03-12`, `2024-03`, `--03-12` (no year), `--03` (a month), `-W-1` (Monday), `T08:30`. A numeric date that can be
read in two ways keeps both, the one whose first number is the day before the other: "03/04/2024" is
`2024-04-03|2024-03-04`, in every language, and `04/03/2024` is not. Of a year in two digits, `xx24`. A year alone is a
number, since nothing tells "2000" from two thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from translation.facts.dates_written import time_of_day
from translation.facts.lexicon import Lexicon, fold, lexicon
from translation.facts.tokens import Token


class Calendar(NamedTuple):
    """Names of months and weekdays, and the words around them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    careful: frozenset[str]
    of: frozenset[str]
    am: frozenset[str]
    pm: frozenset[str]
    clock: frozenset[str]
    at: frozenset[str]


_EMPTY = Calendar({}, {}, frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
_NO_TIME = frozenset({"'", "egal", "egale", "limite", "reduit", "jusqu", "h", "heures", "a"})
_COMPARED = ("ieur", "ieure", "ieurs", "ieures")
_POINTED = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_BEFORE_MONTH = frozenset(
    {"in", "since", "until", "by", "of", "early", "late", "mid", "from", "during", "last", "next"}
    | {"en", "de", "depuis", "fin", "debut", "mi", "courant", "avant", "apres", "des", "a", "et", "-"}
)
_HALVES = {"am": 0, "pm": 12}


@lru_cache(maxsize=64)
def calendar(language: str) -> Calendar:
    """The calendar words of a language; none for one without a table."""
    table: dict[str, Any] = lexicon(language).table.get("dates", {})
    if not table:
        return _EMPTY
    sets = {name: frozenset(fold(word) for word in table[name].split()) for name in ("careful", "of", "am", "pm")}
    return Calendar(
        _named(table["months"]), _named(table["weekdays"]), sets["careful"], sets["of"], sets["am"], sets["pm"],
        frozenset(fold(word) for word in table["clock"].split()), frozenset(table["at"].split()),
    )  # fmt: skip


def _named(words: str) -> dict[str, int]:
    return {name: value for value, names in enumerate(words.split(), 1) for name in names.split("|")}


def dated(found: list[Token], words: Lexicon) -> list[Token]:
    """Put one token of kind `date`, its ISO text as key, in place of each date or time that is written with words."""
    names = calendar(words.language)
    if not names.months:
        return found
    result: list[Token] = []
    index = 0
    while index < len(found):
        end, dates = _date_at(found, index, names)
        if end > index:
            result.extend(dates)
            index = end
        else:
            result.append(found[index])
            index += 1
    return result


def _date_at(found: list[Token], index: int, names: Calendar) -> tuple[int, list[Token]]:
    token = found[index]
    if token.kind == "number" and token.digits:
        return _from_number(found, index, names)
    if token.kind == "date":
        return _half_day(found, index, names)
    if token.kind == "number" and token.ordinal and token.value is not None:
        return _from_number(found, index, names)
    if token.kind == "word":
        if token.key in names.months:
            return _from_month(found, index, names)
        weekday = names.weekdays.get(token.key) or _portuguese(found, index, names)
        if weekday and (token.key not in names.careful or token.text[0].isupper()):
            end = index + (3 if token.key not in names.weekdays else 1)
            return end, [_token(found, index, end, f"-W-{weekday}")]
    return index, []


def _portuguese(found: list[Token], index: int, names: Calendar) -> int | None:
    """ "segunda-feira" is three tokens."""
    if index + 2 < len(found) and found[index + 1].key == "-":
        return names.weekdays.get(f"{found[index].key}-{found[index + 2].key}")
    return None


def _from_number(found: list[Token], index: int, names: Calendar) -> tuple[int, list[Token]]:
    """ "12 March 2024", "12. März", "8 am", "8 Uhr"."""
    token = found[index]
    day = _day(token)
    at = index + 1
    if at >= len(found) or token.value is None:
        return index, []
    hour = int(token.value) if token.value == token.value.to_integral_value() and 0 <= token.value <= 24 else None
    follower = found[at]
    if hour is not None and follower.kind == "word" and not token.ordinal:
        if follower.key in names.am | names.pm and follower.key in {"am", "pm"} and 1 <= hour <= 12:
            return at + 1, [_token(found, index, at + 1, time_of_day(hour % 12 + _HALVES[follower.key], 0))]
        if follower.key == "o" and [one.key for one in found[at + 1 : at + 3]] == ["'", "clock"]:
            return at + 3, [_token(found, index, at + 3, time_of_day(hour, 0))]
        if follower.key == "uhr":
            return _uhr(found, index, at + 1, hour)
        if follower.key in {"h", "hs"} and hour < 24 and token.high is None and _at(found, index, names):
            return at + 1, [_token(found, index, at + 1, time_of_day(hour, 0))]
    if follower.key == "uhr" and (clock := _POINTED.fullmatch(token.text)):
        return at + 1, [_token(found, index, at + 1, time_of_day(int(clock[1]), int(clock[2])))]
    if day is None:
        return index, []
    if follower.key in {"."} and not follower.space:
        at += 1
    while at < len(found) and found[at].key in names.of and at < index + 3:
        at += 1
    if at < len(found) and found[at].kind == "word" and (month := names.months.get(found[at].key)):
        if found[at].key in names.careful and at > index + 1 and found[at].text.islower() and names.of == {"de"}:
            return index, []
        return _with_year(found, index, at + 1, names, f"{month:02}-{day:02}")
    return index, []


def _at(found: list[Token], index: int, names: Calendar) -> bool:
    """Whether "8 h" is a time of day here: "às 8h", "à 8 h", and neither "jusqu'à 8 h" nor "inférieur à 8 h"."""
    if not index or found[index - 1].key not in names.at or found[index - 1].text == "a":
        return False
    before = found[index - 2] if index > 1 else None
    if found[index - 1].key == "as":
        return True
    return before is None or not (before.kind == "number" or before.key in _NO_TIME or before.key.endswith(_COMPARED))


def _uhr(found: list[Token], start: int, at: int, hour: int) -> tuple[int, list[Token]]:
    minute = 0
    if at < len(found) and found[at].kind == "number" and found[at].digits and len(found[at].text) == 2:
        minute = int(found[at].value or 0)
        at += 1
    return at, [_token(found, start, at, time_of_day(hour, min(minute, 59)))]


def _from_month(found: list[Token], index: int, names: Calendar) -> tuple[int, list[Token]]:
    """ "March 12, 2024", "March 2024", "March"."""
    token = found[index]
    month = names.months[token.key]
    at = index + 1
    if at < len(found) and found[at].key == "." and not found[at].space:
        at += 1
    after = found[at] if at < len(found) else None
    day = _day(after) if after is not None and after.kind == "number" and after.digits else None
    if day is not None and "the" in names.of and token.text[0].isupper():
        return _with_year(found, index, at + 1, names, f"{month:02}-{day:02}")
    end, dates = _with_year(found, index, at, names, f"{month:02}")
    if len(dates[0].key) > 4:
        return end, dates
    if token.key in names.careful or len(token.key) <= 3:
        abbreviated = len(token.key) <= 3 and token.key not in {"may", "mai"}
        upper = token.text[0].isupper() or "the" not in names.of
        if abbreviated or (token.key in names.careful and not (upper and _prepared(found, index))):
            return index, []
    return index + 1, [_token(found, index, index + 1, f"--{month:02}")]


def _prepared(found: list[Token], index: int) -> bool:
    """Whether a word stands before that makes "May" a month."""
    before = found[index - 1].key if index else ""
    return before in _BEFORE_MONTH


def _with_year(found: list[Token], start: int, at: int, names: Calendar, rest: str) -> tuple[int, list[Token]]:
    look = at
    while look < len(found) and look < at + 2 and (found[look].key in names.of or found[look].key in {".", ","}):
        look += 1
    if look < len(found):
        year = found[look]
        if (
            year.kind == "number"
            and year.digits
            and re.fullmatch(r"[12]\d{3}", f"{year.value}")
            and len(year.text) == 4
        ):
            return look + 1, [_token(found, start, look + 1, f"{year.value}-{rest}")]
    return at, [_token(found, start, at, f"--{rest}")]


def _half_day(found: list[Token], index: int, names: Calendar) -> tuple[int, list[Token]]:
    """Take "pm" after a time of day: "8:30 pm"."""
    token = found[index]
    at = index + 1
    if at >= len(found) or not token.key.startswith("T") or found[at].kind != "word":
        return index, []
    key = found[at].key
    if key in {"am", "pm"}:
        hour = int(token.key[1:3])
        if 1 <= hour <= 12:
            return at + 1, [_token(found, index, at + 1, time_of_day(hour % 12 + _HALVES[key], int(token.key[4:6])))]
    if key in names.clock:
        return at + 1, [_token(found, index, at + 1, token.key)]
    return index, []


def _day(token: Token) -> int | None:
    value = token.value
    if value is None or value != value.to_integral_value() or not 1 <= value <= 31 or len(token.text) > 2:
        return None
    return int(value)


def _token(found: list[Token], start: int, end: int, value: str) -> Token:
    first, last = found[start], found[end - 1]
    return Token("date", first.start, last.end, "", value, space=first.space)


def dates_of(value: str) -> Iterator[str]:
    """The readings of a date: one, or both where it is ambiguous."""
    yield from value.split("|")

"""Reading a dose as typed, only where it can be read in one way.

A dose decides a condition such as "3 g a day or more". A wrong reading would exclude a warning, so the whole text
must be of a known form: an amount in g, mg or micrograms, and how often it is taken, in one of six languages.
Anything else is not read at all: a range, "if needed", mg/kg, tablets, a number that could be in thousands, and an
amount alone ("500 mg" may be a tablet, an intake or a day).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

Per = Literal["dose", "day", "week"]


class Dose(NamedTuple):
    """Amounts in mg, as far as the text states them; None where it does not.

    Attributes:
        intake: per intake, where the schedule is stated. intake_at_most: upper bound of one intake.
        day: per day. week: per week. Neither is computed from the other: a weekly medicine is not taken daily.
    """

    intake: Decimal | None = None
    intake_at_most: Decimal | None = None
    day: Decimal | None = None
    week: Decimal | None = None


UNREAD = Dose()

_MILLIGRAMS = {"g": Decimal(1000), "m": Decimal(1), "u": Decimal("0.001")}
_COUNTS = {
    1: "once one un une una uma ein einmal",
    2: "twice two deux dos due duas zwei zweimal",
    3: "three trois tres tre drei dreimal",
    4: "four quatre cuatro quattro quatro vier viermal",
}
_COUNT_OF = {word: count for count, words in _COUNTS.items() for word in words.split()}
_DAILY_INTAKES = {4: 6, 6: 4, 8: 3, 12: 2, 24: 1}  # hours between intakes to intakes a day
_LATIN = {"bid": 2, "tid": 3, "qid": 4}  # not "qd" and "od": taken for "qid" and "right eye"

_TAIL = "(?:me|mo|m|o|a|mi)?s?"
_UNIT = rf"(?:(?P<u>[uµ]g|mcg|mi[ck]rogram{_TAIL})|(?P<m>mg|mill?igram{_TAIL})|(?P<g>g|gram{_TAIL}))"
_AMOUNT = rf"(?P<number>\d+(?:[.,]\d+)?) ?{_UNIT}"
_WORD = "|".join(sorted(_COUNT_OF, key=len, reverse=True))
_TIMES = "(?:times?|fois|ve[cz]es|vez|mal|volt[ae])"
_COUNT = (
    rf"(?:x ?(?P<after>\d{{1,2}})(?: ?{_TIMES})?|(?P<before>\d{{1,2}}) ?(?:x|{_TIMES})|(?P<word>{_WORD})(?: {_TIMES})?)"
)
_DAY = "(?:days?|d|jours?|j|dias?|tag|giorno|die|24 ?h)"
_WEEK = "(?:weeks?|wk|semaines?|sem|semanas?|woche|settimana)"
_PER = "(?:/| ?(?:per|a|par|al|por|pro|am|in der|ao|alla|a la|every|each|chaque|jeden|jede|cada|ogni) )"
_PERIOD = (
    rf"(?:(?P<day>{_PER}{_DAY}| ?(?:daily|taglich|quotidien(?:ne)?|tous les jours|todos los dias|todos os dias))"
    rf"|(?P<week>{_PER}{_WEEK}| ?(?:weekly|wochentlich|hebdomadaire)))"
)
_HOURS = (
    r"(?:/| (?:every|toutes les|alle|cada|ogni|a cada) )(?P<hours>\d{1,2}) ?(?:h|hours?|heures?|horas?|stunden|ore)"
)
_SPLIT = rf"(?: (?:en|in|em) (?:\d{{1,2}}|{_WORD}) (?:divided doses|doses|prises|tomas|dosen|dosi))?"

_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AMOUNT}{_PERIOD}{_SPLIT}",
        rf"{_AMOUNT} ?{_COUNT}{_PERIOD}",
        rf"{_COUNT} ?{_AMOUNT}{_PERIOD}",
        rf"{_AMOUNT} (?P<latin>bid|tid|qid)",
        rf"{_AMOUNT}{_HOURS}",
    )
)


@lru_cache(maxsize=1024)
def read_dose(text: str) -> Dose:
    """Read a dose as typed.

    Args:
        text: such as "1 g 3 fois par jour", "15 mg/week", "75 mg/j".

    Returns:
        What it states; `UNREAD` when it cannot be read in exactly one way.
    """
    folded = _fold(text)
    for form in _FORMS:
        match = form.fullmatch(folded)
        if match:
            return _dose(match.groupdict())
    return UNREAD


def compare(dose: Dose, operator: str, limit: Decimal, per: Per) -> bool | None:
    """Whether a dose stands in a relation to a limit.

    Args:
        operator: `>=`, `>`, `<=` or `<`. limit: in mg. per: what the limit counts on.

    Returns:
        None when the dose does not decide it.
    """
    value = {"dose": dose.intake, "day": dose.day, "week": dose.week}[per]
    if value is not None:
        return _holds(value, operator, limit)
    bound = dose.intake_at_most
    if per != "dose" or bound is None:
        return None
    # Of an upper bound it is only known that everything above it is not reached.
    upward = operator.startswith(">")
    decided = not _holds(bound, operator, limit) if upward else _holds(bound, operator, limit)
    return not upward if decided else None


def _holds(value: Decimal, operator: str, limit: Decimal) -> bool:
    return {">=": value >= limit, ">": value > limit, "<=": value <= limit, "<": value < limit}[operator]


def _fold(text: str) -> str:
    """Lower case, one kind of micro sign, no accents, single spaces, none around a slash, one multiplication sign."""
    plain = unicodedata.normalize("NFKD", text.replace("\u00b5", "u").replace("\u03bc", "u"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[×*]", "x", plain)
    return re.sub(r" ?/ ?", "/", " ".join(plain.split()))


def _dose(parts: dict[str, str | None]) -> Dose:
    amount = _milligrams(parts)
    if amount is None:
        return UNREAD
    if hours := parts.get("hours"):
        return _scheduled(amount, _DAILY_INTAKES.get(int(hours)))
    if latin := parts.get("latin"):
        return _scheduled(amount, _LATIN[latin])
    count = _count(parts)
    if count == 0:
        return UNREAD
    total = amount * (count or 1)
    day, week = (total if parts.get(name) else None for name in ("day", "week"))
    return Dose(intake=amount if count else None, intake_at_most=amount, day=day, week=week)


def _scheduled(amount: Decimal, times: int | None) -> Dose:
    return Dose(amount, amount, amount * times) if times else UNREAD


def _milligrams(parts: dict[str, str | None]) -> Decimal | None:
    number = (parts["number"] or "").replace(",", ".")
    whole, _, decimals = number.partition(".")
    if len(decimals) == 3 and whole.strip("0"):
        return None  # "1.500 mg": one and a half, or fifteen hundred
    unit = next(name for name in _MILLIGRAMS if parts[name])
    return Decimal(number) * _MILLIGRAMS[unit]


def _count(parts: dict[str, str | None]) -> int | None:
    digits = parts.get("after") or parts.get("before")
    if digits:
        return int(digits)
    word = parts.get("word")
    return _COUNT_OF[word] if word else None

"""Quantities: a number or a range with its unit, and what the unit is per."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from translation.facts.lexicon import Lexicon
from translation.facts.model import Fact
from translation.facts.tokens import Token
from translation.facts.units import ONE_OF, PERIODS, TIMES, unit_at
from translation.results import Span

_DASHES = frozenset("-\u2013\u2014\u2212")
_LONGEST_LIST = 8
_HALF = Decimal("0.5")


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


class Unit(NamedTuple):
    """A unit that was read: its code, what it is per, and the index after it."""

    code: str
    per: tuple[str, ...]
    end: int


@dataclass(slots=True)
class Measured:
    """Facts of one quantity, or of several that share a unit, and the index after them."""

    facts: list[Fact] = field(default_factory=list)
    end: int = 0


def measured(found: list[Token], index: int, words: Lexicon) -> Measured | None:
    """The quantities that start at a number, at an article ("a tablet") or at "half"; None where there is no unit.

    Args:
        found: tokens. index: where to look. words: of the language.
    """
    token = found[index]
    if token.kind != "number":
        return _in_words(found, index, words)
    if token.ordinal or token.value is None:
        return None
    unit = _unit(found, index + 1, words, token.digits)
    if unit:
        return _one(found, index, unit, words)
    strong = _of_strength(found, index, words, token.value)
    return strong or _listed(found, index, words) or _in_brackets(found, index, words) or _age(found, index, words)


def _one(found: list[Token], index: int, unit: Unit, words: Lexicon) -> Measured:
    """A number with its unit, and what continues it: "to 10 mg", "and a half"."""
    token, end = found[index], unit.end
    low, high = token.value or Decimal(0), token.high
    if token.second is not None:
        span = Span(token.start, found[end - 1].end)
        parts = [(token.parts[0], Span(token.parts[0].start, token.parts[0].end)), (token.parts[1], span)]
        parts[1] = (token.parts[1], Span(token.parts[1].start, span.end))
        facts = [_fact(part, unit, where) for part, where in parts]
        return Measured(facts, end)
    if high is None and token.parts == () and (further := _to(found, end, unit, words, index)):
        high, end = further
    elif high is None and (half_end := _and_half(found, end, words)):
        low, end = low + _HALF, half_end
    value = Quantity(low, high, unit.code, unit.per)
    return Measured([Fact("quantity", Span(token.start, found[end - 1].end), value, token.ambiguous)], end)


def _fact(token: Token, unit: Unit, span: Span) -> Fact:
    value = Quantity(token.value or Decimal(0), token.high, unit.code, unit.per)
    return Fact("quantity", span, value, token.ambiguous)


def _to(found: list[Token], index: int, unit: Unit, words: Lexicon, start: int) -> tuple[Decimal, int] | None:
    """The end of a range that repeats its unit: "5 mg to 10 mg"."""
    if index + 1 >= len(found) or found[index + 1].kind != "number":
        return None
    connector, second = found[index], found[index + 1]
    dash = connector.kind == "sign" and connector.key in _DASHES and connector.space == second.space
    to = connector.kind == "word" and connector.key in words.range_words.get("to", ())
    both = connector.key in words.range_words.get("and", ()) and any(
        one.key in words.range_words["between"] for one in found[max(0, start - 2) : start]
    )
    if not (dash or to or both) or second.value is None or second.high is not None or second.second is not None:
        return None
    again = _unit(found, index + 2, words, second.digits)
    if again and (again.code, again.per) == (unit.code, unit.per):
        return second.value, again.end
    return None


def _and_half(found: list[Token], index: int, words: Lexicon) -> int:
    """The index after "et demie" behind a unit; 0 where it does not stand there."""
    if index + 1 < len(found) and found[index].key in words.range_words.get("and", ()):
        at = index + 1 + (found[index + 1].key in words.articles)
        if at < len(found) and found[at].key in words.half:
            after = found[at + 1] if at + 1 < len(found) else None
            return 0 if after is not None and unit_at(found, at + 1, words, digits=False) else at + 1
    return 0


def _in_words(found: list[Token], index: int, words: Lexicon) -> Measured | None:
    """ "a tablet", "half a tablet", "une demi-heure"."""
    value, at = Decimal(1), index
    if found[at].key in words.articles:
        at += 1
    if at < len(found) and found[at].key in words.half:
        value, at = _HALF, at + 1
        if at < len(found) and found[at].key == "of":
            at += 1
        if at < len(found) and found[at].key in words.articles | {"'"}:
            at += 1
    elif at == index:
        return None
    unit = _unit(found, at, words, False)
    if not unit and at == index + 1 and value == 1:
        return _of_strength(found, index, words, value)
    if not unit or (value == 1 and (unit.code not in ONE_OF or found[at].text.isupper())):
        return None
    if value != 1 and unit.code.startswith("{") and unit.code not in ONE_OF:
        return None
    span = Span(found[index].start, found[unit.end - 1].end)
    end = unit.end
    if value == 1 and (half_end := _and_half(found, end, words)):
        value, end = value + _HALF, half_end
    return Measured([Fact("quantity", span, Quantity(value, None, unit.code, unit.per))], end)


def _of_strength(found: list[Token], index: int, words: Lexicon, count: Decimal) -> Measured | None:
    """ "two 500 mg tablets": two tablets, and their strength."""
    at = index + 1
    if at >= len(found) or found[at].kind != "number" or found[at].value is None or found[at].second is not None:
        return None
    strength = _unit(found, at + 1, words, found[at].digits)
    if not strength or strength.code in TIMES or strength.code.startswith("{"):
        return None
    form = _unit(found, strength.end, words, False)
    if not form or not form.code.startswith("{") or form.per or found[index].high is not None:
        return None
    counted = Fact("quantity", Span(found[index].start, found[index].end), Quantity(count, None, form.code))
    span = Span(found[at].start, found[form.end - 1].end)
    return Measured([counted, _fact(found[at], strength, span)], form.end)


def _listed(found: list[Token], index: int, words: Lexicon) -> Measured | None:
    """Numbers that share the unit of the last: "10 and 20 mg", "3.6 ± 0.7 years", "1, 2 or 3 days"."""
    numbers, signs, at, last = [found[index]], [], index + 1, ""
    while len(numbers) < _LONGEST_LIST:
        step = _connector(found, at, words, len(numbers))
        if not step:
            return None
        width, last = step
        number = found[at + width] if at + width < len(found) else None
        if number is None or number.kind != "number" or number.ordinal or number.second is not None:
            return None
        if last == "," and _like_a_year(numbers[-1]):
            return None
        if last == "±":
            signs.append(Fact("comparison", Span(found[at].start, found[at + width - 1].end), "pm"))
        numbers.append(number)
        at += width + 1
        unit = _unit(found, at, words, number.digits)
        if unit:
            break
    else:
        return None
    if last == ",":
        return None
    facts = [_fact(one, unit, Span(one.start, one.end)) for one in numbers[:-1]]
    facts.append(_fact(numbers[-1], unit, Span(numbers[-1].start, found[unit.end - 1].end)))
    return Measured(sorted(facts + signs, key=lambda fact: fact.span.start), unit.end)


def _connector(found: list[Token], at: int, words: Lexicon, count: int) -> tuple[int, str] | None:
    """What joins two numbers of a list at a token: how many tokens it is, and its kind."""
    if at >= len(found):
        return None
    key = found[at].key
    if key in {",", "±"}:
        after = at + 1 < len(found) and found[at + 1].key
        both = after in words.range_words.get("and", frozenset()) | words.range_words.get("or", frozenset())
        if key == "," and both:
            return (2, "and") if count > 1 else None
        return 1, key
    if key in words.range_words.get("and", ()) or key in words.range_words.get("or", ()):
        return 1, "and"
    if key == "+" and [one.key for one in found[at + 1 : at + 3]] in (["/", "-"], ["/", "\u2212"]):
        return 3, "±"
    return None


def _like_a_year(token: Token) -> bool:
    return token.digits and len(token.text) == 4 and token.text[:2] in {"18", "19", "20"}


def _age(found: list[Token], index: int, words: Lexicon) -> Measured | None:
    """ "aged 30-65", "under the age of 10"."""
    at = index - 1
    while at >= 0 and index - at < 5 and (found[at].key in words.skip or found[at].key in "<>=≤≥~≈:("):
        at -= 1
    if at < 0 or found[at].key not in words.age or found[index].second is not None:
        return None
    if index + 1 < len(found) and found[index + 1].key == ")" and found[index - 1].key != "(" and at == index - 1:
        return None
    token = found[index]
    if token.value is None or not 0 < token.value <= 120:
        return None
    return Measured([_fact(token, Unit("a", (), index + 1), Span(token.start, token.end))], index + 1)


def _in_brackets(found: list[Token], index: int, words: Lexicon) -> Measured | None:
    """ "5 (2-9) days": five days, and the numbers between brackets."""
    if index + 2 >= len(found) or found[index + 1].key not in {"(", "["} or found[index + 2].kind != "number":
        return None
    inside = found[index + 2]
    if index + 4 >= len(found) or found[index + 3].key not in {")", "]"} or inside.high is None:
        return None
    unit = _unit(found, index + 4, words, True)
    if not unit or unit.code.startswith("{"):
        return None
    token = found[index]
    facts = [_fact(token, unit, Span(token.start, token.end))]
    for part in inside.parts:
        facts.append(Fact("number", Span(part.start, part.end), part.value or Decimal(0), part.ambiguous))
    return Measured(facts, unit.end)


def _unit(found: list[Token], index: int, words: Lexicon, digits: bool) -> Unit | None:
    """The unit at a token with what it is per; a hyphen or one common adjective may stand before it ("7 full days")."""
    if index >= len(found):
        return None
    first = found[index]
    if first.key == "-" and not first.space and index + 1 < len(found) and not found[index + 1].space:
        index += 1
        digits = digits and words.language != "de"
    elif first.key in words.of_scale and found[index - 1].scaled:
        # "un million de comprimés", "2 millions d'UI"
        index += 1 + (index + 1 < len(found) and found[index + 1].key == "'")
        digits = True
    read = unit_at(found, index, words, digits=digits)
    if not read and first.key in words.between and first.kind == "word":
        at = index + 1
        while at < len(found) and at < index + 3 and (found[at].key == "-" or found[at].key in words.between):
            at += 1
        read = unit_at(found, at, words, digits=False)
        if read and not (read[0] in TIMES or read[0].startswith("{")):
            read = None
    if not read or (first.key in {"segundo", "secondo"} and found[index - 1].value not in {None, Decimal(1)}):
        # "6 segundo ..." is "6 according to".
        return None
    code, index = read
    per: list[str] = []
    while len(per) < 4:
        further = _per(found, index, words)
        if not further:
            break
        per.append(further[0])
        index = further[1]
    return Unit(code, tuple(per), index)


def _per(found: list[Token], index: int, words: Lexicon) -> tuple[str, int] | None:
    """One "/kg" or "per kg" at a token."""
    if index >= len(found):
        return None
    slash = found[index].key == "/"
    if not slash and found[index].key not in words.range_words.get("per", ()):
        return None
    index += 1
    amount = ""
    if index < len(found) and found[index].kind == "number" and found[index].digits:
        amount = f"{found[index].value}."
        index += 1
    read = unit_at(found, index, words, digits=True)
    if not read or read[0] in PERIODS or read[0] == "%" or (read[0] == "h" and amount == "24."):
        return None
    if amount and read[0] in TIMES:
        # "por 30 minutos" is how long, "/8 h" how often.
        return None
    return amount + read[0], read[1]

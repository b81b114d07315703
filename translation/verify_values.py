"""Checks on what a text states in figures: numbers, doses, frequencies, dates, comparisons, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from medinfo.phrases import LANGUAGES
from translation.facts.extract import extract
from translation.facts.frequencies import Frequency
from translation.facts.model import Fact
from translation.facts.quantities import Quantity
from translation.ports import Mention
from translation.results import Check, Failure
from translation.verify_pair import Aligned, Pair, Side, align

_CHECK: dict[str, Check] = {
    "number": "number", "quantity": "dose", "frequency": "frequency", "date": "date", "comparison": "comparison",
    "code": "number",
}  # fmt: skip
_NUMERIC = frozenset({"number", "quantity", "frequency", "date"})
_SOFT_UNITS = ("{", "%", "d", "wk", "mo", "a", "h", "min", "s")
"""Units that people leave out or put into a noun: things counted, shares, lengths of time."""
_HEAD, _HEADS = 3, frozenset({"tab", "fig", "abb"})
"""How the words begin that stand before the number of a table or figure, in all languages."""
_MOST_CODES = 100
"""Facts left over beyond which none is looked at for being written apart."""
_NAME = 20
"""Letters of the word before a number that are looked at."""
_DECIMAL_COMMA = frozenset({"fr", "es", "de", "it", "pt"})


class Values(NamedTuple):
    """What comparing gives: what failed, and the facts that stand on both sides."""

    failures: list[Failure]
    pairs: list[tuple[Fact, Fact]]


def compare(pair: Pair, mentions: Sequence[Mention] = ()) -> Values:
    """Compare all figures of two texts.

    Args:
        mentions: medicines named in the two; a code that is only the name of one is left to the check on names.
    """
    said, came = _facts(pair)
    exact = align(pair, said, came, fits=lambda a, b: a.kind == b.kind and a.value == b.value)
    loose = align(pair, exact.source, exact.target, fits=_says_as_much)
    pairs = exact.pairs + loose.pairs
    failures = [*_ambiguous(pair, pairs), *_left_over(pair, _named(pair, loose))]
    return Values(failures, pairs)


def _facts(pair: Pair) -> tuple[list[Fact], list[Fact]]:
    said = extract(pair.source.text, pair.source.language)
    came = extract(pair.target.text, pair.target.language)
    # In a language without a table no number in words is found: those of the other side have no partner to look for.
    return (
        [fact for fact in said if pair.target.language in LANGUAGES or _in_digits(fact, pair.source.text)],
        [fact for fact in came if pair.source.language in LANGUAGES or _in_digits(fact, pair.target.text)],
    )


def _in_digits(fact: Fact, text: str) -> bool:
    return any(char.isdigit() for char in fact.span.of(text))


def _named(pair: Pair, left: Aligned) -> Aligned:
    """What is left without codes that are written apart on the other side: "NUTS-2" and "NUTS 2", "Table2"."""
    if max(len(left.source), len(left.target)) > _MOST_CODES:
        return left
    return align(pair, left.source, left.target, fits=lambda one, other: _same_code(pair, one, other))


def _same_code(pair: Pair, one: Fact, other: Fact) -> bool:
    """Whether one is a code and the other its number, with the same letters before it, or the same code in a word."""
    kinds = {one.kind, other.kind}
    if "code" not in kinds or not kinds <= {"code", "number"}:
        return False
    first, second = _lettered(pair.source, one), _lettered(pair.target, other)
    if first[1] != second[1]:
        return False
    numbered = first[0][:_HEAD] == second[0][:_HEAD] and first[0][:_HEAD] in _HEADS
    return numbered or (first == second and len(kinds) == 2)


def _lettered(side: Side, fact: Fact) -> tuple[str, str]:
    """Letters and digits of a code, those of the word before it where it is a bare number."""
    text = fact.span.of(side.text)
    if fact.kind == "number":
        before = side.text[: fact.span.start].rstrip(" -\u00a0\u202f")
        text = before[max(0, len(before) - _NAME) :].rpartition(" ")[2].lstrip("(") + text
    letters = "".join(char for char in text if char.isalpha()).lower()
    return letters, "".join(char for char in text if char.isdigit() or char == ".")


def _says_as_much(one: Fact, other: Fact) -> bool:
    """Whether two facts of different kinds say the same: "45 years old" and "aged 45"."""
    if one.kind == other.kind:
        return False
    first, second = _numbers(one), _numbers(other)
    return first == second and bool(first) and _soft(one) and _soft(other)


def _soft(fact: Fact) -> bool:
    value = fact.value
    if isinstance(value, Quantity):
        return not value.per and (value.unit.startswith("{") or value.unit in _SOFT_UNITS)
    return fact.kind in {"number", "date", "frequency"}


def _numbers(fact: Fact) -> tuple[Decimal, ...]:
    """The numbers in a fact."""
    value = fact.value
    if isinstance(value, Decimal):
        return (value,)
    if isinstance(value, Quantity):
        return (value.low,) if value.high is None else (value.low, value.high)
    if isinstance(value, Frequency):
        return tuple(one for one in (value.times, value.times_high, value.period, value.period_high) if one is not None)
    return ()


def _ambiguous(pair: Pair, pairs: Iterable[tuple[Fact, Fact]]) -> Iterator[Failure]:
    """Figures that can be read in two ways, where the two languages write them differently."""
    alike = (pair.source.language in _DECIMAL_COMMA) == (pair.target.language in _DECIMAL_COMMA)
    known = {pair.source.language, pair.target.language}.issubset(LANGUAGES)
    for one, other in pairs:
        if one.ambiguous and not (alike and known and one.span.of(pair.source.text) == other.span.of(pair.target.text)):
            check: Check = "date" if one.kind == "date" else "number"
            yield Failure(check, f"{check}_ambiguous", one.span, other.span, {"words": one.span.of(pair.source.text)})


def _left_over(pair: Pair, left: Aligned) -> Iterator[Failure]:
    near = align(pair, left.source, left.target, fits=_comparable, reach=0.35)
    for one, other in near.pairs:
        yield _changed(pair, one, other)
    for fact in near.source:
        if _counts(fact, pair.source.text):
            yield _missing(pair, fact)
    for fact in near.target:
        if _counts(fact, pair.target.text):
            yield _added(pair, fact)


def _comparable(one: Fact, other: Fact) -> bool:
    """Whether one fact may have become the other."""
    return one.kind == other.kind or (one.kind in _NUMERIC and other.kind in _NUMERIC)


def _counts(fact: Fact, text: str) -> bool:
    """Whether a fact that has no partner is a fault: "one" in words is often but an article, "about" no limit."""
    if fact.kind == "comparison":
        return fact.value not in {"approx", "eq"}
    return not (fact.kind == "number" and fact.value == 1 and not _in_digits(fact, text))


def _check(fact: Fact) -> Check:
    value = fact.value
    if isinstance(value, Quantity) and (value.unit in _SOFT_UNITS or value.unit.startswith("{")) and not value.per:
        return "number"
    return _CHECK[fact.kind]


def _reason(fact: Fact) -> str:
    return "code" if fact.kind == "code" else _check(fact)


def _changed(pair: Pair, one: Fact, other: Fact) -> Failure:
    words = {"source": one.span.of(pair.source.text), "target": other.span.of(pair.target.text)}
    if one.ambiguous and _same_print(words["source"], words["target"], one):
        check: Check = "date" if one.kind == "date" else "number"
        return Failure(check, f"{check}_ambiguous", one.span, other.span, {"words": words["source"]})
    if _numbers(one) == _numbers(other) and {one.kind, other.kind} <= {"quantity", "number"}:
        return Failure("unit", "unit_changed", one.span, other.span, words)
    return Failure(_check(one), f"{_reason(one)}_changed", one.span, other.span, words)


def _same_print(source: str, target: str, fact: Fact) -> bool:
    """Whether nothing but the reading differs: the same digits, or a date that nobody can be sure of."""
    return fact.kind == "date" or _digits(source) == _digits(target)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _missing(pair: Pair, fact: Fact) -> Failure:
    return Failure(_check(fact), f"{_reason(fact)}_missing", fact.span, None, {"words": fact.span.of(pair.source.text)})


def _added(pair: Pair, fact: Fact) -> Failure:
    return Failure(_check(fact), f"{_reason(fact)}_added", None, fact.span, {"words": fact.span.of(pair.target.text)})

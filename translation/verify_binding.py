"""The check that figures still belong to what they belonged to: (medicine, number, unit, frequency, route, side).

Figures, medicines, routes and sides each keep their order in a translation: of 450 published translations with two
figures or more, 8 change it. So a change of order is told, unless every figure still stands with its own medicine.
Doses of medicines that nobody knows are told apart by the words beside them that both texts share.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from translation.facts import routes, sides
from translation.facts.function_words import function_words
from translation.facts.model import Fact
from translation.facts.quantities import Quantity
from translation.ports import Mention
from translation.results import Check, Failure, Span
from translation.verify_pair import Finder, Pair, Side

_BESIDE = 5
"""Words between a dose and a name that may belong to it, at most."""
_NAME = 5
"""Letters of a name, at least, and those by which it is known again ("Zorbatine", "zorbatina")."""
_MOST = 1000
"""Doses and names beside them that are looked at; more are no sentence."""


class Placed(NamedTuple):
    """Something said in both texts: what, and where."""

    value: Hashable
    source: Span
    target: Span


def binding(
    pair: Pair, pairs: Sequence[tuple[Fact, Fact]], said: Sequence[Mention], came: Sequence[Mention]
) -> Iterator[Failure]:
    """Facts that changed places.

    Args:
        pairs: figures that stand on both sides. said, came: medicines named on either side.
    """
    figures = [Placed((one.kind, one.value), one.span, other.span) for one, other in pairs if one.kind in _ORDERED]
    medicines = _shared(said, came, lambda one: one.substances)
    exact = all(one.kind == other.kind and one.value == other.value for one, other in pairs)
    # "14 days ... 1 case" made "1 day ... 14 cases": where units do not tell figures apart, their order has to.
    swapped = _swap_of_a_sort(figures) if exact else _swap(figures)
    crossed = _swap(medicines)
    if (swapped or crossed) and not _together(figures, medicines):
        yield from _told(pair, "dose", "dose_swapped", swapped)
        yield from _told(pair, "medicine", "medicine_swapped", crossed)
    if not swapped and not crossed:
        yield from _told(pair, "dose", "dose_swapped", _names_exchanged(pair, pairs))
    bounds = [Placed(one.value, one.span, other.span) for one, other in pairs if one.kind == "comparison"]
    yield from _told(pair, "comparison", "comparison_changed", _swap(bounds))
    yield from _order(pair, "laterality", "laterality_changed", sides.find)
    yield from _order(pair, "route", "route_changed", routes.find)


_ORDERED = frozenset({"number", "quantity", "date", "frequency"})


def _shared(said: Sequence[Mention], came: Sequence[Mention], value: Callable[[Mention], Hashable]) -> list[Placed]:
    """What is named once on either side."""
    first, second = Counter(map(value, said)), Counter(map(value, came))
    there = {value(one): one.span for one in came}
    return [
        Placed(value(one), one.span, there[value(one)])
        for one in said
        if first[value(one)] == 1 and second[value(one)] == 1
    ]


def _swap(placed: Sequence[Placed]) -> tuple[Placed, Placed] | None:
    """The first two that stand in another order in the target, None where all keep theirs."""
    here = sorted(placed, key=lambda one: one.source.start)
    there = sorted(placed, key=lambda one: one.target.start)
    for one, other in zip(here, there, strict=True):
        if one.value != other.value:
            return one, other
    return None


def _swap_of_a_sort(figures: Sequence[Placed]) -> tuple[Placed, Placed] | None:
    """The first two figures of one sort that changed places.

    German puts "for 7 days" and "twice daily" before the dose. A time and a dose cannot be taken for each other, nor a
    frequency for either; two doses can, whatever their units.
    """
    sorts: dict[str, list[Placed]] = {}
    for figure in figures:
        sorts.setdefault(_sort(figure.value), []).append(figure)
    return next((found for one in sorts.values() if (found := _swap(one))), None)


def _sort(value: Hashable) -> str:
    kind, stated = value if isinstance(value, tuple) else ("", value)
    if isinstance(stated, Quantity):
        return "time" if stated.unit in _TIMES else "dose"
    return str(kind)


_TIMES = frozenset({"s", "min", "h", "d", "wk", "mo", "a"})
"""Units of time, by UCUM."""


def _told(pair: Pair, check: Check, reason: str, swapped: tuple[Placed, Placed] | None) -> Iterator[Failure]:
    if swapped:
        one, other = swapped
        words = {"source": one.source.of(pair.source.text), "target": other.source.of(pair.source.text)}
        yield Failure(check, reason, one.source, one.target, words)


def _together(figures: Sequence[Placed], medicines: Sequence[Placed]) -> bool:
    """Whether every figure stands with the same medicine on both sides."""
    if not 2 <= len(medicines) <= _MOST or not 2 <= len(figures) <= _MOST:
        return False
    return all(_nearest(figure.source, medicines, 0) == _nearest(figure.target, medicines, 1) for figure in figures)


def _nearest(span: Span, medicines: Sequence[Placed], side: int) -> Hashable:
    """The medicine that a figure stands beside."""
    return min(medicines, key=lambda one: _gap(span, one.target if side else one.source)).value


def _gap(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end)


def _order(pair: Pair, check: Check, reason: str, find: Finder) -> Iterator[Failure]:
    """Facts of a kind, all found on both sides, in another order."""
    said, came = pair.source.found(find), pair.target.found(find)
    if len(said) != len(came) or Counter(one.value for one in said) != Counter(one.value for one in came):
        return
    for one, other in zip(said, came, strict=True):
        if one.value != other.value:
            words = {"source": one.span.of(pair.source.text), "target": other.span.of(pair.target.text)}
            yield Failure(check, reason, one.span, other.span, words)
            return


def _names_exchanged(pair: Pair, pairs: Sequence[tuple[Fact, Fact]]) -> tuple[Placed, Placed] | None:
    """Two names that both texts share, with a dose between them, which changed places."""
    doses = [Placed(one.value, one.span, other.span) for one, other in pairs if isinstance(one.value, Quantity)]
    if not 2 <= len(doses) <= _MOST:
        return None
    here = _names(pair.source, [dose.source for dose in doses])
    there = _names(pair.target, [dose.target for dose in doses])
    shared = sorted(here.keys() & there.keys(), key=lambda name: here[name].start)[:_MOST]
    for name, following in pairwise(shared):
        if there[name].start > there[following].start:
            between = _between([dose.source for dose in doses], here[name], here[following])
            kept = _between([dose.target for dose in doses], there[following], there[name])
            if between is not None and kept is not None:
                return doses[between], doses[between]
    return None


def _between(doses: Sequence[Span], first: Span, last: Span) -> int | None:
    """Which dose stands between two names."""
    return next((at for at, dose in enumerate(doses) if first.end <= dose.start and dose.end <= last.start), None)


def _names(side: Side, doses: Sequence[Span]) -> dict[str, Span]:
    """Long words beside a dose that stand once in a text, by their first letters."""
    small = function_words(side.language)
    near: set[int] = set()
    for dose in doses:
        at = bisect(side.words.starts, dose.start) - 1
        near.update(range(max(0, at - _BESIDE), min(len(side.words.words), at + _BESIDE)))
    places: dict[str, list[int]] = {}
    for index in sorted(near):
        word = side.words.words[index]
        if len(word) >= _NAME and word not in small and word.isalpha():
            plain = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
            places.setdefault(plain[:_NAME], []).append(index)
    return {key: side.words.span(found[0], found[0]) for key, found in places.items() if len(found) == 1}

"""Checks on words that turn or weaken what is said: negations, advice, sides, routes.

A language without a table gives no facts here; whoever calls says that the check was not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from translation.facts import negations, recommendations, routes, sides
from translation.facts.model import Fact
from translation.results import Check, Failure
from translation.verify_pair import Aligned, Pair, Side, align

_APART = 0.3
"""How far from a negation its implied partner may stand, as a share of the text."""
_FAR = 0.8
"""How far from a negation another may stand, where none is nearer."""
_BESIDE = 7
"""Characters between a negation and an implied one that it denies, at most."""

_SAME: Mapping[str, frozenset[str]] = {
    "contraindicated": frozenset({"contraindicated", "prohibited"}),
    "prohibited": frozenset({"prohibited", "contraindicated"}),
    "not-recommended": frozenset({"not-recommended", "avoid"}),
    "avoid": frozenset({"avoid", "not-recommended"}),
    "caution": frozenset({"caution", "care"}),
    "care": frozenset({"care", "caution"}),
}
"""Advice that may be said in another way; every other kind stands only for itself."""
_BINDING = frozenset({"contraindicated", "prohibited", "not-recommended", "caution"})
"""Advice that must be found on both sides; the rest may be said by the mood of a verb, and only may not turn."""
_DUTY = frozenset({"must", "should"})
_MODAL = _DUTY | {"may"}
_NEED = frozenset({"need", "prohibited"})
_SOFT = frozenset({"need", "chance"})
"""Words that may stand for a modal verb of the other language, and need not."""
_LEAVE = 0.22
"""Cost of leaving a modal verb without a partner, against the distance between two that are brought together."""
_TURN = 0.12
"""Cost of bringing together two modal verbs that do not say the same."""
_MOST_MODALS = 60
"""Modal verbs on a side beyond which they are brought together by their order alone."""


def negation(pair: Pair) -> Iterator[Failure]:
    """Negations that were lost or that were added."""
    said = pair.source.found(negations.find)
    came = pair.target.found(negations.find)
    left = _partners(pair, said, came)
    for fact in _lost(said, left.source):
        if _said_once_for_two(fact, said, pair.source, came, pair.target):
            continue
        words = {"words": fact.span.of(pair.source.text)}
        yield Failure("negation", "negation_missing", fact.span, None, words)
    for fact in _lost(came, left.target):
        if _said_once_for_two(fact, came, pair.target, said, pair.source):
            continue
        words = {"words": fact.span.of(pair.target.text)}
        yield Failure("negation", "negation_added", None, fact.span, words)


def _said_once_for_two(fact: Fact, facts: Sequence[Fact], side: Side, others: Sequence[Fact], other: Side) -> bool:
    """Whether a negation repeats the one before it ("ne pas croquer et ne pas écraser") that the other language says
    once, with a word that carries it on ("do not chew or crush").

    "And" does not carry it on: of "do not chew and crush" nobody can say what is forbidden.
    """
    before = next((one for one in reversed(facts) if one.span.end <= fact.span.start), None)
    if before is None or not _JOINED.get(side.language, _NEVER).search(side.text[before.span.end : fact.span.start]):
        return False
    if fact.span.start - before.span.end > _NEAR_TEXT:
        return False
    carried = _CARRIED.get(other.language, _NEVER)
    return any(carried.search(other.text[one.span.end : one.span.end + _NEAR_TEXT]) for one in others)


_NEAR_TEXT = 45
"""Characters from one negation to the next, or to the word that carries it on, at most."""
_NEVER = re.compile(r"(?!)")


def _words_alone(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_CARRIED: Mapping[str, re.Pattern[str]] = {
    "en": _words_alone("or|nor"), "fr": _words_alone("ou|ni"), "es": _words_alone("o|u|ni"),
    "de": _words_alone("oder|noch"), "it": _words_alone("o|né"), "pt": _words_alone("ou|nem"),
}  # fmt: skip
"""Words by which one negation holds for what follows too."""
_JOINED: Mapping[str, re.Pattern[str]] = {
    "en": _words_alone("and|or|nor"), "fr": _words_alone("et|ou|ni"), "es": _words_alone("y|e|o|u|ni"),
    "de": _words_alone("und|oder|noch"), "it": _words_alone("e|ed|o|né"), "pt": _words_alone("e|ou|nem"),
}  # fmt: skip
"""Words that join what is negated twice."""


def _lost(facts: Sequence[Fact], left: Sequence[Fact]) -> Iterator[Fact]:
    """The negations that have no partner, and those that deny an implied one that has none: "not impossible"."""
    alone = {id(fact) for fact in left}
    for fact, after in zip_longest(facts, facts[1:]):
        if fact.value == negations.NEGATION and (id(fact) in alone or (id(after) in alone and _denies(fact, after))):
            yield fact


def _denies(fact: Fact, after: Fact) -> bool:
    return after.value == negations.IMPLIED and after.span.start - fact.span.end <= _BESIDE


def _partners(pair: Pair, said: Sequence[Fact], came: Sequence[Fact]) -> Aligned:
    """Negations brought together: those of one kind that stand near, then what is left, implied ones included."""
    near = align(pair, said, came, fits=lambda a, b: a.value == b.value, reach=_APART)
    mixed = align(pair, near.source, near.target, fits=_instead, reach=_APART)
    return align(pair, mixed.source, mixed.target, fits=lambda a, b: a.value == b.value, reach=_FAR)


def _instead(one: Fact, other: Fact) -> bool:
    """Whether one may stand for the other: a negation for an implied one."""
    return {one.value, other.value} == {negations.NEGATION, negations.IMPLIED}


def recommendation(pair: Pair) -> Iterator[Failure]:
    """Advice that became stronger or weaker, or was lost."""
    said = _advice(pair.source)
    came = _advice(pair.target)
    advice = align(
        pair,
        [fact for fact in said if fact.value not in _MODAL | _SOFT],
        [fact for fact in came if fact.value not in _MODAL | _SOFT],
        fits=lambda a, b: b.value in _SAME.get(str(a.value), {a.value}),
    )
    lost = [fact for fact in advice.source if not _said_by_duty(fact, came)]
    gained = [fact for fact in advice.target if not _said_by_duty(fact, said)]
    yield from _turned(pair, Aligned([], lost, gained))
    yield from _unavoided(pair, lost, gained)
    yield from _modals(pair, said, came)


def _advice(side: Side) -> list[Fact]:
    """Words of advice; the month of May is none."""
    return [fact for fact in side.found(recommendations.find) if not _is_month(fact, side.text)]


def _is_month(fact: Fact, text: str) -> bool:
    before, after = text[max(0, fact.span.start - 12) : fact.span.start], text[fact.span.end : fact.span.end + 6]
    return fact.span.of(text) == "May" and bool(_DAY_BEFORE.search(before) or _DAY_AFTER.match(after))


_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)? $")
_DAY_AFTER = re.compile(r" \d")


def _said_by_duty(fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether a prohibition is said with a verb of duty and a negation there, which the check on negations sees to."""
    return fact.value == "prohibited" and any(other.value in _DUTY for other in others)


def _turned(pair: Pair, left: Aligned) -> Iterator[Failure]:
    for lost, gained in zip_longest(left.source, left.target):
        if lost and gained and "care" not in {lost.value, gained.value}:
            yield _changed(pair, "recommendation", lost, gained)
        elif lost and lost.value in _BINDING:
            words = {"words": lost.span.of(pair.source.text)}
            yield Failure("recommendation", "recommendation_missing", lost.span, None, words)
        elif gained and gained.value in _BINDING:
            words = {"words": gained.span.of(pair.target.text)}
            yield Failure("recommendation", "recommendation_added", None, gained.span, words)


def _unavoided(pair: Pair, lost: Sequence[Fact], gained: Sequence[Fact]) -> Iterator[Failure]:
    """What is to be avoided on one side, and on the other is neither denied nor advised against in any way."""
    for fact in lost:
        if fact.value == "avoid" and not _warns(pair.target):
            yield Failure("recommendation", "recommendation_missing", fact.span, None, _words(pair.source, fact))
    for fact in gained:
        if fact.value == "avoid" and not _warns(pair.source):
            yield Failure("recommendation", "recommendation_added", None, fact.span, _words(pair.target, fact))


def _warns(side: Side) -> bool:
    """Whether a text denies anything or advises against it, in whatever words."""
    return bool(side.found(negations.find)) or any(fact.value in _AGAINST for fact in _advice(side))


def _words(side: Side, fact: Fact) -> dict[str, str]:
    return {"words": fact.span.of(side.text)}


_AGAINST = frozenset({"contraindicated", "prohibited", "not-recommended", "avoid", "caution"})


def _changed(pair: Pair, check: Check, lost: Fact, gained: Fact) -> Failure:
    words = {"source": lost.span.of(pair.source.text), "target": gained.span.of(pair.target.text)}
    return Failure(check, f"{check}_changed", lost.span, gained.span, words)


def _modals(pair: Pair, said: Sequence[Fact], came: Sequence[Fact]) -> Iterator[Failure]:
    """Duties that became options, or the reverse, and those that nothing in the source speaks of."""
    verbs, there = [one for one in said if one.value in _MODAL], [one for one in came if one.value in _MODAL]
    many = len(verbs) > _MOST_MODALS or len(there) > _MOST_MODALS
    together = list(zip(verbs, there, strict=False)) if many else _brought_together(pair, verbs, there)
    for one, other in together:
        if _turns(one, other):
            yield _changed(pair, "recommendation", one, other)
    partners = {id(fact) for both in together for fact in both}
    left = [one for one in verbs if id(one) not in partners]
    alone = [other for other in there if id(other) not in partners]
    turned = align(pair, left, alone, fits=_turns, reach=_APART)
    for one, other in turned.pairs:
        yield _changed(pair, "recommendation", one, other)
    implied = [one for one in said if one.value in _SOFT | _NEED]
    for fact in align(pair, implied, turned.target, fits=_implies, reach=_APART).target:
        words = {"words": fact.span.of(pair.target.text)}
        yield Failure("recommendation", "recommendation_added", None, fact.span, words)


def _implies(one: Fact, other: Fact) -> bool:
    """Whether a word of need or likelihood may stand for a modal verb."""
    return (one.value in _NEED) == (other.value in _DUTY)


def _turns(one: Fact, other: Fact) -> bool:
    return (one.value in _DUTY) != (other.value in _DUTY)


def _brought_together(pair: Pair, said: Sequence[Fact], came: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Verbs in the same order on both sides, with the fewest and smallest steps from one to the other."""
    there = [pair.target.place(fact) for fact in came]
    best = [[_LEAVE * (i + j) for j in range(len(came) + 1)] for i in range(len(said) + 1)]
    for i, one in enumerate(said):
        here = pair.source.place(one)
        for j, other in enumerate(came):
            joined = best[i][j] + abs(here - there[j]) * 0.5 + (_TURN if _turns(one, other) else 0.0)
            best[i + 1][j + 1] = min(joined, best[i][j + 1] + _LEAVE, best[i + 1][j] + _LEAVE)
    joined_pairs, i, j = [], len(said), len(came)
    while i and j:
        if best[i][j] == best[i - 1][j] + _LEAVE:
            i -= 1
        elif best[i][j] == best[i][j - 1] + _LEAVE:
            j -= 1
        else:
            i, j = i - 1, j - 1
            joined_pairs.append((said[i], came[j]))
    return joined_pairs[::-1]


def laterality(pair: Pair) -> Iterator[Failure]:
    """Left, right and both sides that changed, were lost or were added."""
    said = pair.source.found(sides.find)
    came = pair.target.found(sides.find)
    yield from _compared(pair, "laterality", said, came)


def route(pair: Pair) -> Iterator[Failure]:
    """Routes that changed, were lost or were added."""
    said = pair.source.found(routes.find)
    came = pair.target.found(routes.find)
    yield from _compared(pair, "route", said, came)


def _compared(pair: Pair, check: Check, said: Sequence[Fact], came: Sequence[Fact]) -> Iterator[Failure]:
    left = align(pair, said, came, fits=lambda a, b: a.value == b.value)
    for one, other in zip_longest(left.source, left.target):
        if one and other:
            yield _changed(pair, check, one, other)
        elif one and not one.ambiguous and not _again(one, left):
            yield Failure(check, f"{check}_missing", one.span, None, {"words": one.span.of(pair.source.text)})
        elif other and not other.ambiguous and not _again(other, left):
            yield Failure(check, f"{check}_added", None, other.span, {"words": other.span.of(pair.target.text)})


def _again(fact: Fact, left: Aligned) -> bool:
    """Whether the same is said once more on both sides ("oral ... oral"): saying it less often is no change."""
    return any(fact.value == other.value for _, other in left.pairs)

"""Approved translations: which of them may stand for a segment, and which are only shown beside its translation.

The same text is used as approved. A text that differs in its numbers alone is used with the numbers put in place, where
each can be placed without doubt. Any other likeness is a suggestion: "headache" and "nausea" differ in one word, and no
check would tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from translation.facts.extract import extract
from translation.facts.model import Fact
from translation.facts.numbers import render
from translation.ports import Match
from translation.results import Span

EXACT = 100.0


def target_for(text: str, match: Match, source: str, target: str) -> str | None:
    """What an approved translation says of a segment; None where it may only be suggested."""
    if match.score >= EXACT:
        return match.target.strip()  # what stands around the segment is that of its own text
    return _renumbered(text, match, source, target)


def _renumbered(text: str, match: Match, source: str, target: str) -> str | None:
    wanted, approved = _numbers(text, source), _numbers(match.source, source)
    if len(wanted) != len(approved) or _skeleton(text, wanted) != _skeleton(match.source, approved):
        return None
    held = _numbers(match.target, target)
    values = [_value(fact) for fact in approved]
    if Counter(values) != Counter(_value(fact) for fact in held) or len(set(values)) != len(values):
        return None  # which number stands for which cannot be told
    new = {_value(old): fact for old, fact in zip(approved, wanted, strict=True)}
    if any(_plural(old) != _plural(_value(fact)) for old, fact in new.items()):
        return None
    printed = {old: render(_value(fact), target, fact.span.of(text)) for old, fact in new.items()}
    return _replaced(match.target, held, printed)


def _numbers(text: str, language: str) -> list[Fact]:
    """The numbers in digits of a text, each alone: units, dates and codes around them stay part of the words."""
    found = []
    for start, end in _runs(text):
        facts = extract(text[start:end], language)
        if len(facts) == 1 and facts[0].kind == "number" and facts[0].span == Span(0, end - start):
            found.append(Fact("number", Span(start, end), facts[0].value, facts[0].ambiguous))
    return found


def _runs(text: str) -> Sequence[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        joined = character.isdigit() or (
            character in ".," and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
        )
        if joined and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif joined:
            runs.append((at, at + 1))
    return runs


def _value(fact: Fact) -> Decimal:
    value = fact.value
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _skeleton(text: str, numbers: Sequence[Fact]) -> str:
    parts, at = [], 0
    for fact in numbers:
        parts += [text[at : fact.span.start], "\0"]
        at = fact.span.end
    return " ".join("".join([*parts, text[at:]]).split())


def _plural(value: Decimal) -> tuple[bool, bool, bool]:
    """What a number may ask of the words around it: none, one, fewer than two, or several."""
    return value == 0, value == 1, value < 2


def _replaced(text: str, held: Sequence[Fact], printed: Mapping[Decimal, str | None]) -> str | None:
    parts, at = [], 0
    for fact in held:
        number = printed[_value(fact)]
        if number is None or fact.ambiguous:
            return None
        parts += [text[at : fact.span.start], number]
        at = fact.span.end
    return "".join([*parts, text[at:]])

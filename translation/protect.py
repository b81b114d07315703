"""Protection of what must not change: masks that stand for it while a model works, and exact numbers afterwards.

A masked text holds `[1]`, `[2]`, ... where the source holds a number, a code, a medicine or a glossary term. A model
copies such marks, as it does the references of a scientific text. What comes back is used only if it holds each mark
exactly once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from translation.facts.extract import extract
from translation.facts.numbers import render
from translation.glossary import Found
from translation.ports import Mention
from translation.results import Span

Said = Callable[[str, tuple[str, ...], str], str | None]
"""How a medicine is said in a language: (as written in the source, its substances, language) -> name, or None where
that is not certain."""

MAX_MASKS = 60
_MASK = re.compile(r"\[\s{0,2}(\d{1,3})\s{0,2}\]")
_DIGITS = re.compile(r"(?<![^\W_])\d+(?:[.,'’\u00a0\u202f\u2009 ]\d+)*")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with masks, and what each stands for in the target language.

    Attributes:
        text: with `[1]` ... in it. items: the text for mask n at n - 1.
    """

    text: str
    items: tuple[str, ...]


def mask(
    text: str,
    source: str,
    target: str,
    *,
    found: Sequence[Found] = (),
    mentions: Sequence[Mention] = (),
    said: Said | None = None,
) -> Masked | None:
    """Put masks in place of what must not change.

    Args:
        text: one segment. source, target: languages.
        found: glossary terms met in it. mentions: medicines named in it. said: names medicines in the target language;
            without it they are not masked.

    Returns:
        None where nothing can be masked with certainty.
    """
    wanted = [(one.span, one.term.target) for one in found]
    wanted += _literal(text, source)
    wanted += _named(text, target, mentions, said)
    wanted += [(number.span, number.item) for number in _numerals(text, source, target)]
    kept = _disjoint(wanted)[:MAX_MASKS]
    if not kept:
        return None
    parts, at = [], 0
    for number, (span, _) in enumerate(kept, 1):
        parts += [text[at : span.start], f"[{number}]"]
        at = span.end
    return Masked("".join([*parts, text[at:]]), tuple(item for _, item in kept))


def unmask(text: str, masked: Masked) -> str | None:
    """A translation with the masks filled in; None unless it holds each of them exactly once and no other."""
    numbers = [int(number) for number in _MASK.findall(text)]
    if sorted(numbers) != list(range(1, len(masked.items) + 1)):
        return None
    return _MASK.sub(lambda found: masked.items[int(found[1]) - 1], text)


def settle(source_text: str, text: str, source: str, target: str) -> str:
    """Write the numbers that a model took over in the source's convention in the target's, where that is exact.

    "2,5 mg" taken over from French into English becomes "2.5 mg", and so does "2,50". A number that the model wrote
    otherwise, or that can be read in two ways, is left as it stands: the checks will judge it.
    """
    held = {number.value for number in _numerals(source_text, source, target)}
    if not held or text.isalpha():
        return text
    parts, at = [], 0
    for number in _numerals(text, source, target):
        if number.value in held:
            parts += [text[at : number.span.start], number.item]
            at = number.span.end
    return "".join([*parts, text[at:]])


def settle_names(text: str, source_text: str, target: str, mentions: Sequence[Mention], said: Said | None) -> str:
    """Write the medicines that a model took over letter by letter as the target language says them, where it is known.

    Args:
        text: the translation. source_text: where the mentions are.
    """
    for span, name in _named(source_text, target, mentions, said):
        written = span.of(source_text)
        if name != written and written in text:
            text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", lambda _, name=name: name, text)  # type: ignore[misc]
    return text


@dataclass(frozen=True, slots=True)
class _Numeral:
    """A number in digits: where, as it is written in the target's convention, and its value."""

    span: Span
    item: str
    value: Decimal


def _numerals(text: str, source: str, target: str) -> list[_Numeral]:
    """Numbers in digits outside codes and dates that can be read in one way only, in the source's convention."""
    if not any(character.isdigit() for character in text):
        return []
    apart = [fact.span for fact in extract(text, source) if fact.kind in {"code", "date"} or fact.ambiguous]
    found = []
    for match in _DIGITS.finditer(text):
        span = Span(match.start(), match.end())
        if any(span.start < other.end and other.start < span.end for other in apart):
            continue
        numeral = _numeral(span, match[0], source, target)
        if numeral is not None:
            found.append(numeral)
    return found


def _numeral(span: Span, printed: str, source: str, target: str) -> _Numeral | None:
    if printed.isdecimal():
        return _Numeral(span, printed, Decimal(printed))
    facts = [fact for fact in extract(printed, source) if fact.kind == "number"]
    if len(facts) != 1 or facts[0].ambiguous or facts[0].span != Span(0, len(printed)):
        return None
    value = facts[0].value
    item = render(value, target, printed) if isinstance(value, Decimal) else None
    return None if item is None or not isinstance(value, Decimal) else _Numeral(span, item, value)


def _literal(text: str, source: str) -> Iterable[tuple[Span, str]]:
    codes = [fact.span for fact in extract(text, source) if fact.kind == "code"]
    marks = [Span(*found.span()) for found in _MASK.finditer(text)]  # the source's own "[1]" must not be taken for ours
    return [(span, span.of(text)) for span in chain(codes, marks)]


def _named(text: str, target: str, mentions: Sequence[Mention], said: Said | None) -> list[tuple[Span, str]]:
    if said is None:
        return []
    names = [(one.span, said(one.span.of(text), one.substances, target)) for one in mentions]
    return [(span, name) for span, name in names if name]


def _disjoint(wanted: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Those that do not overlap one before them in the order given, sorted by where they stand."""
    kept: list[tuple[Span, str]] = []
    for span, item in wanted:
        if all(span.end <= other.start or other.end <= span.start for other, _ in kept):
            kept.append((span, item))
    return sorted(kept, key=lambda one: one[0].start)

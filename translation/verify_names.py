"""Checks on names: medicines, and the terms of a glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from translation.glossary import Glossary, holds
from translation.ports import Mention, Names
from translation.results import Failure, Span, Term
from translation.verify_pair import Pair


def mentions(pair: Pair, names: Names) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The medicines named in the source and in the target."""
    return (
        tuple(names.mentions(pair.source.text, pair.source.language)),
        tuple(names.mentions(pair.target.text, pair.target.language)),
    )


def medicine(pair: Pair, said: Sequence[Mention], came: Sequence[Mention]) -> Iterator[Failure]:
    """Medicines that were lost, added or replaced by another."""
    held = {substance for mention in came for substance in mention.substances}
    asked = {substance for mention in said for substance in mention.substances}
    lost = [one for one in _once(said) if not held.issuperset(one.substances) and not _kept(one, pair)]
    gained = [one for one in _once(came) if not asked.issuperset(one.substances) and not _was_there(one, pair)]
    for one, other in zip_longest(lost, gained):
        if one and other:
            words = {"source": one.span.of(pair.source.text), "target": other.span.of(pair.target.text)}
            yield Failure("medicine", "medicine_changed", one.span, other.span, words)
        elif one:
            yield Failure("medicine", "medicine_missing", one.span, None, {"words": one.span.of(pair.source.text)})
        else:
            yield Failure("medicine", "medicine_added", None, other.span, {"words": other.span.of(pair.target.text)})


def _once(found: Sequence[Mention]) -> list[Mention]:
    """One mention of each medicine, the first."""
    first: dict[tuple[str, ...], Mention] = {}
    for mention in found:
        first.setdefault(mention.substances, mention)
    return list(first.values())


def _kept(mention: Mention, pair: Pair) -> bool:
    """Whether a name of the source stands in the target letter by letter, where it is not known as a name."""
    return mention.span.of(pair.source.text).lower() in pair.target.words.words


def _was_there(mention: Mention, pair: Pair) -> bool:
    """Whether a name of the target stands in the source letter by letter."""
    return mention.span.of(pair.target.text).lower() in pair.source.words.words


def glossary(pair: Pair, terms: Sequence[Term]) -> Iterator[Failure]:
    """Terms whose agreed translation is missing."""
    entries = Glossary(terms, pair.source.language, pair.target.language)
    found = entries.find(pair.source.text)
    for term in entries.wanted(found, pair.target.text):
        if holds(pair.target.text, term.target, pair.target.language) is None:
            span = next((one.span for one in found if one.term.source == term.source), Span(0, 0))
            words = {"source": span.of(pair.source.text), "target": term.target}
            yield Failure("glossary", "glossary_missing", span, None, words)

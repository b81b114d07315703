"""Whether a translation still says what its source says: numbers, doses, names, negations, advice, and the rest.

Every check compares facts that are found in both texts on their own, never the words of one with the words of the
other. What cannot be checked, for want of a table of the language or of names, is said in `Verdict.not_made`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from medinfo.phrases import LANGUAGES
from translation import verify_binding, verify_names, verify_opposites, verify_shape, verify_values, verify_words
from translation.ports import Names
from translation.results import CHECKS, Check, Failure, Term, Verdict
from translation.verify_pair import Pair, Side

_BY_WORDS: tuple[Check, ...] = ("frequency", "route", "negation", "recommendation", "laterality", "date", "comparison")
"""Checks that read words, so that both languages need a table."""


def verify(
    source: str,
    target: str,
    source_language: str,
    target_language: str,
    *,
    names: Names | None = None,
    terms: Sequence[Term] = (),
) -> Verdict:
    """Compare a translation with its source.

    Args:
        source, target: the two texts, usually a sentence each.
        source_language, target_language: ISO 639-1; a region after it is not looked at.
        names: finds medicines; without it they are not checked.
        terms: entries of a glossary that the translation has to keep to.

    Returns:
        What failed, which checks were made and which could not be made.
    """
    pair = Pair(Side.of(source, _plain(source_language)), Side.of(target, _plain(target_language)))
    not_made = _not_made(pair, names, terms)
    if not target.strip():
        return _verdict(verify_shape.length(pair), not_made)
    return _verdict(_failures(pair, names, terms), not_made)


def _plain(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _not_made(pair: Pair, names: Names | None, terms: Sequence[Term]) -> frozenset[Check]:
    left: set[Check] = set()
    languages = {pair.source.language, pair.target.language}
    if not languages.issubset(LANGUAGES):
        left.update(_BY_WORDS)
    if pair.source.language not in LANGUAGES:
        left.add("untranslated")
    if not verify_shape.language_can_be_told(pair.target.language):
        left.add("language")
    if names is None:
        left.add("medicine")
    if not terms:
        left.add("glossary")
    return frozenset(left)


def _verdict(failures: Iterable[Failure], not_made: frozenset[Check]) -> Verdict:
    rank = {check: index for index, check in enumerate(CHECKS)}
    found = sorted(
        (failure for failure in failures if failure.check not in not_made),
        key=lambda one: (rank[one.check], one.source_span.start if one.source_span else 10**9),
    )
    return Verdict(
        tuple(found),
        tuple(check for check in CHECKS if check not in not_made),
        tuple(check for check in CHECKS if check in not_made),
    )


def _failures(pair: Pair, names: Names | None, terms: Sequence[Term]) -> Iterator[Failure]:
    said, came = verify_names.mentions(pair, names) if names else ((), ())
    values = verify_values.compare(pair, (*said, *came))
    yield from values.failures
    yield from verify_names.medicine(pair, said, came)
    yield from verify_binding.binding(pair, values.pairs, said, came)
    yield from verify_words.route(pair)
    yield from verify_words.negation(pair)
    yield from verify_opposites.opposite(pair)
    yield from verify_words.recommendation(pair)
    yield from verify_words.laterality(pair)
    yield from verify_names.glossary(pair, terms)
    yield from verify_shape.language(pair)
    yield from verify_shape.length(pair)
    yield from verify_shape.repetition(pair)
    yield from verify_shape.untranslated(pair)
    yield from verify_shape.unreadable_signs(pair)

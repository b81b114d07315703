"""Comparison signs and words, where a number stands beside them."""

from __future__ import annotations

from translation.facts.lexicon import Lexicon
from translation.facts.patterns import Bound, patterns
from translation.facts.tokens import Token
from translation.facts.units import TIMES, unit_at

SIGNS = ("lt", "le", "gt", "ge", "approx", "eq", "pm")
"""What a comparison can say."""
_ABBREVIATED = frozenset({"max", "min", "ca", "env", "approx", "aprox", "circa"})
_LATER = frozenset({"au", "como", "al", "no"})
_BETWEEN = frozenset("($£€[<>=≤≥~'")


def comparison(found: list[Token], index: int, bound: Bound, words: Lexicon, number_end: int) -> str:
    """What a phrase compares, or "" where no number stands before or after it as it should.

    Args:
        found: tokens. index: of the phrase. bound: the phrase. number_end: index after the number last met.
    """
    kind, says = bound.meaning
    if kind in {"after", "either"} and _number_before(found, index, words, number_end):
        if says == "ge" and found[index].key == "+" and found[index].space:
            return ""
        if kind == "after" or not _number_follows(found, bound.end, words, says):
            return says
    if kind in {"compare", "either"} and _number_follows(found, bound.end, words, says):
        return "" if _during(found, index, bound.end, words) else says
    return ""


def _during(found: list[Token], index: int, at: int, words: Lexicon) -> bool:
    """ "infused over 2 hours", "über 2 Stunden": how long, not more than; of years, and after "for", it compares."""
    if found[index].key not in {"over", "uber"} or at != index + 1 or at >= len(found):
        return False
    if index and found[index - 1].key in {"for", "is", "was", "just", "well", "lasted", "lasting", "seit"}:
        return False
    unit = unit_at(found, at + 1, words, digits=found[at].digits)
    if unit is None and found[at].kind == "number" and not found[at].digits and (found[at].value or 0) <= 10:
        # "spread over two floors"
        return True
    return unit is not None and unit[0] in TIMES and unit[0] != "a"


def _number_before(found: list[Token], index: int, words: Lexicon, number_end: int) -> bool:
    """Whether a number ends right before a token, or only "of age" stands between."""
    if not 0 < number_end <= index or index - number_end > 3:
        return False
    between = found[number_end:index]
    if len(between) == 1 and between[0].kind == "word" and found[index].key in _LATER:
        # "six patients au moins"
        return True
    return all(token.key in words.age_gap for token in between)


def _number_follows(found: list[Token], at: int, words: Lexicon, says: str) -> bool:
    skipped = 0
    if found[at - 1].key in _ABBREVIATED and at < len(found) and found[at].key == "." and not found[at].space:
        at += 1
    while at < len(found) and skipped < 3 and _skipped(found, at, words):
        at += 1
        skipped += 1
    if at >= len(found):
        return False
    token = found[at]
    if token.key in patterns(words.language).counts:
        return True
    if token.kind == "number":
        return not (says == "le" and _year(token) and not unit_at(found, at + 1, words, digits=True))
    beside = token.key in words.articles or token.key in words.half
    return beside and unit_at(found, at + 1, words, digits=False) is not None


def _skipped(found: list[Token], at: int, words: Lexicon) -> bool:
    token = found[at]
    if token.kind == "sign":
        return token.key in _BETWEEN
    if token.key not in words.skip:
        return False
    # "a week" is one week; "a 30-day supply" is thirty days.
    return token.key not in words.articles or (at + 1 < len(found) and found[at + 1].kind == "number")


def _year(token: Token) -> bool:
    """ "Until 2015" is no upper bound."""
    return token.digits and len(token.text) == 4 and token.text[:2] in {"19", "20"}

"""Numbers that belong together: ordinals, signs, fractions, ratios, "and a half", ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from translation.facts.lexicon import Lexicon
from translation.facts.numbers import fraction
from translation.facts.tokens import Token
from translation.facts.units import unit_at

_DASHES = frozenset("-\u2013\u2014\u2212\u2012~\u223c\uff5e")
_FRACTIONS = frozenset(
    (Decimal(first), Decimal(second)) for first, second in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 8))
)
_OF = frozenset({"of", "di", "dei", "delle", "degli", "del", "della", "de", "do", "da", "dos", "das"})
_HALF = Decimal("0.5")
_OPENERS = frozenset("([<>=≤≥±~,;:")


def grouped(found: list[Token], words: Lexicon) -> list[Token]:
    """The tokens of a text with numbers that belong together made one.

    Args:
        found: tokens, number words joined. words: of the language.
    """
    if not any(token.kind == "number" or token.key in words.fractions or token.key in words.half for token in found):
        return found
    return _ranges(_singles(found, words), words)


def _singles(found: list[Token], words: Lexicon) -> list[Token]:
    """Ordinal endings, minus signs, fractions, ratios and halves."""
    result: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind != "number" and not (token.kind == "word" and token.key in words.articles):
            if token.key in {"-", "\u2212"} and _negative(found, index):
                number = found[index + 1]
                number.value = (number.value or Decimal(0)).copy_negate()
                number.start, number.space = token.start, token.space
                index += 1
                continue
            result.append(token)
            index += 1
            continue
        joined, index = _single(found, index, words)
        result.append(joined)
    return result


def _single(found: list[Token], index: int, words: Lexicon) -> tuple[Token, int]:
    token = found[index]
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None:
        return token, index + 1
    value = token.value if token.kind == "number" else Decimal(1)
    if value is None:
        return token, index + 1
    if token.kind == "number" and token.digits and after.key in {"/", ":"} and not after.space:
        if words.language == "pt" and index + 2 < len(found) and found[index + 2].value == value:
            # "8/8 h" is every 8 hours.
            return token, index + 1
        return _slashed(found, index)
    following = found[index + 2] if index + 2 < len(found) else None
    if after.key == "-" and following is not None and not after.space and (size := _part(following, words)):
        return _made(token, following, fraction(value, Decimal(size))), index + 3
    if (size := _part(after, words)) and not token.ordinal and value <= 20:
        article = token.kind == "word" and token.key != "one"
        if after.kind == "word" or not article or _of_follows(found, index + 2):
            return _made(token, after, fraction(value, Decimal(size))), index + 2
    if token.digits and after.kind == "number" and after.digits and _slash_half(found, index + 1):
        joined, end = _slashed(found, index + 1)
        return _made(token, joined, value + (joined.value or 0)), end
    end = _and_half(found, index + 1, words)
    if end:
        return _made(token, found[end - 1], value + _HALF), end
    return token, index + 1


def _part(token: Token, words: Lexicon) -> int:
    """3 for thirds, 4 for quarters, which may have been read as an ordinal ("two third")."""
    if token.kind == "number" and not token.ordinal:
        return 0
    return words.fractions.get(token.key if token.kind == "word" else token.text.lower(), 0)


def _of_follows(found: list[Token], index: int) -> bool:
    """ "a third of" is a fraction, "a third dose" is not."""
    return index >= len(found) or found[index].kind == "sign" or found[index].key in _OF


def _slashed(found: list[Token], index: int) -> tuple[Token, int]:
    """ "1/2" is a half, "120/80" and "1:1000" are two numbers against each other."""
    token, sign = found[index], found[index + 1]
    second = found[index + 2] if index + 2 < len(found) else None
    more = found[index + 3] if index + 3 < len(found) else None
    chained = more is not None and more.key in {"/", ":"} and not more.space
    if second is None or not second.digits or second.space or second.value is None or token.value is None or chained:
        return token, index + 1
    joined = _made(token, second, token.value)
    if sign.key == "/" and (token.value, second.value) in _FRACTIONS:
        joined.value = fraction(token.value, second.value)
    else:
        joined.second = second.value
        joined.parts = (token, second)
    return joined, index + 3


def _slash_half(found: list[Token], index: int) -> bool:
    if index + 2 >= len(found) or found[index + 1].key != "/" or not found[index + 2].digits:
        return False
    first, second = found[index].value, found[index + 2].value
    return first is not None and second is not None and (first, second) in _FRACTIONS and found[index].space


def _and_half(found: list[Token], index: int, words: Lexicon) -> int:
    """The index after "and a half" at a token; 0 where it does not stand there."""
    if index < len(found) and found[index].key in words.joiners | words.range_words.get("and", frozenset()):
        at = index + 1
        if at < len(found) and found[at].key in words.articles:
            at += 1
        if at < len(found) and found[at].key in words.half and found[at].kind == "word":
            return at + 1
    return 0


def _negative(found: list[Token], index: int) -> bool:
    if index + 1 >= len(found) or found[index + 1].kind != "number" or found[index + 1].space:
        return False
    if not found[index + 1].digits:
        return False
    before = found[index - 1] if index else None
    if before is None:
        return found[index].key == "\u2212"
    if found[index].space:
        return before.kind != "number" and before.key != "%"
    return before.key in _OPENERS and before.key not in {",", ";", ":"}


def _made(first: Token, last: Token, value: Decimal) -> Token:
    made = Token("number", first.start, last.end, "", "#", value, space=first.space)
    made.digits = first.digits or last.digits
    made.ambiguous = first.ambiguous or last.ambiguous
    return made


def _ranges(found: list[Token], words: Lexicon) -> list[Token]:
    result: list[Token] = []
    index = 0
    while index < len(found):
        token = found[index]
        if token.kind == "word" and token.key in words.articles and _one_to(found, index, words):
            # "un à deux comprimés"
            token = _made(token, token, Decimal(1))
            found[index] = token
        if token.kind != "number" or token.ordinal or token.second is not None:
            result.append(token)
            index += 1
            continue
        chain = _dashed(found, index)
        if len(chain) > 2:
            schedule = len(chain) <= 4 and all(len(one.text) <= 3 and (one.value or 0) <= 9 for one in chain)
            if schedule:
                result.append(_schedule(chain))
            else:
                result.extend(chain)
            index += 2 * len(chain) - 1
            continue
        second = _second(found, index, words)
        if second:
            joined = _made(token, second, token.value or Decimal(0))
            joined.high = second.value
            joined.parts = (token, second)
            result.append(joined)
            index = found.index(second, index) + 1
            continue
        result.append(token)
        index += 1
    return result


def _one_to(found: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a range of something counted or measured starts with the word for one."""
    if index + 3 >= len(found) or found[index + 2].kind != "number" or found[index + 2].ordinal:
        return False
    if not _second(found, index, words):
        return False
    return unit_at(found, index + 3, words, digits=False) is not None


def _dashed(found: list[Token], index: int) -> list[Token]:
    """Numbers in digits that hyphens join without white space: "1-0-1"."""
    chain = [found[index]]
    at = index + 1
    while (
        len(chain) < 30
        and at + 1 < len(found)
        and found[at].key in _DASHES
        and not found[at].space
        and found[at + 1].kind == "number"
        and not found[at + 1].space
        and found[at + 1].second is None
    ):
        chain.append(found[at + 1])
        at += 2
    return chain


def _schedule(chain: list[Token]) -> Token:
    made = _made(chain[0], chain[-1], Decimal(0))
    made.parts = tuple(chain)
    made.key = "schedule"
    return made


def _second(found: list[Token], index: int, words: Lexicon) -> Token | None:
    """The second number of a range whose first stands at a token."""
    if index + 2 >= len(found):
        return None
    connector, second = found[index + 1], found[index + 2]
    if connector.key == "-" and second.kind == "word" and index + 3 < len(found):
        # "10- to 20-fold"
        connector, second = found[index + 2], found[index + 3]
    if second.kind != "number" or second.ordinal or second.second is not None or second.value is None:
        return None
    if connector.kind == "sign" and connector.key in _DASHES:
        if connector.space != second.space or not (found[index].digits and second.digits):
            return None
        _full_year(found[index], second)
        return second
    if connector.kind != "word":
        return None
    if connector.key in words.range_words.get("to", ()):
        return second
    if connector.key in words.range_words.get("or", ()) and second.value - (found[index].value or 1) == 1:
        # "3 or 4 months" is "3-4 months".
        return second
    if connector.key in words.range_words.get("and", ()) and _between(found, index, words):
        return second
    return None


def _full_year(first: Token, second: Token) -> None:
    """Read "2010–11" as 2010 and 2011."""
    if re.fullmatch(r"(?:19|20)\d\d", first.text) and re.fullmatch(r"\d\d", second.text):
        year = int(first.text)
        if int(second.text) == (year + 1) % 100:
            second.value = Decimal(year + 1)


def _between(found: list[Token], index: int, words: Lexicon) -> bool:
    openers = words.range_words.get("between", frozenset())
    return any(found[at].key in openers for at in range(max(0, index - 2), index))

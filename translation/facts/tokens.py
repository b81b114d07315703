"""Cutting a text into words, signs, digits and codes, in one pass and in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from translation.facts.dates_written import written
from translation.facts.lexicon import Lexicon, fold
from translation.facts.literals import LITERAL, code_end
from translation.facts.numbers import DIGITS, Numeral, numerals

TokenKind = Literal["word", "sign", "number", "code", "date"]


@dataclass(slots=True)
class Token:
    """One piece of a text.

    Attributes:
        kind: `number` is digits, or a number in words once those were joined.
        start, end: where it stands. text: as written. key: folded.
        value: of a number. high: of a range ("5-10"), its end. ambiguous: the digits can be read in two ways.
        digits: a number that is written in digits. ordinal: "3rd", "third". space: white space stands before it.
        parts: the two numbers of a range or a ratio, all of a schedule. second: of a ratio ("1:1000"), its second.
        scaled: a number that ends in a word of scale ("2 million").
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    key: str
    value: Decimal | None = None
    high: Decimal | None = None
    ambiguous: bool = False
    digits: bool = False
    ordinal: bool = False
    space: bool = True
    parts: tuple[Token, ...] = ()
    second: Decimal | None = None
    scaled: bool = False


_TOKEN = re.compile(r"(?P<abbr>(?<!\w)(?:[^\W\d_]\.){2,6}(?:[^\W\d_](?!\w))?)|(?P<run>[^\W_]+)|(?P<sign>[^\w\s]|_)")
_SIGNS = {"\u2010": "-", "\u2011": "-", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2215": "/", "\u2044": "/"}
_DECADE = re.compile(r"(?:[12]\d)?\d0s(?!\w)")
_DAY = re.compile(r"J[+]?(\d{1,3})(?!\w)")
_LITERAL_SIGNS = frozenset("{<[$%@:/.&")


def tokens(text: str, words: Lexicon) -> list[Token]:
    """The tokens of a text.

    Args:
        text: any text. words: of its language.
    """
    plain = text if text.isascii() else text.translate(DIGITS)
    found: list[Token] = []
    literals = [match.span() for match in LITERAL.finditer(plain)] if _LITERAL_SIGNS & set(plain) else []
    literals.append((len(text) + 1, 0))
    literal = 0
    position = 0
    end_before = -1
    search = _TOKEN.search
    while match := search(plain, position):
        start, end = match.span()
        while start >= literals[literal][0] and end <= literals[literal][1]:
            start, end = literals[literal]
            start = max(start, end_before)  # an address may begin with a digit that the number before it has taken
            found.append(Token("code", start, end, text[start:end], text[start:end], space=start > end_before))
            literal += 1
            end_before = position = end
            break
        else:
            if start >= literals[literal][0]:
                literal += 1
            position = _take(found, plain, text, match, words, start > end_before)
            end_before = position
    return found


def _take(found: list[Token], plain: str, text: str, match: re.Match[str], words: Lexicon, space: bool) -> int:
    """Append the token or tokens at a match; return where to go on."""
    start, end = match.span()
    piece = match.group()
    if match.lastgroup == "sign":
        found.append(Token("sign", start, end, piece, _SIGNS.get(piece, piece), space=space))
        return end
    if match.lastgroup == "abbr" or piece.isalpha():
        stop = 0 if match.lastgroup == "abbr" else code_end(plain, start, end, words)
        if stop:
            found.append(Token("code", start, stop, text[start:stop], plain[start:stop], space=space))
            return stop
        found.append(Token("word", start, end, piece, fold(piece), space=space))
        return end
    if words.language == "fr" and (day := _DAY.match(plain, start)):
        # "J4" is day 4.
        found.append(Token("number", start, end, text[start:end], "#", Decimal(day[1]), digits=True, space=space))
        return end
    date = written(plain, start) if piece[0].isdecimal() else None
    if date:
        found.append(
            Token("date", start, date.end, text[start : date.end], date.value, ambiguous=date.ambiguous, space=space)
        )
        return date.end
    stop = code_end(plain, start, end, words)
    if stop:
        found.append(Token("code", start, stop, text[start:stop], plain[start:stop], space=space))
        return stop
    if not piece[0].isdecimal():
        found.append(Token("word", start, end, piece, fold(piece), space=space))
        return end
    if (decade := _DECADE.match(plain, start)) and (words.language == "en" or len(decade.group()) == 5):
        value = Decimal(decade.group()[:-1])
        found.append(Token("number", start, end, text[start:end], "#", value, digits=True, space=space))
        return end
    for numeral in numerals(plain, start, words.language):
        found.append(_number(numeral, text, space))
        space = False
        start = numeral.end
    return start


def _number(numeral: Numeral, text: str, space: bool) -> Token:
    written = text[numeral.start : numeral.end]
    return Token(
        "number", numeral.start, numeral.end, written, "#", numeral.value,
        ambiguous=numeral.ambiguous, digits=True, space=space,
    )  # fmt: skip

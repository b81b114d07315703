"""Where a sentence ends inside one stretch of text: stops that end it, and stops that do not.

When in doubt a sentence goes on: two sentences translated together are still right, half a sentence is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from translation.results import Span
from translation.segment_table import Words, key

INSIDE_BRACKETS = 300
"""A stop inside brackets ends nothing until the bracket has been open for so many characters."""
LOOK_BACK = 40
LOOK_AHEAD = 24

_CLOSERS = r"""(?:[»«”“"’'‘›‹)\]）】」』*]|[ \u00a0\u202f]»(?!\w)|\[\d{1,3}\]|[¹²³⁰⁴-⁹])"""
_POINT = re.compile(rf"(?P<stop>[.!?…‥؟۔।॥]+|[。！？｡]+){_CLOSERS}{{0,8}}|[(\[]|[)\]]")
_OPENERS = "\"'“‘«»„‚([{¿¡*_–—-•>\u00a0\u202f"
_TOKEN = re.compile(r"[^\s\u200b\ufeff\"“„«‘(\[{]*$")
_INITIALISM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*$")
_ROMAN = re.compile(r"[IVXLC]{1,6}\b|[A-Z]\d*\b")
_ROMAN_NUMBER = re.compile(r"[IVX]{2,5}$")
_DOTTED_NEXT = re.compile(r"[^\W\d_]{1,5}\.")
_SINGLE_NEXT = re.compile(r"[^\W\d_]\.")
_MIXED = re.compile(r"[a-zµ]{1,2}[A-Z]{2,}|[a-z][A-Z][a-z]{2,}|p[HK][a]?\b")
_FULL_WIDTH = "。！？｡"
_NO_CASE_NEEDED = "؟۔।॥"


def split(text: str, block: Span, words: Words) -> Iterator[Span]:
    """Sentences of one stretch of text, untrimmed, in order; together they cover it.

    Args:
        text: the whole text. block: the stretch. words: of the language.
    """
    start, depth, opened = block.start, 0, block.start
    for point in _POINT.finditer(text, block.start, block.end):
        stop = point["stop"]
        if not stop:
            if point[0] in "([":
                opened = opened if depth else point.start()
                depth += 1
            else:
                depth = max(0, depth - 1)
            continue
        depth = max(0, depth - sum(point[0].count(closer) for closer in ")]"))
        if depth and point.start() - opened < INSIDE_BRACKETS:
            continue
        if _ends(text, start, point, block.end, words):
            yield Span(start, point.end())
            start, depth = point.end(), 0
    if start < block.end:
        yield Span(start, block.end)


def _ends(text: str, start: int, point: re.Match[str], end: int, words: Words) -> bool:
    stop = point["stop"]
    if point.end() == end or stop[-1] in _FULL_WIDTH:
        return True
    if not text[point.end()].isspace():
        return False
    ahead = text[point.end() : min(end, point.end() + LOOK_AHEAD)].lstrip().lstrip(_OPENERS).lstrip()
    if not ahead:
        return True
    if stop[0] in _NO_CASE_NEEDED:
        return True
    if ahead[0].islower() and not _MIXED.match(ahead):
        return False
    if stop != ".":
        ellipsis = set(stop) <= {".", "…", "‥"}
        return not (ellipsis and ahead[0].isdigit())
    return _full_stop_ends(text, start, point.start(), ahead, words)


def _full_stop_ends(text: str, start: int, at: int, ahead: str, words: Words) -> bool:
    """Whether the one full stop at `at`, before a capital, a digit or a letter without case, ends the sentence."""
    before = text[max(start, at - LOOK_BACK) : at]
    token = _token(before)
    first = at - len(token) - start <= LOOK_BACK and not text[start : at - len(token)].strip()
    if _DIGITS.match(token):
        return _number_ends(before, token, ahead, words, first)
    single = len(token) == 1 and token.isalpha()
    if single and _SINGLE_NEXT.match(ahead):
        return False  # the middle of `z. B.`, `J. R. Martin`
    if single and token.isupper():
        previous = before[: len(before) - 1].split()[-1:] or [""]
        if previous[0].casefold().strip("(,;") in words.letter or previous[0][-1:].isdigit():
            return True
    if first and _ROMAN_NUMBER.match(token):
        return False  # the number of a heading
    following = _DOTTED_NEXT.match(ahead)
    if following and key(f"{token}.{following[0]}") in words.kinds:
        return False  # the middle of `EE. UU.`
    kind = _kind(before, token, words)
    word = _first_word(ahead)
    if kind is None and _INITIALISM.search(token):
        kind = "either"
    if kind is None:
        return not (single and token.isupper()) or word in words.start
    if kind == "before" or ahead[0].isdigit():
        return False
    if kind == "number" and _ROMAN.match(ahead) and word not in words.start:
        return False
    # German writes every noun with a capital: only a word that begins sentences tells.
    return kind == "unit" or (kind != "noun" and not words.month) or word in words.start


def _token(before: str) -> str:
    found = _TOKEN.search(before)
    return found[0] if found else ""


def _first_word(ahead: str) -> str:
    word = re.match(r"[^\W\d_]+(?:['’]|(?=\W)|$)?", ahead)
    return word[0].casefold().replace("’", "'") if word else ""


def _kind(before: str, token: str, words: Words) -> str | None:
    """The kind of the abbreviation that the text before a full stop ends in, if it does."""
    parts = before.split()
    joined = ["".join(parts[-count:]) for count in (3, 2) if len(parts) >= count]
    tail = re.split(r"[’'/–(-]", token)[-1]
    for form in (*joined, token, tail, tail.lstrip("0123456789.,")):
        found = words.kinds.get(key(form.lstrip("(["))) if form else None
        if found is not None:
            return found
    return None


def _number_ends(before: str, token: str, ahead: str, words: Words, first: bool) -> bool:
    """Whether a number with a full stop ends a sentence, or is an item's number or an ordinal."""
    previous = before[: len(before) - len(token)].rstrip()
    if first or previous.endswith((":", ";")):
        return False
    if ahead[0].isdigit():
        return len(token) > 3 or not token.isdigit()
    if not words.month:
        return True
    word = _first_word(ahead)
    return word not in words.month and (len(token) > 2 or word in words.start)

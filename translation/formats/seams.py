"""Where pieces of a text meet: markup must neither join two numbers into one nor part one in two."""

from __future__ import annotations

import re
from typing import Final

from translation.facts.numbers import SPACES

_ENDS: Final = re.compile(r"(?:\w|\d[.,·'’]|[-+−–±<>≤≥=~])$")
_BEGINS: Final = re.compile(r"\w|[.,·'’]\d")
_GROUP_ENDS: Final = re.compile(rf"\d[{SPACES}]?$")
_GROUP_BEGINS: Final = re.compile(rf"[{SPACES}]?\d{{3}}")
_NOTHING: Final = re.compile("[\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_JOINERS: Final = re.compile("(?<=\\d)[\u200c\u200d]+|[\u200c\u200d]+(?=\\d)")


def glue(before: str, after: str) -> str:
    """A space where something that is no text stands between two words or digits, which must not become one; else "".

    Args:
        before, after: the texts on both sides of a picture, a note, a break.
    """
    words = _ENDS.search(before[-2:]) and _BEGINS.match(after)
    groups = _GROUP_ENDS.search(before[-2:]) and _GROUP_BEGINS.match(after)  # "1" and " 000" are no thousand
    return " " if words or groups else ""


def seen(text: str) -> str:
    """A text without the characters that no reader of a page sees, where they could part a number or a word.

    Soft hyphens, spaces of no width and marks of direction go, and joiners beside a digit.
    """
    return text if text.isascii() else _JOINERS.sub("", _NOTHING.sub("", text))

"""Where pieces of a text meet: markup must neither join two numbers into one nor part one in two."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile(r"(?:\w|\d[.,·]|[-+−–±<>≤≥=~])$")
_BEGINS: Final = re.compile(r"\w|[.,·]\d")
_NOTHING: Final = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_JOINERS: Final = re.compile("(?<=\\d)[\u200c\u200d]+|[\u200c\u200d]+(?=\\d)")
_DIRECTIONS: Final = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
_TURNS: Final = re.compile(
    rf"^{_DIRECTIONS}|{_DIRECTIONS}$|(?<=[\d.,·+<>≤≥±~−-]){_DIRECTIONS}|{_DIRECTIONS}(?=[\d.,·+<>≤≥±~−%°-])"
)


def glue(before: str, after: str) -> str:
    """A space where something that is no text stands between two words or digits, which must not become one; else "".

    Args:
        before, after: the texts on both sides of a picture, a note, a break.
    """
    return " " if _ENDS.search(before[-2:]) and _BEGINS.match(after) else ""


def seen(text: str) -> str:
    """A text without the characters that no reader of a page sees, where they could part a number.

    Soft hyphens and characters of no width go; so do joiners beside a digit, and marks of direction beside a digit, a
    sign or a tag.
    """
    if text.isascii():
        return text
    return _TURNS.sub("", _JOINERS.sub("", _NOTHING.sub("", text)))

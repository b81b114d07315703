"""JSON cut into its strings with their places, checked on the way, without recursion."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translation.formats.base import check_depth, unusable

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_SCALAR = re.compile(r"(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """A string that is a value.

    Attributes:
        start, end: its place, quotes included. path: keys and indices that lead to it.
    """

    start: int
    end: int
    path: Path


@dataclass(slots=True)
class _Level:
    """A container that is open: its closing bracket, and the key or index of the value at hand."""

    closer: str
    at: str | int


def strings(text: str) -> Iterator[Text]:
    """All strings that are values, in order. Raises before its end where the text is not JSON.

    Raises:
        UnusableDocument: not JSON, with the place of the first error; or nested too deep.
    """
    stack: list[_Level] = []
    place = _skip(text, 0)
    while True:
        char = text[place : place + 1]
        if char in ("{", "["):
            stack.append(_Level("}", "") if char == "{" else _Level("]", 0))
            check_depth(len(stack))
            place = _skip(text, place + 1)
            if not text.startswith(stack[-1].closer, place):
                place = _key(text, place, stack[-1]) if char == "{" else place
                continue
        elif char == '"':
            end = _matched(_STRING, text, place)
            yield Text(place, end, tuple(level.at for level in stack))
            place = end
        else:
            place = _matched(_SCALAR, text, place)
        place = _close(text, place, stack)
        if not stack:
            break
    if place < len(text):
        raise _broken(text, place)


def top_level(text: str, key: str) -> str:
    """The string under a key of the outermost object, or "" where there is none or the text is no JSON."""
    return next((value(text, found) for found in strings(text) if found.path == (key,)), "")


def value(text: str, found: Text) -> str:
    """The string itself, without quotes and escapes."""
    plain: str = json.loads(text[found.start : found.end])
    return plain


def _close(text: str, place: int, stack: list[_Level]) -> int:
    """Go from the end of a value to the next value, closing what ends on the way; an empty stack is the end."""
    place = _skip(text, place)
    while stack:
        level = stack[-1]
        if text.startswith(level.closer, place):
            stack.pop()
            place = _skip(text, place + 1)
            continue
        if not text.startswith(",", place):
            raise _broken(text, place)
        place = _skip(text, place + 1)
        if isinstance(level.at, int):
            level.at += 1
            return place
        return _key(text, place, level)
    return place


def _key(text: str, place: int, level: _Level) -> int:
    end = _matched(_STRING, text, place)
    level.at = json.loads(text[place:end])
    place = _skip(text, end)
    if not text.startswith(":", place):
        raise _broken(text, place)
    return _skip(text, place + 1)


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _matched(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    if found is None:
        raise _broken(text, place)
    return found.end()


def _broken(text: str, place: int) -> Exception:
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    return unusable(f"The document is not valid JSON at line {line}, column {column}.", line=line, column=column)

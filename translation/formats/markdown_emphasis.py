"""Runs of `*`, `_` and `~~` in Markdown: which open or close emphasis, and which are only characters.

As CommonMark says: a run opens where a word follows it, closes where a word stands before it, `_` not inside a word,
and a run that can do both matches only another whose lengths together are no multiple of three.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Delimiter:
    """A run of one character.

    Attributes:
        start, end: what is left of it. length: how long it was. opens: pieces taken from its right end, in the order
            taken; closes: from its left end. Each as (start, end, name of the pair).
    """

    char: str
    start: int
    end: int
    can_open: bool
    can_close: bool
    length: int = 0
    opens: list[tuple[int, int, str]] = field(default_factory=list)
    closes: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def used(self) -> bool:
        """Whether any of it is markup."""
        return bool(self.opens or self.closes)

    def settle(self) -> None:
        """Let it match nothing more."""
        self.can_open = self.can_close = False


def flanks(text: str, start: int, end: int) -> Delimiter:
    """A run, and whether it may open and close. A `*` between two digits multiplies: `5*10` must not become 510."""
    char = text[start]
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    space_before, space_after = _is_space(before), _is_space(after)
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    can_open, can_close = left, right
    if char == "*" and before.isdigit() and after.isdigit():
        can_open = can_close = False
    if char == "_":
        can_open, can_close = left and (not right or mark_before), right and (not left or mark_after)
    return Delimiter(char, start, end, can_open, can_close, end - start)


def _is_space(char: str) -> bool:
    return char.isspace() or char == "\0"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def match_delimiters(delimiters: Sequence[Delimiter]) -> None:
    """Pair the runs of one stretch of text, in place."""
    waiting: list[Delimiter] = []
    floor: dict[tuple[str, bool, int], int] = {}  # before this offset there is no match for such a run
    for closer in delimiters:
        key = (closer.char, closer.can_open, closer.length % 3)
        while closer.can_close and closer.start < closer.end:
            index = _opener(waiting, closer, floor.get(key, -1))
            if index < 0:
                floor[key] = closer.start
                break
            del waiting[index + 1 :]
            _join(waiting[index], closer)
            if waiting[index].start == waiting[index].end:
                del waiting[index]
        if closer.can_open and closer.start < closer.end:
            waiting.append(closer)


def _opener(waiting: Sequence[Delimiter], closer: Delimiter, floor: int) -> int:
    for index in range(len(waiting) - 1, -1, -1):
        opener = waiting[index]
        if opener.start < floor:
            return -1
        if opener.char == closer.char and _may_join(opener, closer):
            return index
    return -1


def _may_join(opener: Delimiter, closer: Delimiter) -> bool:
    if not (opener.can_close or closer.can_open) or closer.char == "~":
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _join(opener: Delimiter, closer: Delimiter) -> None:
    size = 2 if opener.end - opener.start >= 2 and closer.end - closer.start >= 2 else 1
    name = f"*{opener.end}"
    opener.opens.append((opener.end - size, opener.end, name))
    closer.closes.append((closer.start, closer.start + size, name))
    opener.end -= size
    closer.start += size

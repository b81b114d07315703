"""Generated typing errors: one edit of a name, of the kinds that people make.

The kinds: a neighbouring key (QWERTY or AZERTY), a letter doubled, dropped or swapped with the next, and spelling by
ear in French and English.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

_QWERTY = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_AZERTY = ("azertyuiop", "qsdfghjklm", "wxcvbn")

BY_EAR: tuple[tuple[str, str], ...] = (
    *(("ph", "f"), ("f", "ph"), ("th", "t"), ("t", "th"), ("y", "i"), ("i", "y"), ("qu", "k"), ("k", "c"), ("c", "k")),
    *(
        ("x", "cs"),
        ("cc", "x"),
        ("z", "s"),
        ("s", "z"),
        ("ss", "s"),
        ("ll", "l"),
        ("mm", "m"),
        ("nn", "n"),
        ("tt", "t"),
    ),
    *(
        ("h", ""),
        ("ae", "e"),
        ("oe", "e"),
        ("eu", "u"),
        ("au", "o"),
        ("o", "au"),
        ("ai", "e"),
        ("en", "an"),
        ("an", "en"),
    ),
    *(("in", "ain"), ("c", "s"), ("s", "c"), ("ch", "k"), ("g", "j"), ("j", "g"), ("w", "v"), ("v", "w"), ("ou", "oo")),
    *(("rr", "r"), ("pp", "p"), ("ff", "f"), ("ie", "y"), ("ea", "e"), ("ee", "i"), ("e", "a"), ("a", "e"), ("i", "e")),
)
"""Pairs of spellings that sound alike, or nearly so."""

MIN_LETTERS = 6
_LONG = re.compile(rf"[^\W\d_]{{{MIN_LETTERS},}}")

KINDS = ("neighbour", "doubled", "dropped", "swapped", "by-ear")


def _neighbours() -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for board in (_QWERTY, _AZERTY):
        for number, row in enumerate(board):
            for place, char in enumerate(row):
                beside = row[max(0, place - 1) : place + 2]
                above = board[number - 1][place : place + 2] if number else ""
                for other in {*beside, *above} - {char}:
                    near.setdefault(char, set()).add(other)
                    near.setdefault(other, set()).add(char)
    return near


NEIGHBOURS = _neighbours()
"""Letter to the letters beside it on a keyboard."""


def misspell(name: str, kind: str, chance: random.Random) -> str | None:
    """The name in lower case with one error of a kind, or None where it has no place for one.

    The error falls into a word of at least `MIN_LETTERS` letters, for nobody means "LP" to be a name.

    Args:
        name: a name. kind: one of `KINDS`. chance: where the error falls.
    """
    name = name.lower()
    options = [
        name[: word.start()] + option + name[word.end() :]
        for word in _LONG.finditer(name)
        for option in _options(word.group(), kind)
        if option != word.group()
    ]
    return chance.choice(options) if options else None


def _options(word: str, kind: str) -> Iterator[str]:
    if kind == "by-ear":
        for said, written in BY_EAR:
            place = word.find(said)
            while place >= 0:
                yield word[:place] + written + word[place + len(said) :]
                place = word.find(said, place + 1)
        return
    for place, char in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        if kind == "neighbour":
            yield from (before + other + after for other in sorted(NEIGHBOURS.get(char, ())))
        elif kind == "doubled":
            yield before + char + char + after
        elif kind == "dropped":
            yield before + after
        elif after:
            yield before + after[0] + char + after[1:]

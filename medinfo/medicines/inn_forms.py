"""The form that a substance's name has in common over languages: morphine, morfina, Morphin.

International names are carried into each language by rule: ph is f in Spanish, Portuguese and Italian, the ending is
-ine, -ina or -in, and so on. Undoing those rules gives one form for all of them. Two substances that share a form are
never told by it.
"""

from __future__ import annotations

import re

SHORTEST = 6
"""Letters of a form; a shorter one is too like other words."""

_LETTERS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"([tr])h"), r"\1"),
    (re.compile(r"qu(?=[eaio])|ch|ck|k"), "c"),
    (re.compile(r"h"), ""),
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"y"), "i"),
    (re.compile(r"x"), "s"),
    (re.compile(r"w"), "v"),
    (re.compile(r"^e(?=s[bcdfgklmnpqrtvz])"), ""),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile(r"(?:um|[aeio]+)$"), ""),
    (re.compile(r"[aeio]+$"), ""),
)


def common_form(word: str) -> str:
    """The form of a name of one word, without accents and in lower case; "" where it would be too short."""
    if not (word.isascii() and word.isalpha()):
        return ""
    for pattern, instead in _LETTERS:
        word = pattern.sub(instead, word)
    return word if len(word) >= SHORTEST else ""

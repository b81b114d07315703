"""Text as typed -> forms that can be compared: folded text, tokens, and the key that the catalogue is indexed by.

Three forms, from most to least like the input:

- `fold(text)`: lower case, without accents, ligatures, invisible characters and trade marks; punctuation kept.
- `tokens(folded)`: words (`d'` is one), numbers and the marks that join medicines (`+ / , ; &`).
- `key(folded)`: letters and digits only. Spaces and hyphens vanish ("co-amoxiclav", "coamoxiclav"), except between
  two digits, where they carry meaning ("vitamin B1 2" must not become "vitamin B12").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from medinfo.errors import InvalidInput

MAX_LENGTH = 200
"""Longest text, in code points, that a medicine may be typed with (the API has the same bound)."""

_LETTERS = {
    **{"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"},
    **{"µ": "u", "μ": "u", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon"},
    **{"κ": "kappa", "λ": "lambda", "ω": "omega"},
    **{"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"},
    **{"®": " ", "™": " ", "©": " ", "℠": " ", "×": "x", "⁄": "/", "∕": "/"},
}
_TABLE = str.maketrans(_LETTERS)
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_LOOSE_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_TOKEN = re.compile(r"\b[dl]'|[^\W\d_][^\W_]*|\d+(?:[.,:]\d+)*|[%+/,;&]")


def fold(text: str) -> str:
    """Lower case, without accents, ligatures, invisible characters and trade marks; single spaces.

    Folding twice changes nothing.
    """
    if not text.isascii():
        text = _fold_unicode(text)
    return _SPACES.sub(" ", text.lower().replace("\x00", " ")).strip()


def _fold_unicode(text: str) -> str:
    text = text.translate(_TABLE)  # before the compatibility forms: they turn a trade mark into letters
    text = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if _visible(char))
    return text.translate(_TABLE)


def _visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in "MC" or char.isspace()


def key(folded: str) -> str:
    """What the catalogue is indexed by: letters and digits, a space only between two digits."""
    return _LOOSE_SPACE.sub("", _NOT_WORD.sub(" ", folded))


def tokens(folded: str) -> list[str]:
    """Words (`b12` is one), numbers (`0,5`, `1:1000`) and joining marks, in order; other punctuation is dropped."""
    return _TOKEN.findall(folded)


def plain_words(words: Iterable[str]) -> list[str]:
    """The words of a text without marks, a number joined to the word before it: `b 12` and `b12` are the same."""
    plain: list[str] = []
    for word in words:
        if word.isdigit() and plain and not plain[-1][-1].isdigit():
            plain[-1] += word
        elif word.isalnum():
            plain.append(word)
    return plain


def checked(text: str) -> str:
    """The text, if it can be resolved at all.

    Raises:
        InvalidInput: it is empty, longer than `MAX_LENGTH`, or holds no letter and no digit.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidInput(
            f"A medicine's name is longer than {MAX_LENGTH} characters.",
            params={"max": MAX_LENGTH, "length": len(text)},
        )
    if not any(c.isalnum() for c in text):
        raise InvalidInput("A medicine's name is empty.", hint="Type a name or a code.")
    return text

"""The level words and codes that the thesaurus prints, in every spelling met."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from interactions.knowledge import Level

LEVEL_WORDS: tuple[tuple[str, Level], ...] = (
    (r"contre[ -]?indications?|contre[ -]?indiquee?s?|ci\b", Level.CONTRAINDICATED),
    (r"associations? deconseillees?|deconseillee?s?|asdec\b", Level.AVOID),
    (
        r"(?:associations? (?:necessitant|faisant l['’]objet d['’])\s?(?:une )?)?precautions? d['’ ]?emploi|pe\b",
        Level.CAUTION,
    ),
    (r"(?:associations? )?a prendre en compte|apec\b", Level.CONSIDER),
)
_CODES = {
    "ci": Level.CONTRAINDICATED,
    "asdec": Level.AVOID,
    "pe": Level.CAUTION,
    "apec": Level.CONSIDER,
}
_WHOLE = (
    (re.compile(r"contre[ -]?indications?"), Level.CONTRAINDICATED),
    (re.compile(r"associations? deconseillees?"), Level.AVOID),
    (re.compile(r"precautions? d[' ]?emploi"), Level.CAUTION),
    (re.compile(r"a prendre en compte"), Level.CONSIDER),
)
_COMPOUND = re.compile(r"(?:ci|asdec|pe|apec)(?: ?[-/,+–—] ?(?:ci|asdec|pe|apec))*")


def flat(text: str) -> str:
    """Lower case without accents, character for character: positions stay those of the text."""
    return text.lower() if text.isascii() else "".join(map(_flat_character, text))


@lru_cache(maxsize=1024)
def _flat_character(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Lower case without accents, typographic quotes and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def levels_of(text: str) -> tuple[Level, ...]:
    """The levels of a printed level line, strictest first; empty if the line is not a level.

    >>> levels_of("CI - ASDEC")
    (<Level.CONTRAINDICATED: 'contraindicated'>, <Level.AVOID: 'avoid'>)
    """
    folded = fold(text).strip(" .:")
    for pattern, level in _WHOLE:
        if pattern.fullmatch(folded):
            return (level,)
    if not _COMPOUND.fullmatch(folded):
        return ()
    found = {_CODES[code] for code in re.findall(r"[a-z]+", folded)}
    return tuple(level for level in Level if level in found)

"""The level words and codes that the thesaurus prints, in every spelling met."""

from __future__ import annotations

import re
import unicodedata

from interactions.knowledge import Level

_CODES = {
    "ci": Level.CONTRAINDICATED,
    "asdec": Level.AVOID,
    "pe": Level.CAUTION,
    "apec": Level.CONSIDER,
}
_WORDS = {
    r"contre[ -]?indications?": Level.CONTRAINDICATED,
    r"associations? deconseillees?": Level.AVOID,
    r"precautions? d[' ]?emploi": Level.CAUTION,
    r"a prendre en compte": Level.CONSIDER,
}
_COMPOUND = re.compile(r"(?:ci|asdec|pe|apec)(?: ?[-/,+–—] ?(?:ci|asdec|pe|apec))*")
_WHOLE = {re.compile(rf"(?:{pattern})"): level for pattern, level in _WORDS.items()}


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
    for pattern, level in _WHOLE.items():
        if pattern.fullmatch(folded):
            return (level,)
    if not _COMPOUND.fullmatch(folded):
        return ()
    found = {_CODES[code] for code in re.findall(r"[a-z]+", folded)}
    return tuple(level for level in Level if level in found)

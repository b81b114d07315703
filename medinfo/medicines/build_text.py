"""Text of names, brought to one form so that names can be compared while the tables are built."""

from __future__ import annotations

import re
import unicodedata

_CHEMICAL = re.compile(r"[\[\]{}]|\d\D+\d\D+\d|,\d|\d,|\d'|\w\(|^\(|-yl\b|\bN-|\boxy\)")
_LETTERS = str.maketrans(
    {
        **{"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "µ": "u"},
        **{"’": "'", "‘": "'", "´": "'", "–": "-", "‑": "-", "−": "-"},
        **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ω": "omega"},
    }
)


def unaccent(text: str) -> str:
    """The text without accents and ligatures, otherwise unchanged."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def key(text: str) -> str:
    """A comparison key: lower case, no accents, every run of other characters one space."""
    return re.sub(r"[^a-z0-9]+", " ", unaccent(text).lower()).strip()


def slug(text: str) -> str:
    """An ASCII slug: `Ascorbic acid` gives `ascorbic-acid`."""
    return key(text).replace(" ", "-")


def clean(text: str) -> str:
    """The text with runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def is_chemical(name: str) -> bool:
    """Whether a name is written in the systematic manner of chemists, which nobody types for a medicine."""
    return bool(_CHEMICAL.search(name))

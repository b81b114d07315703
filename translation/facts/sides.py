"""Left, right and both sides, in the six languages that have a table (`facts/data/sides.toml`).

A fact's value is `left`, `right`, `both` or `one`. `ambiguous` marks a word that may be no side ("right" as correct,
"droit" as law): it can match a side in the other language, and is not missed when nothing there matches it.
"""

from __future__ import annotations

from translation.facts.model import Fact
from translation.facts.phrasebook import Words, phrasebook, words_of

_OPEN = {
    "en": frozenset({"left", "right"}),
    "fr": frozenset({"droit", "droits"}),
    "es": frozenset({"derecho", "derechos"}),
    "pt": frozenset({"direito", "direitos"}),
    "de": frozenset({"rechte", "rechten"}),
}
_BESIDE = {
    "en": frozenset({
        "side", "sided", "arm", "leg", "hand", "eye", "ear", "lung", "kidney", "breast", "knee", "hip", "foot",
        "ankle", "wrist", "shoulder", "ventricle", "ventricular", "atrium", "atrial", "lobe", "lower", "upper",
        "bundle", "heart", "coronary", "temporal", "frontal", "parietal", "occipital", "iliac", "flank", "ovary",
        "testis", "nostril", "cheek", "thigh", "artery", "vein", "hemisphere", "abdomen", "abdominal", "quadrant",
        "chest", "elbow", "finger", "thumb", "toe", "forearm", "or", "and", "main", "anterior", "posterior",
        "hemicolectomy", "lateral", "nephrectomy", "femur", "tibia", "neck", "jaw", "calf", "groin",
    }),
    "de": frozenset({
        "auge", "ohr", "bein", "arm", "hand", "lunge", "niere", "seite", "knie", "fuß", "schulter", "hüfte",
        "ventrikel", "herzkammer",
    }),
}  # fmt: skip
"""Words after one that may be no side, and make it one."""


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """Every side named in a text, in its order.

    Args:
        text: any text. language: a language code; there is nothing for a language without a table.
    """
    return find(words_of(text), language)


def find(words: Words, language: str) -> tuple[Fact, ...]:
    """The same for a text that is cut into words already."""
    phrases = phrasebook("sides", language)
    if phrases is None:
        return ()
    return tuple(
        Fact("side", words.span(hit.first, hit.last), hit.name, _open(words, hit.first, hit.last, language))
        for hit in phrases.find(words)
        if hit.name != "ignored"
    )


def _open(words: Words, first: int, last: int, language: str) -> bool:
    if words.words[first] not in _OPEN.get(language, ()):
        return False
    following = words.words[last + 1] if last + 1 < len(words.words) else ""
    if language in _BESIDE:
        return following not in _BESIDE[language]
    return first == 0  # a noun stands before the adjective: "œil droit"

"""In which language a synonym is written, where its spelling leaves no doubt.

DrugBank's vocabulary mixes languages without saying which is which. Its series from the INN lists hold a Latin, a
French and a Spanish form beside the English one. A form is given a language only by a mark that the others lack;
everything else stays without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from medinfo.medicines.build_text import key

_GERMAN = re.compile(r"[äöüß]")
_PORTUGUESE = re.compile(r"[ãõ]")
_FRENCH = re.compile(r"[èêëîïôûœ]|é[a-zé]*e$|(?i:^acide )|ique$")
_SPANISH_MARK = re.compile(r"[ñ]|ó|[áíú][a-z]*[ao]?$|(?i:^ácido )")
_LATIN = re.compile(r"^[A-Za-z-]+um$|(?i:^acidum )")
_ROMANCE_END = re.compile(r"(ina|ida|ona|eno|ano|ilo|ato|ico|al|ol|azol|ino|uro|osa|asa)$")
_NOT_SPANISH = re.compile(r"ss|tt|pp|ff|mm|bb|zz|gg|ph|th|(?<!n)y|k|w|olo$")


def language_of(name: str) -> str:
    """`de`, `pt`, `fr`, `es` or `la` where the spelling of a name alone proves it, else ""."""
    lowered = name.lower()
    for language, pattern in (("de", _GERMAN), ("pt", _PORTUGUESE), ("fr", _FRENCH), ("es", _SPANISH_MARK)):
        if pattern.search(lowered):
            return language
    return "la" if _LATIN.search(name) else ""


def international(english: str, synonyms: Iterable[str]) -> dict[str, str]:
    """Names of one substance by language, as far as they are certain.

    Args:
        english: the English INN.
        synonyms: all other names of the substance, in unknown languages.

    Returns:
        Language to name, for some of `la`, `fr`, `es`, `de`.
    """
    near = [name for name in synonyms if " " not in name and _same_stem(english, name)]
    found: dict[str, str] = {}
    latin = [
        name for name in near if language_of(name) == "la" and len(name) > 4 and not english.lower().endswith("um")
    ]
    if len(latin) == 1:
        found["la"] = latin[0].lower()
    french = [name for name in near if language_of(name) == "fr"]
    if len(french) == 1:
        found["fr"] = french[0].lower()
    german = [name for name in synonyms if name.endswith("säure") and name.isalpha()]
    if len(german) == 1 and english.endswith(" acid"):
        found["de"] = german[0]
    if "la" in found:
        spanish = [name for name in near if _is_spanish(english, name)]
        if len(spanish) == 1:
            found["es"] = spanish[0].lower()
    return found


def _is_spanish(english: str, name: str) -> bool:
    lowered = name.lower()
    if key(name) == key(english) or language_of(name) not in ("", "es"):
        return False
    return bool(_ROMANCE_END.search(lowered) and not _NOT_SPANISH.search(lowered))


def _same_stem(english: str, name: str) -> bool:
    one, other = key(english), key(name)
    wanted = min(4, len(one), len(other))
    return _sound(one)[:wanted] == _sound(other)[:wanted]


def _sound(text: str) -> str:
    for written, heard in (("ph", "f"), ("th", "t"), ("rh", "r"), ("y", "i"), ("k", "c"), ("ae", "e"), ("oe", "e")):
        text = text.replace(written, heard)
    return text

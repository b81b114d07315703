"""Codes, addresses and placeholders: what is kept letter by letter, and whose digits are no numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from translation.facts.lexicon import Lexicon

LITERAL = re.compile(
    r"""https?://[^\s<>"«»]{1,2000}(?<![.,;:!?)\]'’])
    | (?<![\w.])www\.[^\s<>"«»]{1,2000}(?<![.,;:!?)\]'’])
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}
    | (?<![\w.])10\.\d{4,9}/[^\s<>"]{1,200}(?<![.,;:!?)\]])
    | \$\{[^{}\s]{1,60}\} | \{\{[^{}]{1,60}\}\} | \{[\w.:!-]{0,60}\}
    | %\(\w{1,40}\)[a-z] | (?<![\d\s])%[sdif](?!\w) | (?<!\S)%[sdif](?!\w)
    | </?[a-zA-Z][^<>]{0,300}>
    | \[\[[^\[\]\s]{1,40}\]\] | (?<![\w&])&(?:[a-zA-Z]{2,10}|\#\d{1,6});
    | (?<![\w.,])(?!\d{1,2}\.\d{1,2}\.(?:\d{2}){1,2}(?![\d.]*\d))(?!\d{1,3}(?:\.\d{3})+(?![.]?\d))
      v?\d{1,5}(?:\.\d{1,5}){2,5}(?![\w.]*\d)
    """,
    re.VERBOSE,
)
"""Literals that no table is needed for: addresses, DOIs, placeholders of several kinds, tags, version numbers."""

_DASH = "-\u2010\u2011"
_LETTERS_FIRST = re.compile(
    rf"[^\W\d_]+\d[^\W_]*(?:\.\d{{1,4}}(?![\d.,]*\d))?(?:[{_DASH}](?=[^\W_]*[A-Z\d])[^\W_]+){{0,4}}"
)
_LETTERS_DASH_DIGITS = re.compile(rf"[^\W\d_]+(?:[{_DASH}][^\W_]+){{0,3}}?[{_DASH}]\d+[^\W_]*")
_DIGITS_FIRST = re.compile(rf"\d+[{_DASH}]?([^\W\d_][^\W_]*)(?:[{_DASH}](?=[^\W_]*[A-Z\d])[^\W_]+){{0,4}}")
_ICD = re.compile(r"[A-Z]\d{2}\.\d{1,4}")
_PLAIN_UNIT = re.compile(r"[kcdmµμ]?m[23²³]")
_HOURS = re.compile(r"\d{1,2}h(?:\d{2})?|[qx]\d{1,2}h?|\d{2,4}s", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}")
_MIXED = re.compile(r"[a-z]+[A-Z]|[A-Z][a-z]?[A-Z]|[A-Z]{2}")
_ACRONYMS = {
    "VIH": "HIV", "SIDA": "AIDS", "SRAS": "SARS", "ARN": "RNA", "ADN": "DNA", "ARNM": "MRNA", "VHB": "HBV",
    "VHC": "HCV", "VPH": "HPV", "VEF1": "FEV1", "ECA2": "ACE2", "DT1": "T1D", "DT2": "T2D", "DM1": "T1D", "DM2": "T2D",
    "T1DM": "T1D", "T2DM": "T2D",
}  # fmt: skip
"""Acronyms that are said in letters of their own: "VIH-1" is "HIV-1"."""


_PREFIXES = frozenset({"anti", "non", "pre", "post", "pré"})


def code_end(text: str, start: int, end: int, words: Lexicon) -> int:
    """Where the code that starts at a run of letters and digits ends; 0 where no code starts.

    A code mixes letters and digits ("CYP3A4", "B12", "COVID-19", "A10BA02", "5-HT"). Digits with a unit ("5mg"), an
    ordinal ("1st"), a time ("8h30") and a number before a common word ("5-day") are none.

    Args:
        text: digits of every script are plain already. start, end: of the run. words: of the language.
    """
    run = text[start:end]
    if run.isalpha():
        return _lettered(text, start, end)
    if run[0].isdigit():
        return 0 if not run[0].isdecimal() else _numbered(text, start, words)
    match = _LETTERS_FIRST.match(text, start)
    if not match or _PLAIN_UNIT.fullmatch(run) or _HOURS.fullmatch(run) or not any(c.isdecimal() for c in run):
        return 0
    stop = match.end()
    if "." in match.group() and not _ICD.match(text, start):
        stop = start + match.group().index(".")
    return stop


def _lettered(text: str, start: int, end: int) -> int:
    if end >= len(text) or text[end] not in _DASH:
        return 0
    match = _LETTERS_DASH_DIGITS.match(text, start)
    if not match:
        return 0
    letters = re.sub(r"\d+[^\W_]*$", "", match.group())
    return match.end() if _MIXED.search(letters) or letters[:-1].lower() == "covid" else 0


def _numbered(text: str, start: int, words: Lexicon) -> int:
    match = _DIGITS_FIRST.match(text, start)
    if not match or (start and text[start - 1] in ".,"):
        return 0
    tail = match.group(1)
    dashed = any(char in _DASH for char in match.group()[: match.start(1) - start])
    if match.group()[-1] == "D" and tail == "D":
        return match.end()
    if match.end() > match.end(1) and not dashed:
        # "18F-FDG"
        return match.end()
    if _HOURS.fullmatch(match.group()) or _is_unit(tail, words) or tail.lower() in words.suffixes:
        return 0
    if dashed or len(tail) > 3:
        return match.end() if _MIXED.search(tail) or any(char.isdecimal() for char in tail) else 0
    if tail[0] in "xX" or not tail[0].isascii() or tail.lower() in {"e", "h"}:
        return 0
    return match.end()


def _is_unit(tail: str, words: Lexicon) -> bool:
    from translation.facts.lexicon import fold

    return tail in words.exact or fold(tail) in words.units.root


def value(text: str) -> str:
    """A code as it is compared: one kind of hyphen, known acronyms in one language, else letter by letter."""
    plain = text.translate(_ONE_DASH)
    plain = _ACRONYMS.get(plain, plain)
    if "-" not in plain or "/" in plain or "@" in plain:
        return plain
    first, _, rest = plain.partition("-")
    if first.lower() in _PREFIXES and any(char.isupper() for char in rest):
        plain = rest
    return "-".join(_ACRONYMS.get(part, part) for part in plain.split("-"))


_ONE_DASH = {ord("\u2010"): "-", ord("\u2011"): "-"}

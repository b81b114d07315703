"""The rules that turn the wording of an entry into our categories: read from tables, compiled once, applied in order.

A rule is a row `slug, pattern, unless` of `interactions/data/rules/{effects,mechanisms,advice}.tsv`. Patterns are
regular expressions over folded text (lower case, no accents); `{NAME}` stands for a row of `fragments.tsv`. A rule
holds for a sentence in which its pattern is found and its `unless` is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "‛": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "≥": ">=", "≤": "<="})
_SENTENCE = re.compile(r"[^.;\n]+(?:\.(?=\d)[^.;\n]+)*[.;]?")
_FRAGMENT = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the category `slug` holds where `pattern` is found in a sentence that does not match `unless`."""

    slug: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A category found at a place of the folded text (start inclusive, end exclusive)."""

    slug: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes, single spaces; line breaks stay, since they end a sentence."""
    plain = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def sentences(folded: str) -> Iterator[tuple[int, str]]:
    """The sentences of a folded text, each with the offset at which it starts."""
    for match in _SENTENCE.finditer(folded):
        yield match.start(), match.group()


@lru_cache(maxsize=8)
def load_rules(table: str) -> tuple[Rule, ...]:
    """The rules of one table (`effects`, `mechanisms`, `mechanism_fallbacks`, `advice`), in the order of the file."""
    fragments = dict(row[:2] for row in table_rows("fragments"))
    return tuple(_rule(fragments, *row) for row in table_rows(table))


def find(rules: Iterable[Rule], folded: str) -> list[Hit]:
    """All hits of the rules in a folded text, in the order in which the text states them."""
    parts = list(sentences(folded))
    hits = [hit for rule in rules for hit in _hits(rule, parts)]
    return sorted(hits, key=lambda hit: hit.start)


def slugs(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The distinct slugs of some hits, first mention first."""
    return tuple(dict.fromkeys(hit.slug for hit in hits))


def _hits(rule: Rule, parts: list[tuple[int, str]]) -> Iterator[Hit]:
    for offset, sentence in parts:
        if rule.unless is not None and rule.unless.search(sentence):
            continue
        for match in rule.pattern.finditer(sentence):
            yield Hit(rule.slug, offset + match.start(), offset + match.end())


def _rule(fragments: dict[str, str], slug: str, pattern: str, unless: str = "") -> Rule:
    return Rule(slug, _compile(pattern, fragments), _compile(unless, fragments) if unless else None)


def _compile(pattern: str, fragments: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_expand(pattern, fragments))


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    """Replace each `{NAME}`, also those inside a fragment."""
    return _FRAGMENT.sub(lambda match: _expand(fragments[match.group(1)], fragments), pattern)


def table_rows(table: str) -> Iterator[list[str]]:
    """The rows of a table of rules, each a list of columns, without the header."""
    text = files("interactions").joinpath("data", "rules", f"{table}.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        if line:
            yield line.split("\t")

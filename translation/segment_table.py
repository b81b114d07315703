"""The table of abbreviations and of words that help to tell where a sentence ends (`data/abbreviations.tsv`).

Kinds of rows, by language (`*` for every language):

| kind | what it is |
|---|---|
| before | an abbreviation that something always follows (`Dr.`, `z. B.`): never ends a sentence |
| number | one that stands before a number, a letter or a Roman numeral (`No.`, `Fig.`) |
| either | one that may also end a sentence (`etc.`, `p.o.`, `b.i.d.`) |
| noun | one that a noun often follows (`U.S.`): ends a sentence only before a word that begins sentences |
| unit | the symbol of a unit with a full stop (`mg.`) |
| letter | a word after which a single capital is no initial (`vitamin C.`) |
| start | a word that begins a sentence far more often than a name |
| link | a word that does not end a line of its own: the line goes on below |
| month | the name of a month, after an ordinal (`3. Mai`) |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

Kind = Literal["before", "number", "either", "noun", "unit"]
_WORDS = ("letter", "start", "link", "month")
ANY_LANGUAGE = "*"


@dataclass(frozen=True, slots=True)
class Words:
    """What the table holds for one language.

    Attributes:
        kinds: kind of each abbreviation, by `key`. letter, start, link, month: words of those kinds, case-folded.
    """

    kinds: Mapping[str, Kind]
    letter: frozenset[str]
    start: frozenset[str]
    link: frozenset[str]
    month: frozenset[str]


def key(form: str) -> str:
    """An abbreviation as it is looked up: case-folded, without white space and without its last stop."""
    return "".join(form.casefold().split()).removesuffix(".")


@cache
def words(language: str) -> Words:
    """The rows of a language and those of every language; the language's own win."""
    kinds: dict[str, Kind] = {}
    sets: dict[str, set[str]] = {kind: set() for kind in _WORDS}
    for wanted in (ANY_LANGUAGE, language):
        for form, kind in _rows().get(wanted, ()):
            if kind in sets:
                sets[kind].add(form.casefold())
            else:
                kinds[key(form)] = cast(Kind, kind)
    return Words(MappingProxyType(kinds), *(frozenset(sets[kind]) for kind in _WORDS))


@cache
def _rows() -> Mapping[str, list[tuple[str, str]]]:
    table = files("translation").joinpath("data", "abbreviations.tsv").read_text("utf-8")
    rows: dict[str, list[tuple[str, str]]] = {}
    for line in table.splitlines()[1:]:
        language, form, kind = line.split("\t")
        rows.setdefault(language, []).append((form, kind))
    return rows

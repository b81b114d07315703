"""From a French substance name as a register prints it to the forms under which its moiety may be known.

`CHLORHYDRATE DE METFORMINE`, `METFORMINE (CHLORHYDRATE DE)` and `METFORMINE BASE` all lead to `metformine`. Nothing
is accepted here: a form counts only if a source knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from medinfo.medicines.build_text import clean, unaccent
from medinfo.medicines.tables import read_table

_PARENTHESIS = re.compile(r"^(.*?)\s*\(\s*([^()]*(?:de|d'|du|des|de l'))\s*\)(.*)$")


@dataclass(frozen=True, slots=True, order=True)
class MoietyWord:
    """A word that names a salt, ester or hydrate.

    Attributes:
        kind: `acid` (before "de": `chlorhydrate de`), or `ending` (after the moiety: `sodique`, `monohydrate`).
        word: folded.
    """

    FILE: ClassVar[str] = "moieties.tsv"
    kind: str
    word: str


def moiety_forms(name: str) -> Iterator[str]:
    """Forms of a French substance name, from the whole name to the bare moiety (folded text, unchanged order).

    Args:
        name: as a register prints it.
    """
    seen: set[str] = set()
    queue = [clean(unaccent(name).lower())]
    while queue:
        form = queue.pop(0)
        if form in seen or len(form) < 2:
            continue
        seen.add(form)
        yield form
        queue += [step for step in _steps(form) if step != form]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words: dict[str, list[str]] = {"acid": [], "ending": []}
    for row in read_table(MoietyWord):
        words[row.kind].append(re.escape(row.word))
    acid, ending = ("|".join(sorted(words[kind], key=len, reverse=True)) for kind in ("acid", "ending"))
    middle = r"(?: (?:disodique|sodique|acide|neutre|dibasique))?"
    before = re.compile(rf"^(?:hydrogeno|di|mono|hemi)?(?:{acid}){middle} (?:de l'|de |du |d')")
    return before, re.compile(rf" (?:{ending})$")


def _steps(form: str) -> Iterator[str]:
    if match := _PARENTHESIS.match(form):
        yield clean(f"{match[2]} {match[1]}{match[3]}").replace("d' ", "d'").replace("l' ", "l'")
        return
    before, after = _patterns()
    ending = after.search(form)
    if ending:
        yield form[: ending.start()]
    prefix = before.match(form)
    if prefix:
        yield form[prefix.end() :]
    if not ending and not prefix and "(" in form:
        yield clean(re.sub(r"\([^()\d]*\)", " ", form))

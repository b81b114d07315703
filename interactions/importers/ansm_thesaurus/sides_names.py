"""Printed names of medicines -> substance ids: exact folded names only, and reviewed tables of our own.

Nothing here guesses: a name that is not known exactly gives no substance, and the import says so. A general name
("insuline") covers the specific substances of its family.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.sides_maps import MemberRow, read_map
from medinfo.medicines.normalise import fold, key
from medinfo.medicines.tables import FamilyRow, NameRow, SubstanceRow, read_table

_BRACKET = re.compile(r"\s*[\[(](?P<remark>[^\])]*)[\])]\s*$")
_ROUTES = (
    ("intravenous", re.compile(r"\b(?:iv|intra-?veineuse)\b")),
    ("intramuscular", re.compile(r"\b(?:im|intra-?musculaire)\b")),
    ("subcutaneous", re.compile(r"\b(?:sc|sous-cutanee)\b")),
    ("parenteral", re.compile(r"\b(?:injectable|parenterale)\b")),
    ("oral", re.compile(r"\b(?:orale|per os)\b")),
    ("buccal", re.compile(r"\bbucco-dentaire\b")),
    ("dental", re.compile(r"\bbucco-dentaire\b")),
    ("nasal", re.compile(r"\bnasale\b")),
    ("vaginal", re.compile(r"\bvaginale\b")),
    ("intraarticular", re.compile(r"\bintra-?articulaire\b")),
    ("inhalation", re.compile(r"\b(?:voie inhalee|inhalation)\b")),
    ("rectal", re.compile(r"\brectale\b")),
    ("transdermal", re.compile(r"\btransdermique\b")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a printed name stands for.

    Attributes:
        substances: substance ids, sorted; empty when the name is not known exactly.
        routes: route slugs that the name or the map limits it to.
    """

    substances: tuple[str, ...]
    routes: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Lower case, no accents, plain quotes, single spaces: what all patterns of this package are matched on."""
    return " ".join(fold(text).split())


def routes_in(text: str) -> tuple[str, ...]:
    """Route slugs that French route words name ("voie IM et IV"), sorted."""
    plain = folded(text)
    if "voie" not in plain and "injectable" not in plain and "per os" not in plain:
        return ()
    return tuple(sorted(slug for slug, pattern in _ROUTES if pattern.search(plain)))


class SubstanceNames:
    """Looks printed names up.

    Args:
        substances: ids by folded name. members: reviewed map rows.
        families: general substances with the specific ones that they cover.
        known: all substance ids, against which the map is checked.
    """

    def __init__(
        self,
        substances: Mapping[str, frozenset[str]],
        members: Iterable[MemberRow],
        families: Iterable[FamilyRow],
        known: frozenset[str],
    ) -> None:
        self._substances = substances
        self._map = {(folded(row.side), folded(row.printed)): row for row in members}
        self._families: dict[str, set[str]] = {}
        for row in families:
            self._families.setdefault(row.family, set()).add(row.member)
        self.known = known

    @classmethod
    def load(cls) -> SubstanceNames:
        """From the embedded tables of names and our reviewed map."""
        rows = read_table(SubstanceRow)
        known = frozenset(row.id for row in rows)
        return cls(_by_name(rows, read_table(NameRow)), read_map(MemberRow), read_table(FamilyRow), known)

    def find(self, printed: str, side: str = "") -> Named:
        """What a printed name stands for.

        Args:
            printed: as the source writes it, a remark in brackets included.
            side: the printed side that it is a member of; a row of the map may hold for that side alone.
        """
        for where in (side, ""):
            row = self._map.get((folded(where), folded(printed)))
            if row is not None:
                return Named(self._covered(row.substances or self._exact(printed)), row.routes)
        routes = routes_in(remark["remark"]) if (remark := _BRACKET.search(printed)) else ()
        return Named(self._covered(self._exact(printed) or self._exact(_BRACKET.sub("", printed))), routes)

    def unknown_targets(self) -> tuple[str, ...]:
        """Ids that the map names and the tables of names do not hold."""
        named = {substance for row in self._map.values() for substance in row.substances}
        return tuple(sorted(named - self.known))

    def _covered(self, substances: Iterable[str]) -> tuple[str, ...]:
        found = set(substances)
        return tuple(sorted(found.union(*(self._families.get(general, ()) for general in found))))

    def _exact(self, printed: str) -> tuple[str, ...]:
        found = self._substances.get(key(fold(printed)), frozenset())
        return tuple(found) if len(found) == 1 else ()


def _by_name(substances: Iterable[SubstanceRow], names: Iterable[NameRow]) -> dict[str, frozenset[str]]:
    """Ids by folded name: an INN outranks a synonym; a brand never counts."""
    by_name: dict[str, frozenset[str]] = {}
    for row in names:
        if row.kind in ("synonym", "salt") and len(row.substances) == 1:
            _add(by_name, row.name, row.substances[0])
    inns: dict[str, frozenset[str]] = {}
    for substance in substances:
        for name in (substance.en, substance.fr, substance.la):
            _add(inns, name, substance.id)
    return {**by_name, **inns}


def _add(table: dict[str, frozenset[str]], name: str, substance: str) -> None:
    folded_key = key(fold(name)) if name else ""
    if folded_key:
        table[folded_key] = table.get(folded_key, frozenset()) | {substance}

"""Our conditions: what a branch or a side asks for, each with the facts that can decide it.

The table `condition-map.tsv` holds all of them, `interactions/data/phrases/conditions/*.toml` their phrases in six
languages. An edition's knowledge carries those that it uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from interactions.importers.ansm_thesaurus.sides_maps import read_map
from interactions.knowledge import Condition
from medinfo.errors import KnowledgeError

SEE_SOURCE = "see-source"
NOT_NAMED = "member-not-named"


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition. `atoms`: joined by ` & `, see `interactions.conditions`; empty: it can never be decided."""

    FILE: ClassVar[str] = "condition-map.tsv"
    id: str
    atoms: str


def build_conditions(used: Iterable[str]) -> dict[str, Condition]:
    """The conditions of these ids, sorted.

    Raises:
        KnowledgeError: one is not in our table.
    """
    rows = {row.id: row for row in read_map(ConditionRow)}
    missing = sorted(set(used) - set(rows))
    if missing:
        raise KnowledgeError(f"conditions that our table lacks: {missing}")
    return {id: Condition(id, tuple(rows[id].atoms.split(" & ")) if rows[id].atoms else ()) for id in sorted(set(used))}

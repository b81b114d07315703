"""From what stands in the document to knowledge: sides, members, levels, branches, categories, local routes."""

from __future__ import annotations

from interactions.importers.ansm_thesaurus.branches import BranchReader
from interactions.importers.ansm_thesaurus.categories import categorise
from interactions.importers.ansm_thesaurus.conditions_map import SEE_SOURCE, build_conditions
from interactions.importers.ansm_thesaurus.document import Pair, Thesaurus
from interactions.importers.ansm_thesaurus.sides import Sides, build_sides
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames
from interactions.knowledge import Interaction, Knowledge, Source
from interactions.tables_rules import validate

SOURCE = "ansm-thesaurus"
PUBLISHER = "ANSM"
TITLE = "Thésaurus des interactions médicamenteuses"


def derive(thesaurus: Thesaurus, names: SubstanceNames | None = None, *, imported: bool = True) -> Knowledge:
    """All that one edition states, in our own shape, with the official wording in the `quote` fields.

    Args:
        thesaurus: the edition as read.
        names: looks printed names up; by default the embedded tables of names.
        imported: whether a user brought the file (the embedded tables say no).

    Returns:
        Validated knowledge. A printed member that no table knows is a `Member` without a substance, and a
        condition that no rule knows is `see-source`: see `unmapped` and `unread_conditions`.

    Raises:
        KnowledgeError: the document or our maps contradict themselves.
    """
    lookup = names or SubstanceNames.load()
    sides = build_sides(thesaurus, lookup)
    reader = BranchReader(sides, lookup)
    interactions = tuple(sorted((_interaction(pair, sides, reader) for pair in thesaurus.pairs), key=lambda i: i.id))
    used = {branch.condition for one in interactions for branch in one.branches}
    used |= {side.condition for side in sides.sides.values()}
    knowledge = Knowledge(
        source=Source(
            id=SOURCE,
            publisher=PUBLISHER,
            title=TITLE,
            edition=thesaurus.edition,
            published=thesaurus.published,
            pages=thesaurus.pages,
            sha256=thesaurus.sha256,
            imported=imported,
        ),
        sides=dict(sorted(sides.sides.items())),
        members=tuple(sorted(sides.members, key=lambda m: (m.side, m.substance, m.printed))),
        interactions=interactions,
        conditions=build_conditions(used - {""}),
        local_routes=tuple(sorted(sides.local_routes, key=lambda rule: (rule.substance, rule.side))),
    )
    validate(knowledge)
    return knowledge


def unmapped(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Printed names without a substance, each with its side's printed name, sorted."""
    found = {(knowledge.sides[m.side].printed, m.printed) for m in knowledge.members if not m.substance}
    return tuple(sorted(found))


def unread_conditions(knowledge: Knowledge) -> tuple[str, ...]:
    """Ids of the interactions that hold a branch whose condition no rule of ours could read."""
    return tuple(i.id for i in knowledge.interactions if any(b.condition == SEE_SOURCE for b in i.branches))


def pair_id(pair: Pair, sides: Sides) -> str:
    """The id of a pair: the slugs of its two sides, in the order of the pair."""
    return f"{SOURCE}:{sides.meant[pair.a].side}--{sides.meant[pair.b].side}"


def _interaction(pair: Pair, sides: Sides, reader: BranchReader) -> Interaction:
    a, b = sides.meant[pair.a], sides.meant[pair.b]
    found = categorise(pair.mechanism, pair.advice, pair.levels, pair.a, pair.b, pair.conditions)
    return Interaction(
        id=pair_id(pair, sides),
        source=SOURCE,
        a=a.side,
        b=b.side,
        native_level=pair.native_level,
        levels=pair.levels,
        branches=reader.branches(pair),
        effects=found.effects,
        mechanisms=found.mechanisms,
        advice=found.advice,
        pages=pair.pages,
        others=a.others or b.others,
        affected=found.affected,
        dose_of=found.dose_of,
        advice_levels=found.advice_levels,
        quote_mechanism=pair.mechanism,
        quote_advice=pair.advice,
    )

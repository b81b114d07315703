"""What must hold in any knowledge: every reference resolves, every list is controlled, no level is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from interactions.conditions import compile_condition
from interactions.knowledge import Branch, Condition, Interaction, Knowledge, Level, Side
from medinfo.errors import KnowledgeError

KINDS = ("substance", "class", "combination", "open")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_WHO = re.compile(r"route:[^@]+@(?P<taken>.+)|dose:(?P<dosed>[^:]+):.+")


def validate(knowledge: Knowledge) -> None:
    """Check that the tables do not contradict each other.

    Raises:
        KnowledgeError: with up to five of the faults found.
    """
    faults = list(_faults(knowledge))
    if faults:
        shown = "; ".join(faults[:5])
        raise KnowledgeError(f"{len(faults)} faults in the tables of {knowledge.source.id}: {shown}")


def _faults(knowledge: Knowledge) -> Iterator[str]:
    yield from _source_faults(knowledge)
    known = {member.substance for member in knowledge.members} | set(knowledge.sides)
    for side in knowledge.sides.values():
        yield from _side_faults(side, knowledge)
    for condition in knowledge.conditions.values():
        if not _SLUG.fullmatch(condition.id):
            yield f"condition id {condition.id!r} is no slug"
        yield from (f"condition {condition.id}: {atom!r}" for atom in condition.atoms if not _atom_holds(atom, known))
    yield from _member_faults(knowledge)
    yield from _interaction_faults(knowledge)
    for rule in knowledge.local_routes:
        if bool(rule.substance) == bool(rule.side):
            yield "a local route rule names exactly one of substance and side"
        if rule.side and rule.side not in knowledge.sides:
            yield f"a local route rule names the unknown side {rule.side!r}"
        if not rule.routes or rule.page < 1:
            yield f"the local route rule of {rule.substance or rule.side} has no route or no page"


def _source_faults(knowledge: Knowledge) -> Iterator[str]:
    source = knowledge.source
    if not _SLUG.fullmatch(source.id) or not _EDITION.fullmatch(source.edition) or source.pages < 1:
        yield f"source {source.id!r} of edition {source.edition!r} with {source.pages} pages"


def _side_faults(side: Side, knowledge: Knowledge) -> Iterator[str]:
    if not _SLUG.fullmatch(side.id) or side.kind not in KINDS or not side.printed or side.page < 1:
        yield f"side {side.id!r} ({side.kind}) has no slug, kind, printed name or page"
    if side.condition and side.condition not in knowledge.conditions:
        yield f"side {side.id} names the unknown condition {side.condition!r}"
    if side.kind == "open" and not side.routes:
        yield f"the open side {side.id} has no route"


def _member_faults(knowledge: Knowledge) -> Iterator[str]:
    seen: set[tuple[str, str, str]] = set()
    filled = set()
    for member in knowledge.members:
        key = (member.side, member.substance, member.printed)
        if member.side not in knowledge.sides:
            yield f"member {member.printed!r} names the unknown side {member.side!r}"
        # An edition that was imported may hold a member that we cannot name: it stays, without a substance.
        if member.substance and not _SLUG.fullmatch(member.substance):
            yield f"member {member.printed!r} of {member.side}: {member.substance!r} is no slug"
        if not member.printed or member.page < 1 or key in seen:
            yield f"member {member.printed!r} of {member.side} stands twice, or has no name or page"
        seen.add(key)
        filled.add(member.side)
    yield from (
        f"side {s.id} has no member" for s in knowledge.sides.values() if s.kind != "open" and s.id not in filled
    )


def _interaction_faults(knowledge: Knowledge) -> Iterator[str]:
    seen: set[str] = set()
    members: dict[str, set[str]] = {side: set() for side in knowledge.sides}
    for member in knowledge.members:
        members.setdefault(member.side, set()).add(member.substance)
    for interaction in knowledge.interactions:
        if interaction.id != f"{interaction.source}:{interaction.a}--{interaction.b}" or interaction.id in seen:
            yield f"interaction id {interaction.id!r} is not made of its sides, or stands twice"
        seen.add(interaction.id)
        if interaction.source != knowledge.source.id:
            yield f"interaction {interaction.id} is of another source"
        missing = {interaction.a, interaction.b} - set(knowledge.sides)
        if missing:
            yield f"interaction {interaction.id} names unknown sides {sorted(missing)}"
            continue
        if interaction.affected not in ("a", "b", "both", "") or not interaction.pages or min(interaction.pages) < 1:
            yield f"interaction {interaction.id} has no page, or affects {interaction.affected!r}"
        if interaction.dose_of not in ("a", "b", "both", ""):
            yield f"interaction {interaction.id} speaks of the dose of {interaction.dose_of!r}"
        yield from (f"{interaction.id}: {f}" for f in _level_faults(interaction))
        yield from (f"{interaction.id}: {f}" for f in _advice_faults(interaction))
        for branch in interaction.branches:
            sides = (members[interaction.a], members[interaction.b])
            yield from (f"{interaction.id}: {f}" for f in _branch_faults(branch, sides, knowledge))


def _level_faults(interaction: Interaction) -> Iterator[str]:
    levels = list(interaction.levels)
    if not levels or levels != sorted(set(levels), key=_rank):
        yield "levels are none, twice, or not strictest first"
    held = [branch.level for branch in interaction.branches]
    if held != sorted(held, key=_rank):
        yield "branches are not strictest first"
    if set(levels) - set(held):
        yield f"the printed level {sorted(set(levels) - set(held))[0].value} stands in no branch"


def _advice_faults(interaction: Interaction) -> Iterator[str]:
    held = {branch.level.value for branch in interaction.branches}
    for limited in interaction.advice_levels:
        advice, _, level = limited.partition("@")
        if advice not in interaction.advice or level not in held:
            yield f"{limited!r} names an advice or a level that it does not hold"


def _rank(level: Level) -> int:
    return level.rank


def _branch_faults(
    branch: Branch, sides: tuple[Collection[str], Collection[str]], knowledge: Knowledge
) -> Iterator[str]:
    if not branch.native_level:
        yield "a branch has no native level"
    if branch.condition and branch.condition not in knowledge.conditions:
        yield f"the unknown condition {branch.condition!r}"
    limits = ((branch.members_a, branch.except_a), (branch.members_b, branch.except_b))
    for (only, but), members in zip(limits, sides, strict=True):
        for name in (*only, *but):
            if name not in members:
                yield f"a branch names {name!r}, which is no member of that side"
        if list(only) != sorted(set(only)) or list(but) != sorted(set(but)):
            yield "the members that a branch names are not sorted"


def _atom_holds(atom: str, known: Collection[str]) -> bool:
    """Whether an atom can be evaluated, and speaks of a substance or side that the tables hold."""
    try:
        compile_condition(Condition("atom", (atom,)))
    except KnowledgeError:
        return False
    found = _WHO.fullmatch(atom)
    return found is None or (found["taken"] or found["dosed"]) in known

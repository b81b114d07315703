"""Findings to be read against the official document, each as the check renders it.

    python -m tests.benchmarks.review_sample [--data FOLDER]                              those that were read
    python -m tests.benchmarks.review_sample --seed 1 [--count 100] [--compound 35]       a new draw

A finding is an interaction of the embedded tables with one substance of each side. A draw depends on the seed, on the
ids of the interactions and on which of them are compound; the substances of each depend on the seed and its id.
`review_sample.tsv` holds the draw of seed 20230915 that `docs/clinical-review.md` reports on, with the strictest level
that was found right on the page.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interactions.check import Checker
from interactions.findings import MedicineInput
from interactions.knowledge import Interaction, Knowledge
from interactions.rendering import render
from interactions.tables import load_embedded
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.routes import Routes

READ = Path(__file__).with_suffix(".tsv")
COUNT = 100
COMPOUND = 35
_ANY_MEDICINE = ("amoxicillin", "levothyroxine", "metronidazole", "prednisolone", "valproic-acid")
"""What may stand for an open side ("medicines by mouth")."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finding to be read: an interaction, and the substances that stand on its sides `a` and `b`."""

    interaction: Interaction
    a: tuple[str, ...]
    b: tuple[str, ...]


def is_compound(interaction: Interaction) -> bool:
    """Whether it has several levels, or a branch with a condition or with members of its own."""
    return len(interaction.levels) > 1 or any(
        (branch.condition, branch.members_a, branch.members_b, branch.except_a, branch.except_b) != ("", (), (), (), ())
        for branch in interaction.branches
    )


def drawn_and_read(knowledge: Knowledge) -> tuple[tuple[Drawn, str], ...]:
    """The findings of `review_sample.tsv`, each with the level that was read on the page."""
    by_id = {one.id: one for one in knowledge.interactions}
    rows = [line.split("\t") for line in READ.read_text("utf-8").splitlines()[1:]]
    return tuple((Drawn(by_id[id], tuple(a.split("|")), tuple(b.split("|"))), level) for _, id, a, b, level in rows)


def draw(knowledge: Knowledge, seed: int, count: int = COUNT, compound: int = COMPOUND) -> tuple[Drawn, ...]:
    """Draw interactions, first `compound` of the compound ones, then from all that are left, and a pair for each.

    Returns:
        Findings in the order of the ids; fewer than `count` only where an interaction has no two substances.
    """
    by_id = {one.id: one for one in knowledge.interactions}
    chance = random.Random(seed)
    first = chance.sample(sorted(id for id, one in by_id.items() if is_compound(one)), compound)
    rest = chance.sample(sorted(by_id.keys() - set(first)), count - compound)
    members = _members(knowledge)
    drawn = (_pair(knowledge, members, by_id[id], seed) for id in sorted([*first, *rest]))
    return tuple(found for found in drawn if found)


def _members(knowledge: Knowledge) -> Mapping[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for member in knowledge.members:
        if member.substance:
            found[member.side].add(member.substance)
    return {side: sorted(substances) for side, substances in found.items()}


def _pair(knowledge: Knowledge, members: Mapping[str, list[str]], interaction: Interaction, seed: int) -> Drawn | None:
    chance = random.Random(f"{seed}:{interaction.id}")
    first, second = (list(_parties(knowledge, members, side)) for side in (interaction.a, interaction.b))
    chance.shuffle(first)
    chance.shuffle(second)
    return next((Drawn(interaction, a, b) for a in first for b in second if not set(a) & set(b)), None)


def _parties(knowledge: Knowledge, members: Mapping[str, list[str]], side: str) -> Iterator[tuple[str, ...]]:
    if knowledge.sides[side].kind == "combination":
        yield tuple(members[side])
    else:
        yield from ((substance,) for substance in members.get(side, _ANY_MEDICINE))


def rendered(checker: Checker, catalogue: Catalogue, drawn: Drawn, language: str) -> dict[str, Any]:
    """The drawn interaction as the check renders it when its substances are typed by their English names."""
    names = [catalogue.substance(substance).name("en") for substance in (*drawn.a, *drawn.b)]
    result = render(checker.check([MedicineInput(name=name) for name in names]), language)
    for field in ("interactions", "not_applicable"):
        for found in result[field]:
            if found["id"] == drawn.interaction.id:
                return {"found_in": field, **found}
    return {"found_in": "", "names": names, "medicines": result["medicines"], "not_covered": result["not_covered"]}


def text(drawn: Drawn, found: Mapping[str, Any]) -> Iterable[str]:
    """The rendered finding in lines, for a reader."""
    yield f"  found in: {found['found_in'] or 'NOWHERE ' + str(found)}"
    if found["found_in"] == "not_applicable":
        yield f"  {found['text']}"
    if found["found_in"] != "interactions":
        return
    between = " + ".join(party["name"] for party in found["between"])
    yield f"  {between}: {found['level_text']} [{found['native_level']}]"
    for one in found["branches"]:
        yield f"    branch {one['level']} [{one['native_level']}] {one['condition']!r} applies={one['applies']}"
    for field in ("effect", "mechanism", "advice"):
        yield f"    {field}: {found[field]['text']}"
    yield f"    path: {' > '.join(node['name'] for node in found['path'])}; pages {found['sources'][0]['pages']}"


def main() -> None:
    """Print the findings in English and French."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--compound", type=int, default=COMPOUND)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    knowledge = load_embedded()
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue.open(given.data or Path(folder))
        checker = Checker(knowledge, catalogue, Routes.load())
        if given.seed is None:
            findings = tuple(drawn for drawn, _ in drawn_and_read(knowledge))
        else:
            findings = draw(knowledge, given.seed, given.count, given.compound)
        for number, drawn in enumerate(findings, 1):
            print(f"{number}. {drawn.interaction.id}: {'+'.join(drawn.a)} and {'+'.join(drawn.b)}")
            for language in ("en", "fr"):
                print("\n".join(text(drawn, rendered(checker, catalogue, drawn, language))))


if __name__ == "__main__":
    main()

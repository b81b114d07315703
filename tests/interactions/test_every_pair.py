"""Every pair that the thesaurus states is found: by INN, by a French brand, by an English name."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import pytest

from interactions.check import Checker
from interactions.findings import CheckResult, MedicineInput
from interactions.knowledge import Interaction, Knowledge, Member
from interactions.tables import load_embedded
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.routes import Routes


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_embedded()


@pytest.fixture(scope="module")
def catalogue(data_dir: Path) -> Catalogue:
    return Catalogue.open(data_dir)


@pytest.fixture(scope="module")
def checker(knowledge: Knowledge, catalogue: Catalogue) -> Checker:
    return Checker(knowledge, catalogue, Routes.load())


@pytest.fixture(scope="module")
def members(knowledge: Knowledge) -> dict[str, list[Member]]:
    table: dict[str, list[Member]] = defaultdict(list)
    for member in knowledge.members:
        table[member.side].append(member)
    return table


class Names:
    """One name of a substance in each way of naming it; None where none says the substance alone."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._brands: dict[str, str | None] = {}

    def inn(self, substance: str) -> str | None:
        known = self._catalogue.substance(substance).names
        return known.get("fr") or known["en"]

    def english(self, substance: str) -> str | None:
        return self._catalogue.substance(substance).names["en"]

    def brand(self, substance: str) -> str | None:
        if substance not in self._brands:
            self._brands[substance] = next(
                (name for name in self._catalogue.brands(substance) if self._means(name, substance)), None
            )
        return self._brands[substance]

    def _means(self, name: str, substance: str) -> bool:
        found = self._catalogue.resolve(name)
        return found.status == "resolved" and substance in [one.id for one in found.substances]


WAYS = ("inn", "brand", "english")


def _representatives(
    interaction: Interaction, knowledge: Knowledge, members: dict[str, list[Member]], names: Names, way: str
) -> list[MedicineInput] | None:
    """A shortest list of medicines that meets the interaction, or None where a name of that way is missing."""
    a, b = knowledge.sides[interaction.a], knowledge.sides[interaction.b]
    chosen: list[list[Member]] = []
    for side in (a, b):
        if side.kind == "open":
            chosen.append([])
        elif side.kind == "combination":
            chosen.append(members[side.id])
        else:
            taken = {one.substance for group in chosen for one in group}
            # Iron by mouth and iron by injection are one substance on two sides.
            free = [m for m in members[side.id] if m.substance not in taken] or members[side.id]
            named = [m for m in free if getattr(names, way)(m.substance)]
            if not named:
                return None
            chosen.append(named[:1])
    items = []
    for side, group in zip((a, b), chosen, strict=True):
        for member in group:
            name = getattr(names, way)(member.substance)
            if name is None:
                return None
            routes = member.routes or side.routes
            items.append(MedicineInput(name=name, route=routes[0] if routes else "oral"))
    if not all(chosen):
        # An open side is met by any other medicine at its route; paracetamol stands in no other thesaurus class here.
        open_side = a if a.kind == "open" else b
        items.append(MedicineInput(name="ibuprofen", route=open_side.routes[0]))
    return items


def _meets(result: CheckResult, interaction: Interaction) -> bool:
    return any(found.judged.interaction.id == interaction.id for found in (*result.findings, *result.not_applicable))


@pytest.mark.parametrize("way", WAYS)
def test_every_stated_pair_is_found_by(
    way: str, knowledge: Knowledge, catalogue: Catalogue, checker: Checker, members: dict[str, list[Member]]
) -> None:
    names = Names(catalogue)
    missed, unnamed = [], []
    for interaction in knowledge.interactions:
        items = _representatives(interaction, knowledge, members, names, way)
        if items is None:
            unnamed.append(interaction.id)
        elif not _meets(checker.check(items), interaction):
            missed.append((interaction.id, [item.name for item in items]))
    assert not missed
    # Only a brand can be missing: substances that no French product on the register holds (any longer).
    assert not unnamed or way == "brand"


def test_every_member_of_every_side_is_found_by_its_french_and_english_name(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    wrong = []
    for substance in sorted({member.substance for member in knowledge.members}):
        for name in set(catalogue.substance(substance).names.values()):
            found = catalogue.resolve(name)
            if [one.id for one in found.substances] != [substance]:
                wrong.append((substance, name, found.status, [one.id for one in found.substances]))
    assert not wrong


def test_every_printed_member_resolves_to_its_substance(knowledge: Knowledge, catalogue: Catalogue) -> None:
    """What the source prints (without its remarks in brackets) is also what a French prescriber types."""
    wrong = []
    for printed, group in itertools.groupby(sorted(knowledge.members, key=lambda m: m.printed), lambda m: m.printed):
        wanted = {member.substance for member in group}
        found = catalogue.resolve(printed)
        if found.status == "resolved" and not {one.id for one in found.substances} <= wanted:
            wrong.append((printed, wanted, [one.id for one in found.substances]))
    assert not wrong

"""A known dose or route never empties an entry of several levels: some branch always stays.

An entry of one level that the source limits to a dose or a route may be excluded by it: that is what the source says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import pytest

from interactions.conditions import Ruling, Use, compile_condition
from interactions.doses import read_dose
from interactions.knowledge import Interaction, Knowledge
from interactions.tables import load_embedded
from medinfo.medicines.routes import Routes

DOSE = re.compile(r"dose:(?P<who>[^:]+):[<>=]+:(?P<number>[\d.]+):(?P<unit>mg|g)/(?P<per>dose|day|week)")
ROUTE = re.compile(r"route:[^@]+@(?P<who>.+)")
# The source itself leaves these uses out (pages 5 and 48), each with the fact that excludes all branches.
LEFT_OUT = {
    "acide-acetylsalicylique--glucocorticoides-sauf-hydrocortisone": "aspirin at antiplatelet doses",
    "acide-acetylsalicylique--methotrexate": "aspirin at antiplatelet doses with little methotrexate",
    "calcium--digoxine": "calcium neither swallowed nor injected",
}

Fact = tuple[str, Use, str]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_embedded()


def facts(who: str, atoms: set[str], routes: list[str]) -> Iterator[Fact]:
    """What may be known of one medicine: each route, and doses below, at and above each limit."""
    if any((found := ROUTE.fullmatch(atom)) and found["who"] == who for atom in atoms):
        yield from ((who, Use((route,)), route) for route in routes)
    for atom in sorted(atoms):
        found = DOSE.fullmatch(atom)
        if found and found["who"] == who:
            limit = float(found["number"]) * (1000 if found["unit"] == "g" else 1)
            schedules = ["per week"] if found["per"] == "week" else ["per day", "once daily", "3 times a day"]
            for share, schedule in itertools.product((0.2, 0.5, 1, 1.5, 4), schedules):
                text = f"{limit * share:g} mg {schedule}"
                yield who, Use((), read_dose(text)), text


def rulings(interaction: Interaction, knowledge: Knowledge) -> list[Callable[[Callable[[str], Use | None]], Ruling]]:
    ids = [branch.condition for branch in interaction.branches]
    return [compile_condition(knowledge.conditions[id]) if id else lambda find: Ruling(True) for id in ids]


def test_no_known_fact_leaves_an_entry_of_several_levels_without_a_branch(knowledge: Knowledge) -> None:
    everywhere = Routes.load()
    routes = [slug for slug in everywhere.slugs if not everywhere.is_local(slug)]
    emptied = {}
    for interaction in knowledge.interactions:
        if len({branch.level for branch in interaction.branches}) < 2:
            continue
        conditions = [knowledge.conditions[b.condition] for b in interaction.branches if b.condition]
        atoms = {atom for condition in conditions for atom in condition.atoms}
        who = {found["who"] for atom in atoms if (found := DOSE.fullmatch(atom) or ROUTE.fullmatch(atom))}
        asked = rulings(interaction, knowledge)
        for known in itertools.product(*(list(facts(one, atoms, routes)) for one in sorted(who))):
            uses = {one: use for one, use, _ in known}
            if all(ask(uses.get).holds is False for ask in asked):
                emptied.setdefault(interaction.id.partition(":")[2], [text for *_, text in known])
    assert set(emptied) == set(LEFT_OUT), emptied


def test_unknown_facts_exclude_no_branch(knowledge: Knowledge) -> None:
    for condition in knowledge.conditions.values():
        if condition.id != "exempted-by-source":
            assert compile_condition(condition)(lambda who: None).holds is None


def test_what_the_source_exempts_never_holds(knowledge: Knowledge) -> None:
    exempted = knowledge.conditions["exempted-by-source"]
    assert compile_condition(exempted)(lambda who: None).holds is False


@pytest.mark.parametrize(
    ("dose", "kept"),
    [
        ("100 mg per day", {"antiplatelet", "antiplatelet-ulcer-history"}),
        ("500 mg 3 times a day", {"analgesic-ulcer-history", "analgesic-no-ulcer-history"}),
        (
            "1 g 2 times a day",
            {"anti-inflammatory-intake", "analgesic-ulcer-history", "analgesic-no-ulcer-history"},
        ),
        ("1 g 3 times a day", {"anti-inflammatory-intake", "anti-inflammatory-day"}),
        ("500 mg 6 times a day", {"anti-inflammatory-day"}),
        ("300 mg 3 times a day", {"analgesic-ulcer-history", "analgesic-no-ulcer-history"}),
        ("375 mg per day", {"antiplatelet", "antiplatelet-ulcer-history"}),
    ],
)
def test_the_dose_of_aspirin_decides_with_warfarin(knowledge: Knowledge, dose: str, kept: set[str]) -> None:
    (interaction,) = (
        i for i in knowledge.interactions if i.id.endswith(":acide-acetylsalicylique--anticoagulants-oraux")
    )
    use = Use((), read_dose(dose))
    open_ones = {
        branch.condition.removeprefix("aspirin-")
        for branch, ask in zip(interaction.branches, rulings(interaction, knowledge), strict=True)
        if ask({"acetylsalicylic-acid": use}.get).holds is not False
    }
    assert open_ones == kept


@pytest.mark.parametrize(
    ("condition", "who", "routes", "holds"),
    [
        ("diltiazem-injected", "diltiazem", ("intravenous",), True),
        ("diltiazem-injected", "diltiazem", ("oral",), False),
        ("diltiazem-not-injected", "diltiazem", ("oral",), True),
        ("midazolam-oral", "midazolam", ("buccal",), False),
        ("midazolam-intravenous-or-sublingual", "midazolam", ("buccal",), False),
        ("midazolam-other-route", "midazolam", ("buccal",), None),
        ("midazolam-other-route", "midazolam", ("oral",), False),
        ("amphotericin-b-intravenous", "amphotericin-b", ("oral",), False),
        ("amphotericin-b-intravenous", "amphotericin-b", ("parenteral",), None),
        ("aminoglycoside-injected", "aminosides", ("intraperitoneal",), True),
        ("aminoglycoside-injected", "aminosides", ("inhalation",), False),
        ("glucocorticoid-immunosuppressive", "glucocorticoides-sauf-hydrocortisone", ("inhalation",), False),
        ("glucocorticoid-immunosuppressive", "glucocorticoides-sauf-hydrocortisone", ("oral",), None),
    ],
)
def test_a_known_route_decides(
    knowledge: Knowledge, condition: str, who: str, routes: tuple[str, ...], holds: bool | None
) -> None:
    assert compile_condition(knowledge.conditions[condition])({who: Use(routes)}.get).holds is holds

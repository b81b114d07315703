"""How long a check takes, beside two plainer ways to find the same. Reported, never asserted.

    pytest tests/benchmarks/test_check_speed.py --benchmark-only

The figure for one pair is the time of a list of twenty divided by its 190 pairs.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator

import pytest

from interactions.check import Checker
from interactions.findings import CheckResult, MedicineInput
from interactions.graph import build_graph, walk
from interactions.index import Present
from interactions.knowledge import Knowledge
from interactions.rendering import render
from interactions.tables import load_embedded
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.routes import Routes

pytestmark = pytest.mark.benchmark_report

PAIRS = 190
EXACT = ("warfarin", "ibuprofen", "amiodarone", "simvastatin", "clarithromycin")
TWENTY = (
    *("warfarine", "Advil 400", "amiodarone", "simvastatine", "clarithromycine", "digoxine", "ramipril"),
    *(
        "spironolactone",
        "furosémide",
        "metformine",
        "lévothyroxine",
        "sertraline",
        "tramadol",
        "oméprazole",
        "Doliprane",
    ),
)
MISSPELLED = ("allopurinnol", "bisoprlol", "atorvastatinne", "prednisolne", "colchicne")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_embedded()


@pytest.fixture(scope="module")
def checker(knowledge, data_dir) -> Checker:
    return Checker(knowledge, Catalogue.open(data_dir), Routes.load(), compiled=data_dir / "compiled")


@pytest.fixture(scope="module")
def lists(knowledge) -> list[list[str]]:
    """A hundred lists of twenty substances that the source covers."""
    covered = sorted({member.substance for member in knowledge.members if member.substance})
    draw = random.Random(20)
    return [draw.sample(covered, 20) for _ in range(100)]


def _report(benchmark, per_call: int, unit: str) -> None:
    """Adds the median per unit, in microseconds; nothing when benchmarks are switched off."""
    if benchmark.stats:
        benchmark.extra_info[f"microseconds a {unit}"] = round(benchmark.stats.stats.median / per_call * 1e6, 3)


def test_pairs_by_the_compiled_index(benchmark, checker, lists):
    present = [[Present(one) for one in listed] for listed in lists]
    found = benchmark(lambda: [checker.index.find(one) for one in present])
    _report(benchmark, PAIRS * len(lists), "pair")
    assert any(found)


def test_pairs_by_an_adjacency_set(benchmark, checker, knowledge, lists):
    """What a plain program does: look every pair up in a dictionary of pairs."""
    adjacent: dict[frozenset[str], list[int]] = {}
    members: dict[str, list[str]] = {side: [] for side in knowledge.sides}
    for member in knowledge.members:
        members[member.side].append(member.substance)
    for number, interaction in enumerate(knowledge.interactions):
        for pair in itertools.product(members[interaction.a], members[interaction.b]):
            adjacent.setdefault(frozenset(pair), []).append(number)

    def find(listed: list[str]) -> list[int]:
        pairs = itertools.combinations(listed, 2)
        return [number for pair in pairs for number in adjacent.get(frozenset(pair), ())]

    found = benchmark(lambda: [find(listed) for listed in lists])
    _report(benchmark, PAIRS * len(lists), "pair")
    assert any(found)


def test_pairs_by_walking_the_graph(benchmark, knowledge, lists):
    graph = build_graph([knowledge])
    present = [[Present(one) for one in listed] for listed in lists[:5]]
    found = benchmark(lambda: [walk(graph, one, lambda route: False) for one in present])
    _report(benchmark, PAIRS * len(present), "pair")
    assert any(found)


def _check(checker: Checker, names: tuple[str, ...]) -> CheckResult:
    return checker.check([MedicineInput(name=name) for name in names])


def test_five_exact_names(benchmark, checker):
    assert benchmark(lambda: _check(checker, EXACT)).findings


def _never_typed_before(names: Iterable[str], doses: Iterator[int]) -> tuple[str, ...]:
    """The names with a dose that nobody typed yet: what was remembered of a text does not help."""
    return tuple(f"{name} {next(doses)} mg" for name in names)


def test_five_exact_names_met_for_the_first_time(benchmark, checker):
    doses = itertools.count(1)

    def check() -> CheckResult:
        checker.forget()
        return _check(checker, _never_typed_before(EXACT, doses))

    assert benchmark(check).findings


def test_twenty_medicines_of_which_five_are_misspelled(benchmark, checker):
    result = benchmark(lambda: _check(checker, TWENTY + MISSPELLED))
    statuses = [one.resolution.status for one in result.medicines]
    assert set(statuses[:15]) == {"resolved"}
    assert "unknown" not in statuses


def test_twenty_medicines_of_which_five_are_misspelled_met_for_the_first_time(benchmark, checker):
    doses = itertools.count(1)

    def check() -> CheckResult:
        checker.forget()
        return _check(checker, _never_typed_before(TWENTY + MISSPELLED, doses))

    assert len(benchmark(check).medicines) == 20


@pytest.mark.parametrize("names", [EXACT, TWENTY], ids=["five", "fifteen"])
def test_rendering(benchmark, checker, names):
    result = _check(checker, names)
    assert benchmark(lambda: render(result, "fr"))["interactions"]

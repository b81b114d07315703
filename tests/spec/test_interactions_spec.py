"""Holds the check to the table in `interactions.md`, which is also its documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from interactions.check import Checker
from interactions.findings import Finding, Judged, MedicineInput, NotApplicable
from interactions.tables import load_embedded
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.routes import Routes

TABLE = Path(__file__).with_name("interactions.md")
_ITEM = re.compile(r"(?P<name>[^()]+?)(?:\s*\((?P<fact>route|dose): (?P<value>[^)]+)\))?")


@dataclass(frozen=True)
class Row:
    line: int
    items: tuple[MedicineInput, ...]
    between: tuple[str, ...]
    expected: str
    page: int

    @property
    def title(self) -> str:
        return f"{self.line}: {'; '.join(item.name for item in self.items)} -> {self.expected}"


def _rows() -> list[Row]:
    rows = []
    for number, line in enumerate(TABLE.read_text("utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("List", "---"):
            listed, between, expected, page = cells
            items = tuple(_item(text.strip()) for text in listed.split(";"))
            parties = tuple(between.split(" + ")) if " + " in between else (between,)
            rows.append(Row(number, items, parties, expected, int(page or 0)))
    return rows


def _item(text: str) -> MedicineInput:
    found = _ITEM.fullmatch(text)
    assert found, text
    return MedicineInput(name=found["name"], **({found["fact"]: found["value"]} if found["fact"] else {}))


ROWS = _rows()


@pytest.fixture(scope="module")
def catalogue(data_dir) -> Catalogue:
    return Catalogue.open(data_dir)


@pytest.fixture(scope="module")
def checker(catalogue) -> Checker:
    return Checker(load_embedded(), catalogue, Routes.load())


def test_the_table_holds_enough_for_a_clinician_to_judge():
    assert len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_the_check_says_what_the_table_says(checker, catalogue, row):
    result = checker.check(row.items)
    kind, _, detail = row.expected.partition(": ")
    if kind == "not covered":
        assert [(one.text, one.reason) for one in result.not_covered] == [(row.between[0], detail)]
        return
    assert [one.text for one in result.medicines if one.resolution.status != "resolved"] == []
    parties = {_substances(catalogue, party) for party in row.between}
    if kind == "duplicate":
        assert {frozenset({one.substance.id}) for one in result.duplicates} == parties
    elif kind == "not listed":
        assert tuple(sorted(id for party in parties for id in party)) in result.not_listed
        assert _judged(result.findings, parties, 0) == []
    elif kind == "not applicable":
        assert _judged(result.findings, parties, row.page) == []
        reasons = {"local route": "local_route", "condition": "condition_excluded"}
        assert [one.status for one in _judged(result.not_applicable, parties, row.page)] == [reasons[detail]]
    else:
        _assert_level(_judged(result.findings, parties, row.page), row.expected)


def _substances(catalogue: Catalogue, party: str) -> frozenset[str]:
    """The ids of a party: one substance, or all members of a combination."""
    resolved = [catalogue.resolve(name.strip()).substances for name in party.split("&")]
    assert all(len(substances) == 1 for substances in resolved), party
    return frozenset(substances[0].id for substances in resolved)


def _judged(found: Iterable[Finding | NotApplicable], parties: set[frozenset[str]], page: int) -> list[Judged]:
    """The judgements on a pair that are stated on a page (0: on any)."""
    return [
        one.judged
        for one in found
        if {frozenset(party.substances) for party in one.judged.between} == parties
        and (not page or page in one.judged.interaction.pages)
    ]


def _assert_level(found: list[Judged], expected: str) -> None:
    """At least one finding is as expected; one page can state a pair twice (heparins at two doses)."""
    level, *details = expected.split(", ")
    undecided = {detail.removeprefix("undecided: ") for detail in details if detail.startswith("undecided: ")}
    excluded = {detail.removeprefix("excluded: ") for detail in details if detail.startswith("excluded: ")}
    said = [_said(judged) for judged in found]
    assert any(
        one.level == level
        and bool(one.undecided) == bool(undecided)
        and one.undecided >= undecided
        and one.excluded >= excluded
        for one in said
    ), said


@dataclass(frozen=True)
class _Said:
    """What a judgement says: its level, what would decide it if nothing does yet, and the levels it excludes."""

    level: str
    undecided: set[str]
    excluded: set[str]


def _said(judged: Judged) -> _Said:
    strictest = [one for one in judged.branches if one.branch.level is judged.level and one.applies is not False]
    decided = any(one.applies for one in strictest)
    undecided = set() if decided else {kind for one in strictest for kind in one.decided_by}
    excluded = {one.branch.level.value for one in judged.branches if one.applies is False}
    return _Said(judged.level.value, undecided, excluded)

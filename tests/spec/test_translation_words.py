"""Holds the checks on words to the tables in `translation_negations.md` and `translation_recommendations.md`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from medinfo.phrases import LANGUAGES
from translation.verify import verify

_HERE = Path(__file__).parent
_REASONS = {"passes": set(), "lost": {"negation_missing"}, "gained": {"negation_added"}}


class Row(NamedTuple):
    line: int
    source_language: str
    source: str
    target_language: str
    target: str
    expected: str

    @property
    def title(self) -> str:
        return f"{self.line}: {self.source} -> {self.target}"


def rows(name: str) -> list[Row]:
    found = []
    for number, line in enumerate((_HERE / name).read_text("utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in {"from", "---"}:
            found.append(Row(number, *cells))
    return found


NEGATIONS = rows("translation_negations.md")
RECOMMENDATIONS = rows("translation_recommendations.md")


@pytest.mark.parametrize("table", [NEGATIONS, RECOMMENDATIONS], ids=["negations", "recommendations"])
def test_every_language_with_a_table_is_a_source_and_a_target(table):
    assert {row.source_language for row in table} == {row.target_language for row in table} == set(LANGUAGES)


@pytest.mark.parametrize("row", NEGATIONS, ids=lambda row: row.title)
def test_negations_are_kept_as_the_table_says(row):
    verdict = verify(row.source, row.target, row.source_language, row.target_language)
    assert {one.reason for one in verdict.failures if one.check == "negation"} == _REASONS[row.expected]


@pytest.mark.parametrize("row", RECOMMENDATIONS, ids=lambda row: row.title)
def test_the_strength_of_advice_is_kept_as_the_table_says(row):
    verdict = verify(row.source, row.target, row.source_language, row.target_language)
    assert ("recommendation" in verdict.failed) == (row.expected == "fails")

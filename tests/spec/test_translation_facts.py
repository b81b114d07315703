"""Holds the extraction of facts to the tables in `translation_*.md`, which are also its documentation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from medinfo.phrases import LANGUAGES
from translation.facts.extract import extract
from translation.facts.model import Fact
from translation.facts.numbers import Ratio

TABLES = [Path(__file__).with_name(f"translation_{name}.md") for name in ("numbers", "doses", "dates", "frequencies")]
_SIGNS = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥", "approx": "~", "eq": "=", "pm": "pm"}


@dataclass(frozen=True)
class Row:
    table: str
    line: int
    language: str
    text: str
    states: str

    @property
    def title(self) -> str:
        return f"{self.table}:{self.line}: {self.language}: {self.text}"


def _rows(table: Path) -> list[Row]:
    rows = []
    for number, line in enumerate(table.read_text("utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] in LANGUAGES:
            rows.append(Row(table.stem, number, *cells))
    return rows


ROWS = [row for table in TABLES for row in _rows(table)]


def _number(value: Decimal) -> str:
    return f"{int(value)}" if value == value.to_integral_value() else f"{value.normalize():f}"


def _range(low: Decimal, high: Decimal | None) -> str:
    return _number(low) if high is None else f"{_number(low)}–{_number(high)}"


def _frequency(value: Any) -> str:
    if value.moment:
        return f"at {value.moment}"
    if value.schedule:
        return f"schedule {'-'.join(_number(intake) for intake in value.schedule)}"
    return f"{_range(value.times, value.times_high)} per {_range(value.period, value.period_high)} {value.unit}"


def _stated(fact: Fact) -> str:
    value: Any = fact.value
    if fact.kind == "number":
        said = f"{_number(value.first)}:{_number(value.second)}" if isinstance(value, Ratio) else _number(value)
    elif fact.kind == "quantity":
        said = f"{_range(value.low, value.high)} {'/'.join((value.unit, *value.per))}"
    elif fact.kind == "frequency":
        said = _frequency(value)
    elif fact.kind == "comparison":
        said = _SIGNS[value]
    else:
        said = f"{fact.kind} {value}".replace("|", " or ")
    return f"{said}?" if fact.ambiguous else said


def test_the_tables_hold_enough_of_each_language_for_a_clinician_to_judge():
    by_language = Counter(row.language for row in ROWS)
    assert len(ROWS) >= 800
    assert min(by_language[language] for language in LANGUAGES) >= 100


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_the_text_states_what_the_table_says(row):
    assert "; ".join(_stated(fact) for fact in extract(row.text, row.language)) == (
        "" if row.states == "nothing" else row.states
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_every_fact_stands_where_it_says(row):
    end = 0
    for fact in extract(row.text, row.language):
        assert end <= fact.span.start < fact.span.end <= len(row.text)
        assert fact.span.of(row.text).strip() == fact.span.of(row.text)
        end = fact.span.end

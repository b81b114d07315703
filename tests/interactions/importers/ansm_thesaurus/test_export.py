"""One line per unordered pair, for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from interactions.importers.ansm_thesaurus.document import Pair, TextCondition, Thesaurus
from interactions.importers.ansm_thesaurus.export import COLUMNS, export_lines, export_rows
from interactions.knowledge import Level

PAIR = Pair(
    a="ALPHADINE",
    b="BETALIQUES",
    native_level="CI - ASDEC",
    levels=(Level.CONTRAINDICATED, Level.AVOID),
    conditions=(
        TextCondition("avec le betadol", ("betadol",), False, Level.CONTRAINDICATED),
        TextCondition("", level=Level.AVOID),
        TextCondition("Avec l'alphadine par voie IV", ("alphadine",)),
    ),
    mechanism='Hausse, puis "chute".',
    advice="Un jour\n- sur deux",
    pages=(3, 17),
    directions=2,
)


def test_a_row_has_the_agreed_fields() -> None:
    assert list(export_rows([PAIR])) == [
        {
            "a": "ALPHADINE",
            "b": "BETALIQUES",
            "levels": ["contraindicated", "avoid"],
            "conditions": [
                {"text": "avec le betadol", "members": ["betadol"], "level": "contraindicated"},
                {"text": "Avec l'alphadine par voie IV", "members": ["alphadine"], "level": None},
            ],
            "mechanism": 'Hausse, puis "chute".',
            "advice": "Un jour\n- sur deux",
            "pages": [3, 17],
        }
    ]


def test_json_lines_are_one_object_a_line() -> None:
    lines = list(export_lines([PAIR, PAIR], "jsonl"))
    assert [json.loads(line) for line in lines] == list(export_rows([PAIR, PAIR]))
    assert all(line.count("\n") == 1 and line.endswith("\n") for line in lines)


def test_csv_holds_the_same() -> None:
    [row] = csv.DictReader(io.StringIO("".join(export_lines([PAIR], "csv"))))
    assert tuple(row) == COLUMNS
    assert row["levels"] == "contraindicated|avoid"
    assert row["pages"] == "3|17"
    assert row["advice"] == PAIR.advice
    assert json.loads(row["conditions"])[0]["members"] == ["betadol"]


def test_the_official_pairs_are_exported_once_each_in_code_point_order(thesaurus: Thesaurus, tmp_path: Path) -> None:
    rows = list(export_rows(thesaurus.pairs))
    names = [(row["a"], row["b"]) for row in rows]
    assert len(rows) == len(set(names)) == 1623
    assert all(a <= b for a, b in names)
    assert names == sorted(names)
    assert all(row["levels"] and row["mechanism"] and row["pages"] for row in rows)

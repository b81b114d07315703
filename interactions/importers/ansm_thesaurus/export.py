"""An imported edition as plain rows, for other programs: one line per unordered pair."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import orjson

from interactions.importers.ansm_thesaurus.document import Pair, TextCondition

Format = Literal["jsonl", "csv"]
COLUMNS = ("a", "b", "levels", "conditions", "mechanism", "advice", "pages")


def export_rows(pairs: Iterable[Pair]) -> Iterator[dict[str, Any]]:
    """The pairs as plain values.

    Returns:
        for each pair `a`, `b` (as printed, in code-point order), `levels` (as printed, strictest first),
        `conditions` (`text`, `members`, `level` or None), `mechanism`, `advice`, `pages`.
    """
    for pair in pairs:
        yield {
            "a": pair.a,
            "b": pair.b,
            "levels": [level.value for level in pair.levels],
            "conditions": [_condition(condition) for condition in pair.conditions if condition.text],
            "mechanism": pair.mechanism,
            "advice": pair.advice,
            "pages": list(pair.pages),
        }


def _condition(condition: TextCondition) -> dict[str, Any]:
    return {
        "text": condition.text,
        "members": list(condition.members),
        "level": condition.level.value if condition.level else None,
    }


def export_lines(pairs: Iterable[Pair], form: Format) -> Iterator[str]:
    """The pairs as lines of text, line ends included.

    Args:
        form: `jsonl`, one JSON object a line; `csv`, with a header, lists of words and numbers joined with `|` and
            conditions as JSON in their cell.
    """
    if form == "jsonl":
        for row in export_rows(pairs):
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE).decode()
        return
    yield _csv_line(COLUMNS)
    for row in export_rows(pairs):
        cells = {
            **row,
            "levels": "|".join(row["levels"]),
            "conditions": orjson.dumps(row["conditions"]).decode(),
            "pages": "|".join(map(str, row["pages"])),
        }
        yield _csv_line([cells[column] for column in COLUMNS])


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()

"""Sentences end where the table `translation_sentences.md` says, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.phrases import LANGUAGES
from translation.segment import sentences

SPEC = Path(__file__).with_name("translation_sentences.md")
MIN_ROWS = 60


def rows() -> list[tuple[str, str]]:
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in SPEC.read_text("utf-8").splitlines()]
    found = [(row[0], row[1].replace("⏎", "\n")) for row in cells if len(row) == 2]
    return [row for row in found if not row[0].startswith("---")][1:]


def cut(text: str) -> tuple[str, list[str]]:
    """The text as it is given, and its sentences."""
    pieces = [piece.strip() for piece in text.split("¦")]
    return text.replace(" ¦ \n", "\n").replace("\n ¦ ", "\n").replace(" ¦ ", " "), pieces


def test_the_table_covers_six_languages() -> None:
    assert len(rows()) >= MIN_ROWS
    for language in LANGUAGES:
        assert sum(row[0] == language for row in rows()) >= 7, language


@pytest.mark.parametrize(("language", "row"), rows())
def test_sentences_end_as_the_table_says(language: str, row: str) -> None:
    text, wanted = cut(row)
    lines = [line for piece in wanted for line in listed(piece)]
    assert [span.of(text) for span in sentences(text, language)] == lines


def listed(piece: str) -> list[str]:
    """A piece of the table; a line break before the number of an item cuts by itself."""
    head, _, tail = piece.rpartition("\n")
    return [head, tail] if head and tail[:-1].isdigit() else [piece]

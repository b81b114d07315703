"""The table of abbreviations."""

from __future__ import annotations

from importlib.resources import files

from medinfo.phrases import LANGUAGES
from translation.segment_table import key, words

KINDS = {"before", "number", "either", "noun", "unit", "letter", "start", "link", "month"}


def rows() -> list[list[str]]:
    table = files("translation").joinpath("data", "abbreviations.tsv").read_text("utf-8")
    return [line.split("\t") for line in table.splitlines()[1:]]


def test_rows_are_sorted_and_of_a_known_kind() -> None:
    assert rows() == sorted(rows())
    assert len(rows()) == len({tuple(row) for row in rows()})
    assert {row[2] for row in rows()} == KINDS


def test_abbreviations_end_in_a_stop() -> None:
    assert all(form.endswith(".") for _, form, kind in rows() if kind in {"before", "number", "either", "noun", "unit"})


def test_every_language_has_rows_of_its_own() -> None:
    for language in LANGUAGES:
        own = {kind for row_language, _, kind in rows() if row_language == language}
        assert own >= {"before", "number", "either", "letter", "start", "link"}, language


def test_a_language_wins_over_all() -> None:
    assert words("en").kinds[key("max.")] == "either"
    assert words("de").kinds[key("max.")] == "before"


def test_spaces_and_case_do_not_matter() -> None:
    assert key("P. Ex.") == key("p.ex.") == "p.ex"

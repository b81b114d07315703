"""Glyphs become rows, rows become text: spaces, lost signs, hyphens, lists, dates."""

from __future__ import annotations

import pytest

from interactions.importers.ansm_thesaurus.edition import find_edition
from interactions.importers.ansm_thesaurus.notes import split_members
from interactions.importers.ansm_thesaurus.rows import Glyph, make_row, rows_of
from interactions.importers.ansm_thesaurus.text import Vocabulary

SIZE = 10.0


def glyphs(text: str, y: float = 100.0, x: float = 50.0) -> list[Glyph]:
    return [Glyph(x + 5.0 * index, x + 5.0 * index + 5.0, y, ord(c), 0) for index, c in enumerate(text)]


def text_of(printed: list[Glyph]) -> str:
    row = make_row(1, printed, [SIZE])
    assert row is not None
    return row.text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("deux  mots ", "deux mots"),
        ("(\u00a01 g)", "(\ufffd1 g)"),
        ("et \u00a03 g", "et \ufffd3 g"),
        ("soit\u00a0: 3", "soit : 3"),
        ("10\u00a0mg", "10 mg"),
        ("10\u00a0000 UI", "10 000 UI"),
        ("anti\x02", "anti-"),
        ("\uf0b7 dose \uf0b3 3 g", "• dose ≥ 3 g"),
        ("\ue123 3 g", "\ufffd 3 g"),
        ("\x013 g", "\ufffd3 g"),
        ("ef\ufb01cace", "efficace"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_characters(printed: str, read: str) -> None:
    assert text_of(glyphs(printed)) == read


def test_a_gap_is_a_space() -> None:
    assert text_of(glyphs("un") + glyphs("mot", x=63.0)) == "un mot"
    assert text_of(glyphs("un") + glyphs("mot", x=61.0)) == "unmot"


def test_a_glyph_printed_twice_to_look_bold_counts_once() -> None:
    assert text_of(glyphs("gras ") + glyphs("gras ", x=50.3)) == "gras"
    assert text_of(glyphs("elle")) == "elle"


def test_rows_are_told_apart_by_their_baseline() -> None:
    rows = rows_of(1, glyphs("bas", 88.0) + glyphs("haut", 100.0) + glyphs("haute", 99.5, x=90), [SIZE])
    assert [row.text for row in rows] == ["haut haute", "bas"]
    assert rows[0].x == 50.0


def test_blank_rows_are_none() -> None:
    assert make_row(1, glyphs("  "), [SIZE]) is None


WORDS = ["une concentration", "anti-acide et pseudo-tumeur", "bêta bloquant", "un antiviral"]
BREAKING = Vocabulary([*WORDS, "puis la rhuma- CONTRE-INDICATION", "tologie"])


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("la concen-", "tration monte", "la concentration monte"),
        ("un anti-", "acide", "un anti-acide"),
        ("un bêta-", "bloquant", "un bêta-bloquant"),
        ("pointes -", "torsades", "pointes - torsades"),
        ("la concen\u00ad", "tration", "la concentration"),
        ("une dose de 10-", "20 mg", "une dose de 10-20 mg"),
        ("la fin", "suit", "la fin suit"),
        ("la rhuma-", "tologie", "la rhumatologie"),
        ("un pseudo-", "kyste", "un pseudo-kyste"),
        ("auriculo-", "ventriculaire", "auriculo-ventriculaire"),
        ("une demi-", "tumeur", "une demi-tumeur"),
    ],
)
def test_lines_are_joined(before: str, after: str, joined: str) -> None:
    assert BREAKING.join(before, after) == joined


def test_where_words_are_never_broken_all_hyphens_stay() -> None:
    words = Vocabulary([*WORDS, "un anti-", "viral", "un bêta-", "bloquant"])
    assert words.join("un anti-", "viral") == "un anti-viral"
    assert words.join("une concen-", "tration") == "une concen-tration"


@pytest.mark.parametrize(
    ("printed", "members"),
    [
        ("(alphadine, betamine)", ("alphadine", "betamine")),
        ("(betafer (sel de), gammol", ("betafer (sel de)", "gammol")),
        ("(betafer (sel de), gammol [iv, im])", ("betafer (sel de)", "gammol [iv, im]")),
        ("(magnesol (hydroxyde de))", ("magnesol (hydroxyde de)",)),
        ("(alphadine (a, betamine", ("alphadine (a", "betamine")),
        ("(anpu", ()),
        ("(anpu)", ()),
        ("(alphadine,)", ("alphadine",)),
    ],
)
def test_members(printed: str, members: tuple[str, ...]) -> None:
    assert split_members(printed) == members


@pytest.mark.parametrize(
    ("lines", "edition"),
    [
        (["ESSAI", "SEPTEMBRE 2023", "Le 15 septembre 2023"], ("2023-09", "2023-09-15")),
        (["ANSM - Août 2019"], ("2019-08", "")),
        (["1er février 2020", "depuis mars 2018"], ("2020-02", "2020-02-01")),
        (["version corrigée 24/06/2015"], ("2015-06", "2015-06-24")),
        (["Décembre 2021", "31 mars 2021"], ("2021-12", "")),
        (["45/13/2015", "sans date"], ("", "")),
        ([], ("", "")),
    ],
)
def test_edition(lines: list[str], edition: tuple[str, str]) -> None:
    assert find_edition(lines) == edition

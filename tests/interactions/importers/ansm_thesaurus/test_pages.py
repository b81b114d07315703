"""What pages do to headings and entries: breaks, repeated names, annexes, numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus

Make = Callable[..., Any]
MakePdf = Callable[..., Path]
LONG = "Sommeil des batraciens, puis réveil brusque. " * 8


def entries(read: Thesaurus) -> list[tuple[str, str, str]]:
    return [(h.name, entry.partner, entry.mechanism) for h in read.headings for entry in h.entries]


def many(fake_entry: Make, count: int = 40) -> tuple[Any, ...]:
    return tuple(fake_entry(f"{chr(65 + i % 26)}{chr(65 + i // 26)}OL", f"{LONG}Fin.") for i in range(count))


def test_names_printed_again_on_the_next_page_are_no_new_ones(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    content = (fake("ALPHADINE", (), many(fake_entry)), fake("BETADOL", (), many(fake_entry, 3)))
    read = parse_thesaurus(make_pdf(content, again=True))
    assert entries(read) == entries(parse_thesaurus(make_pdf(content)))
    assert [(h.name, len(h.entries)) for h in read.headings] == [("ALPHADINE", 40), ("BETADOL", 3)]
    assert read.pages > 6


def test_an_entry_cut_by_a_page_keeps_both_columns(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    advice = "Prévenir le batracien. " * 30
    content = (fake("ALPHADINE", (), tuple(fake_entry(f"{c}OL", LONG, advice) for c in "ABCDEFGHIJ")),)
    read = parse_thesaurus(make_pdf(content))
    assert {entry.mechanism for entry in read.headings[0].entries} == {LONG.strip()}
    assert {entry.advice for entry in read.headings[0].entries} == {advice.strip()}


def test_the_last_entry_may_end_on_a_page_of_its_own(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    last = fake_entry("ZETOL", LONG * 6, "Prévenir le batracien. " * 90)
    read = parse_thesaurus(make_pdf((fake("ALPHADINE", (), (*many(fake_entry, 2), last)),)))
    assert read.headings[0].entries[-1].mechanism == (LONG * 6).strip()
    assert read.pages > read.headings[0].entries[-1].page
    assert read.unread == ()


def test_an_annex_is_reported_and_not_taken_for_advice(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    content = (fake("ALPHADINE", (), many(fake_entry, 3)),)
    read = parse_thesaurus(make_pdf(content, annex=("Une annexe", "qui reste sans lecteur")))
    assert read.unread == tuple(
        (page, f"{line}, part {part}")
        for page, part in ((4, "A"), (5, "B"))
        for line in ("Une annexe", "qui reste sans lecteur")
    )
    assert [entry.advice for entry in read.headings[0].entries] == [""] * 3


def test_headings_without_entries_are_kept_also_before_the_first_entry(
    make_pdf: MakePdf, fake: Make, fake_entry: Make
) -> None:
    content = (
        fake("ALPHADINE", ("Voir aussi : betaliques",)),
        fake("BETALIQUES", ("(betadol, betaline)",)),
        fake("GAMMACET", (), many(fake_entry, 3)),
        fake("DELTANES", ("Voir aussi : betaliques",)),
        fake("ZETOL", (), many(fake_entry, 1)),
    )
    read = parse_thesaurus(make_pdf(content))
    assert [(h.name, len(h.entries)) for h in read.headings] == [
        ("ALPHADINE", 0),
        ("BETALIQUES", 0),
        ("GAMMACET", 3),
        ("DELTANES", 0),
        ("ZETOL", 1),
    ]


def test_an_entry_that_recurs_on_every_page_is_no_footer(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    content = tuple(fake(f"{c}LPHOL", (), (fake_entry("ZETOL", "Effet 3."),)) for c in "ABCDEF")
    read = parse_thesaurus(make_pdf(content, bottom=100, leading=10.5))
    assert entries(read) == [(f"{c}LPHOL", "ZETOL", "Effet 3.") for c in "ABCDEF"]


def test_an_entry_without_a_level_is_reported_word_for_word(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    content = (fake("ALPHADINE", (), (*many(fake_entry, 3), fake_entry("ZETOL", "Effet.", "Avis.", level="Niveau"))),)
    read = parse_thesaurus(make_pdf(content))
    assert len(read.headings[0].entries) == 3
    assert [text for _, text in read.unread] == ["+ ZETOL", "Effet.", "Niveau", "Avis."]


def test_pages_are_those_of_the_pdf(make_pdf: MakePdf, fake: Make, fake_entry: Make) -> None:
    read = parse_thesaurus(make_pdf((fake("ALPHADINE", (), many(fake_entry, 2)),)))
    assert read.headings[0].page == 3
    assert [pair.pages for pair in read.pairs] == [(3,), (3,)]

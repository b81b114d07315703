"""An invented thesaurus in several layouts is read word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from interactions.importers.ansm_thesaurus.document import Heading, Thesaurus
from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from interactions.knowledge import Level


@pytest.fixture(scope="module")
def read(fake_pdf: Path) -> Thesaurus:
    return parse_thesaurus(fake_pdf)


def heading(read: Thesaurus, name: str) -> Heading:
    return next(found for found in read.headings if found.name == name)


def test_edition_and_date_come_from_the_cover_and_the_preface(read: Thesaurus) -> None:
    assert (read.edition, read.published) == ("2024-10", "2024-10-24")


def test_nothing_is_left_unread(read: Thesaurus) -> None:
    assert read.unread == ()


def test_all_headings_are_read_with_wrapped_names_joined(read: Thesaurus, fake_content: Any) -> None:
    assert [found.name for found in read.headings] == [fake.name for fake in fake_content]


def test_all_entries_are_read_with_every_word(read: Thesaurus, fake_content: Any) -> None:
    for fake in fake_content:
        found = [
            (entry.partner, entry.native_level, entry.mechanism, entry.advice)
            for entry in heading(read, fake.name).entries
        ]
        assert found == [(entry.partner, *expected(entry.blocks[0])) for entry in fake.entries]


def expected(block: tuple[str, str, tuple[str, ...]]) -> tuple[str, str, str]:
    level, mechanism, advice = block
    return level, mechanism.replace("-¬", ""), "\n".join(" ".join(line.split()) for line in advice)


def test_every_entry_has_the_levels_of_its_code(read: Thesaurus) -> None:
    entries = [entry for found in read.headings for entry in found.entries]
    assert all(entry.levels == levels_of(entry.native_level) != () for entry in entries)


def test_members_keep_brackets_and_need_no_closing_parenthesis(read: Thesaurus) -> None:
    assert heading(read, "BETALIQUES").members == ("betadol", "betafer (sel de)", "betamine [IV]", "betaline")


def test_a_plus_in_the_notes_is_no_entry(read: Thesaurus) -> None:
    found = heading(read, "BETALIQUES")
    assert "+ DELTANES" in found.notes
    assert [entry.partner for entry in found.entries].count("DELTANES") == 0


def test_references_keep_a_compound_that_wraps_at_its_hyphen(read: Thesaurus) -> None:
    assert heading(read, "ALPHADINE").see_also == (
        "betaliques",
        "substances qui endorment les grenouilles vertes et les salamandres anti-rouille",
        "deltanes",
    )


def test_a_block_that_is_printed_three_times_is_one_entry(read: Thesaurus) -> None:
    assert len(heading(read, "DELTANES (HORS DELTAPAX)").entries) == 1


def test_the_two_directions_make_one_pair(read: Thesaurus) -> None:
    pairs = {(pair.a, pair.b): pair for pair in read.pairs}
    assert pairs["ALPHADINE", "GAMMACET"].directions == 2
    assert not [pair for pair in read.pairs if pair.disagreement]
    assert pairs["AUTRES BETALIQUES", "BETALIQUES"].directions == 1


def test_branches_carry_the_outer_condition(read: Thesaurus) -> None:
    pair = next(pair for pair in read.pairs if {pair.a, pair.b} == {"BETALIQUES", "DELTANES (HORS DELTAPAX)"})
    assert [(c.level, c.members, c.others) for c in pair.conditions] == [
        (Level.AVOID, ("betadol", "deltazol"), False),
        (Level.CAUTION, ("betadol",), True),
    ]
    assert all(
        condition.text.startswith("Avec le betadol à des doses > 20 mg/semaine") for condition in pair.conditions
    )


def test_the_rule_on_local_routes_is_kept(read: Thesaurus) -> None:
    assert read.local_route_text.splitlines()[1:] == [
        "- alphadine en collyre",
        "- betadol et gammacet, quelle que soit la forme",
    ]

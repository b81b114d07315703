"""The official thesaurus of September 2023 is read completely.

The counts were taken from the document by hand and by other tools; they are facts about it, not output of our parser.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

from interactions.importers.ansm_thesaurus.document import Entry, Heading, Pair, Thesaurus
from interactions.importers.ansm_thesaurus.levels import levels_of
from interactions.knowledge import Level

PLACEHOLDERS = 2  # lists that hold "anpu" (no substance published) in place of a member


def entries(thesaurus: Thesaurus) -> list[Entry]:
    return [entry for heading in thesaurus.headings for entry in heading.entries]


def heading(thesaurus: Thesaurus, name: str) -> Heading:
    return next(found for found in thesaurus.headings if found.name == name)


def pair(thesaurus: Thesaurus, a: str, b: str) -> Pair:
    return next(found for found in thesaurus.pairs if {found.a, found.b} == {a, b})


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def test_edition_date_and_pages(thesaurus: Thesaurus) -> None:
    assert (thesaurus.edition, thesaurus.published, thesaurus.pages) == ("2023-09", "2023-09-15", 263)


def test_616_distinct_headings(thesaurus: Thesaurus) -> None:
    assert len(thesaurus.headings) == len({found.name for found in thesaurus.headings}) == 616


def test_3216_entries_all_with_a_level_and_a_mechanism(thesaurus: Thesaurus) -> None:
    found = entries(thesaurus)
    assert len(found) == 3216
    assert all(entry.levels and entry.mechanism for entry in found)


def test_levels_and_compound_codes(thesaurus: Thesaurus) -> None:
    count = Counter(entry.native_level for entry in entries(thesaurus))
    assert count == {
        "Précaution d'emploi": 1283,
        "Association DECONSEILLEE": 835,
        "CONTRE-INDICATION": 526,
        "A prendre en compte": 439,
        "ASDEC - PE": 59,
        "CI - ASDEC": 32,
        "ASDEC - APEC": 14,
        "CI - PE": 14,
        "CI - ASDEC - APEC": 5,
        "CI - APEC": 5,
        "CI - ASDEC - PE": 4,
    }


def test_1453_entries_give_no_advice(thesaurus: Thesaurus) -> None:
    assert sum(not entry.advice for entry in entries(thesaurus)) == 1453


def test_member_lists_and_references(thesaurus: Thesaurus) -> None:
    headings = thesaurus.headings
    assert sum(found.has_list for found in headings) == 172
    assert sum(bool(found.see_also) for found in headings) == 282
    assert sum(len(found.see_also) for found in headings) == 652
    assert sum(not found.has_list and not found.see_also for found in headings) == 162


def test_memberships(thesaurus: Thesaurus) -> None:
    members = [member for found in thesaurus.headings for member in found.members]
    assert len(members) == 2070 - PLACEHOLDERS
    assert len({folded(member) for member in members}) == 939 - 1


def test_1623_pairs_of_which_1593_from_both_sides(thesaurus: Thesaurus) -> None:
    assert len(thesaurus.pairs) == 1623
    assert Counter(found.directions for found in thesaurus.pairs) == {2: 1593, 1: 30}


def test_the_two_directions_agree_but_for_one_advice(thesaurus: Thesaurus) -> None:
    assert [(found.a, found.b, found.disagreement) for found in thesaurus.pairs if found.disagreement] == [
        ("INDUCTEURS ENZYMATIQUES PUISSANTS", "LÉDIPASVIR", "advice")
    ]


def test_nothing_is_unread_and_lost_characters_are_marked(thesaurus: Thesaurus) -> None:
    assert thesaurus.unread == ()
    assert thesaurus.illegible == (4, 72)
    marked = [entry for entry in entries(thesaurus) if "\ufffd" in entry.advice]
    assert [(entry.heading, entry.partner) for entry in marked] == [
        ("ACIDE ACETYLSALICYLIQUE", "DEFERASIROX"),
        ("DEFERASIROX", "ACIDE ACETYLSALICYLIQUE"),
    ]
    assert all(entry.advice.count("\ufffd") == 4 for entry in marked)


def test_pages_of_a_pair_are_those_of_both_directions(thesaurus: Thesaurus) -> None:
    assert pair(thesaurus, "ABIRATERONE", "METOPROLOL").pages == (3, 167)


def test_a_name_with_a_plus_keeps_it(thesaurus: Thesaurus) -> None:
    assert pair(thesaurus, "COLCHICINE", "OMBITASVIR + PARITAPRÉVIR").levels == (Level.CONTRAINDICATED, Level.AVOID)


def test_wrapped_names_are_whole(thesaurus: Thesaurus) -> None:
    wrapped = [found.name for found in thesaurus.headings if found.name.endswith("ANTIACIDES ET ADSORBANTS")]
    assert len(wrapped) == 2


def test_lines_that_end_in_a_hyphen_are_joined_without_a_space(thesaurus: Thesaurus) -> None:
    texts = [text for entry in entries(thesaurus) for text in (entry.mechanism, entry.advice)]
    assert any("pseudo-tumor" in text for text in texts)
    assert not any("pseudo- " in text or "\x02" in text or "\xad" in text for text in texts)


def test_fake_entries_in_notes_are_none(thesaurus: Thesaurus) -> None:
    found = heading(thesaurus, "ANTICHOLINESTÉRASIQUES")
    assert "+ MEDICAMENTS ATROPINIQUES" in found.notes
    assert [entry.page for entry in found.entries] == [20] * len(found.entries)
    assert len(found.entries) == 4
    assert len(found.members) == 6


def test_a_block_that_is_printed_three_times_is_one_entry(thesaurus: Thesaurus) -> None:
    found = heading(thesaurus, "METFORMINE")
    assert [entry.partner for entry in found.entries].count("PRODUITS DE CONTRASTE IODÉS") == 1


def test_each_level_that_is_printed_has_a_branch(thesaurus: Thesaurus) -> None:
    compound = [found for found in thesaurus.pairs if len(found.levels) > 1]
    assert sum(len(entry.levels) > 1 for entry in entries(thesaurus)) == 133
    for found in compound:
        assert set(found.levels) <= {condition.level for condition in found.conditions}, found


def test_branches_stricter_than_the_printed_level_name_their_members(thesaurus: Thesaurus) -> None:
    torsades = "SUBSTANCES SUSCEPTIBLES DE DONNER DES TORSADES DE POINTES"
    for other in ("CRIZOTINIB", "SULFAMÉTHOXAZOLE + TRIMÉTHOPRIME"):
        found = pair(thesaurus, torsades, other)
        assert found.levels == (Level.AVOID,)
        first, second = found.conditions
        assert first.level is Level.CONTRAINDICATED
        assert first.members == ("citalopram", "dompéridone", "escitalopram", "hydroxyzine", "pipéraquine")
        assert (second.level, second.others) == (Level.AVOID, True)


def test_only_some_single_levels_have_branches_of_another_level(thesaurus: Thesaurus) -> None:
    stricter = [
        (found.a, found.b)
        for found in thesaurus.pairs
        if len(found.levels) == 1 and {c.level for c in found.conditions} - {None, *found.levels}
    ]
    assert len(stricter) == 2


def test_oxybate_exceptions_stand_beside_the_printed_levels(thesaurus: Thesaurus) -> None:
    found = pair(thesaurus, "AUTRES MÉDICAMENTS SÉDATIFS", "MÉDICAMENTS SÉDATIFS")
    branches = {condition.level: condition.members for condition in found.conditions}
    assert branches[Level.AVOID] == ("oxybate de sodium",)
    assert branches[Level.CONTRAINDICATED] == ("oxybate de sodium", "opiacés", "barbituriques")


def test_the_dose_that_stands_above_two_bullets_is_part_of_both(thesaurus: Thesaurus) -> None:
    found = pair(thesaurus, "ACIDE ACETYLSALICYLIQUE", "METHOTREXATE")
    doses = [(condition.level, "> 20 mg/semaine" in condition.text) for condition in found.conditions]
    assert doses == [(Level.CONTRAINDICATED, True), (Level.CAUTION, True), (Level.CAUTION, False)]
    assert "=< 20 mg/semaine" in found.conditions[2].text


def test_native_levels_and_levels_agree(thesaurus: Thesaurus) -> None:
    assert all(levels_of(entry.native_level) == entry.levels for entry in entries(thesaurus))


def test_the_local_route_rule_has_its_five_items(thesaurus: Thesaurus) -> None:
    lines = thesaurus.local_route_text.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("- ") for line in lines[1:])
    assert "excipients" in thesaurus.excipient_text

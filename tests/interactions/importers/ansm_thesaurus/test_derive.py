from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from interactions.build import build_interactions
from interactions.importers.ansm_thesaurus.branches_rules import RuleRow
from interactions.importers.ansm_thesaurus.derive import derive, unmapped, unread_conditions
from interactions.importers.ansm_thesaurus.document import Entry, Heading, Pair, Thesaurus
from interactions.importers.ansm_thesaurus.sides_maps import read_map
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames, folded
from interactions.knowledge import Knowledge, Level
from interactions.tables import dump, load, load_embedded
from medinfo.errors import KnowledgeError
from medinfo.medicines.tables import SubstanceRow, read_table
from medinfo.phrases import LANGUAGES, Phrases

TABLES = files("interactions").joinpath("data", "ansm-thesaurus")
NAMES = ("sources", "sides", "members", "interactions", "branches", "conditions", "local-routes")
Run = tuple[str, ...]


@pytest.fixture(scope="module")
def knowledge(thesaurus: Thesaurus) -> Knowledge:
    return derive(thesaurus)


@pytest.fixture(scope="module")
def embedded() -> Knowledge:
    return load_embedded()


def runs(text: str, length: int) -> Iterator[Run]:
    """Runs of words without numbers: a dose and its unit are facts, not wording."""
    words = re.findall(r"[a-z0-9'-]+", folded(text))
    for start in range(len(words) - length + 1):
        run = tuple(words[start : start + length])
        if not any(char.isdigit() for word in run for char in word):
            yield run


def official(thesaurus: Thesaurus, length: int) -> frozenset[Run]:
    """Runs of words of the official mechanisms and advice, less those of the printed names."""
    printed = {heading.name for heading in thesaurus.headings} | {n for p in thesaurus.pairs for n in (p.a, p.b)}
    names = {run for name in printed for run in runs(name, length)}
    texts = [text for pair in thesaurus.pairs for text in (pair.mechanism, pair.advice)]
    return frozenset(run for text in texts for run in runs(text, length)) - names


@pytest.fixture(scope="module")
def wording(thesaurus: Thesaurus) -> frozenset[Run]:
    """Runs of five words of the official wording."""
    return official(thesaurus, 5)


def test_the_embedded_tables_are_what_the_official_file_gives(reference_data: Path, tmp_path: Path) -> None:
    build_interactions(reference_data, tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert len(written) == 7
    for name in written:
        assert (tmp_path / name).read_bytes() == TABLES.joinpath(name).read_bytes(), name


def test_an_interaction_stands_for_each_stated_pair(thesaurus: Thesaurus, embedded: Knowledge) -> None:
    assert len(thesaurus.pairs) == len(embedded.interactions) == 1623


def test_the_embedded_tables_name_their_edition(embedded: Knowledge) -> None:
    source = embedded.source
    assert (source.id, source.publisher, source.edition) == ("ansm-thesaurus", "ANSM", "2023-09")
    assert (source.published, source.pages, source.imported) == ("2023-09-15", 263, False)


def test_every_substance_of_the_tables_is_known_by_name(embedded: Knowledge) -> None:
    known = {row.id for row in read_table(SubstanceRow)}
    assert {member.substance for member in embedded.members} <= known
    assert {rule.substance for rule in embedded.local_routes} - {""} <= known


def test_no_member_is_unnamed_and_no_condition_unread(embedded: Knowledge) -> None:
    assert unmapped(embedded) == ()
    assert unread_conditions(embedded) == ()


def test_levels_and_pages_are_those_of_the_pairs(thesaurus: Thesaurus, knowledge: Knowledge) -> None:
    found = {(knowledge.sides[i.a].printed, knowledge.sides[i.b].printed): i for i in knowledge.interactions}
    compared = 0
    for pair in thesaurus.pairs:
        interaction = found.get((pair.a, pair.b))
        if interaction is not None:
            compared += 1
            assert interaction.levels == pair.levels
            assert interaction.pages == pair.pages
            assert interaction.native_level == pair.native_level
            assert (interaction.quote_mechanism, interaction.quote_advice) == (pair.mechanism, pair.advice)
    assert compared > 1580  # the others are printed as "AUTRES ..." or by another name of their side


def test_others_are_those_entries_that_the_source_prints_so(thesaurus: Thesaurus, knowledge: Knowledge) -> None:
    others = re.compile(r"^AUTRES |\(AUTRES\)$")
    printed = [pair for pair in thesaurus.pairs if others.search(pair.a) or others.search(pair.b)]
    # One stands under another heading than its own class (page 138).
    assert sum(interaction.others for interaction in knowledge.interactions) == len(printed) - 1
    assert all(interaction.a == interaction.b for interaction in knowledge.interactions if interaction.others)


def test_an_imported_edition_keeps_its_quotes_and_the_embedded_one_has_none(
    knowledge: Knowledge, embedded: Knowledge
) -> None:
    assert all(interaction.quote_mechanism for interaction in knowledge.interactions)
    assert sum(bool(interaction.quote_advice) for interaction in knowledge.interactions) > 800
    assert not any(i.quote_mechanism or i.quote_advice for i in embedded.interactions)
    assert not any(branch.quote for i in embedded.interactions for branch in i.branches)


def test_an_imported_edition_survives_the_store(knowledge: Knowledge) -> None:
    assert knowledge.source.imported
    assert load(dump(knowledge)) == knowledge


def test_no_cell_of_the_tables_is_long_enough_for_a_sentence() -> None:
    for name in NAMES:
        for line in TABLES.joinpath(f"{name}.tsv").read_text("utf-8").splitlines():
            for cell in line.split("\t"):
                assert all(len(item) <= 120 for item in cell.split("|") if " " in item), (name, cell)


def test_no_official_wording_stands_in_the_tables(wording: frozenset[Run]) -> None:
    for name in (*NAMES, "side-map", "member-map", "condition-map"):
        for line in TABLES.joinpath(f"{name}.tsv").read_text("utf-8").splitlines():
            for item in re.split(r"[\t|]", line):
                assert not wording.intersection(runs(item, 5)), (name, item)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_official_wording_stands_in_our_phrases(wording: frozenset[Run], language: str) -> None:
    phrases = Phrases.load("interactions", "data/phrases/conditions")
    for name in phrases.names(language):
        assert not wording.intersection(runs(phrases.text(language, name), 5)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_phrases_on_effects_and_measures_are_our_own(thesaurus: Thesaurus, language: str) -> None:
    known, phrases = official(thesaurus, 6), Phrases.load("interactions")
    for name in phrases.names(language):
        if name.startswith(("effect.", "mechanism.", "advice.")):
            # The name of a class is a name: the proton pump inhibitor.
            text = phrases.text(language, name).replace("pompe à protons", "#")
            assert not known.intersection(runs(text, 6)), name


@pytest.mark.parametrize(
    ("pair", "condition"),
    [
        ("didanosine--ganciclovir", "less-than-2-hours-apart"),
        ("anticoagulants-oraux--glucocorticoides-sauf-hydrocortisone", "glucocorticoid-high-dose-or-long"),
    ],
)
def test_a_condition_on_a_part_of_an_entry_leaves_the_rest_unconditional(
    embedded: Knowledge, pair: str, condition: str
) -> None:
    (stated,) = [one for one in embedded.interactions if one.id.endswith(f":{pair}")]
    assert [branch.condition for branch in stated.branches] == ["", condition]


def test_patterns_are_a_few_words_long(thesaurus: Thesaurus) -> None:
    known = official(thesaurus, 6)
    medicines = {
        word for heading in thesaurus.headings for name in (heading.name, *heading.members) for word in words(name)
    }
    copied = []
    for rule in read_map(RuleRow):
        for part in rule.text.split(" && "):
            plain = re.sub(r"\.\{\d+,\d+\}", " # ", part).replace("\\", "").replace("?", "")
            found = [run for run in runs(plain, 6) if run in known]
            # A list of medicines is a list of facts.
            copied += [(rule.rule, run) for run in found if not medicines.intersection(map(strip, run))]
    assert copied == []


def words(text: str) -> list[str]:
    return [strip(word) for word in re.findall(r"[a-z'-]+", folded(text)) if len(word) > 3]


def strip(word: str) -> str:
    return word.rpartition("'")[2]


def test_another_edition_reports_what_it_could_not_name() -> None:
    entry = Entry("CLASSE NEUVE", "WARFARINE", "CI - ASDEC", (Level.CONTRAINDICATED, Level.AVOID), "Mécanisme.", "", 5)
    headings = (
        Heading("CLASSE NEUVE", 5, "", ("inconnumab", "amiodarone"), (), (entry,)),
        Heading("WARFARINE", 9, "", (), (), ()),
    )
    pair = Pair("CLASSE NEUVE", "WARFARINE", entry.native_level, entry.levels, (), "Mécanisme.", "", (5,), 1, "")
    knowledge = derive(Thesaurus("2024-10", "", 20, "0" * 64, headings, (pair,)))
    assert unmapped(knowledge) == (("CLASSE NEUVE", "inconnumab"),)
    assert unread_conditions(knowledge) == ("ansm-thesaurus:classe-neuve--warfarine",)
    assert load(dump(knowledge)) == knowledge


def test_two_pairs_that_would_share_an_id_are_refused() -> None:
    headings = (Heading("WARFARINE", 9, "", (), (), ()), Heading("AMIODARONE", 5, "", (), (), ()))
    pairs = tuple(
        Pair("AMIODARONE", b, "CONTRE-INDICATION", (Level.CONTRAINDICATED,), (), "M", "", (5,), 1, "")
        for b in ("WARFARINE", "WARFARINÉ")
    )
    with pytest.raises(KnowledgeError, match="twice"):
        derive(Thesaurus("2024-10", "", 20, "0" * 64, headings, pairs), SubstanceNames.load())

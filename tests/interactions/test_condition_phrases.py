"""Conditions in six languages: none is missing, and their numbers are those that the atoms decide on."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from interactions.conditions import compile_condition
from interactions.importers.ansm_thesaurus.branches_rules import BranchRow
from interactions.importers.ansm_thesaurus.conditions_map import ConditionRow, build_conditions
from interactions.importers.ansm_thesaurus.sides_maps import SideRow, read_map
from medinfo.errors import KnowledgeError
from medinfo.medicines.routes import Routes
from medinfo.phrases import LANGUAGES, Phrases

ROWS = {row.id: row.atoms for row in read_map(ConditionRow)}
# How a language says that something must be absent or other: negations must not get lost on the way.
NOT = {
    "en": r"\bnot?\b|\bother than\b|\boutside\b|\bwithout\b|\bunless\b|\b(?:anything|any route) but\b|\bany other\b",
    "fr": r"\bpas\b|\bsans\b|\bnon\b|\bne\b|\bhors\b|\bsauf\b|\bautre qu|\btout autre\b|\ben dehors\b|\babsence\b",
    "es": r"\bno\b|\bsin\b|\bfuera\b|\bsalvo\b",
    "de": r"\bnicht\b|\bkein|\bohne\b|\baußer\b|\baußerhalb\b|\bjede andere\b|\bweder\b",
    "it": r"\bnon\b|\bsenza\b|\bsalvo\b|\btranne\b|\bfuori\b|\bdivers[oa] d|\bal di fuori\b",
    "pt": r"\bnão\b|\bsem\b|\bexceto\b|\bfora\b|\bsalvo\b",
}


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases.load("interactions", "data/phrases/conditions")


def numbers(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)}


def amounts(atoms: str) -> set[Decimal]:
    found = re.findall(r"dose:[a-z0-9-]+:[<>=]+:(\d+(?:\.\d+)?):", atoms)
    return {Decimal(number) for number in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_has_a_phrase_and_every_phrase_a_condition(phrases: Phrases, language: str) -> None:
    assert {name for name in phrases.names(language) if name.startswith("condition.")} == {
        f"condition.{id}" for id in ROWS
    }


def test_every_condition_is_used_and_every_used_one_is_there() -> None:
    used = {row.condition for row in read_map(BranchRow)} | {row.condition for row in read_map(SideRow)}
    assert (used | {"see-source", "member-not-named"}) - {""} == set(ROWS)


@pytest.mark.parametrize("id", ROWS)
def test_numbers_agree_in_all_languages_and_with_the_atoms(phrases: Phrases, id: str) -> None:
    said = {language: numbers(phrases.text(language, f"condition.{id}")) for language in LANGUAGES}
    assert all(found == said["en"] for found in said.values()), said
    assert amounts(ROWS[id]) <= said["en"]


@pytest.mark.parametrize("id", ROWS)
def test_negations_agree_in_all_languages(phrases: Phrases, id: str) -> None:
    negated = {
        language: bool(re.search(NOT[language], phrases.text(language, f"condition.{id}"))) for language in LANGUAGES
    }
    assert len(set(negated.values())) == 1, negated


@pytest.mark.parametrize("id", [id for id, atoms in ROWS.items() if "dose:" in atoms])
def test_units_of_a_dose_stand_in_each_phrase(phrases: Phrases, id: str) -> None:
    for number, unit in re.findall(r":(\d+(?:\.\d+)?):(mg|g|micrograms)/", ROWS[id]):
        for language in LANGUAGES:
            text = phrases.text(language, f"condition.{id}").replace(",", ".")
            # A range gives its unit once, after its second number.
            assert re.search(rf"\b{re.escape(number)}(?:(?: to | à | a | bis |-|-)\d+)? {unit}\b", text), (
                language,
                text,
            )


@pytest.mark.parametrize("id", ROWS)
def test_phrases_are_short_plain_and_all_different(phrases: Phrases, id: str) -> None:
    for language in LANGUAGES:
        text = phrases.text(language, f"condition.{id}")
        assert text == text.strip()
        assert not text.endswith(".")
        assert 5 < len(text) <= 300
        same = [other for other in ROWS if phrases.text(language, f"condition.{other}") == text]
        assert same == [id]


@pytest.mark.parametrize("id", ROWS)
def test_every_atom_can_be_evaluated_and_its_routes_exist(id: str) -> None:
    (condition,) = build_conditions([id]).values()
    compile_condition(condition)
    routes = Routes.load()
    for atom in condition.atoms:
        if atom.startswith("route:"):
            slugs = atom.removeprefix("route:").partition("@")[0].split("|")
            assert all(routes.text(slug, "en") for slug in slugs)


def test_a_condition_that_the_table_lacks_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="no-such-condition"):
        build_conditions(["no-such-condition"])

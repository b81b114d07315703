"""The findings that were read against the official pages are still given, at the levels that were found right."""

from __future__ import annotations

import pytest

from interactions.check import Checker
from interactions.tables import load_embedded
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.routes import Routes
from tests.benchmarks.review_sample import draw, drawn_and_read, is_compound, rendered

KNOWLEDGE = load_embedded()
READ = drawn_and_read(KNOWLEDGE)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return Catalogue.open(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def checker(catalogue):
    return Checker(KNOWLEDGE, catalogue, Routes.load())


@pytest.mark.parametrize(("drawn", "level"), READ, ids=[drawn.interaction.id for drawn, _ in READ])
def test_a_finding_that_was_read_is_given_at_its_level(checker, catalogue, drawn, level):
    found = rendered(checker, catalogue, drawn, "fr")
    assert (found["found_in"], found["level"]) == ("interactions", level)


def test_a_hundred_were_read_of_which_a_quarter_is_compound():
    assert len({drawn.interaction.id for drawn, _ in READ}) == 100
    assert sum(is_compound(drawn.interaction) for drawn, _ in READ) >= 25


def test_a_draw_is_the_same_for_the_same_seed_and_another_for_another():
    assert draw(KNOWLEDGE, 1, 20, 5) == draw(KNOWLEDGE, 1, 20, 5)
    assert draw(KNOWLEDGE, 1, 20, 5) != draw(KNOWLEDGE, 2, 20, 5)


def test_no_substance_is_drawn_against_itself():
    assert not any(set(one.a) & set(one.b) for one in draw(KNOWLEDGE, 3, 200, 60))

"""Sides, routes, advice and phrases in a text."""

from __future__ import annotations

import pytest

from translation.facts import phrasebook, recommendations, routes, sides
from translation.facts.phrasebook import Phrasebook, words_of


def values(facts):
    return [fact.value for fact in facts]


def test_sides_are_found_and_doubtful_ones_are_marked():
    found = sides.extract("The left eye is all right; keep to the right.", "en")
    assert [(fact.value, fact.ambiguous) for fact in found] == [("left", False), ("right", True)]
    assert values(sides.extract("Le droit de savoir, l'œil droit, les deux yeux", "fr")) == ["right", "both"]
    assert [fact.ambiguous for fact in sides.extract("Droit devant, bras droit", "fr")] == [True, False]
    assert sides.extract("linkeroog", "nl") == ()


def test_routes_are_found_and_places_of_the_body_are_marked():
    assert values(routes.extract("Take it by mouth or i.v.", "en")) == ["oral", "intravenous"]
    assert values(routes.extract("I'm in the oral cavity", "en")) == []
    assert [fact.ambiguous for fact in routes.extract("nasal, intranasal", "en")] == [True, False]
    assert routes.extract("oraal", "nl") == ()


def test_advice_is_found_with_its_strength():
    assert values(recommendations.extract("It is not recommended and must be avoided.", "en")) == [
        "not-recommended", "must", "avoid",
    ]  # fmt: skip
    assert recommendations.extract("moet", "nl") == ()


def test_longer_and_closer_phrases_win():
    book = Phrasebook({"a": ["not", "not on*"], "b": ["not only"], "c": ["*less"], "d": ["need*"], "e": ["needless"]})
    named = [hit.name for hit in book.find(words_of("not only, not once, not; hopeless needless needs less not"))]
    assert named == ["b", "a", "a", "c", "e", "d", "a"]


def test_words_met_are_remembered_only_so_far(monkeypatch):
    monkeypatch.setattr(phrasebook, "_REMEMBERED", 2)
    book = Phrasebook({"a": ["stop"]})
    assert len(book.find(words_of("stop it now and then stop"))) == 2


@pytest.mark.parametrize("text", ["l’œil", "l'œil"])
def test_apostrophes_part_words(text):
    assert words_of(text).words == ("l", "œil")
    assert words_of(text).span(1, 1).of(text) == "œil"

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.errors import NoModel, UnsupportedPair
from translation.engine_manifest import InstalledModel
from translation.engine_routes import Damaged, Routes


def model(name, *pairs, quality="general", languages=()):
    served = tuple(tuple(pair.split(">")) for pair in pairs)
    return InstalledModel(name, Path(name), "marian", served, tuple(languages), f"licence of {name}", quality)


MANY = {"languages": ("de", "en", "fr")}


@pytest.mark.parametrize(
    ("models", "pair", "chosen"),
    [
        ([model("a", "fr>en")], "fr>en", "a"),
        ([model("a", "fr>en"), model("b", "fr>en", quality="medical")], "fr>en", "b"),
        ([model("a", **MANY), model("b", "fr>en")], "fr>en", "b"),
        ([model("a", **MANY, quality="medical"), model("b", "fr>en")], "fr>en", "a"),
        ([model("b", "fr>en"), model("a", "fr>en")], "fr>en", "a"),
        ([model("a", "fr>en"), model("b", "en>de")], "fr>de", "a > b"),
        ([model("a", "fr>en"), model("b", "en>de"), model("c", "fr>de")], "fr>de", "c"),
        ([model("a", "fr>en"), model("b", "en>de"), model("c", "fr>de", quality="provisional")], "fr>de", "a > b"),
        ([model("a", "fr>en", quality="provisional"), model("b", "en>de"), model("c", "fr>de")], "fr>de", "c"),
        ([model("a", **MANY)], "fr>de", "a"),
    ],
)
def test_the_best_quality_wins_then_the_direct_way_then_the_narrower_model(models, pair, chosen):
    assert Routes(models).route(*pair.split(">")).name == chosen


def test_a_way_over_english_has_the_lower_quality_and_both_licences():
    route = Routes([model("a", "fr>en", quality="medical"), model("b", "en>de")]).route("fr", "de")
    assert (route.quality, route.pivot, route.licences) == ("general", "en", ("licence of a", "licence of b"))


def test_pairs_are_those_that_have_a_way():
    routes = Routes([model("a", "fr>en"), model("b", "en>de"), model("c", "es>pt"), model("d", languages=("en", "it"))])
    assert routes.pairs == {
        *(("fr", target) for target in ("en", "de", "it")), *(("it", target) for target in ("en", "de")),
        ("en", "de"), ("en", "it"), ("es", "pt"),
    }  # fmt: skip
    assert all(routes.hops(*pair) for pair in routes.pairs)


@pytest.mark.parametrize("pair", ["fr>fr", "en>fr", "de>fr", "fr>pt", "en>en"])
def test_every_other_pair_is_refused(pair):
    routes = Routes([model("a", "fr>en"), model("b", "en>de"), model("c", "es>pt")])
    with pytest.raises(UnsupportedPair):
        routes.hops(*pair.split(">"))


def test_without_models_the_command_is_told():
    with pytest.raises(NoModel) as told:
        Routes([]).hops("fr", "en")
    assert told.value.params == {"command": "medinfo models install opus-mt-fr-en"}
    assert Routes([]).pairs == frozenset()


def test_a_damaged_model_is_named_only_where_no_other_way_is_left():
    whole, broken = model("a", "fr>en"), model("b", "fr>en", quality="medical")
    assert Routes([whole], {"b": Damaged("x is missing", broken)}).route("fr", "en").name == "a"
    alone = Routes([model("c", "es>en")], {"b": Damaged("x is missing", broken), "z": Damaged("unreadable")})
    with pytest.raises(NoModel, match=r"The model b cannot be used: x is missing\.") as told:
        alone.hops("fr", "en")
    assert told.value.params == {"command": "medinfo models install b"}
    with pytest.raises(UnsupportedPair):
        alone.hops("de", "it")
    with pytest.raises(UnsupportedPair):
        alone.hops("fr", "fr")


def test_where_every_manifest_is_unreadable_one_is_named():
    with pytest.raises(NoModel, match="The model z cannot be used: unreadable"):
        Routes([], {"z": Damaged("unreadable")}).hops("fr", "en")

"""Words beside a name: recognised, and taken off from least to most."""

from __future__ import annotations

import pytest

from medinfo.medicines.normalise import fold
from medinfo.medicines.words import Words, variants


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load()


def keys(words: Words, text: str) -> list[str]:
    return [variant.key for variant in variants(words.mark(fold(text)))]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Coumadine 5 mg cp", "coumadine"),
        ("simvastatin 20mg tablets", "simvastatin"),
        ("amoxicilline 1 g/125 mg", "amoxicilline"),
        ("Uvedose 100 000 UI", "uvedose"),
        ("Duphalac 66,5 %", "duphalac"),
        ("digoxine 0,5 µg", "digoxine"),
        ("chlorhydrate de metformine 500", "metformine"),
        ("chlorhydrate d'amitriptyline", "amitriptyline"),
        ("losartan potassium 50 mg", "losartan"),
        ("sodium alendronate", "alendronate"),
        ("warfarine sodique", "warfarine"),
        ("amlodipine maleate", "amlodipine"),
        ("Adalate LP", "adalate"),
        ("Omeprazole Biogaran 20 mg, gélule gastro-résistante", "omeprazole"),
        ("paracétamol 500 mg boite de 30 comprimés", "paracetamol"),
        ("24 HR metoprolol succinate 100 MG Extended Release Oral Tablet", "metoprolol"),
        ("Diprosone 0,05% CR TB30G", "diprosone"),
        ("metoprolol 50 mg Tabletten", "metoprolol"),
        ("ibuprofeno 600 mg comprimidos", "ibuprofeno"),
        ("ibuprofene 600 mg compresse", "ibuprofene"),
        ("Glucophage 850 1 cp matin et soir", "glucophage"),
        ("Advil 400", "advil"),
        ("Imigrane x30", "imigrane"),
        ("Efexor 37,5 + 75 mg", "efexor"),
    ],
)
def test_the_name_is_left_in_the_end(words: Words, typed: str, left: str) -> None:
    assert keys(words, typed)[-1] == left


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        ("potassium chloride", "potassiumchloride"),
        ("chlorure de sodium", "chloruredesodium"),
        ("calcium carbonate", "calciumcarbonate"),
        ("magnésium", "magnesium"),
        ("5-fluorouracile", "5fluorouracile"),
        ("Doliprane codéine", "dolipranecodeine"),
        ("Vitamin E", "vitamine"),
        ("sulfate", "sulfate"),
        ("comprimé", "comprime"),
        ("12345", ""),
        ("fer sodium", "fersodium"),
        ("cholecalciferol vitamine calcium", "cholecalciferolvitaminecalcium"),
    ],
)
def test_a_name_is_never_emptied_or_changed(words: Words, typed: str, only: str) -> None:
    assert keys(words, typed) == ([only] if only else [])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Omega 3", "omega3"),
        ("Vitamine B 12", "vitamineb12"),
        ("Codoliprane 500", "codoliprane500"),
        ("Adrénaline 1:1000", "adrenaline1 1000"),
        ("sulfaméthoxazole + triméthoprime", "sulfamethoxazoletrimethoprime"),
    ],
)
def test_the_full_text_comes_first(words: Words, typed: str, first: str) -> None:
    assert keys(words, typed)[0] == first


def test_nothing_of_a_joined_text_beyond_doses_forms_and_laboratories_is_taken_off(words: Words) -> None:
    assert keys(words, "paracetamol + magnesium") == ["paracetamolmagnesium"]
    assert keys(words, "paracetamol 500 mg + lysine")[-1] == "paracetamollysine"


@pytest.mark.parametrize(
    ("typed", "routes"),
    [
        ("Ciloxan collyre", ("ocular",)),
        ("aspirine 100 mg I.V.", ("intravenous",)),
        ("fentanyl patch", ("transdermal",)),
        ("ketoprofene inj", ("parenteral",)),
        ("ketoprofene solution injectable IM", ("intramuscular",)),
        ("progesterone comprimé vaginal", ("vaginal",)),
        ("prednisolone comprimé", ("oral",)),
        ("timolol eye drops", ("ocular",)),
        ("diclofenac gel", ()),
    ],
)
def test_the_route_that_is_typed_is_kept(words: Words, typed: str, routes: tuple[str, ...]) -> None:
    assert words.mark(fold(typed)).routes == routes


def test_the_strength_and_form_that_are_typed_are_kept(words: Words) -> None:
    marked = words.mark(fold("Augmentin 1 g/125 mg, poudre, sachet"))
    assert (marked.strength, marked.forms) == ("1 g / 125 mg", ("poudre", "sachet"))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("paracetamol 500 mg + codeine 30 mg", ["paracetamol 500 mg", "codeine 30 mg"]),
        ("paracetamol and codeine", ["paracetamol", "codeine"]),
        ("Doliprane 500 mg, comprimé", ["doliprane 500 mg"]),
        ("vitamin e 400", ["vitamin e 400"]),
        ("vitamin e acetate", ["vitamin e acetate"]),
        ("ginseng & fer", ["ginseng", "fer"]),
    ],
)
def test_a_text_is_cut_where_it_joins_medicines(words: Words, typed: str, parts: list[str]) -> None:
    assert words.mark(fold(typed)).parts() == parts


def test_a_dilution_is_homeopathic(words: Words) -> None:
    assert words.mark("arnica 9 ch").homeopathic
    assert not words.mark("arnica 9 mg").homeopathic


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("comprimee", "comprimee"),
        ("sodiqe", "sodique"),
        ("compirmes", "comprimes"),
        ("hydrocloride", "hydrochloride"),
        ("sel", "sel"),
        ("codeine", "codeine"),
    ],
)
def test_a_misspelled_word_is_put_right_if_one_kind_of_word_is_meant(words: Words, word: str, known: str) -> None:
    assert words.correct(word) == known


def test_no_word_of_the_table_can_change_a_medicine(words: Words) -> None:
    for risky in ("plus", "duo", "forte", "codeine", "lente", "rapide", "comp forte", "caffeine", "lithium", "zinc"):
        assert words.kind(risky) == "", risky

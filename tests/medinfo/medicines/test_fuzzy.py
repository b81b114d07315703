"""Misspelled names: what is accepted alone, and what is only shown."""

from __future__ import annotations

import pytest

from medinfo.medicines.catalogue_tables import compile_tables
from medinfo.medicines.compiled import Arrays
from medinfo.medicines.entries import Tables
from medinfo.medicines.fuzzy import MAX_COST, Misspelling
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import fold, key, tokens
from medinfo.medicines.slips import changed_letter, easily_mistaken
from medinfo.medicines.sounds import sound
from medinfo.medicines.tables import NameRow, SubstanceRow
from medinfo.medicines.words import Words


def misspelling(**names: str) -> Misspelling:
    """Judges among a few brands: name (with _ for a space) to substance."""
    substances = [SubstanceRow(each, f"moiety {each}") for each in sorted(set(names.values()))]
    rows = [NameRow(name.replace("_", " "), "brand", (substance,)) for name, substance in names.items()]
    arrays: Arrays = compile_tables(Tables(substances, rows, (), ()))
    return Misspelling(Known(arrays), Words.load())


def accepted(judge: Misspelling, typed: str) -> str | None:
    folded = fold(typed)
    verdict = judge.judge(key(folded), tokens(folded))
    return verdict.accepted.entries[0].name if verdict.accepted else None


@pytest.mark.parametrize(
    "typed",
    ["warfarrin", "warfrin", "wafrarin", "warfarim", "waarfarin", "arfarin", "varfarin", "warpharin", "warfaryn"],
)
def test_one_likely_error_is_accepted(typed: str) -> None:
    assert accepted(misspelling(warfarin="a"), typed) == "warfarin"


@pytest.mark.parametrize("typed", ["warfaxyn", "warf", "warfqrzn", "narfarin s", "warharin"])
def test_two_errors_or_an_unlikely_one_are_not(typed: str) -> None:
    assert accepted(misspelling(warfarin="a"), typed) is None


def test_a_name_that_sounds_alike_is_accepted_however_many_letters_differ() -> None:
    assert accepted(misspelling(levothyrox="a"), "levotirocs") == "levothyrox"


def test_a_margin_to_another_medicine_is_needed() -> None:
    judge = misspelling(lamisol="a", lamipol="b")
    assert accepted(judge, "lamiol") is None
    assert accepted(judge, "lamissol") == "lamisol"


def test_another_name_of_the_same_medicine_needs_no_margin() -> None:
    assert accepted(misspelling(lamisol="a", lamipol="a"), "lamiol") is not None


def test_a_name_with_two_meanings_is_not_accepted() -> None:
    substances = [SubstanceRow("a", "moiety a"), SubstanceRow("b", "moiety b")]
    rows = [NameRow("actifed", "brand", ("a",)), NameRow("actifed", "brand", ("b",))]
    judge = Misspelling(Known(compile_tables(Tables(substances, rows, (), ()))), Words.load())
    assert accepted(judge, "actiffed") is None
    assert len(judge.near("actiffed")[0].meanings) == 2


def test_a_short_name_is_not_accepted() -> None:
    assert accepted(misspelling(zocor="a"), "zocorr") is None
    assert accepted(misspelling(zocord="a"), "zocor") == "zocord"
    assert accepted(misspelling(zocord="a"), "zoco") is None


def test_another_first_letter_is_accepted_in_a_long_name_only() -> None:
    assert accepted(misspelling(orelox="a"), "prelox") is None
    assert accepted(misspelling(oreloxine="a"), "preloxine") == "oreloxine"


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("vitamin_b12", "vitamin b11"),
        ("vitamin_k1", "vitamin k"),
        ("penicillin_g", "penicillin v"),
        ("insulin_b_zinc", "insulinc zinc"),
        ("coenzyme_q10", "coenzymeq1"),
        ("factor_viii", "factor vii"),
        ("factor_vii", "factor viii"),
    ],
)
def test_a_changed_digit_or_short_word_is_never_accepted(known: str, typed: str) -> None:
    assert accepted(misspelling(**{known: "a"}), typed) is None


@pytest.mark.parametrize(
    ("known", "typed"),
    [("solu_cortane", "solucortanne"), ("insulin_b_zinc", "insulin b zink"), ("sel_marin", "sell marin")],
)
def test_long_words_may_be_misspelled_and_joined(known: str, typed: str) -> None:
    assert accepted(misspelling(**{known: "a"}), typed) == known.replace("_", " ")


def test_a_word_that_only_describes_may_be_misspelled() -> None:
    assert accepted(misspelling(montelukast_eg="a"), "montelukast eeg") == "montelukast eg"


def test_near_names_come_nearest_first() -> None:
    near = misspelling(warfarin="a", warfavin="b", zzz="c").near("warfarinn")
    assert [each.key for each in near] == ["warfarin", "warfavin"]
    assert near[0].cost <= MAX_COST < near[1].cost


@pytest.mark.parametrize(
    ("typed", "meant", "easily"), [("a", "z", True), ("c", "k", True), ("g", "n", False), ("l", "t", False)]
)
def test_neighbouring_keys_and_like_sounds_are_easily_mistaken(typed: str, meant: str, easily: bool) -> None:
    assert easily_mistaken(typed, meant) is easily
    assert easily_mistaken(meant, typed) is easily


def test_a_single_changed_letter_is_found() -> None:
    assert changed_letter("abc", "axc") == (1, "b", "x")
    assert changed_letter("abc", "bac") is None
    assert changed_letter("abc", "abcd") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ibuprophen", "ibuprofene"),
        ("levothyrox", "levotirox"),
        ("amoxicilline", "amocsiciline"),
        ("chlorpromazine", "clorpromasine"),
        ("paracetamol", "parassetamol"),
        ("quinine", "kinine"),
    ],
)
def test_spelling_by_ear_gives_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prednisone", "prednisolone"),
        ("captopril", "captoprol"),
        ("vinblastine", "vincristine"),
        ("lamictal", "lamisil"),
    ],
)
def test_vowels_that_tell_medicines_apart_are_kept(one: str, other: str) -> None:
    assert sound(one) != sound(other)

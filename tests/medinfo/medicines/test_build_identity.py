"""Which names mean one substance."""

from __future__ import annotations

import pytest

from medinfo.errors import KnowledgeError
from medinfo.medicines.build_identity import Identity, gather, spellings
from medinfo.medicines.build_sources import DrugBankEntry, EnglishDrug
from medinfo.medicines.tables import Reviewed


def entry(name: str, *synonyms: str, unii: str = "5Q7ZVV76EI") -> DrugBankEntry:
    return DrugBankEntry(f"DB-{name}", False, name, "", unii, synonyms)


def identity_of(*entries: DrugBankEntry, reviewed: tuple[Reviewed, ...] = ()) -> Identity:
    return gather(entries, (), reviewed)


def test_a_substance_has_the_slug_of_its_english_name() -> None:
    identity = identity_of(entry("Valproic acid"))
    assert identity.exact("VALPROIC ACID") == "valproic-acid"


def test_a_synonym_means_its_substance() -> None:
    assert identity_of(entry("Warfarin", "Warfarine")).exact("warfarine") == "warfarin"


def test_an_earlier_claim_is_never_moved() -> None:
    identity = identity_of(entry("Quinine", "Chinin"), entry("Quinidine", "Chinin"))
    assert identity.exact("Chinin") == "quinine"
    assert identity.claim("Chinin", "quinidine") is False


def test_the_inn_replaces_another_name_which_stays_a_synonym() -> None:
    row = Reviewed("inn", "Acetaminophen", "Paracetamol", "INN")
    identity = identity_of(entry("Acetaminophen", "Paracetamolum"), reviewed=(row,))
    assert identity.exact("acetaminophen") == identity.exact("paracetamolum") == "paracetamol"
    assert identity.drafts["paracetamol"].en == "Paracetamol"


def test_a_salt_is_merged_into_its_moiety_with_its_codes() -> None:
    row = Reviewed("merge", "Fluticasone furoate", "fluticasone", "ester")
    identity = identity_of(entry("Fluticasone"), entry("Fluticasone furoate", unii="JS86977WNV"), reviewed=(row,))
    assert identity.exact("Fluticasone furoate") == "fluticasone"
    assert set(identity.drafts["fluticasone"].codes["unii"]) == {"5Q7ZVV76EI", "JS86977WNV"}


def test_a_dropped_synonym_means_nothing() -> None:
    row = Reviewed("drop", "Octanate", "", "brand")
    assert identity_of(entry("Beroctocog alfa", "Octanate"), reviewed=(row,)).exact("octanate") is None


@pytest.mark.parametrize(
    ("french", "found"),
    [
        ("acide valproïque", "valproic-acid"),
        ("VALPROÏQUE (ACIDE)", "valproic-acid"),
        ("warfarine sodique", "warfarin"),
        ("tamoxifène", "tamoxifen"),
        ("iodure de potassium", None),
        ("potassium", "potassium"),
        ("prednisone", None),
    ],
)
def test_a_french_name_is_found_by_moiety_and_spelling_if_the_english_one_exists(
    french: str, found: str | None
) -> None:
    entries = [entry(name) for name in ("Valproic acid", "Warfarin", "Tamoxifen", "Potassium", "Prednisolone")]
    bare = Reviewed("bare", "potassium", "", "only by its own name")
    assert identity_of(*entries, reviewed=(bare,)).french(french) == found


def test_a_short_word_keeps_its_last_letter() -> None:
    assert list(spellings("urée")) == ["uree", "uree"]


def test_the_english_thesaurus_adds_codes_but_never_a_substance() -> None:
    drugs = (EnglishDrug("Alprazolam", "596", ("N05BA12",)), EnglishDrug("Alrrazolam", "596", ("N05BA12",)))
    identity = gather((entry("Alprazolam"),), drugs, ())
    assert set(identity.drafts) == {"alprazolam"}
    assert identity.drafts["alprazolam"].codes["rxnorm"] == {"596": {"worldvista": 1}}


@pytest.mark.parametrize(
    "rows",
    [
        (Reviewed("inn", "Nothing", "Nothing else", "no such entry"),),
        (Reviewed("merge", "Warfarin", "nowhere", "no such substance"),),
        (Reviewed("name", "warfarine", "nowhere", "no such substance"),),
        (Reviewed("name", "x", "warfarin", ""), Reviewed("name", "x", "quinine", "")),
        (Reviewed("combination", "co-x", "warfarin|nowhere", "no such substance"),),
    ],
)
def test_reviewed_rows_that_contradict_each_other_or_the_sources_stop_the_build(rows: tuple[Reviewed, ...]) -> None:
    with pytest.raises(KnowledgeError, match=r"overrides\.tsv"):
        identity_of(entry("Warfarin"), entry("Quinine"), reviewed=rows)

"""Rows of substances: which names and codes are believed."""

from __future__ import annotations

import pytest

from medinfo.medicines.build_identity import Draft, Identity
from medinfo.medicines.build_sources import ThesaurusName
from medinfo.medicines.build_substances import (
    add_product_atc,
    add_thesaurus_names,
    is_inn_like,
    substance_rows,
)
from medinfo.medicines.tables import FamilyRow, ProductRow, Reviewed, SubstanceRow


def known(*names: str) -> Identity:
    identity = Identity()
    for name in names:
        identity.add(name.lower().replace(" ", "-"), name, "worldvista").label(name, "worldvista")
    return identity


def rows(identity: Identity, *reviewed: Reviewed) -> dict[str, SubstanceRow]:
    return {row.id: row for row in substance_rows(identity, reviewed, ())}


def product(atc: str, *substances: str, homeopathic: str = "0") -> ProductRow:
    return ProductRow("60000001", "X", "", (), "active", homeopathic, substances, atc, ("bdpm",))


def test_a_name_of_the_thesaurus_means_a_known_substance() -> None:
    identity = known("Warfarin")
    add_thesaurus_names(identity, [ThesaurusName("warfarine", "11289")])
    row = rows(identity)["warfarin"]
    assert (row.fr, row.rxnorm) == ("warfarine", ("11289",))
    assert "thesaurus-names" in row.source


def test_a_name_of_the_thesaurus_that_nothing_explains_is_a_substance_of_its_own() -> None:
    identity = known()
    add_thesaurus_names(identity, [ThesaurusName("altizide", "")])
    assert "altizide" in rows(identity)


def test_the_french_name_is_shown_without_its_salt_and_with_accents() -> None:
    identity = known("Ambroxol")
    draft = identity.drafts["ambroxol"]
    draft.label("chlorhydrate d'ambroxol", "bdpm")
    assert rows(identity)["ambroxol"].fr == "ambroxol"


def test_the_name_of_the_thesaurus_is_preferred_and_written_with_the_accents_of_the_register() -> None:
    identity = known("Etodolac")
    draft = identity.drafts["etodolac"]
    for name, source in (("etodolac", "thesaurus-names"), ("étodolac", "bdpm"), ("acide étodolique", "bdpm")):
        draft.label(name, source)
        identity.claim(name, "etodolac")
    assert rows(identity)["etodolac"].fr == "étodolac"


def test_a_reviewed_french_name_wins() -> None:
    found = rows(known("Senna"), Reviewed("fr", "séné", "senna", "name to show"))
    assert found["senna"].fr == "séné"


def test_a_code_that_two_substances_claim_is_kept_for_neither() -> None:
    identity = known("Ondansetron", "Ramipril")
    for draft in identity.drafts.values():
        draft.code("rxnorm", "26225", "thesaurus-names")
    assert [row.rxnorm for row in rows(identity).values()] == [(), ()]


def test_a_reviewed_code_is_kept_for_its_substance() -> None:
    identity = known("Ondansetron", "Ramipril")
    for draft in identity.drafts.values():
        draft.code("rxnorm", "26225", "thesaurus-names")
    found = rows(identity, Reviewed("rxnorm", "26225", "ondansetron", "RxNorm name"))
    assert (found["ondansetron"].rxnorm, found["ramipril"].rxnorm) == (("26225",), ())


def test_the_mapping_of_the_thesaurus_is_believed_before_the_english_rendering() -> None:
    identity = known("Furosemide")
    draft = identity.drafts["furosemide"]
    draft.code("rxnorm", "460", "worldvista")
    draft.code("rxnorm", "4603", "thesaurus-names")
    assert rows(identity)["furosemide"].rxnorm == ("4603",)


def test_without_a_mapping_the_code_given_most_often_is_believed() -> None:
    identity = known("Furosemide")
    draft = identity.drafts["furosemide"]
    for code in ("460", "4603", "4603"):
        draft.code("rxnorm", code, "worldvista")
    assert rows(identity)["furosemide"].rxnorm == ("4603",)


@pytest.mark.parametrize(("system", "code"), [("unii", "5Q7ZVV76EJ"), ("cas", "81-81-3"), ("atc", "E01AA03")])
def test_a_code_that_does_not_hold_is_left_out(system: str, code: str) -> None:
    identity = known("Warfarin")
    identity.drafts["warfarin"].code(system, code, "drugbank")
    assert getattr(rows(identity)["warfarin"], system) == ()


@pytest.mark.parametrize("code", ["C09BB04", "N04BA02", "J01EE01", "N02BE51", "A10BD05"])
def test_an_atc_code_of_a_combination_is_no_code_of_one_substance(code: str) -> None:
    identity = known("Amlodipine")
    identity.drafts["amlodipine"].code("atc", code, "worldvista")
    assert rows(identity)["amlodipine"].atc == ()


def test_the_register_gives_atc_codes_through_products_of_one_substance() -> None:
    identity = known("Warfarin", "Amlodipine", "Perindopril")
    products = [product("B01AA03", "warfarin"), product("C09BB04", "amlodipine", "perindopril"), product("B01AA", "x")]
    add_product_atc(identity, products)
    found = rows(identity)
    assert found["warfarin"].atc == ("B01AA03",)
    assert found["amlodipine"].atc == ()


def test_an_atc_code_of_differing_products_is_not_believed() -> None:
    identity = known("Warfarin", "Fluindione")
    add_product_atc(identity, [product("B01AA03", "warfarin"), product("B01AA03", "fluindione")])
    assert [row.atc for row in rows(identity).values()] == [(), ()]


def draft(name: str, *labels: str, unii: str = "") -> Draft:
    made = Draft(name.lower(), name)
    for label in labels:
        made.label(label, "drugbank")
    made.code("unii", unii, "drugbank")
    return made


@pytest.mark.parametrize(
    "made",
    [
        draft("Zotepine", "Zotepinum"),
        draft("Margetuximab", unii="K911R84KEW"),
        draft("Interferon alfa-2b", unii="43K1W2T1M6"),
        draft("Sodium aurothiomalate", unii="E4768ZY6GM"),
    ],
)
def test_names_of_medicines_are_kept(made: Draft) -> None:
    assert is_inn_like(made)


@pytest.mark.parametrize("made", [draft("Yellowfin tuna", unii="X"), draft("AP-22408"), draft("Elm"), draft("Carrot")])
def test_names_of_foods_and_reagents_are_left_out(made: Draft) -> None:
    assert not is_inn_like(made)


def test_a_substance_that_a_reviewed_row_names_is_kept() -> None:
    identity = Identity()
    identity.add("xx", "X x x", "drugbank")
    assert substance_rows(identity, (), ()) == []
    assert [row.id for row in substance_rows(identity, (), [FamilyRow("xx", "yy", "why")])] == ["xx"]
    assert [row.id for row in substance_rows(identity, [Reviewed("code", "00001", "xx|yy", "why")], ())] == ["xx"]

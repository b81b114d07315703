"""From a name as typed to its substances: certain, or asked about, or unknown; never a silent guess."""

from __future__ import annotations

import pytest

from medinfo.errors import InvalidInput
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.model import Resolution


def ids(resolution: Resolution) -> tuple[str, ...]:
    return tuple(substance.id for substance in resolution.substances)


def offered(resolution: Resolution) -> set[tuple[str, ...]]:
    return {candidate.substances for candidate in resolution.candidates}


@pytest.mark.parametrize(
    ("typed", "substances"),
    [
        ("warfarin", ("warfarin",)),
        ("WARFARINE", ("warfarin",)),
        ("Coumadine 5 mg cp", ("warfarin",)),
        ("warfarine sodique", ("warfarin",)),
        ("warfarin sodium 5 mg tablets", ("warfarin",)),
        ("simvastatin 20mg tablets", ("simvastatin",)),
        ("chlorhydrate de metformine 1000", ("metformin",)),
        ("Losartan potassium", ("losartan",)),
        ("sodium valproate", ("valproic-acid",)),
        ("valproate de sodium", ("valproic-acid",)),
        ("sodium valproate de", ("valproic-acid",)),
        ("potassium chloride", ("potassium-chloride",)),
        ("chlorure de potassium", ("potassium-chloride",)),
        ("Vitamin B 12", ("cyanocobalamin",)),
        ("vitamin b1 250", ("thiamine",)),
        ("Omega 3", ("omega-3-fatty-acids",)),
        ("5-Fluorouracil", ("fluorouracil",)),
        ("Codoliprane 500", ("codeine", "paracetamol")),
        ("Adrénaline 1:1000", ("epinephrine",)),
        ("Humalog", ("insulin-lispro",)),
        ("paracetamol magnesium", ("paracetamol",)),
    ],
)
def test_a_name_with_dose_form_salt_or_laboratory_is_exact(
    small: Catalogue, typed: str, substances: tuple[str, ...]
) -> None:
    found = small.resolve(typed)
    assert (found.status, found.how, ids(found)) == ("resolved", "exact", substances)
    assert found.input == typed


@pytest.mark.parametrize(
    ("typed", "substances"),
    [
        ("paracétamol + codéine", {"paracetamol", "codeine"}),
        ("paracetamol and codeine", {"paracetamol", "codeine"}),
        ("paracetamol, codeine", {"paracetamol", "codeine"}),
        ("paracetamol 500 mg/codeine 30 mg tablets", {"paracetamol", "codeine"}),
        ("paracetamol-codeine", {"paracetamol", "codeine"}),
        ("Doliprane et Coumadine", {"paracetamol", "warfarin"}),
        ("sulfaméthoxazole + triméthoprime", {"sulfamethoxazole", "trimethoprim"}),
        ("amoxicilline/acide clavulanique", {"amoxicillin", "clavulanic-acid"}),
        ("paracetamol + magnesium", {"paracetamol", "magnesium"}),
        ("warfarin + warfarine", {"warfarin"}),
        ("hydralazine-simvastatin", {"hydralazine", "simvastatin"}),
    ],
)
def test_joined_names_give_all_their_substances(small: Catalogue, typed: str, substances: set[str]) -> None:
    found = small.resolve(typed)
    assert (found.status, found.how, set(ids(found))) == ("resolved", "exact", substances)


def test_misspelled_joined_names_are_fuzzy(small: Catalogue) -> None:
    found = small.resolve("simvastatine + hydralazinne")
    assert (found.status, found.how, set(ids(found))) == ("resolved", "fuzzy", {"simvastatin", "hydralazine"})


def test_a_joined_name_that_is_not_known_leaves_the_whole_unknown(small: Catalogue) -> None:
    found = small.resolve("paracetamol + zzyzzyx")
    assert found.status == "unknown"
    assert ("paracetamol",) in offered(found)


def test_a_homeopathic_part_is_not_joined_silently(small: Catalogue) -> None:
    assert small.resolve("paracetamol + sedatif pc").status != "resolved"


@pytest.mark.parametrize("typed", ["Doliprane codéine", "codeine Doliprane 500 mg"])
def test_two_names_without_a_join_are_asked_about(small: Catalogue, typed: str) -> None:
    found = small.resolve(typed)
    assert found.status == "ambiguous"
    assert {frozenset(each) for each in offered(found)} == {
        frozenset({"paracetamol", "codeine"}),
        frozenset({"paracetamol"}),
        frozenset({"codeine"}),
    }


@pytest.mark.parametrize(
    ("typed", "substances"),
    [
        ("paracetamol [Doliprane]", {"paracetamol"}),
        ("Codoliprane (codeine)", {"paracetamol", "codeine"}),
        ("codeine paracetamol", {"paracetamol", "codeine"}),
        ("amoxicilline acide clavulanique", {"amoxicillin", "clavulanic-acid"}),
    ],
)
def test_two_names_that_are_one_medicine_resolve(small: Catalogue, typed: str, substances: set[str]) -> None:
    found = small.resolve(typed)
    assert (found.status, set(ids(found))) == ("resolved", substances)


def test_substances_of_no_known_combination_are_asked_about(small: Catalogue) -> None:
    assert small.resolve("warfarin simvastatin").status == "ambiguous"


def test_a_word_that_nothing_explains_leaves_a_name_unknown(small: Catalogue) -> None:
    found = small.resolve("Doliprane zzyzzyx")
    assert found.status == "unknown"
    assert ("paracetamol",) in offered(found)


def test_an_active_metal_is_not_taken_for_a_salt(small: Catalogue) -> None:
    found = small.resolve("colecalciferol calcium")
    assert found.status == "resolved"
    assert set(ids(found)) == {"calcium", "colecalciferol"}


def test_a_bare_number_that_may_be_part_of_another_name_is_asked_about(small: Catalogue) -> None:
    found = small.resolve("omega 6")
    assert found.status == "ambiguous"
    assert offered(found) == {("fluorouracil",), ("omega-3-fatty-acids",)}


def test_letters_that_fit_only_if_cut_elsewhere_are_asked_about(small: Catalogue) -> None:
    found = small.resolve("polymyxine")
    assert found.status == "ambiguous"
    assert offered(found) == {("colistin",), ("polymyxin-b",)}


def test_letters_cut_elsewhere_with_nothing_else_near_resolve(small: Catalogue) -> None:
    assert ids(small.resolve("coamoxiclav")) == ("amoxicillin", "clavulanic-acid")


def test_two_or_three_letters_that_are_no_name_are_asked_about(small: Catalogue) -> None:
    found = small.resolve("CLA")
    assert (found.status, offered(found)) == ("ambiguous", {("clarithromycin",)})


def test_a_brand_with_several_compositions_is_asked_about(small: Catalogue) -> None:
    found = small.resolve("Actifed")
    assert found.status == "ambiguous"
    assert offered(found) == {("paracetamol", "pseudoephedrine"), ("cetirizine", "pseudoephedrine")}
    assert [candidate.score for candidate in found.candidates] == [100.0, 100.0]


@pytest.mark.parametrize(
    "typed",
    [
        "Actifed",
        "CLA",
        "omega 6",
        "polymyxine",
        "Doliprane codéine",
        "Lamiol",
        "warfarin simvastatin",
        "Doliprane zzyzzyx",
    ],
)
def test_what_is_offered_resolves_to_just_that(small: Catalogue, typed: str) -> None:
    candidates = small.resolve(typed).candidates
    assert candidates
    for candidate in candidates:
        found = small.resolve(candidate.name)
        assert (found.status, set(ids(found))) == ("resolved", set(candidate.substances)), candidate


def test_a_title_with_strength_tells_what_a_brand_alone_does_not(small: Catalogue) -> None:
    assert small.resolve("Rhumex").status == "ambiguous"
    found = small.resolve("Rhumex 500 mg cp")
    assert (found.status, ids(found)) == ("resolved", ("paracetamol",))
    assert {candidate.name for candidate in small.resolve("Rhumex").candidates} == {
        "RHUMEX 500 mg, comprimé",
        "RHUMEX 10 mg, comprimé",
    }


def test_a_substance_outranks_a_brand_that_is_written_alike(small: Catalogue) -> None:
    assert ids(small.resolve("estradiol")) == ("estradiol",)


@pytest.mark.parametrize(
    ("typed", "substances"),
    [
        ("warfarn", ("warfarin",)),
        ("simvastatni", ("simvastatin",)),
        ("Coumadinne 5 mg cp", ("warfarin",)),
        ("metformine chlorhydrat", ("metformin",)),
        ("clarithromicine", ("clarithromycin",)),
        ("simvastatin 20 mg tabletts", ("simvastatin",)),
        ("warfarine 5 mg comprmé", ("warfarin",)),
    ],
)
def test_one_error_is_forgiven_and_said(small: Catalogue, typed: str, substances: tuple[str, ...]) -> None:
    found = small.resolve(typed)
    assert (found.status, found.how, ids(found)) == ("resolved", "fuzzy", substances)
    assert found.matched


@pytest.mark.parametrize("typed", ["Lamiol", "Lamixol 5 mg"])
def test_a_text_near_two_medicines_is_asked_about(small: Catalogue, typed: str) -> None:
    found = small.resolve(typed)
    assert found.status == "ambiguous"
    assert offered(found) >= {("codeine",), ("paracetamol",)}


@pytest.mark.parametrize(
    "typed",
    [
        "hydroxalazine",  # two errors from hydralazine
        "Vitamin B2",  # a digit changed
        "Vitamin L",  # a short word changed
        "Prelox",  # the first letter changed in a short name: a product of its own
        "Humatog",  # l and t neither lie side by side nor sound alike
    ],
)
def test_an_unlikely_error_is_never_accepted_silently(small: Catalogue, typed: str) -> None:
    assert small.resolve(typed).status != "resolved"


def test_a_short_name_is_only_asked_about(small: Catalogue) -> None:
    assert small.resolve("Omeg").status != "resolved"


@pytest.mark.parametrize("typed", ["insuline lente", "zzyzzyx", "12345", "3400930000015", "comprimé", "a"])
def test_what_is_not_known_is_unknown(small: Catalogue, typed: str) -> None:
    found = small.resolve(typed)
    assert (found.status, found.substances, found.how) == ("unknown", (), "")


def test_the_name_of_what_is_no_medicine_of_ours_is_never_taken_for_a_misspelled_one(small: Catalogue) -> None:
    found = small.resolve("Simvastilin 20 mg")
    assert found.status == "unknown"
    assert ("simvastatin",) in offered(found)
    assert small.resolve("simvastalin").status == "ambiguous"
    assert () not in offered(small.resolve("Simvastilin 9 CH"))
    assert ids(small.resolve("simvastattin")) == ("simvastatin",)


def test_a_product_title_gives_its_route_form_and_strength(small: Catalogue) -> None:
    found = small.resolve("DOLIPRANE 1000 mg, comprimé")
    assert found.matched == "DOLIPRANE 1000 mg, comprimé"
    assert (found.route, found.form, found.strength) == (("oral",), "comprimé", "1000 mg")
    assert not found.archived


def test_strength_and_form_as_typed_choose_among_the_products_of_a_brand(small: Catalogue) -> None:
    found = small.resolve("doliprane 300 mg suppo")
    assert (found.route, found.archived, found.strength) == (("rectal",), True, "300 mg")


def test_a_brand_has_all_routes_of_its_products_and_is_archived_only_if_all_are(small: Catalogue) -> None:
    found = small.resolve("Doliprane")
    assert (found.route, found.archived) == (("oral", "rectal"), False)
    assert small.resolve("Vieuxfarine").archived


def test_a_brand_that_is_known_abroad_has_no_route_of_its_own(small: Catalogue) -> None:
    assert small.resolve("Coumadin").route == ()


def test_a_local_product_keeps_its_local_route(small: Catalogue) -> None:
    assert small.resolve("Voltalocal 1 % gel").route == ("cutaneous",)


def test_a_product_whose_route_is_not_known_has_none(small: Catalogue) -> None:
    assert small.resolve("Daktaroute").route == ()


def test_a_typed_route_outranks_the_products(small: Catalogue) -> None:
    assert small.resolve("Doliprane IV").route == ("intravenous",)


def test_an_inn_is_never_archived(small: Catalogue) -> None:
    assert not small.resolve("warfarin 2 mg").archived


@pytest.mark.parametrize(
    "typed", ["ARNICA MONTANA BOIRON", "arnica montana 9 CH", "Arnica montana 5CH granules", "Sedatif PC"]
)
def test_a_homeopathic_product_resolves_to_no_substance(small: Catalogue, typed: str) -> None:
    found = small.resolve(typed)
    assert (found.status, found.homeopathic, found.substances) == ("resolved", True, ())


def test_a_plant_is_not_a_homeopathic_product(small: Catalogue) -> None:
    found = small.resolve("Arnica montana")
    assert (found.homeopathic, ids(found)) == (False, ("arnica-montana",))


def test_a_dilution_of_what_no_homeopathic_product_bears_is_asked_about(small: Catalogue) -> None:
    found = small.resolve("Belladonna 9 CH")
    assert (found.status, offered(found)) == ("ambiguous", {("belladonna",)})


def test_a_component_that_no_table_knows_stays_in_sight(small: Catalogue) -> None:
    assert ids(small.resolve("Mysterine 10 mg")) == ("?12345", "paracetamol")


def test_a_product_without_components_is_unknown_not_safe(small: Catalogue) -> None:
    assert small.resolve("Vidine").status == "unknown"


@pytest.mark.parametrize(
    ("typed", "status", "substances"),
    [
        ("B01AA03", "resolved", ("warfarin",)),
        ("atc b01aa03", "resolved", ("warfarin",)),
        ("3400930000014", "resolved", ("paracetamol",)),
        ("34009 300 000 14", "resolved", ("paracetamol",)),
        ("60000003", "resolved", ("warfarin",)),
        ("CIS: 60000003", "resolved", ("warfarin",)),
        ("81-81-2", "resolved", ("warfarin",)),
        ("362O9ITL9D", "resolved", ("paracetamol",)),
        ("J01CR02", "ambiguous", ()),
        ("60009999", "unknown", ()),
        ("R16CO5Y76E", "unknown", ()),
    ],
)
def test_a_code_typed_for_a_name_is_a_code(
    small: Catalogue, typed: str, status: str, substances: tuple[str, ...]
) -> None:
    found = small.resolve(typed)
    assert (found.status, ids(found), found.input) == (status, substances, typed)
    assert found.how == ("code" if status == "resolved" else "")


def test_candidates_are_ranked_and_few(small: Catalogue) -> None:
    scores = [candidate.score for candidate in small.resolve("Lamiol").candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 8


@pytest.mark.parametrize("typed", ["", "  ", "x" * 201])
def test_text_out_of_bounds_is_refused(small: Catalogue, typed: str) -> None:
    with pytest.raises(InvalidInput):
        small.resolve(typed)

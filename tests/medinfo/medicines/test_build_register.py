"""From the register's rows to the meaning of its codes, its products and its brands."""

from __future__ import annotations

import pytest

from medinfo.medicines.build_brands import (
    Brands,
    add_atc_french,
    add_english,
    add_register,
    atc_meanings,
    brand_of,
    brand_rows,
    common_substances,
)
from medinfo.medicines.build_codes import read_codes
from medinfo.medicines.build_identity import Identity
from medinfo.medicines.build_products import moieties, pack_rows, product_rows
from medinfo.medicines.build_sources import EnglishName
from medinfo.medicines.importers.bdpm_reader import BdpmRegister, Component, Pack, Product
from medinfo.medicines.routes import Routes
from medinfo.medicines.tables import ProductRow, Reviewed


def component(cis: str, code: str, name: str, nature: str = "SA", link: str = "1") -> Component:
    return Component(cis, "comprimé", code, name, "FT" if nature == "FT" else "SA", link)


def product(cis: str, title: str = "X 1 mg, comprimé", **changes: str) -> Product:
    values = {"form": "comprimé", "status": "Autorisation active", "procedure": "Procédure nationale", **changes}
    return Product(cis, title, values["form"], ("orale",), values["status"], values["procedure"])


def register(products: list[Product], components: list[Component], packs: tuple[Pack, ...] = ()) -> BdpmRegister:
    return BdpmRegister(tuple(products), tuple(components), packs, {}, (), "2026-04")


def known(*names: str) -> Identity:
    identity = Identity()
    for name in names:
        identity.add(name.lower().replace(" ", "-"), name, "drugbank").label(name, "medinfo")
    return identity


KARDEGIC = [
    component("60000001", "03107", "DL-LYSINE (ACÉTYLSALICYLATE DE)"),
    component("60000001", "00005", "ACÉTYLSALICYLIQUE (ACIDE)", "FT"),
]


def test_a_salt_that_no_list_knows_means_the_moiety_that_the_register_gives() -> None:
    meanings = read_codes(known("Acetylsalicylic acid"), register([product("60000001")], KARDEGIC), ())
    assert meanings.substances["03107"] == ("acetylsalicylic-acid",)
    assert meanings.how["03107"] == "moiety"


def test_salt_and_moiety_of_one_link_are_one_substance() -> None:
    assert [row.code for row in moieties(KARDEGIC)] == ["03107"]


def test_a_complex_means_all_its_moieties() -> None:
    rows = [
        component("60000001", "16541", "COMPLEXE SODIQUE SACUBITRIL VALSARTAN"),
        component("60000001", "1", "SACUBITRIL", "FT"),
        component("60000001", "2", "VALSARTAN", "FT"),
    ]
    meanings = read_codes(known("Sacubitril", "Valsartan"), register([product("60000001")], rows), ())
    assert meanings.substances["16541"] == ("sacubitril", "valsartan")


def test_a_known_substance_is_not_replaced_by_what_the_register_calls_its_moiety() -> None:
    rows = [component("60000001", "1", "IOHEXOL"), component("60000001", "2", "IODE", "FT")]
    meanings = read_codes(known("Iohexol", "Iode"), register([product("60000001")], rows), ())
    assert meanings.substances["1"] == ("iohexol",)


def test_moieties_that_differ_between_products_prove_nothing() -> None:
    rows = [
        component("60000001", "9", "MÉLANGE"),
        component("60000001", "1", "IOHEXOL", "FT"),
        component("60000002", "9", "MÉLANGE"),
        component("60000002", "2", "VALSARTAN", "FT"),
    ]
    both = register([product("60000001"), product("60000002")], rows)
    meanings = read_codes(known("Iohexol", "Valsartan"), both, ())
    assert meanings.how["9"] == "own"


def test_a_reviewed_code_wins() -> None:
    reviewed = (Reviewed("code", "03107", "lysine|acetylsalicylic-acid", "for the test"),)
    meanings = read_codes(known("Acetylsalicylic acid", "Lysine"), register([product("60000001")], KARDEGIC), reviewed)
    assert meanings.substances["03107"] == ("lysine", "acetylsalicylic-acid")


def test_homeopathic_components_have_no_meaning() -> None:
    rows = [component("60000001", "1", "ARNICA MONTANA POUR PRÉPARATIONS HOMÉOPATHIQUES")]
    assert read_codes(known("Arnica montana"), register([product("60000001")], rows), ()).substances == {}


def rows_of(products: list[Product], components: list[Component], **meanings: tuple[str, ...]) -> list[ProductRow]:
    table = {code.removeprefix("c"): found for code, found in meanings.items()}
    return list(product_rows(register(products, components), table, Routes.load()))


def test_an_unknown_code_is_an_explicit_unknown_substance() -> None:
    [row] = rows_of([product("60000001")], [component("60000001", "99999", "NOUVEAUMAB")])
    assert row.substances == ("?99999",)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"procedure": "Enreg homéo (Proc. Nat.)"}, "ARNICA"),
        ({}, "ARNICA POUR PRÉPARATIONS HOMÉOPATHIQUES"),
        ({}, "SUBSTANCE DE BASE HOMÉOPATIQUE"),
    ],
)
def test_a_homeopathic_product_has_no_substance(changes: dict[str, str], name: str) -> None:
    [row] = rows_of([product("60000001", **changes)], [component("60000001", "1", name)], c1=("arnica",))
    assert (row.homeopathic, row.substances) == ("1", ())


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Autorisation active", "active"),
        ("Autorisation abrogée", "archived"),
        ("Autorisation archivée", "archived"),
        ("Autorisation retirée", "archived"),
        ("Autorisation suspendue", "archived"),
    ],
)
def test_a_product_that_is_no_longer_authorised_is_marked(status: str, expected: str) -> None:
    [row] = rows_of([product("60000001", status=status)], [])
    assert row.status == expected


def test_packs_of_unknown_products_are_left_out() -> None:
    packs = (Pack("60000001", "4949729", "3400949497294", ""), Pack("60000009", "4949770", "3400949497706", ""))
    assert [row.cis for row in pack_rows(register([product("60000001")], [], packs))] == ["60000001"]


@pytest.mark.parametrize(
    ("title", "brand"),
    [
        ("COUMADINE 5 mg, comprimé sécable", "COUMADINE"),
        ("DAFALGAN CODEINE, comprimé pelliculé", "DAFALGAN CODEINE"),
        ("AUGMENTIN 1 g/125 mg ADULTES, poudre", "AUGMENTIN"),
        ("TEGRETOL L.P. 200 mg, comprimé", "TEGRETOL"),
        ("HUMEX 5 POUR CENT ADULTES SANS SUCRE", "HUMEX"),
        ("SMECTA FRAISE, poudre pour suspension buvable", "SMECTA FRAISE"),
    ],
)
def test_a_title_is_cut_to_its_brand(title: str, brand: str) -> None:
    assert brand_of(title) == brand


def shelf(*titles: tuple[str, tuple[str, ...]]) -> list[ProductRow]:
    return [
        ProductRow(f"6{number:07}", title, "", (), "active", "0", substances, "", ("bdpm",))
        for number, (title, substances) in enumerate(titles)
    ]


def sets(brands: Brands, name: str) -> set[tuple[str, ...]]:
    return set(brands.sets(name))


def registered(*titles: tuple[str, tuple[str, ...]]) -> Brands:
    brands = Brands()
    add_register(brands, known("Paracetamol", "Loratadine"), shelf(*titles))
    return brands


def test_variants_of_a_brand_are_kept_apart() -> None:
    brands = registered(("DAFALGAN 1 g", ("paracetamol",)), ("DAFALGAN CODEINE", ("codeine", "paracetamol")))
    assert sets(brands, "Dafalgan") == {("paracetamol",)}
    assert sets(brands, "Dafalgan Codéine") == {("codeine", "paracetamol")}


def test_an_umbrella_brand_stands_for_each_of_its_medicines() -> None:
    brands = registered(("ACTIFED RHUME", ("a", "b")), ("ACTIFED RHUME JOUR ET NUIT", ("a", "c")))
    assert sets(brands, "Actifed") == {("a", "b"), ("a", "c")}


def test_a_rare_product_of_the_bare_name_does_not_speak_for_an_umbrella_brand() -> None:
    variants = [(f"HUMEX {word}", (word.lower(),)) for word in ("RHUME", "ALLERGIE", "TOUX", "GORGE")]
    assert len(sets(registered(("HUMEX 5 mg", ("carbocisteine",)), *variants), "Humex")) == 5


def test_a_generic_is_no_brand() -> None:
    assert "PARACETAMOL BIOGARAN" not in registered(("PARACETAMOL BIOGARAN 1 g", ("paracetamol",)))


def test_a_product_with_an_unknown_substance_gives_no_brand() -> None:
    assert "NOUVEAU" not in registered(("NOUVEAU 1 mg", ("?99999",)))


def test_a_word_of_substance_names_is_no_umbrella() -> None:
    brands = Brands()
    add_register(brands, known("Acide folique"), shelf(("ACIDE MYSTERE 1 g", ("x",))))
    assert "ACIDE" not in brands


def test_atc_codes_with_several_meanings_are_not_believed() -> None:
    rows = [
        ProductRow("60000001", "X", "", (), "active", "0", ("a",), "A01AA01", ()),
        ProductRow("60000002", "Y", "", (), "active", "0", ("a", "b"), "A01AA01", ()),
        ProductRow("60000003", "Z", "", (), "active", "0", ("c",), "A01AA02", ()),
    ]
    assert atc_meanings(rows) == {"A01AA02": ("c",)}


def test_a_brand_listed_by_atc_means_what_its_code_means() -> None:
    brands = Brands()
    lists = {"A01AA02": ("OLDBRAND", "inn name"), "Z": ("OTHER",)}
    add_atc_french(brands, known("Loratadine"), lists, {"A01AA02": ("c",)})
    assert sets(brands, "Oldbrand") == {("c",)}
    assert "inn name" not in brands
    assert "OTHER" not in brands


def test_a_brand_of_the_register_is_only_confirmed_by_other_lists() -> None:
    brands = registered(("CLARITYNE 10 mg", ("loratadine",)))
    add_atc_french(brands, known(), {"A01AA02": ("CLARITYNE",)}, {"A01AA02": ("c",)})
    assert dict(brands.sets("Clarityne")) == {("loratadine",): {"bdpm", "atc-fr"}}


@pytest.mark.parametrize(
    ("common", "substances"),
    [
        ("Loratadine", ("loratadine",)),
        ("Loratadine Injection", ("loratadine",)),
        ("Loratadine and Paracetamol", ("loratadine", "paracetamol")),
        ("Codeine, Loratadine, and Paracetamol", ("codeine", "loratadine", "paracetamol")),
        ("Loratadine and Mystery", ()),
    ],
)
def test_an_english_common_name_gives_all_substances_or_none(common: str, substances: tuple[str, ...]) -> None:
    assert common_substances(known("Loratadine", "Paracetamol", "Codeine"), common) == substances


def english(*rows: EnglishName, brands: Brands | None = None) -> Brands:
    found = brands or Brands()
    add_english(found, known("Loratadine", "Paracetamol", "Dexamethasone"), rows, "medlineplus")
    return found


def test_markup_of_a_page_is_no_brand() -> None:
    others = ("Claritin", "{{cite web", "Zestril<ref name=x/>", "Claritin and others", "Abc (with [[x")
    brands = english(EnglishName("Loratadine", others))
    assert [name for name, _, _ in brands] == ["Claritin"]


def test_a_combination_named_in_brackets_means_all_that_it_contains() -> None:
    name = "Clarafen® (as a combination product containing Loratadine, Paracetamol)"
    assert sets(english(EnglishName("Loratadine", (name,))), "Clarafen") == {("loratadine", "paracetamol")}


def test_an_english_list_does_not_take_a_substance_from_a_brand_of_the_register() -> None:
    brands = registered(("TOBRADEX, collyre", ("dexamethasone", "tobramycin")))
    assert sets(english(EnglishName("Dexamethasone", ("TobraDex",)), brands=brands), "Tobradex") == {
        ("dexamethasone", "tobramycin")
    }


def test_a_brand_that_means_another_medicine_abroad_keeps_both() -> None:
    brands = registered(("ACTRON, comprimé", ("aspirin",)))
    assert sets(english(EnglishName("Loratadine", ("Actron",)), brands=brands), "Actron") == {
        ("aspirin",),
        ("loratadine",),
    }


def test_reviewed_rows_refuse_brands() -> None:
    brands = Brands()
    for name, substances in (("Crest", ("a",)), ("Maxitrol", ("a",)), ("Maxitrol", ("a", "b")), ("Zyrtec", ("c",))):
        brands.add(name, substances, "medlineplus")
    reviewed = (Reviewed("no-brand", "crest", "", "word"), Reviewed("drop", "maxitrol", "a", "combination"))
    rows = brand_rows(brands, Identity(), reviewed)
    assert {(row.name, row.substances) for row in rows} == {("Maxitrol", ("a", "b")), ("Zyrtec", ("c",))}

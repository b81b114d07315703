"""The tables are what the sources and our reviewed rows make of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from medinfo.errors import UnusableSource
from medinfo.medicines.build import build_medicines
from medinfo.medicines.build_sources import read_thesaurus_names
from medinfo.medicines.normalise import fold, key
from medinfo.medicines.tables import (
    ComponentRow,
    NameRow,
    PackRow,
    ProductRow,
    SubstanceRow,
    data_folder,
    read_table,
)

BUILT = (SubstanceRow, NameRow, ProductRow, PackRow, ComponentRow)


@pytest.fixture(scope="module")
def meanings() -> dict[str, set[tuple[str, ...]]]:
    """Key of every name that is no brand to the sets of substances that it stands for."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for row in read_table(SubstanceRow):
        for name in (row.en, row.fr):
            found.setdefault(key(fold(name)), set()).add((row.id,))
    for name in read_table(NameRow):
        if name.kind != "brand":
            found.setdefault(key(fold(name.name)), set()).add(name.substances)
    return found


def test_the_committed_tables_are_what_a_build_makes_of_names_and_register_alone(
    reference_data: Path, tmp_path: Path
) -> None:
    sources = tmp_path / "sources"  # nothing but the two folders that may be read
    sources.mkdir()
    for folder in ("names", "bdpm"):
        (sources / folder).symlink_to(reference_data / folder)
    build_medicines(sources, tmp_path / "out")
    for row_type in BUILT:
        built = (tmp_path / "out" / row_type.FILE).read_bytes()
        assert built == data_folder().joinpath(row_type.FILE).read_bytes(), row_type.FILE


def test_a_folder_without_the_register_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnusableSource):
        build_medicines(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_every_name_of_the_thesaurus_means_exactly_one_substance(
    reference_data: Path, meanings: dict[str, set[tuple[str, ...]]]
) -> None:
    names = [row.name for row in read_thesaurus_names(reference_data / "names")]
    assert len(names) == 1275
    wrong = {name: meanings.get(key(fold(name))) for name in names}
    wrong = {
        name: found for name, found in wrong.items() if not found or len(found) != 1 or len(next(iter(found))) != 1
    }
    assert wrong == {}


def test_every_substance_code_of_the_register_has_a_meaning() -> None:
    how = Counter(row.how for row in read_table(ComponentRow))
    assert how["own"] == 0  # a code that neither a source nor a person explained
    assert how.total() > 3000


def test_codes_that_mean_no_or_several_substances_are_reviewed_or_said_by_the_register() -> None:
    odd = [row for row in read_table(ComponentRow) if len(row.substances) != 1]
    assert {row.how for row in odd} <= {"reviewed", "moiety"}
    assert sum(not row.substances for row in odd) <= 3


@pytest.mark.parametrize(
    ("name", "substance"),
    [
        ("acide acétylsalicylique", "acetylsalicylic-acid"),
        ("adrénaline", "epinephrine"),
        ("alcool", "ethanol"),
        ("bleu de méthylène", "methylthioninium-chloride"),
        ("canrénoate de potassium", "potassium-canrenoate"),
        ("carbonate de calcium", "calcium"),
        ("chlorure de potassium", "potassium"),
        ("colistiméthate sodique", "colistin"),
        ("diosmectite", "diosmectite"),
        ("ferreux (sulfate) desséché", "iron"),
        ("folinate de calcium", "folinic-acid"),
        ("fosphénytoïne", "fosphenytoin"),
        ("iodure de potassium", "potassium-iodide"),
        ("isosorbide", "isosorbide-mononitrate"),
        ("dinitrate d'isosorbide", "isosorbide-dinitrate"),
        ("carbonate de lithium", "lithium"),
        ("millepertuis", "st-john-s-wort"),
        ("monoxyde d'azote", "nitric-oxide"),
        ("protoxyde d'azote", "nitrous-oxide"),
        ("mycophénolate sodique", "mycophenolic-acid"),
        ("mycophénolate mofétil", "mycophenolate-mofetil"),
        ("noradrénaline", "norepinephrine"),
        ("oxybate de sodium", "sodium-oxybate"),
        ("pamplemousse (jus et fruit)", "grapefruit"),
        ("péthidine", "pethidine"),
        ("meperidine", "pethidine"),
        ("acetaminophen", "paracetamol"),
        ("albuterol", "salbutamol"),
        ("glyburide", "glibenclamide"),
        ("isoproterenol", "isoprenaline"),
        ("cyclosporine", "ciclosporin"),
        ("leucovorin", "folinic-acid"),
        ("peroxyde d'hydrogène", "hydrogen-peroxide"),
        ("phénylbutyrate de glycérol", "glycerol-phenylbutyrate"),
        ("polystyrène sulfonate de calcium", "calcium-polystyrene-sulfonate"),
        ("polystyrène sulfonate de sodium", "sodium-polystyrene-sulfonate"),
        ("séné", "senna"),
        ("strontium", "strontium-ranelate"),
        ("ténofovir alafénamide", "tenofovir-alafenamide"),
        ("ténofovir disoproxil", "tenofovir-disoproxil"),
        ("thyroxine", "levothyroxine"),
        ("trinitrine", "glyceryl-trinitrate"),
        ("valproate de sodium", "valproic-acid"),
        ("virus vivant atténué de la grippe", "influenza-vaccine-live"),
        ("vitamine a", "retinol"),
        ("warfarine sodique", "warfarin"),
    ],
)
def test_a_name_means_what_a_pharmacist_says(
    meanings: dict[str, set[tuple[str, ...]]], name: str, substance: str
) -> None:
    assert meanings[key(fold(name))] == {(substance,)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hydralazine", "hydroxyzine"),
        ("chlorpromazine", "chlorpropamide"),
        ("prednisone", "prednisolone"),
        ("quinine", "quinidine"),
        ("quinidine", "hydroquinidine"),
        ("clonidine", "clonazepam"),
        ("oméprazole", "ésoméprazole"),
        ("citalopram", "escitalopram"),
        ("cétirizine", "lévocétirizine"),
        ("interféron alfa", "peg-interferon alfa-2a"),
        ("héparine sodique", "énoxaparine"),
        ("insuline glargine", "insuline lispro"),
        ("trastuzumab", "trastuzumab emtansine"),
        ("ibuprofène", "dexibuprofène"),
        ("kétoprofène", "dexkétoprofène"),
        ("érythromycine", "azithromycine"),
        ("calcitonine", "calcitriol"),
        ("fluorouracile", "fluocinolone"),
        ("magnesium (hydroxyde de)", "magnesium (trisilicate de)"),
        ("nitroprussiate de sodium", "bicarbonate de sodium"),
    ],
)
def test_different_substances_stay_apart(meanings: dict[str, set[tuple[str, ...]]], one: str, other: str) -> None:
    found = [meanings.get(key(fold(name)), set()) for name in (one, other)]
    assert not found[0] & found[1]
    assert found[0]


@pytest.mark.parametrize(
    ("name", "substances"),
    [
        ("cotrimoxazole", ("sulfamethoxazole", "trimethoprim")),
        ("co-amoxiclav", ("amoxicillin", "clavulanic-acid")),
        ("co-careldopa", ("carbidopa", "levodopa")),
        ("sulfaméthoxazole + triméthoprime", ("sulfamethoxazole", "trimethoprim")),
        ("pipéracilline/tazobactam", ("piperacillin", "tazobactam")),
    ],
)
def test_a_combination_stands_for_all_its_substances(
    meanings: dict[str, set[tuple[str, ...]]], name: str, substances: tuple[str, ...]
) -> None:
    assert meanings[key(fold(name))] == {substances}


@pytest.mark.parametrize(
    ("brand", "sets"),
    [
        ("Coumadine", {("warfarin",)}),
        ("Kardegic", {("acetylsalicylic-acid",)}),
        ("Augmentin", {("amoxicillin", "clavulanic-acid")}),
        ("Bactrim", {("sulfamethoxazole", "trimethoprim")}),
        ("Dafalgan", {("paracetamol",)}),
        ("Dafalgan Codeine", {("codeine", "paracetamol")}),
        ("Entresto", {("sacubitril", "valsartan")}),
        ("Duodopa", {("carbidopa", "levodopa")}),
        ("Truvada", {("emtricitabine", "tenofovir-disoproxil")}),
        ("Descovy", {("emtricitabine", "tenofovir-alafenamide")}),
        ("Tylenol", {("paracetamol",)}),
        ("Maxitrol", {("dexamethasone", "neomycin", "polymyxin-b")}),
        (
            "Actifed",
            {("diphenhydramine", "paracetamol"), ("paracetamol", "pseudoephedrine", "triprolidine")},
        ),
        ("Benadryl", {("acrivastine",), ("cetirizine",), ("diphenhydramine",)}),
    ],
)
def test_a_brand_stands_for_what_it_holds_and_for_each_of_several_meanings(
    brand: str, sets: set[tuple[str, ...]]
) -> None:
    found = {
        row.substances for row in read_table(NameRow) if row.kind == "brand" and key(fold(row.name)) == key(fold(brand))
    }
    assert found == sets

"""Tables: how rows are read and written, and that the embedded ones agree with each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from medinfo.codes import Atc, Cas, Cip13, Cis, RxCui, Unii
from medinfo.errors import KnowledgeError
from medinfo.medicines.normalise import fold, key
from medinfo.medicines.tables import (
    ComponentRow,
    FamilyRow,
    NameRow,
    PackRow,
    ProductRow,
    Reviewed,
    SourceRow,
    SubstanceRow,
    data_folder,
    parse_rows,
    read_table,
    render_rows,
)

ROWS = (
    NameRow("Augmentin", "brand", ("amoxicillin", "clavulanic-acid"), "", ("bdpm", "romedi")),
    NameRow("aspirine", "synonym", ("acetylsalicylic-acid",), "fr", ("bdpm",)),
    NameRow("nothing", "synonym", (), "", ()),
)
ALL = (SubstanceRow, NameRow, ProductRow, PackRow, ComponentRow, FamilyRow, SourceRow, Reviewed)
LANGUAGES = ("en", "fr", "es", "de", "it", "pt", "la")


@pytest.fixture(scope="module")
def substances() -> dict[str, SubstanceRow]:
    return {row.id: row for row in read_table(SubstanceRow)}


@pytest.fixture(scope="module")
def names() -> tuple[NameRow, ...]:
    return read_table(NameRow)


@pytest.fixture(scope="module")
def products() -> tuple[ProductRow, ...]:
    return read_table(ProductRow)


def test_rows_come_back_as_they_were_written() -> None:
    assert set(parse_rows(NameRow, render_rows(ROWS, NameRow))) == set(ROWS)


def test_a_table_is_written_sorted_with_one_header_and_a_last_line_end() -> None:
    text = render_rows(reversed(ROWS), NameRow)
    assert text.splitlines()[0] == "name\tkind\tsubstances\tlanguage\tsource"
    assert text.splitlines()[1] == "Augmentin\tbrand\tamoxicillin|clavulanic-acid\t\tbdpm|romedi"
    assert text == render_rows(ROWS, NameRow)
    assert text.endswith("\n")


def test_a_cell_with_a_tab_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="tab"):
        render_rows([NameRow("a\tb", "brand", ("x",))], NameRow)


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="unexpected columns"):
        list(parse_rows(NameRow, "name\tkind\n"))


def test_a_row_with_a_missing_cell_is_refused_with_its_line() -> None:
    with pytest.raises(KnowledgeError, match="line 2"):
        list(parse_rows(NameRow, "name\tkind\tsubstances\tlanguage\tsource\nAugmentin\tbrand\n"))


@pytest.mark.parametrize("row_type", ALL)
def test_every_embedded_table_is_sorted_and_written_as_we_write_it(row_type: type) -> None:
    text = data_folder().joinpath(row_type.FILE).read_text("utf-8")
    assert text == render_rows(read_table(row_type), row_type)


def test_ids_are_distinct_ascii_slugs(substances: dict[str, SubstanceRow]) -> None:
    assert len(substances) == len(read_table(SubstanceRow))
    assert [known for known in substances if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", known)] == []


def test_every_substance_has_an_english_name_and_a_source(substances: dict[str, SubstanceRow]) -> None:
    assert [row.id for row in substances.values() if not row.en or not row.source] == []


def test_every_code_of_a_substance_holds_and_belongs_to_one_substance(substances: dict[str, SubstanceRow]) -> None:
    for system, kind in (("atc", Atc), ("rxnorm", RxCui), ("unii", Unii), ("cas", Cas)):
        owners = Counter(kind(code).value for row in substances.values() for code in getattr(row, system))
        assert [code for code, count in owners.items() if count > 1] == []


def test_every_atc_code_of_a_substance_is_of_the_fifth_level(substances: dict[str, SubstanceRow]) -> None:
    assert all(Atc(code).is_substance for row in substances.values() for code in row.atc)


def test_every_table_speaks_of_known_substances(
    substances: dict[str, SubstanceRow], names: tuple[NameRow, ...], products: tuple[ProductRow, ...]
) -> None:
    spoken = {identifier for row in (*names, *products, *read_table(ComponentRow)) for identifier in row.substances}
    spoken |= {identifier for row in read_table(FamilyRow) for identifier in (row.family, row.member)}
    assert spoken - set(substances) == set()


def test_every_source_that_a_row_names_is_described(
    substances: dict[str, SubstanceRow], names: tuple[NameRow, ...], products: tuple[ProductRow, ...]
) -> None:
    described = {row.id for row in read_table(SourceRow)}
    rows = (*substances.values(), *names, *products, *read_table(PackRow))
    assert {source for row in rows for source in row.source} == described - {"edqm"}


def test_every_name_is_of_a_known_kind_and_stands_for_something(names: tuple[NameRow, ...]) -> None:
    assert {row.kind for row in names} == {"brand", "synonym", "salt", "combination"}
    assert [row.name for row in names if not row.substances] == []
    assert {row.language for row in names} <= {"", *LANGUAGES}


def test_a_name_that_is_no_brand_means_one_thing(
    substances: dict[str, SubstanceRow], names: tuple[NameRow, ...]
) -> None:
    meanings: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in substances.values():
        for language in LANGUAGES:
            meanings[key(fold(getattr(row, language)))].add((row.id,))
    for name in names:
        if name.kind != "brand":
            meanings[key(fold(name.name))].add(name.substances)
    several = {text: found for text, found in meanings.items() if text and len(found) > 1}
    assert several == {"tenofovir": {("tenofovir-alafenamide",), ("tenofovir-disoproxil",)}}


def test_products_and_packs_have_codes_that_hold(products: tuple[ProductRow, ...]) -> None:
    codes = {Cis(row.cis).value for row in products}
    assert len(codes) == len(products)
    for pack in read_table(PackRow):
        assert Cip13(pack.cip13).short == pack.cip7
        assert pack.cis in codes


def test_a_product_without_substance_is_homeopathic_or_without_composition(products: tuple[ProductRow, ...]) -> None:
    assert all(row.substances == () for row in products if row.homeopathic == "1")
    bare = [row.cis for row in products if not row.substances and row.homeopathic == "0"]
    assert len(bare) <= 5, bare


def test_reviewed_rows_give_a_reason_and_a_known_kind() -> None:
    kinds = {"new", "inn", "merge", "name", "fr", "combination", "either", "brand", "no-brand", "drop", "code"}
    kinds |= {"rxnorm", "atc", "bare"}
    rows = read_table(Reviewed)
    assert {row.kind for row in rows} <= kinds
    assert [row.term for row in rows if not row.why or not row.term] == []


def test_a_family_is_no_member_of_itself_or_of_another() -> None:
    rows = read_table(FamilyRow)
    assert {row.family for row in rows} & {row.member for row in rows} == set()


def test_the_committed_tables_stay_compact() -> None:
    files = [row_type.FILE for row_type in ALL]
    assert sum(len(data_folder().joinpath(file).read_bytes()) for file in files) < 6_000_000

"""Importing an edition of the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.errors import InvalidInput, UnusableSource
from medinfo.knowledge_store import KnowledgeStore
from medinfo.medicines.bundle import SOURCE, read_bundle
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.importers.bdpm import import_bdpm
from medinfo.medicines.tables import PackRow, ProductRow, read_table

PRODUCTS = (
    ("61000001", "NOUVELLEMARQUE 5 mg, comprimé", "Autorisation active", "Procédure nationale"),
    ("61000002", "MYSTERIEUX 1 mg, comprimé", "Autorisation active", "Procédure nationale"),
    ("61000003", "ANCIENNEMARQUE 1 mg, comprimé", "Autorisation abrogée", "Procédure nationale"),
    ("61000004", "ARNICA QUELCONQUE, granules", "Autorisation active", "Enreg homéo (Proc. Nat.)"),
)
COMPONENTS = (
    ("61000001", "99991", "WARFARINE SODIQUE"),  # a new code with a name that we know
    ("61000002", "99992", "MYSTERIUMAB"),  # a new code and a new name
    ("61000003", "42215", "ANASTROZOLE"),  # a code that we know
    ("61000004", "02161", "ARNICA"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        f"{cis}\t{title}\tcomprimé\torale\t{status}\t{procedure}\tCommercialisée\t01/01/2026\t\t\tX\tNon"
        for cis, title, status, procedure in PRODUCTS
    ]
    compo = [f"{cis}\tcomprimé\t{code}\t{name}\t1 mg\tun comprimé\tSA\t1" for cis, code, name in COMPONENTS]
    packs = ["61000001\t4949729\tboîte\tactive\tDéclaration\t16/05/2026\t3400949497294\toui\t\t\t\t"]
    for name, lines in (("CIS_bdpm", rows), ("CIS_COMPO_bdpm", compo), ("CIS_CIP_bdpm", packs)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), "cp1252")
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> KnowledgeStore:
    return KnowledgeStore(tmp_path / "knowledge")


def stored(store: KnowledgeStore) -> dict[str, ProductRow]:
    active = store.active(SOURCE)
    assert active is not None
    return {row.cis: row for row in read_bundle(active.read()).products}


def test_an_import_says_what_it_read_and_what_it_does_not_know(folder: Path, store: KnowledgeStore) -> None:
    report = import_bdpm(folder, store)
    assert (report.edition, report.activated) == ("2026-05", True)
    assert (report.products, report.archived, report.homeopathic, report.packs) == (4, 1, 1, 1)
    assert report.unknown == (("99992", "MYSTERIUMAB"),)
    assert report.unknown_products == 1
    assert any("MYSTERIUMAB" in line for line in report.lines())


def test_a_new_code_is_found_by_its_printed_name_only_if_that_is_known(folder: Path, store: KnowledgeStore) -> None:
    import_bdpm(folder, store)
    products = stored(store)
    assert products["61000001"].substances == ("warfarin",)
    assert products["61000002"].substances == ("?99992",)
    assert products["61000003"].substances == ("anastrozole",)
    assert products["61000004"].substances == ()


def test_an_imported_edition_serves_instead_of_the_embedded_products(
    folder: Path, store: KnowledgeStore, data_dir: Path
) -> None:
    import_bdpm(folder, store)
    catalogue = Catalogue.open(data_dir, store)
    new = catalogue.resolve("Nouvellemarque 5 mg")
    assert [substance.id for substance in new.substances] == ["warfarin"]
    assert catalogue.resolve_code("cip13", "3400949497294").substances == new.substances
    unknown = catalogue.resolve("Mysterieux 1 mg")  # in sight, as a substance that no source covers
    assert [substance.id for substance in unknown.substances] == ["?99992"]


def test_an_older_edition_is_stored_and_not_used_unless_asked(folder: Path, store: KnowledgeStore) -> None:
    import_bdpm(folder, store)
    assert not import_bdpm(folder, store, "2020-01").activated
    assert import_bdpm(folder, store, "2020-01", activate=True).activated


def test_a_wrong_edition_is_refused_and_nothing_is_stored(folder: Path, store: KnowledgeStore) -> None:
    with pytest.raises(InvalidInput):
        import_bdpm(folder, store, "spring")
    assert store.editions(SOURCE) == ()


def test_a_folder_that_is_no_register_is_refused_and_nothing_is_stored(tmp_path: Path, store: KnowledgeStore) -> None:
    with pytest.raises(UnusableSource):
        import_bdpm(tmp_path, store)
    assert store.sources() == ()


def test_importing_the_edition_that_the_tables_were_built_from_gives_the_same_products(
    reference_data: Path, store: KnowledgeStore
) -> None:
    report = import_bdpm(reference_data / "bdpm", store)
    assert report.unknown == ()
    active = store.active(SOURCE)
    assert active is not None
    bundle = read_bundle(active.read())
    assert set(bundle.products) == set(read_table(ProductRow))
    assert set(bundle.packs) == set(read_table(PackRow))

"""The catalogue: compiled once, then mapped; what it tells of substances."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from medinfo.errors import KnowledgeError, NotFound
from medinfo.knowledge_store import KnowledgeStore
from medinfo.medicines.bundle import RegisterBundle, write_bundle
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.normalise import MAX_LENGTH
from medinfo.medicines.tables import NameRow, ProductRow, SubstanceRow, read_table


def test_the_tables_are_compiled_once(small_tables: Path, tmp_path: Path) -> None:
    Catalogue.open(tmp_path, tables=small_tables)
    made = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")}
    assert made
    Catalogue.open(tmp_path, tables=small_tables)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npy")} == made


def test_changed_tables_are_compiled_anew(small_tables: Path, tmp_path: Path) -> None:
    tables = shutil.copytree(small_tables, tmp_path / "tables")
    assert Catalogue.open(tmp_path, tables=tables).resolve("Neufarine").status == "unknown"
    with (tables / NameRow.FILE).open("a", encoding="utf-8") as file:
        file.write("Neufarine\tbrand\twarfarin\t\t\n")
    assert Catalogue.open(tmp_path, tables=tables).resolve("Neufarine").status == "resolved"


def test_a_damaged_compilation_is_mended(small_tables: Path, tmp_path: Path) -> None:
    Catalogue.open(tmp_path, tables=small_tables)
    for file in tmp_path.rglob("keys.*.npy"):
        file.write_bytes(b"not an array")
    assert Catalogue.open(tmp_path, tables=small_tables).resolve("warfarin").status == "resolved"


def test_a_table_of_another_shape_is_an_error(small_tables: Path, tmp_path: Path) -> None:
    tables = shutil.copytree(small_tables, tmp_path / "tables")
    (tables / NameRow.FILE).write_text("nonsense\n", "utf-8")
    with pytest.raises(KnowledgeError):
        Catalogue.open(tmp_path, tables=tables)


def imported(root: Path, *products: ProductRow) -> KnowledgeStore:
    """A store in which a register of these products is in use."""
    store = KnowledgeStore(root)
    brands = tuple(NameRow(row.title.split()[0], "brand", row.substances, source=("bdpm",)) for row in products)
    store.add("bdpm", "2026-05", write_bundle(RegisterBundle("2026-05", products, (), brands)))
    return store


def product(cis: str, title: str, *substances: str) -> ProductRow:
    return ProductRow(cis, title, "comprimé", ("oral",), "active", "0", substances, "", ("bdpm",))


def test_an_imported_register_stands_in_place_of_the_embedded_one(small_tables: Path, tmp_path: Path) -> None:
    store = imported(
        tmp_path / "knowledge",
        product("60000100", "NEUFARINE 5 mg, comprimé", "warfarin"),
        product("60000003", "COUMADINE 5 mg, comprimé sécable", "simvastatin"),
    )
    catalogue = Catalogue.open(tmp_path, store, tables=small_tables)
    assert [each.id for each in catalogue.resolve("Neufarine").substances] == ["warfarin"]
    assert [each.id for each in catalogue.resolve("Coumadine").substances] == ["simvastatin"]
    assert catalogue.resolve("Vieuxfarine").status == "unknown"
    assert catalogue.resolve_code("cip13", "3400930000014").status == "unknown"
    assert catalogue.resolve("Bactrim").status == catalogue.resolve("warfarine").status == "resolved"


def test_without_an_active_register_the_embedded_one_serves(small_tables: Path, tmp_path: Path) -> None:
    store = imported(tmp_path / "knowledge", product("60000100", "NEUFARINE 5 mg, comprimé", "warfarin"))
    store.deactivate("bdpm")
    catalogue = Catalogue.open(tmp_path, store, tables=small_tables)
    assert catalogue.resolve("Neufarine").status == "unknown"
    assert catalogue.resolve("Vieuxfarine").status == "resolved"


def test_a_damaged_register_is_an_error_not_the_embedded_one(small_tables: Path, tmp_path: Path) -> None:
    store = imported(tmp_path / "knowledge", product("60000100", "NEUFARINE 5 mg, comprimé", "warfarin"))
    for file in tmp_path.rglob("*.knowledge"):
        file.chmod(0o600)
        file.write_bytes(b"nonsense")
    with pytest.raises(KnowledgeError):
        Catalogue.open(tmp_path, store, tables=small_tables)


def test_processes_that_start_together_all_resolve(small_tables: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from medinfo.medicines.catalogue import Catalogue; "
        "print(Catalogue.open(Path(sys.argv[1]), tables=Path(sys.argv[2])).resolve('warfarn').matched)"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(small_tables)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert {process.communicate()[0].strip() for process in running} == {"Warfarin"}
    assert len([path for path in (tmp_path / "compiled").iterdir() if path.name != ".lock"]) == 1


def test_threads_share_one_catalogue(small: Catalogue) -> None:
    typed = ["warfarin", "simvastatni", "paracetamol + codeine", "Actifed", "zzyzzyx", "B01AA03"] * 20
    expected = [small.resolve(text) for text in typed]
    found: list[list[object]] = []
    threads = [threading.Thread(target=lambda: found.append([small.resolve(text) for text in typed])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_substance_has_names_and_codes(small: Catalogue) -> None:
    found = small.substance("warfarin")
    assert (found.name("fr"), found.name("de"), found.atc, found.rxnorm, found.cas, found.unii) == (
        "warfarine",
        "Warfarin",
        ("B01AA03",),
        ("11289",),
        ("81-81-2",),
        (),
    )


def test_a_substance_that_is_not_there_is_not_found(small: Catalogue) -> None:
    with pytest.raises(NotFound):
        small.substance("nonsense")


def test_all_substances_are_listed_in_order(small: Catalogue) -> None:
    found = list(small.substances())
    assert found == sorted(found)
    assert small.substance(found[0]).id == found[0]


def test_the_brands_of_a_substance_include_combinations(small: Catalogue) -> None:
    assert small.brands("paracetamol") == ("Actifed", "Codoliprane", "Doliprane", "Lamipol")
    assert small.brands("magnesium") == small.brands("nonsense") == ()


@pytest.mark.parametrize(
    ("typed", "substances"),
    [
        ("Coumadine 5 mg cp", {"warfarin"}),
        ("simvastatin 20mg tablets", {"simvastatin"}),
        ("warfarine sodique", {"warfarin"}),
        ("Doliprane", {"paracetamol"}),
        ("Augmentin", {"amoxicillin", "clavulanic-acid"}),
        ("Kardegic 75", {"acetylsalicylic-acid"}),
        ("sulfaméthoxazole + triméthoprime", {"sulfamethoxazole", "trimethoprim"}),
        ("B01AA03", {"warfarin"}),
    ],
)
def test_the_embedded_tables_know_common_medicines(catalogue: Catalogue, typed: str, substances: set[str]) -> None:
    found = catalogue.resolve(typed)
    assert {substance.id for substance in found.substances} == substances


def test_every_name_of_the_embedded_tables_stands_for_its_own_substances(catalogue: Catalogue) -> None:
    """What is ambiguous must offer them. Text longer than can be typed is left out."""
    rows = [(name, row.substances) for row in read_table(NameRow) for name in [row.name]]
    rows += [(name, (row.id,)) for row in read_table(SubstanceRow) for name in (row.en, row.fr, row.es, row.la) if name]
    rows += [(row.title, row.substances) for row in read_table(ProductRow)]
    for name, substances in rows:
        if len(name) <= MAX_LENGTH and substances:
            found = catalogue.resolve(name)
            meant = {substance.id for substance in found.substances}
            offered = [set(candidate.substances) for candidate in found.candidates]
            assert meant == set(substances) or set(substances) in offered, (name, found)


def test_the_embedded_tables_never_take_a_homeopathic_product_for_its_plant(catalogue: Catalogue) -> None:
    for typed in ("ARNICA MONTANA BOIRON", "Belladonna 9 CH", "apis mellifica 15CH granules"):
        found = catalogue.resolve(typed)
        assert (found.status, found.homeopathic, found.substances) == ("resolved", True, ()), typed

"""Names of what is no medicine of ours: those that are near one of our names, and no others."""

from __future__ import annotations

from pathlib import Path

from medinfo.medicines.build_others import other_rows
from medinfo.medicines.build_sources import DrugBankEntry
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.catalogue_tables import compile_tables
from medinfo.medicines.entries import Tables
from medinfo.medicines.known import Known
from medinfo.medicines.others import OtherRow, read_others
from medinfo.medicines.tables import SubstanceRow, read_table

OURS = (SubstanceRow("insulin", "Insulin", cas=("11061-68-0",)), SubstanceRow("warfarin", "Warfarin", unii=("X",)))


def entry(name: str, *synonyms: str, unii: str = "", cas: str = "") -> DrugBankEntry:
    return DrugBankEntry("DB0", False, name, cas, unii, synonyms)


def rows(*entries: DrugBankEntry) -> list[str]:
    known = Known(compile_tables(Tables(OURS, (), (), ())))
    return [row.name for row in other_rows(entries, OURS, known, [OtherRow("Steroid", ("medinfo",))])]


def test_a_near_name_of_something_else_is_kept_and_a_far_one_is_not() -> None:
    assert rows(entry("Inulin", "Dahlin"), entry("Cellulose")) == ["Steroid", "Inulin"]


def test_an_entry_that_is_one_of_our_substances_is_left_out() -> None:
    assert rows(entry("Insulina", "Insulin"), entry("Warfarine", unii="X"), entry("Insuline", cas="11061-68-0")) == [
        "Steroid"
    ]


def test_a_short_name_is_left_out() -> None:
    assert rows(entry("Insu")) == ["Steroid"]


def test_the_embedded_ones_hold_what_is_easily_mistaken() -> None:
    names = {row.name.lower() for row in read_table(OtherRow)}
    assert {"inulin", "cytosine", "thionamide"} <= names


def test_no_embedded_one_is_a_name_of_ours(catalogue: Catalogue) -> None:
    for row in read_table(OtherRow):
        found = catalogue.resolve(row.name)
        assert found.status != "resolved" or found.how == "exact", row


def test_a_folder_without_the_table_has_none(tmp_path: Path) -> None:
    assert read_others(tmp_path) == ()

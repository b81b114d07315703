"""Rows of `others.tsv`: names of DrugBank that our tables do not hold and that are near a name which they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from medinfo.medicines.build_sources import DrugBankEntry, read_drugbank
from medinfo.medicines.catalogue_tables import compile_tables
from medinfo.medicines.entries import Tables
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import MAX_LENGTH, fold, key
from medinfo.medicines.others import OtherRow
from medinfo.medicines.tables import NameRow, ProductRow, SubstanceRow, data_folder, read_table, render_rows

REVIEWED = "medinfo"
_MIN_LETTERS = 5  # shorter names are never accepted misspelled


def write_others(folder: Path, out: Path) -> None:
    """Write the table.

    Args:
        folder: the folder `names` of the reference data. out: the other tables, and where this one goes.
    """
    substances = read_table(SubstanceRow, out)
    names, products = read_table(NameRow, out), read_table(ProductRow, out)
    known = Known(compile_tables(Tables(substances, names, products, ())))
    reviewed = [row for row in read_table(OtherRow, data_folder()) if row.source == (REVIEWED,)]
    rows = other_rows(read_drugbank(folder), substances, known, reviewed)
    (out / OtherRow.FILE).write_text(render_rows(rows, OtherRow), "utf-8", newline="\n")


def other_rows(
    entries: Iterable[DrugBankEntry], substances: Sequence[SubstanceRow], known: Known, reviewed: Iterable[OtherRow]
) -> list[OtherRow]:
    """The reviewed rows, and one for each name of an entry that is none of our substances, if a known name is near."""
    codes = {code for row in substances for code in (*row.unii, *row.cas)}
    found = {key(fold(row.name)): row for row in reviewed}
    for entry in entries:
        names = (entry.name, *entry.synonyms)
        if {entry.unii, entry.cas} & codes or any(known.exact(key(fold(name))) for name in names):
            continue
        for folded, name in _usable(names):
            if known.near.find(folded) or known.near.alike(folded):
                found.setdefault(folded, OtherRow(name, ("drugbank",)))
    return list(found.values())


def _usable(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        folded = key(fold(name))
        if sum(char.isalpha() for char in folded) >= _MIN_LETTERS and len(name) <= MAX_LENGTH:
            yield folded, name

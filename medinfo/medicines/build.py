"""Building the tables of names from the public lists of the reference data.

    medinfo knowledge build

reads the folders `names` and `bdpm` and writes the tables that are committed with the code. What a person decided
stands in `overrides.tsv`, `families.tsv`, `routes.tsv` and `sources.tsv`: they are read, never written. No source
gives UCD codes, so no table holds any.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medinfo.medicines.build_codes import CodeMeanings, read_codes
from medinfo.medicines.build_identity import Identity, gather
from medinfo.medicines.build_names import name_rows
from medinfo.medicines.build_others import write_others
from medinfo.medicines.build_products import component_rows, pack_rows, product_rows
from medinfo.medicines.build_sources import read_drugbank, read_thesaurus_names, read_worldvista
from medinfo.medicines.build_substances import add_product_atc, add_thesaurus_names, substance_rows
from medinfo.medicines.importers.bdpm_reader import read_bdpm
from medinfo.medicines.routes import Routes
from medinfo.medicines.tables import (
    ComponentRow,
    FamilyRow,
    NameRow,
    PackRow,
    ProductRow,
    Reviewed,
    SubstanceRow,
    read_table,
    render_rows,
)


def build_medicines(reference_data: Path, out: Path) -> None:
    """Write the tables of names.

    Args:
        reference_data: folder that holds `names` and `bdpm`; nothing else of it is read.
        out: folder for the tables.

    Raises:
        UnusableSource: a file of the register is not what it should be.
        KnowledgeError: the sources or our reviewed rows contradict each other.
    """
    reviewed = read_table(Reviewed)
    folder = reference_data / "names"
    register = read_bdpm(reference_data / "bdpm")
    identity = gather(read_drugbank(folder), read_worldvista(folder), reviewed)
    add_thesaurus_names(identity, read_thesaurus_names(folder))
    meanings = read_codes(identity, register, reviewed)
    _label_codes(identity, meanings)
    products = product_rows(register, meanings.substances, Routes.load())
    add_product_atc(identity, products)
    names = name_rows(identity, products, folder, reviewed)
    substances = substance_rows(identity, reviewed, read_table(FamilyRow))
    kept = {row.id for row in substances}
    out.mkdir(parents=True, exist_ok=True)
    _write(out, SubstanceRow, substances)
    _write(out, NameRow, [row for row in names if kept.issuperset(row.substances)])
    _write(out, ProductRow, products)
    _write(out, PackRow, pack_rows(register))
    _write(out, ComponentRow, component_rows(meanings))
    write_others(folder, out)


def _write(out: Path, row_type: type[Any], rows: Iterable[Any]) -> None:
    (out / row_type.FILE).write_text(render_rows(rows, row_type), "utf-8", newline="\n")


def _label_codes(identity: Identity, meanings: CodeMeanings) -> None:
    """Let the register's printed names stand for their substance, where a code means one alone."""
    for code, printed in meanings.names.items():
        substances = meanings.substances[code]
        for name in printed if len(substances) == 1 else ():
            if identity.claim(name, substances[0]):
                identity.drafts[substances[0]].label(name.lower(), "bdpm")

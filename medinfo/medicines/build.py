"""Building the tables of names from the public lists of the reference data.

    medinfo knowledge build

reads the folders `names` and `bdpm` and writes the tables that are committed with the code. What a person decided
stands in `overrides.tsv` and is read, never written. No source gives UCD codes, so no table holds any.
"""

from __future__ import annotations

from pathlib import Path

from medinfo.medicines.build_identity import Identity, gather
from medinfo.medicines.build_names import Names, brand_of
from medinfo.medicines.build_products import UNKNOWN, code_names, pack_rows, product_rows
from medinfo.medicines.build_sources import (
    read_atc_french,
    read_drugbank,
    read_english_names,
    read_romedi_brands,
    read_thesaurus_names,
    read_worldvista,
)
from medinfo.medicines.build_text import key, slug
from medinfo.medicines.importers.bdpm import BdpmRegister, read_bdpm
from medinfo.medicines.routes import Routes
from medinfo.medicines.tables import (
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
    _thesaurus(identity, folder)
    codes = _codes(identity, register, reviewed)
    routes = Routes.load()
    products = product_rows(register, lambda code: codes.get(code, (f"{UNKNOWN}{code}",)), routes.parse)
    names = _names(identity, products, folder)
    out.mkdir(parents=True, exist_ok=True)
    _write(out, [_substance(identity, identifier) for identifier in identity.drafts], SubstanceRow)
    _write(out, names, NameRow)
    _write(out, products, ProductRow)
    _write(out, pack_rows(register), PackRow)


def _write(out: Path, rows: object, row_type: type[object]) -> None:
    (out / row_type.FILE).write_text(render_rows(rows, row_type), "utf-8", newline="\n")  # type: ignore[attr-defined,arg-type,type-var]


def _thesaurus(identity: Identity, folder: Path) -> None:
    by_rxcui: dict[str, set[str]] = {}
    for draft in identity.drafts.values():
        for code in draft.rxnorm:
            by_rxcui.setdefault(code, set()).add(draft.id)
    for row in read_thesaurus_names(folder):
        owners = by_rxcui.get(row.rxcui, set())
        owner = identity.french(row.name) or (next(iter(owners)) if len(owners) == 1 else None)
        draft = identity.drafts[owner] if owner else identity.add(slug(row.name), row.name, "thesaurus-names")
        draft.label(row.name, "thesaurus-names")
        draft.languages.setdefault("fr", row.name)
        identity.claim(row.name, draft.id)
        draft.rxnorm |= {row.rxcui} - {""}


def _codes(identity: Identity, register: BdpmRegister, reviewed: tuple[Reviewed, ...]) -> dict[str, tuple[str, ...]]:
    decided = {row.term: tuple(row.target.split("|")) if row.target else () for row in reviewed if row.kind in ("code", "exclude")}
    found: dict[str, tuple[str, ...]] = {}
    for code, names in code_names(register).items():
        if code in decided:
            found[code] = decided[code]
            continue
        owner = next((owner for name in names if (owner := identity.french(name))), None)
        draft = identity.drafts[owner] if owner else identity.add(slug(names[0]), names[0].capitalize(), "bdpm")
        for name in names:
            draft.label(name.lower(), "bdpm")
            identity.claim(name, draft.id)
        found[code] = (draft.id,)
    return found


def _substance(identity: Identity, identifier: str) -> SubstanceRow:
    draft = identity.drafts[identifier]
    return SubstanceRow(
        draft.id,
        draft.en,
        fr=draft.languages.get("fr", ""),
        atc=tuple(sorted(draft.atc)),
        rxnorm=tuple(sorted(draft.rxnorm, key=int)),
        unii=tuple(sorted(draft.unii)),
        cas=tuple(sorted(draft.cas)),
        source=tuple(sorted(draft.sources)),
    )


def _names(identity: Identity, products: tuple[ProductRow, ...], folder: Path) -> list[NameRow]:
    brands = Names()
    for product in products:
        if product.homeopathic == "0" and not any(item.startswith(UNKNOWN) for item in product.substances):
            brand = brand_of(product.title)
            if identity.exact(brand) is None:
                brands.add(brand, product.substances, "bdpm")
    for source in ("wikipedia", "medlineplus"):
        for row in read_english_names(folder, source):
            owner = identity.exact(row.common)
            for other in row.others if owner else ():
                if identity.exact(other) is None:
                    brands.add(other, (owner or "",), source)
    rows = [
        NameRow(name, "brand" if len(substances) < 2 else "combination" if "+" in name else "brand", substances, "", tuple(sorted(sources)))
        for name, sets in brands.items()
        for substances, sources in sorted(sets.items())
    ]
    for draft in identity.drafts.values():
        own = {key(draft.en)}
        for label, sources in draft.labels.items():
            if key(label) not in own and identity.exact(label) == draft.id:
                own.add(key(label))
                rows.append(NameRow(label, "synonym", (draft.id,), "", tuple(sorted(sources))))
    _ = read_atc_french, read_romedi_brands
    return rows

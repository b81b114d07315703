"""`medinfo import bdpm DIR`: an official edition of the French register becomes an edition of the knowledge store.

Its substance codes are looked up in `components.tsv`. A code that is newer than our tables is looked up by its printed
name, letter for letter; one that stays unknown becomes an explicit unknown substance of its products (`?CODE`), and
is in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from medinfo.knowledge_store import KnowledgeStore
from medinfo.medicines.build_brands import Brands, add_register, brand_rows
from medinfo.medicines.build_codes import code_names
from medinfo.medicines.build_identity import Identity
from medinfo.medicines.build_products import UNKNOWN, pack_rows, product_rows
from medinfo.medicines.bundle import SOURCE, RegisterBundle, write_bundle
from medinfo.medicines.importers.bdpm_reader import BdpmRegister, Fault, read_bdpm
from medinfo.medicines.routes import Routes
from medinfo.medicines.tables import ComponentRow, NameRow, ProductRow, Reviewed, SubstanceRow, read_table

__all__ = ["ImportReport", "import_bdpm", "read_bdpm"]

_SHOWN = 20
_NAMED = ("fr", "en", "la", "es", "de", "it", "pt")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of one import.

    Attributes:
        edition: `YYYY-MM`. activated: whether the edition is now in use.
        archived, homeopathic: of the products.
        unknown: substance codes that mean nothing to us, each with its printed name.
        unknown_products: products that hold one of them.
        faults: rows that could not be read.
    """

    edition: str
    activated: bool
    products: int
    archived: int
    homeopathic: int
    packs: int
    unknown: tuple[tuple[str, str], ...]
    unknown_products: int
    faults: tuple[Fault, ...]

    def lines(self) -> tuple[str, ...]:
        """The report for a person, in English, one statement a line."""
        used = "in use" if self.activated else "stored, not in use"
        read = [
            f"BDPM, edition {self.edition}: {used}.",
            f"Read: {self.products} products ({self.archived} archived, {self.homeopathic} homeopathic), "
            f"{self.packs} packs.",
        ]
        if self.unknown:
            read.append(
                f"Unknown substances, so never checked: {len(self.unknown)}, in {self.unknown_products} products."
            )
            read += [f"Unknown substance {code}: {name}" for code, name in self.unknown[:_SHOWN]]
        if self.faults:
            read.append(f"Rows that could not be read: {len(self.faults)}.")
            read += [f"{fault.file}, line {fault.line}: {fault.reason}" for fault in self.faults[:_SHOWN]]
        return tuple(read)


def import_bdpm(
    folder: Path, store: KnowledgeStore, edition: str = "", *, activate: bool | None = None
) -> ImportReport:
    """Read an edition of the register and store it.

    Args:
        folder: holds the files as published.
        store: where it goes; a first or a newer edition is used at once, an older one only if `activate`.
        edition: `YYYY-MM`; by default the last month in which the register declares packs.

    Raises:
        UnusableSource: the folder does not hold the register; nothing is stored.
        InvalidInput: the edition is not of that form.
    """
    register = read_bdpm(folder)
    known = _known_names()
    meanings, unknown = _meanings(register, known)
    products = product_rows(register, meanings, Routes.load())
    bundle = RegisterBundle(
        edition or register.edition, products, pack_rows(register), tuple(_brand_rows(known, products))
    )
    stored = store.add(SOURCE, bundle.edition, write_bundle(bundle), activate=activate)
    return ImportReport(
        edition=bundle.edition,
        activated=stored.active,
        products=len(products),
        archived=sum(row.status == "archived" for row in products),
        homeopathic=sum(row.homeopathic == "1" for row in products),
        packs=len(register.packs),
        unknown=unknown,
        unknown_products=sum(any(item.startswith(UNKNOWN) for item in row.substances) for row in products),
        faults=register.faults,
    )


def _known_names() -> Identity:
    """The embedded substances with all their names; a name of several substances means none of them."""
    identity = Identity()
    for substance in read_table(SubstanceRow):
        draft = identity.add(substance.id, substance.en, "medinfo")
        for language in _NAMED:
            _learn(identity, draft.id, getattr(substance, language))
    for row in read_table(NameRow):
        if len(row.substances) == 1 and row.kind in ("synonym", "salt"):
            _learn(identity, row.substances[0], row.name)
    return identity


def _learn(identity: Identity, identifier: str, name: str) -> None:
    if name and identity.claim(name, identifier):
        identity.drafts[identifier].label(name, "medinfo")


def _meanings(
    register: BdpmRegister, known: Identity
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    table = {row.code: row.substances for row in read_table(ComponentRow)}
    meanings: dict[str, tuple[str, ...]] = {}
    unknown: list[tuple[str, str]] = []
    for code, names in code_names(register).items():
        owner = next((owner for name in names if (owner := known.exact(name))), None)
        if code in table:
            meanings[code] = table[code]
        elif owner:
            meanings[code] = (owner,)
        else:
            unknown.append((code, names[0]))
    return meanings, tuple(unknown)


def _brand_rows(known: Identity, products: Iterable[ProductRow]) -> Iterator[NameRow]:
    brands = Brands()
    add_register(brands, known, products)
    return brand_rows(brands, known, read_table(Reviewed))

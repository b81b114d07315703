"""The catalogue of medicines: every name, product and code that is known, compiled once and mapped from then on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from medinfo.errors import NotFound
from medinfo.medicines.bundle import SOURCE as REGISTER
from medinfo.medicines.bundle import read_bundle
from medinfo.medicines.catalogue_tables import compile_tables
from medinfo.medicines.compiled import Arrays, open_or_build
from medinfo.medicines.entries import Tables
from medinfo.medicines.known import Known
from medinfo.medicines.model import Resolution, Substance
from medinfo.medicines.others import OtherRow, read_others
from medinfo.medicines.resolve import Resolver
from medinfo.medicines.search import Hit, Search
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, SubstanceRow, data_folder, read_table
from medinfo.medicines.words import Words

if TYPE_CHECKING:
    from medinfo.knowledge_store import KnowledgeStore, StoredEdition

_COMPILERS = (
    "catalogue_tables",
    "bundle",
    "compiled",
    "entries",
    "neighbours",
    "normalise",
    "sounds",
    "tables",
    "words",
)
_REMEMBERED = 2048
"""How many texts a catalogue remembers the resolution of: the same names are typed over and over."""

_TABLES = (SubstanceRow, NameRow, ProductRow, PackRow)


class Catalogue:
    """Names to substances. Reading only, so threads can share one.

    Args:
        arrays: the arrays of a compiled folder.

    Example:
        `Catalogue.open(Path("data")).resolve("Coumadine 5 mg").substances`
    """

    def __init__(self, arrays: Arrays) -> None:
        words = Words.load()
        self._known = Known(arrays)
        self._resolver = Resolver(self._known, words)
        self._remembered = lru_cache(_REMEMBERED)(self._resolver.resolve)
        self._search = Search(arrays, self._known, words)

    @classmethod
    def open(
        cls, data_dir: Path, store: KnowledgeStore | None = None, *, tables: Path | Traversable | None = None
    ) -> Catalogue:
        """Map the compiled tables, and compile them first where that has not been done yet.

        Args:
            data_dir: folder for imported knowledge and compiled tables.
            store: where an imported register (`bdpm`) may be active; it then replaces the embedded products.
            tables: folder of the tables; the embedded ones by default.

        Raises:
            KnowledgeError: a table does not have its shape, or the imported register is damaged.
            OSError: the data folder cannot be written.
        """
        folder = data_folder() if tables is None else tables
        edition = store.active(REGISTER) if store else None
        digest = _digest(folder, edition.sha256 if edition else "")
        arrays = open_or_build(data_dir / "compiled", digest, lambda: compile_tables(_tables(folder, edition)))
        return cls(arrays)

    @property
    def known(self) -> Known:
        """The names as they are known, for exact look-ups."""
        return self._known

    def resolve(self, text: str) -> Resolution:
        """What a typed name or code stands for.

        Raises:
            InvalidInput: the text is empty or longer than `normalise.MAX_LENGTH`.
        """
        return self._remembered(text)

    def resolve_code(self, system: str, value: str) -> Resolution:
        """What a code stands for: `unknown` for a valid one that is not listed.

        Args:
            system: short name of the coding system or its FHIR URI. value: the code.

        Raises:
            InvalidCode: the system is not known, or the code does not hold.
        """
        return self._resolver.resolve_code(system, value)

    def substance(self, identifier: str) -> Substance:
        """A substance by its id.

        Raises:
            NotFound: no such substance.
        """
        found = self._known.substance(identifier)
        if found is None:
            raise NotFound(f"No substance has the id {identifier[:100]!r}.", params={"id": identifier[:100]})
        return found

    def substances(self) -> Iterator[str]:
        """Ids of all substances, sorted."""
        return self._known.substances()

    def search(self, q: str, limit: int = 10) -> list[Hit]:
        """Names for what is being typed, best first; see `search.Search.find`."""
        return self._search.find(q, limit)

    def brands(self, substance_id: str) -> tuple[str, ...]:
        """Brand names of medicines that hold the substance, alone or with others; sorted."""
        return self._known.brands(substance_id)


def _digest(folder: Path | Traversable, edition: str) -> str:
    """Hash of everything that the compiled tables are made from.

    Args:
        edition: hash of the imported register, or "".
    """
    code = files("medinfo.medicines")
    read = [folder.joinpath(row.FILE) for row in _TABLES]
    read += [file for file in [folder.joinpath(OtherRow.FILE)] if file.is_file()]
    read += [code.joinpath("data", "words.tsv"), *(code.joinpath(f"{module}.py") for module in _COMPILERS)]
    total = hashlib.sha256(edition.encode())
    for file in read:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:32]


def _tables(folder: Path | Traversable, edition: StoredEdition | None) -> Tables:
    """The tables, an imported register in place of the embedded one."""
    names = read_table(NameRow, folder)
    substances = read_table(SubstanceRow, folder)
    others = read_others(folder)
    if edition is None:
        return Tables(substances, names, read_table(ProductRow, folder), read_table(PackRow, folder), others)
    register = read_bundle(edition.read())
    return Tables(substances, register.over(names), register.products, register.packs, others)

"""Reading the French public register of medicines (BDPM) as its publisher offers it for download.

The register is a folder of tab-separated files without header. Their encodings differ and have changed over time,
so each is detected. Rows that do not have the expected shape are reported, never dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from medinfo.codes import Atc, Cip13, Cis
from medinfo.errors import InvalidCode, UnusableSource
from medinfo.medicines.build_text import clean

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_ROWS = 500_000
_MAX_FAULTS_SHARE = 0.05
_MIN_DECLARED = 10
_DATE = re.compile(r"\d\d/(\d\d)/(\d{4})")

Nature = Literal["SA", "FT"]
T = TypeVar("T")
_HOMEOPATHIC = re.compile(r"(?i)hom[ée]opat|\bdynamis[ée]")


@dataclass(frozen=True, slots=True)
class Product:
    """One row of `CIS_bdpm.txt`.

    Attributes:
        cis: CIS code. title, form: as printed. routes: as printed, one each.
        status, procedure: as printed ("Autorisation active", "Enreg homéo (Proc. Nat.)").
    """

    cis: str
    title: str
    form: str
    routes: tuple[str, ...]
    status: str
    procedure: str

    @property
    def archived(self) -> bool:
        """Whether the authorisation is no longer active (archived, abrogated, withdrawn, suspended)."""
        return self.status.lower() != "autorisation active"

    @property
    def homeopathic(self) -> bool:
        """Whether the product is registered as homeopathic."""
        return "hom" in self.procedure.lower()


@dataclass(frozen=True, slots=True)
class Component:
    """One row of `CIS_COMPO_bdpm.txt`.

    Attributes:
        code: the register's substance code. name: as printed.
        nature: `SA` (substance as it stands in the product) or `FT` (its active moiety). link: rows of one product,
            element and link number are one substance.
    """

    cis: str
    element: str
    code: str
    name: str
    nature: Nature
    link: str

    @property
    def homeopathic(self) -> bool:
        """Whether the component is a homeopathic preparation (some are in products authorised otherwise)."""
        return bool(_HOMEOPATHIC.search(self.name))


@dataclass(frozen=True, slots=True)
class Pack:
    """One row of `CIS_CIP_bdpm.txt`: codes of a pack (`cip7` may be ""), and `YYYY-MM` of its declaration or ""."""

    cis: str
    cip7: str
    cip13: str
    declared: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that could not be read or used. `line` counts from 1; 0 where it stands for several rows."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class BdpmRegister:
    """The register as read. `atc` maps CIS to ATC code. `edition` is `YYYY-MM`: no file of the register states one,
    so it is the last month in which ten packs or more are declared (single dates lie far in the future)."""

    products: tuple[Product, ...]
    components: tuple[Component, ...]
    packs: tuple[Pack, ...]
    atc: dict[str, str]
    faults: tuple[Fault, ...]
    edition: str


def read_bdpm(folder: Path) -> BdpmRegister:
    """Read the register's files.

    Args:
        folder: holds `CIS_bdpm.txt`, `CIS_COMPO_bdpm.txt`, `CIS_CIP_bdpm.txt`, and `CIS_MITM.txt` where there is one.

    Raises:
        UnusableSource: a file is missing, too large, not text, or not of the register's shape.
    """
    faults: list[Fault] = []
    products = tuple(_read(folder, "CIS_bdpm.txt", 12, _product, faults))
    known = {product.cis for product in products}
    components = tuple(_read(folder, "CIS_COMPO_bdpm.txt", 8, _component, faults))
    packs = tuple(_read(folder, "CIS_CIP_bdpm.txt", 7, _pack, faults))
    atc = dict(_read(folder, "CIS_MITM.txt", 2, _atc, faults)) if (folder / "CIS_MITM.txt").is_file() else {}
    rows: tuple[tuple[str, Iterable[Component | Pack]], ...] = (
        ("CIS_COMPO_bdpm.txt", components),
        ("CIS_CIP_bdpm.txt", packs),
    )
    for name, each in rows:
        orphans = sorted({row.cis for row in each} - known)
        faults += [Fault(name, 0, f"rows of {cis}, which is no product of the register") for cis in orphans]
    return BdpmRegister(products, components, packs, atc, tuple(faults), _edition(packs))


def _edition(packs: Iterable[Pack]) -> str:
    months = Counter(pack.declared for pack in packs if pack.declared)
    return max((month for month, count in months.items() if count >= _MIN_DECLARED), default=max(months, default=""))


def _read(folder: Path, name: str, columns: int, convert: Callable[[list[str]], T], faults: list[Fault]) -> Iterator[T]:
    count = wrong = 0
    for number, line in enumerate(_text(folder / name).split("\n"), 1):
        if not line.strip():
            continue
        count += 1
        if count > MAX_ROWS:
            raise UnusableSource(f"{name} has more than {MAX_ROWS} rows.")
        try:
            cells = [clean(cell) for cell in line.split("\t")]
            if len(cells) < columns:
                raise ValueError(f"{len(cells)} columns, at least {columns} expected")
            row = convert(cells)
        except (InvalidCode, ValueError) as error:
            wrong += 1
            faults.append(Fault(name, number, str(error)))
            continue
        yield row
    if count == 0 or wrong > count * _MAX_FAULTS_SHARE:
        raise UnusableSource(
            f"{name} is not a BDPM file: {wrong} of {count} rows have another shape.",
            hint="Download the files anew from the public medicines database and give the folder that holds them.",
        )


def _text(path: Path) -> str:
    if not path.is_file():
        raise UnusableSource(f"{path.name} is missing from the folder {path.parent}.")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnusableSource(f"{path.name} is larger than {MAX_FILE_BYTES // 2**20} MiB.")
    content = path.read_bytes()
    if b"\0" in content:
        raise UnusableSource(f"{path.name} is not a text file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def _product(cells: list[str]) -> Product:
    routes = tuple(clean(route) for route in cells[3].split(";") if route.strip())
    return Product(Cis(cells[0]).value, cells[1], cells[2], routes, cells[4], cells[5])


def _component(cells: list[str]) -> Component:
    if cells[6] not in ("SA", "FT"):
        raise ValueError(f"nature of the component is {cells[6]!r}")
    nature: Nature = "FT" if cells[6] == "FT" else "SA"
    return Component(Cis(cells[0]).value, cells[1], cells[2], cells[3], nature, cells[7])


def _pack(cells: list[str]) -> Pack:
    long = Cip13(cells[6])
    if cells[1] and cells[1] != long.short:
        raise ValueError(f"CIP7 {cells[1]} is not the middle of CIP13 {long}")
    day = _DATE.fullmatch(cells[5])
    return Pack(Cis(cells[0]).value, cells[1], long.value, f"{day[2]}-{day[1]}" if day else "")


def _atc(cells: list[str]) -> tuple[str, str]:
    return Cis(cells[0]).value, Atc(cells[1]).value

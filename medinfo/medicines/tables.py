"""The tables of names: what their rows hold, and how they are read and written.

A table is UTF-8 text with one header row, tab-separated, LF, sorted, `|` between several values of one cell.
Every row names its source (a short id of `sources.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

from medinfo.errors import KnowledgeError

SEPARATOR = "|"


class _Row(Protocol):
    FILE: ClassVar[str]


RowT = TypeVar("RowT", bound=_Row)


@dataclass(frozen=True, slots=True, order=True)
class SubstanceRow:
    """One active moiety.

    Attributes:
        id: ASCII slug of the English INN, never reused.
        en, fr, es, de, it, pt, la: the INN by language; all but `en` may be empty.
        atc, rxnorm, unii, cas: codes, sorted.
        source: ids of the sources that state the names.
    """

    FILE: ClassVar[str] = "substances.tsv"
    id: str
    en: str
    fr: str = ""
    es: str = ""
    de: str = ""
    it: str = ""
    pt: str = ""
    la: str = ""
    atc: tuple[str, ...] = ()
    rxnorm: tuple[str, ...] = ()
    unii: tuple[str, ...] = ()
    cas: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class NameRow:
    """One name and the set of substances it stands for; a brand with several sets has several rows.

    Attributes:
        name: as the source writes it.
        kind: `brand`, `synonym`, `salt` or `combination`.
        substances: ids, sorted.
        language: of the name (`en`, `fr`...), or "" where it is not known or the name belongs to none.
        source: ids of the sources that state it.
    """

    FILE: ClassVar[str] = "names.tsv"
    name: str
    kind: str
    substances: tuple[str, ...]
    language: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ProductRow:
    """One authorised (or once authorised) product.

    Attributes:
        cis: CIS code. title: as the register writes it.
        form: pharmaceutical form. routes: route slugs.
        status: `active` or `archived`.
        homeopathic: `1` for a homeopathic product (then `substances` is empty), else `0`.
        substances: ids; `?CODE` stands for a component that no table knows.
        atc: code that the register gives, or "".
    """

    FILE: ClassVar[str] = "products.tsv"
    cis: str
    title: str
    form: str
    routes: tuple[str, ...]
    status: str
    homeopathic: str
    substances: tuple[str, ...]
    atc: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class PackRow:
    """One pack of a product. No source of ours gives UCD codes, so there is no such column."""

    FILE: ClassVar[str] = "packs.tsv"
    cip13: str
    cip7: str
    cis: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class ComponentRow:
    """What a substance code of the French register means: how an imported edition finds its substances.

    Attributes:
        code: the register's substance code.
        substances: ids; empty for a code that is no active substance.
        how: `reviewed` by a person, by `name`, or by the `moiety` that the register gives for it.
    """

    FILE: ClassVar[str] = "components.tsv"
    code: str
    substances: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True, order=True)
class FamilyRow:
    """A general name and a specific substance that it covers: insulin and insulin glargine.

    A source that speaks of the general one speaks of the specific one too; not the other way round.
    """

    FILE: ClassVar[str] = "families.tsv"
    family: str
    member: str
    why: str


@dataclass(frozen=True, slots=True, order=True)
class SourceRow:
    """One source of names."""

    FILE: ClassVar[str] = "sources.tsv"
    id: str
    publisher: str
    title: str
    edition: str
    licence: str


@dataclass(frozen=True, slots=True, order=True)
class Reviewed:
    """One decision of a person about names, used when the tables are built.

    Attributes:
        kind: what `term` is:
            `new` the English name of a substance that no English list holds;
            `inn` DrugBank's name, which is not the INN; `merge` DrugBank's name of a salt, ester or form of another;
            `name` a name in any language; `fr` the French name to show;
            `combination` a name of several substances together; `either` a name of one or another substance;
            `brand` a brand name, one row per meaning; `no-brand` a word that is no brand;
            `drop` a DrugBank name or synonym not to be used, or a brand that does not mean `target`;
            `code` a substance code of the French register; `rxnorm` and `atc` a code (no target: not to be used);
            `bare` an id that no name reaches by taking a salt away.
        target: substance id (for `inn` the English INN; for `combination` and `code` one or more ids), or "".
        why: the reason, in a few words.
    """

    FILE: ClassVar[str] = "overrides.tsv"
    kind: str
    term: str
    target: str
    why: str


def data_folder() -> Traversable:
    """Where the embedded tables lie."""
    return files("medinfo.medicines").joinpath("data")


def parse_rows(row_type: type[RowT], text: str) -> Iterator[RowT]:
    """Rows of one table.

    Args:
        row_type: one of the row classes above.
        text: the whole table with its header row.

    Raises:
        KnowledgeError: the header or a row does not fit the row class.
    """
    names, tuples = _columns(row_type)
    lines = text.split("\n")
    if lines[0].split("\t") != names:
        raise KnowledgeError(f"{row_type.FILE}: unexpected columns {lines[0]!r}")
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(names):
            raise KnowledgeError(f"{row_type.FILE}, line {number}: {len(cells)} cells instead of {len(names)}")
        yield row_type(*(_split(cell) if name in tuples else cell for name, cell in zip(names, cells, strict=True)))


def render_rows(rows: Iterable[Any], row_type: type[RowT]) -> str:
    """The text of a table: header and rows, sorted."""
    names, _ = _columns(row_type)
    lines = ["\t".join(names)]
    lines += ["\t".join(_cell(getattr(row, name)) for name in names) for row in sorted(rows)]
    return "\n".join(lines) + "\n"


def read_table(row_type: type[RowT], folder: Path | Traversable | None = None) -> tuple[RowT, ...]:
    """All rows of a table, of the embedded one by default.

    Raises:
        KnowledgeError: the table does not have the shape of its row class.
    """
    place = data_folder() if folder is None else folder
    return tuple(parse_rows(row_type, place.joinpath(row_type.FILE).read_text("utf-8")))


def _columns(row_type: type[Any]) -> tuple[list[str], frozenset[str]]:
    hints = get_type_hints(row_type)
    names = [field.name for field in fields(row_type)]
    return names, frozenset(name for name in names if hints[name] == tuple[str, ...])


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(SEPARATOR)) if cell else ()


def _cell(value: str | tuple[str, ...]) -> str:
    text = SEPARATOR.join(value) if isinstance(value, tuple) else value
    if "\t" in text or "\n" in text:
        raise KnowledgeError(f"a cell holds a tab or a line break: {text!r}")
    return text

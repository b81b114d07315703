"""Our reviewed maps: what a printed name stands for where the name alone does not say it, each row with its reason.

They lie beside the tables (`interactions/data/ansm-thesaurus/*-map.tsv`): tab-separated, a header row, `|` between
several values. They hold names, ids and our own words, never a sentence of the source.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, ClassVar, TypeVar

from medinfo.errors import KnowledgeError

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A printed member, or a heading that is one substance.

    Attributes:
        side: printed side for which the row holds; empty for all.
        printed: as the source writes it.
        substances: ids; empty: what the name says by itself (the row only adds routes).
        routes: route slugs that the source limits the member to.
    """

    FILE: ClassVar[str] = "member-map.tsv"
    side: str
    printed: str
    substances: tuple[str, ...]
    routes: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SideRow:
    """A printed side that needs more than its own heading.

    Attributes:
        printed: as the source writes it.
        same_as: printed name of the side that it is another name of, or "".
        others: `1` when it means the other members of that side.
        kind: kind of the side, or "" for what its heading says.
        members_of: printed names of the sides whose members it has besides those of its own list.
        routes: route slugs that the name limits the side to.
        condition: id of a condition that the name states, or "".
    """

    FILE: ClassVar[str] = "side-map.tsv"
    printed: str
    same_as: str
    others: str
    kind: str
    members_of: tuple[str, ...]
    routes: tuple[str, ...]
    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class LocalRow:
    """A medicine that the source's introduction names among the local routes that count.

    Attributes:
        name: of the medicine, in French, or "" when `side` is given.
        side: printed side, all members of which are meant.
        routes: route slugs, `*` for all. page: PDF page, from 1.
    """

    FILE: ClassVar[str] = "local-route-map.tsv"
    name: str
    side: str
    routes: tuple[str, ...]
    page: str
    reason: str


def read_map(row_type: type[RowT]) -> tuple[RowT, ...]:
    """All rows of a map.

    Raises:
        KnowledgeError: the file does not have the shape of its row class.
    """
    name: str = row_type.FILE  # type: ignore[attr-defined]
    text = files("interactions").joinpath("data", "ansm-thesaurus", name).read_text("utf-8")
    header, *lines = text.removesuffix("\n").split("\n")
    columns: list[Any] = list(fields(row_type))  # type: ignore[arg-type]
    if header.split("\t") != [column.name for column in columns]:
        raise KnowledgeError(f"{name}: unexpected columns")
    rows = []
    for line in lines:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise KnowledgeError(f"{name}: {len(cells)} cells instead of {len(columns)} in {line[:60]!r}")
        rows.append(row_type(*(_value(column.type, cell) for column, cell in zip(columns, cells, strict=True))))
    return tuple(rows)


def _value(kind: str, cell: str) -> str | tuple[str, ...]:
    if not kind.startswith("tuple"):
        return cell
    return tuple(cell.split("|")) if cell else ()

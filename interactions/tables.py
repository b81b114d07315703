"""Knowledge as files: sorted text tables in the package, and one JSON-lines file per imported edition.

The tables (`interactions/data/<source>/*.tsv`) are UTF-8, LF, tab-separated, with a header row and one fact a row;
`|` stands between several values, ` & ` between the atoms of a condition. The store file carries the same facts and
the official wording besides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from interactions.knowledge import (
    Branch,
    Condition,
    Interaction,
    Knowledge,
    LocalRouteRule,
    Member,
    Side,
    Source,
)
from interactions.tables_codec import ATOMS, FLAG, LEVEL, LEVELS, NUMBER, NUMBERS, TEXT, TEXTS, Row, Table
from interactions.tables_rules import validate
from medinfo.errors import KnowledgeError

EMBEDDED = "ansm-thesaurus"
FORMAT = 1

TABLES = (
    Table(
        "sources",
        Source,
        {
            "id": TEXT,
            "publisher": TEXT,
            "title": TEXT,
            "edition": TEXT,
            "published": TEXT,
            "pages": NUMBER,
            "sha256": TEXT,
        },
        {"imported": FLAG},
    ),
    Table(
        "sides",
        Side,
        {"id": TEXT, "kind": TEXT, "printed": TEXT, "routes": TEXTS, "condition": TEXT, "page": NUMBER},
    ),
    Table("members", Member, {"side": TEXT, "substance": TEXT, "printed": TEXT, "page": NUMBER, "routes": TEXTS}),
    Table(
        "interactions",
        Interaction,
        {
            "id": TEXT,
            "source": TEXT,
            "a": TEXT,
            "b": TEXT,
            "others": FLAG,
            "native_level": TEXT,
            "levels": LEVELS,
            "effects": TEXTS,
            "mechanisms": TEXTS,
            "advice": TEXTS,
            "advice_levels": TEXTS,
            "affected": TEXT,
            "dose_of": TEXT,
            "pages": NUMBERS,
        },
        {"quote_mechanism": TEXT, "quote_advice": TEXT},
    ),
    Table(
        "branches",
        Branch,
        {
            "level": LEVEL,
            "native_level": TEXT,
            "condition": TEXT,
            "members_a": TEXTS,
            "members_b": TEXTS,
            "except_a": TEXTS,
            "except_b": TEXTS,
        },
        {"quote": TEXT},
        key="interaction",
    ),
    Table("conditions", Condition, {"id": TEXT, "atoms": ATOMS}),
    Table("local-routes", LocalRouteRule, {"substance": TEXT, "side": TEXT, "routes": TEXTS, "page": NUMBER}),
)


def load_embedded() -> Knowledge:
    """The facts that ship with the package (no official wording).

    Raises:
        KnowledgeError: the tables contradict each other.
    """
    return read_tables(files("interactions").joinpath("data", EMBEDDED))


def read_tables(folder: Traversable | Path) -> Knowledge:
    """Read the tables of one source.

    Args:
        folder: holds `sources.tsv`, `sides.tsv`, `members.tsv`, `interactions.tsv`, `branches.tsv`,
            `conditions.tsv` and `local-routes.tsv`.

    Raises:
        KnowledgeError: a table is missing, malformed, or refers to what is not there.
    """
    return _assemble({table.name: list(_read_table(folder, table)) for table in TABLES})


def write_tables(knowledge: Knowledge, folder: Path) -> None:
    """Write the tables of one source, sorted, without official wording.

    Args:
        folder: created if missing; files of the same names in it are replaced.

    Raises:
        KnowledgeError: the knowledge contradicts itself, or a value cannot stand in a table.
    """
    knowledge = replace(knowledge, source=replace(knowledge.source, imported=False))
    validate(knowledge)
    folder.mkdir(parents=True, exist_ok=True)
    records = _records(knowledge)
    for table in TABLES:
        lines = [table.header(), *(table.encode(key, record) for key, record in records[table.name])]
        folder.joinpath(f"{table.name}.tsv").write_bytes(("\n".join(lines) + "\n").encode())


def dump(knowledge: Knowledge) -> bytes:
    """The store file of an imported edition: JSON lines, first a header with the format number.

    Raises:
        KnowledgeError: the knowledge contradicts itself.
    """
    validate(knowledge)
    records = _records(knowledge)
    lines = [_line({"format": FORMAT, "kind": "interactions"})]
    for table in TABLES:
        lines += [_line({"table": table.name, "row": table.store(key, record)}) for key, record in records[table.name]]
    return ("\n".join(lines) + "\n").encode()


def load(content: bytes) -> Knowledge:
    """Read a store file that `dump` wrote.

    Raises:
        KnowledgeError: it is of another format, damaged, or contradicts itself.
    """
    tables = {table.name: table for table in TABLES}
    rows: dict[str, list[Row]] = {name: [] for name in tables}
    lines = _parsed(content)
    if next(lines, None) != {"format": FORMAT, "kind": "interactions"}:
        raise _damaged(f"it is not of format {FORMAT}")
    for line in lines:
        if not isinstance(line, dict) or line.get("table") not in tables or not isinstance(line.get("row"), dict):
            raise _damaged("a record belongs to no table")
        rows[line["table"]].append(tables[line["table"]].restore(line["row"]))
    return _assemble(rows)


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _parsed(content: bytes) -> Iterator[Any]:
    try:
        # Not splitlines(): official wording may hold other line separators of Unicode.
        yield from (json.loads(line) for line in content.decode().split("\n") if line)
    except ValueError as error:
        raise _damaged(str(error)) from error


def _damaged(why: str) -> KnowledgeError:
    return KnowledgeError(f"a stored edition cannot be read: {why}", hint="import the official file again")


def _read_table(folder: Traversable | Path, table: Table) -> Iterator[Row]:
    file = folder.joinpath(f"{table.name}.tsv")
    if not file.is_file():
        raise KnowledgeError(f"table {table.name}.tsv is missing")
    header, *lines = file.read_bytes().decode().removesuffix("\n").split("\n")
    if header != table.header():
        raise KnowledgeError(f"table {table.name}.tsv has another header than expected")
    return (table.decode(line) for line in lines)


def _records(knowledge: Knowledge) -> dict[str, list[tuple[str, object]]]:
    """Every table's records in the order in which they are written, each with its owner's id or ""."""
    interactions = sorted(knowledge.interactions, key=lambda i: i.id)
    members = sorted(knowledge.members, key=lambda m: (m.side, m.substance, m.printed))
    rules = sorted(knowledge.local_routes, key=lambda r: (r.substance, r.side))
    return {
        "sources": [("", knowledge.source)],
        "sides": [("", side) for _, side in sorted(knowledge.sides.items())],
        "members": [("", member) for member in members],
        "interactions": [("", interaction) for interaction in interactions],
        "branches": [(i.id, branch) for i in interactions for branch in i.branches],
        "conditions": [("", condition) for _, condition in sorted(knowledge.conditions.items())],
        "local-routes": [("", rule) for rule in rules],
    }


def _assemble(rows: Mapping[str, list[Row]]) -> Knowledge:
    if len(rows["sources"]) != 1:
        raise KnowledgeError("tables hold exactly one source")
    branches: dict[str, list[Branch]] = {}
    for row in rows["branches"]:
        branches.setdefault(row.key, []).append(Branch(**row.values))
    interactions = tuple(
        Interaction(**row.values, branches=tuple(branches.pop(row.values["id"], ()))) for row in rows["interactions"]
    )
    if branches:
        raise KnowledgeError(f"branches of no interaction: {sorted(branches)[:3]}")
    knowledge = Knowledge(
        source=Source(**rows["sources"][0].values),
        sides=_by_id(rows["sides"], Side),
        members=tuple(Member(**row.values) for row in rows["members"]),
        interactions=interactions,
        conditions=_by_id(rows["conditions"], Condition),
        local_routes=tuple(LocalRouteRule(**row.values) for row in rows["local-routes"]),
    )
    validate(knowledge)
    return knowledge


def _by_id(rows: list[Row], kind: type[Any]) -> dict[str, Any]:
    found = {row.values["id"]: kind(**row.values) for row in rows}
    if len(found) != len(rows):
        raise KnowledgeError(f"the id of a {kind.__name__.lower()} stands twice")
    return found

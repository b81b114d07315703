"""How one record of knowledge becomes one line of a table, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from interactions.knowledge import Level
from medinfo.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Column:
    """Turns a value into a cell and a cell into a value; `read` raises ValueError on a malformed cell."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _split(separator: str) -> Callable[[str], tuple[str, ...]]:
    return lambda cell: tuple(cell.split(separator)) if cell else ()


def _flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise ValueError(f"{cell!r} is neither 0 nor 1")
    return cell == "1"


TEXT = Column(str, str)
TEXTS = Column("|".join, _split("|"))
ATOMS = Column(" & ".join, _split(" & "))
NUMBER = Column(str, int)
NUMBERS = Column(lambda values: "|".join(map(str, values)), lambda cell: tuple(int(v) for v in cell.split("|")))
LEVEL = Column(lambda level: str(level.value), Level)
LEVELS = Column(lambda levels: "|".join(level.value for level in levels), lambda c: tuple(map(Level, c.split("|"))))
FLAG = Column(lambda value: "1" if value else "0", _flag)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one record by field name, with the key of the record that it belongs to, if any."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its records' class, its columns, and the fields that only a stored edition carries.

    Attributes:
        name: the file's stem.
        kind: the dataclass of a record.
        columns: field name to column, in the order of the file.
        stored: further fields of a stored edition (official wording), never in the package.
        key: name of a first column that holds the id of the owning record, or "".
    """

    name: str
    kind: type[Any]
    columns: Mapping[str, Column]
    stored: Mapping[str, Column] = field(default_factory=dict)
    key: str = ""

    def header(self) -> str:
        """The first line of the file."""
        return "\t".join(self._names(self.columns))

    def encode(self, key: str, record: object) -> str:
        """One line of the file.

        Raises:
            KnowledgeError: a value holds a tab or a line end, or a list item holds the separator.
        """
        cells = self._cells(key, record, self.columns)
        if any(mark in cell for cell in cells for mark in "\t\n\r"):
            raise KnowledgeError(f"table {self.name}: a value holds a tab or a line end: {cells}")
        row = self.decode("\t".join(cells))
        if row.key != key or any(getattr(record, name) != value for name, value in row.values.items()):
            raise KnowledgeError(f"table {self.name}: a value does not survive being written: {cells}")
        return "\t".join(cells)

    def decode(self, line: str) -> Row:
        """One record's values.

        Raises:
            KnowledgeError: the line has another number of cells, or a malformed one.
        """
        return self._row(dict(zip(self._names(self.columns), self._checked(line), strict=True)), self.columns)

    def store(self, key: str, record: object) -> dict[str, str]:
        """One record of a stored edition: cells by name, the official wording included."""
        columns = {**self.columns, **self.stored}
        return dict(zip(self._names(columns), self._cells(key, record, columns), strict=True))

    def restore(self, record: Mapping[str, str]) -> Row:
        """The values of one record of a stored edition.

        Raises:
            KnowledgeError: a field is missing, unknown or malformed.
        """
        columns = {**self.columns, **self.stored}
        if set(record) != set(self._names(columns)):
            raise KnowledgeError(f"table {self.name}: a stored record has other fields than expected")
        return self._row(record, columns)

    def _names(self, columns: Mapping[str, Column]) -> list[str]:
        return [self.key, *columns] if self.key else list(columns)

    def _cells(self, key: str, record: object, columns: Mapping[str, Column]) -> list[str]:
        cells = [column.write(getattr(record, name)) for name, column in columns.items()]
        return [key, *cells] if self.key else cells

    def _checked(self, line: str) -> list[str]:
        cells = line.split("\t")
        if len(cells) != len(self._names(self.columns)):
            raise KnowledgeError(f"table {self.name}: a row has {len(cells)} cells: {line[:80]!r}")
        return cells

    def _row(self, cells: Mapping[str, str], columns: Mapping[str, Column]) -> Row:
        try:
            values = {name: column.read(cells[name]) for name, column in columns.items()}
        except (ValueError, AttributeError) as error:
            raise KnowledgeError(f"table {self.name}: {error} in {str(dict(cells))[:120]}") from error
        return Row(cells[self.key] if self.key else "", values)

"""An imported edition of the French register as one file of the knowledge store.

The file is UTF-8 text: a first line of JSON (`format`, `source`, `edition`, and the length in bytes of each table),
then the tables one after the other, each as in the embedded data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from medinfo.errors import KnowledgeError
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, parse_rows, render_rows

SOURCE = "bdpm"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class RegisterBundle:
    """What an imported edition holds.

    Attributes:
        edition: `YYYY-MM`.
        products, packs: all of the register.
        names: its brands.
    """

    edition: str
    products: tuple[ProductRow, ...]
    packs: tuple[PackRow, ...]
    names: tuple[NameRow, ...]

    def over(self, names: Iterable[NameRow]) -> tuple[NameRow, ...]:
        """Embedded names with this edition's brands in place of those that the register alone stated."""
        kept = [row for row in names if row.kind != "brand" or row.source != (SOURCE,)]
        stated = {(row.name.casefold(), row.substances) for row in kept if row.kind == "brand"}
        return (*kept, *(row for row in self.names if (row.name.casefold(), row.substances) not in stated))


def write_bundle(bundle: RegisterBundle) -> bytes:
    """The content of the file."""
    tables = {
        ProductRow.FILE: render_rows(bundle.products, ProductRow).encode(),
        PackRow.FILE: render_rows(bundle.packs, PackRow).encode(),
        NameRow.FILE: render_rows(bundle.names, NameRow).encode(),
    }
    head = {
        "format": FORMAT,
        "source": SOURCE,
        "edition": bundle.edition,
        "tables": {name: len(content) for name, content in tables.items()},
    }
    return b"".join((json.dumps(head).encode(), b"\n", *tables.values()))


def read_bundle(content: bytes) -> RegisterBundle:
    """The edition that a file holds.

    Raises:
        KnowledgeError: the content is no such file, or of a format that this version does not read.
    """
    first, _, rest = content.partition(b"\n")
    try:
        head = json.loads(first)
        if head["source"] != SOURCE or head["format"] != FORMAT:
            raise ValueError(f"format {head['format']!r} of source {head['source']!r}")
        texts: dict[str, str] = {}
        for name, length in head["tables"].items():
            if len(rest) < length:
                raise ValueError("the file was cut off")
            texts[name], rest = rest[:length].decode("utf-8"), rest[length:]
        if rest:
            raise ValueError("text after the last table")
        return RegisterBundle(
            str(head["edition"]),
            tuple(parse_rows(ProductRow, texts[ProductRow.FILE])),
            tuple(parse_rows(PackRow, texts[PackRow.FILE])),
            tuple(parse_rows(NameRow, texts[NameRow.FILE])),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnowledgeError(
            f"The imported edition of {SOURCE} cannot be read: {error}.", hint="Import it again."
        ) from error

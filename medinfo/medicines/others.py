"""Names of things that are near a medicine's name and are none of ours: reagents, foods, classes of medicines.

They stand for nothing. They are there so that "inulin", typed right, is never taken for a misspelled "insulin".
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import ClassVar

from medinfo.medicines.tables import read_table


@dataclass(frozen=True, slots=True, order=True)
class OtherRow:
    """One such name. `source` holds ids of the sources that state it; `medinfo` for one of our own choice."""

    FILE: ClassVar[str] = "others.tsv"
    name: str
    source: tuple[str, ...] = ()


def read_others(folder: Path | Traversable) -> tuple[OtherRow, ...]:
    """All rows of a folder's table; none where there is no such table."""
    return read_table(OtherRow, folder) if folder.joinpath(OtherRow.FILE).is_file() else ()

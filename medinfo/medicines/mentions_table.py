"""What a text's words are beside the catalogue: ordinary words that are brands too, and names used in running text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from medinfo.medicines.normalise import fold, key
from medinfo.medicines.tables import data_folder, read_table


@dataclass(frozen=True, slots=True, order=True)
class MentionRow:
    """One word.

    Attributes:
        kind: `not` for words that are never taken for a medicine, `name` for those that always are, `seldom` for a
            substance that is not looked for.
        word: as written. substances: ids that a `name` stands for. language: where it holds; "" for everywhere.
        why: for the reader.
    """

    FILE: ClassVar[str] = "mentions.tsv"
    kind: str
    word: str
    substances: tuple[str, ...] = ()
    language: str = ""
    why: str = ""


class MentionsTable:
    """Words that are decided by hand.

    Args:
        rows: of the table.

    Attributes:
        seldom: ids of substances that are not looked for. phrases: words and names of the table, as written.
    """

    def __init__(self, rows: Iterable[MentionRow]) -> None:
        self._not: set[tuple[str, str]] = set()
        self._names: dict[tuple[str, str], tuple[str, ...]] = {}
        seldom: set[str] = set()
        phrases: list[str] = []
        for row in rows:
            here = key(fold(row.word)), row.language
            if row.kind == "seldom":
                seldom.update(row.substances)
                continue
            phrases.append(row.word)
            if row.kind == "not":
                self._not.add(here)
            else:
                self._names[here] = tuple(sorted(row.substances))
        self.seldom, self.phrases = frozenset(seldom), tuple(phrases)

    @classmethod
    def load(cls) -> MentionsTable:
        """Read the table of this package."""
        return cls(read_table(MentionRow, data_folder()))

    def substances(self, known: str, language: str) -> tuple[str, ...] | None:
        """What a key stands for in a language, nothing for a word that is no medicine; None if the table lacks it."""
        for spoken in (language, ""):
            if (known, spoken) in self._names:
                return self._names[known, spoken]
            if (known, spoken) in self._not:
                return ()
        return None

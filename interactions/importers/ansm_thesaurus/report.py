"""What an import read, and what it could not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from interactions.importers.ansm_thesaurus.document import Thesaurus


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of one import.

    Attributes:
        edition: `YYYY-MM`. published: ISO date or "". activated: whether the edition is now in use.
        lists, members: member lists and the names in them. levels: entries by printed level or code.
        one_way: pairs that the document states from one side only. disagreements: pairs whose two sides differ, each
            with what differs. unread: text that was understood as nothing, with its page.
        illegible_pages: pages on which the document itself has lost a character.
    """

    edition: str
    published: str
    activated: bool
    pages: int
    headings: int
    entries: int
    pairs: int
    lists: int
    members: int
    levels: tuple[tuple[str, int], ...]
    one_way: int
    disagreements: tuple[str, ...]
    unread: tuple[tuple[int, str], ...]
    illegible_pages: tuple[int, ...]

    def lines(self) -> tuple[str, ...]:
        """The report for a person, in English, one statement a line."""
        used = "in use" if self.activated else "stored, not in use"
        read = [
            f"ANSM thesaurus, edition {self.edition}: {used}.",
            f"Read: {self.pages} pages, {self.headings} headings, {self.entries} entries, {self.pairs} pairs, "
            f"{self.members} members in {self.lists} lists.",
            "Levels: " + ", ".join(f"{name} {count}" for name, count in self.levels) + ".",
            f"Stated from one side only: {self.one_way} pairs.",
        ]
        read += [f"The two sides differ: {pair}." for pair in self.disagreements]
        read += [f"Not understood, page {page}: {text}" for page, text in self.unread]
        if self.illegible_pages:
            pages = ", ".join(map(str, self.illegible_pages))
            read.append(f"Characters that the document itself has lost (shown as \ufffd): pages {pages}.")
        return tuple(read)


def report_of(thesaurus: Thesaurus, *, activated: bool) -> ImportReport:
    """Count what was read."""
    entries = [entry for heading in thesaurus.headings for entry in heading.entries]
    return ImportReport(
        edition=thesaurus.edition,
        published=thesaurus.published,
        activated=activated,
        pages=thesaurus.pages,
        headings=len(thesaurus.headings),
        entries=len(entries),
        pairs=len(thesaurus.pairs),
        lists=sum(heading.has_list for heading in thesaurus.headings),
        members=sum(len(heading.members) for heading in thesaurus.headings),
        levels=tuple(Counter(entry.native_level for entry in entries).most_common()),
        one_way=sum(pair.directions == 1 for pair in thesaurus.pairs),
        disagreements=tuple(f"{p.a} + {p.b} ({p.disagreement})" for p in thesaurus.pairs if p.disagreement),
        unread=thesaurus.unread,
        illegible_pages=thesaurus.illegible,
    )

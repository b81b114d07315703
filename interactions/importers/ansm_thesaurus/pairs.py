"""The two directions of the document brought together: one `Pair` for each unordered pair of names."""

from __future__ import annotations

from collections.abc import Iterable

from interactions.importers.ansm_thesaurus.conditions_text import text_conditions
from interactions.importers.ansm_thesaurus.document import Entry, Heading, Pair
from interactions.knowledge import Level


def pairs_of(headings: Iterable[Heading]) -> tuple[Pair, ...]:
    """All unordered pairs, in code-point order of their names."""
    found: dict[tuple[str, str], list[Entry]] = {}
    members: dict[str, tuple[str, ...]] = {}
    for heading in headings:
        members[heading.name] = heading.members
        for entry in heading.entries:
            a, b = sorted((entry.heading, entry.partner))
            found.setdefault((a, b), []).append(entry)
    return tuple(
        _pair(a, b, entries, (*members.get(a, ()), *members.get(b, ()))) for (a, b), entries in sorted(found.items())
    )


def _pair(a: str, b: str, entries: list[Entry], known: tuple[str, ...]) -> Pair:
    mechanisms = _distinct(entry.mechanism for entry in entries)
    advices = _distinct(entry.advice for entry in entries)
    natives = _distinct(entry.native_level for entry in entries)
    printed = {level for entry in entries for level in entry.levels}
    levels = tuple(level for level in Level if level in printed)
    kinds = {"levels": len({entry.levels for entry in entries}), "mechanism": len({e.mechanism for e in entries}),
             "advice": len({entry.advice for entry in entries})}  # fmt: skip
    mechanism, advice = "\n".join(mechanisms), "\n".join(advices)
    return Pair(
        a=a,
        b=b,
        native_level=" / ".join(natives),
        levels=levels,
        conditions=text_conditions(levels, mechanism, advice, known),
        mechanism=mechanism,
        advice=advice,
        pages=tuple(sorted({entry.page for entry in entries})),
        directions=len({entry.heading for entry in entries}),
        disagreement=", ".join(kind for kind, number in kinds.items() if number > 1),
    )


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]

"""Glossaries between their shapes in the API and in storage. Blocking, and SQLAlchemy is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.translation_shapes import DictionaryIn
from api.translation_views import primary
from medinfo.errors import NotFound

if TYPE_CHECKING:
    from medinfo.storage.glossaries import Dictionary, Glossaries, Glossary


def dictionaries(given: Sequence[DictionaryIn]) -> list[Dictionary]:
    """Dictionaries as sent, their entries read.

    Raises:
        InvalidInput: a line is not an entry; it is named.
    """
    from medinfo.storage.entries import parse
    from medinfo.storage.glossaries import Dictionary

    return [
        Dictionary(primary(each.source_lang), primary(each.target_lang), parse(each.entries, each.entries_format))
        for each in given
    ]


def glossary(found: Glossary) -> dict[str, Any]:
    """A glossary in the shape of `GlossaryOut`."""
    return {
        "glossary_id": found.id,
        "name": found.name,
        "version": found.version,
        "creation_time": found.created_at.isoformat().replace("+00:00", "Z"),
        "dictionaries": [
            {"source_lang": each.source_lang, "target_lang": each.target_lang, "entry_count": each.entry_count}
            for each in found.dictionaries
        ],
    }


def dictionary(found: Glossary, source: str, target: str) -> dict[str, Any]:
    """One pair of a glossary, in the shape of `DictionaryOut`."""
    count = next(
        (one.entry_count for one in found.dictionaries if (one.source_lang, one.target_lang) == (source, target)), 0
    )
    return {"source_lang": source, "target_lang": target, "entry_count": count}


def entries(glossaries: Glossaries, id: str, pair: tuple[str, str], version: int | None) -> dict[str, Any]:
    """The entries of a pair, in the shape of `DictionaryEntriesOut`.

    Raises:
        NotFound: no such glossary, version or dictionary.
    """
    from medinfo.storage.entries import render

    found = glossaries.entries(id, *pair, version)
    if not found:
        raise NotFound("The glossary has no dictionary for these languages.")
    return {"source_lang": pair[0], "target_lang": pair[1], "entries": render(found), "entries_format": "tsv"}

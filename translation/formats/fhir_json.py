"""Titles and narratives of FHIR resources written as JSON, with their places in the text."""

from __future__ import annotations

import json
import re
from typing import Final

from translation.formats.base import unusable
from translation.formats.fhir_parts import (
    TITLED,
    Part,
    Resource,
    check_count,
    check_resources,
    narrative_part,
    title_part,
)
from translation.formats.json_tokens import Path, Text, strings, value

_KEYS: Final = frozenset({"resourceType", "language", "title", "div"})
_DEPTH: Final = 100
"""How deep a text that is looked at may lie."""
_MOST_FOUND: Final = 300_000
_LAST_KEY: Final = re.compile(r'([ \t\n\r]*)"resourceType"[ \t\n\r]*:[ \t\n\r]*\Z')


def find(text: str) -> tuple[tuple[Resource, ...], tuple[Part, ...]]:
    """The resources of a document, and what is to be translated in them.

    Raises:
        UnusableDocument: not JSON, no resource, or out of the limits.
    """
    found = _strings(text)
    types = {item.path[:-1]: item for item in found if item.path[-1] == "resourceType"}
    check_resources(len(types))
    if () not in types:
        raise unusable("The document is not a FHIR resource: it has no resourceType.")
    numbers = {path: number for number, path in enumerate(types)}
    names = {path: value(text, item) for path, item in types.items()}
    languages = {item.path[:-1]: item for item in found if item.path[-1] == "language" and item.path[:-1] in types}
    resources = tuple(
        _resource(text, item, languages.get(path), _bundles(path, names, numbers)) for path, item in types.items()
    )
    parts: list[Part] = []
    for item in found:
        owner = _owner(item.path, names)
        part = _part(text, item, item.path[len(owner) :], names[owner], numbers[owner])
        if part is not None:
            parts.append(part)
    check_count(parts)
    return resources, tuple(parts)


def _strings(text: str) -> list[Text]:
    found = []
    for item in strings(text):
        if item.path and item.path[-1] in _KEYS:
            if len(item.path) > _DEPTH:
                raise unusable(f"The document nests deeper than {_DEPTH} levels.")
            found.append(item)
            if len(found) > _MOST_FOUND:
                raise unusable(f"The document has more than {_MOST_FOUND:,} resources and titles.")
    return found


def _owner(path: Path, names: dict[Path, str]) -> Path:
    """The resource that a value belongs to: the innermost around it."""
    return next(path[:end] for end in range(len(path) - 1, -1, -1) if path[:end] in names)


def _bundles(path: Path, names: dict[Path, str], numbers: dict[Path, int]) -> tuple[int, ...]:
    around = (path[:end] for end in range(len(path)))
    return tuple(numbers[outer] for outer in around if names.get(outer) == "Bundle")


def _resource(text: str, item: Text, language: Text | None, bundles: tuple[int, ...]) -> Resource:
    if language is not None:
        place = (language.start, language.end)
        return Resource(value(text, language), place, '"', '"', bundles, stated=True)
    key = _LAST_KEY.search(text, max(0, item.start - 1000), item.start)
    space = key[1] if key else " "
    return Resource("", (item.end, item.end), f',{space}"language": "', '"', bundles)


def _part(text: str, item: Text, path: Path, kind: str, resource: int) -> Part | None:
    place = (item.start, item.end)

    def quote(written: str) -> str:
        return json.dumps(written, ensure_ascii=text.isascii())

    if path[-2:] == ("text", "div") and _is_section(path[:-2], kind):
        return narrative_part(place, resource, value(text, item), quote)
    titled = path == ("title",) and kind in TITLED
    if titled or (path[-1] == "title" and len(path) > 1 and _is_section(path[:-1], kind)):
        return title_part(place, resource, value(text, item), quote)
    return None


def _is_section(path: Path, kind: str) -> bool:
    """Whether a path from a resource leads to itself or, in a Composition, to a section of it."""
    if not path:
        return True
    names, places = path[::2], path[1::2]
    return (
        kind == "Composition"
        and len(path) % 2 == 0
        and all(name == "section" for name in names)
        and all(isinstance(place, int) for place in places)
    )

"""Titles and narratives of FHIR resources written as XML, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from translation.formats.base import check_depth, unusable
from translation.formats.fhir_parts import (
    TITLED,
    Part,
    Resource,
    check_count,
    check_resources,
    narrative_part,
    title_part,
)
from translation.formats.xml_trees import xml_text

_FHIR: Final = "http://hl7.org/fhir"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_BEFORE_LANGUAGE: Final = frozenset({"id", "meta", "implicitRules"})
_TAG: Final = re.compile(rb"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_VALUE: Final = re.compile(rb"""\svalue\s*=\s*("[^"]*"|'[^']*')""")
_ENCODING: Final = re.compile(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"})


@dataclass(slots=True)
class _Found:
    """A resource as it is being read. Places are in bytes."""

    kind: str
    prefix: str
    insert: int
    bundles: tuple[int, ...]
    language: str = ""
    place: tuple[int, int] | None = None


@dataclass(slots=True)
class _Open:
    """An element that is open.

    Attributes:
        name: its name in FHIR's namespace, `div` of a narrative, or "".
        resource: index of the resource that it belongs to, or -1.
        texts: whether its own `title` and `text` are to be translated: a resource, or a section of a Composition.
        ends: where it ends, if it is an empty tag.
    """

    name: str
    resource: int
    texts: bool = False
    start: int = 0
    ends: int = 0


@dataclass(slots=True)
class _Reader:
    data: bytes
    resources: list[_Found] = field(default_factory=list)
    titles: list[tuple[int, int, int, str]] = field(default_factory=list)
    narratives: list[tuple[int, int, int]] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    depth_in_narrative: int = 0

    def read(self) -> None:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda name, attributes: self._starts(name, attributes, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda name: self._ends(parser.CurrentByteIndex)
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise unusable(f"The document is not well-formed XML at line {error.lineno}.", line=error.lineno) from None

    def _starts(self, name: str, attributes: dict[str, str], at: int) -> None:
        check_depth(len(self.open) + self.depth_in_narrative)
        if self.depth_in_narrative:
            self.depth_in_narrative += 1
            return
        namespace, _, local = name.rpartition(" ")
        above = self.open[-1] if self.open else _Open("", -1)
        tag = self._tag(at)
        entry = _Open(local if namespace == _FHIR else "", above.resource, start=at)
        entry.ends = at + len(tag) if tag.endswith(b"/>") else 0
        if namespace == _XHTML and local == "div" and above.name == "text" and above.texts:
            self.depth_in_narrative = 1
            entry.name = "div"
        elif entry.name[:1].isupper():
            self._begins_resource(entry, tag, at)
        elif above.resource >= 0:
            self._begins_field(entry, above, attributes, at, tag)
        self.open.append(entry)

    def _tag(self, at: int) -> bytes:
        found = _TAG.match(self.data, at)
        return found[0] if found else b""

    def _begins_resource(self, entry: _Open, tag: bytes, at: int) -> None:
        prefix = tag[1:].split(b":")[0].decode() + ":" if b":" in re.split(rb"[\s/>]", tag)[0] else ""
        around = {open_.resource for open_ in self.open if open_.resource >= 0}
        bundles = tuple(sorted(index for index in around if self.resources[index].kind == "Bundle"))
        check_resources(len(self.resources) + 1)
        entry.resource, entry.texts = len(self.resources), True
        self.resources.append(_Found(entry.name, prefix, at + len(tag), bundles))

    def _begins_field(self, entry: _Open, above: _Open, attributes: dict[str, str], at: int, tag: bytes) -> None:
        found = self.resources[above.resource]
        is_resource = above.name[:1].isupper()
        said = _VALUE.search(tag)
        place = (at + said.start(1), at + said.end(1)) if said else None
        if entry.name == "section":
            entry.texts = above.texts and found.kind == "Composition"
        elif entry.name == "text":
            entry.texts = above.texts
        elif entry.name == "title" and place and above.texts and (not is_resource or found.kind in TITLED):
            self.titles.append((*place, above.resource, attributes["value"]))
        elif entry.name == "language" and place and is_resource:
            found.language, found.place = attributes["value"], place

    def _ends(self, at: int) -> None:
        if self.depth_in_narrative:
            self.depth_in_narrative -= 1
            if self.depth_in_narrative:
                return
        entry = self.open.pop()
        end = entry.ends or self.data.index(b">", at) + 1
        if entry.name == "div" and not entry.ends:
            self.narratives.append((entry.start, end, entry.resource))
        above = self.open[-1] if self.open else None
        if above is not None and above.name[:1].isupper() and entry.name in _BEFORE_LANGUAGE:
            self.resources[above.resource].insert = end


def _refuse_doctype(*_: object) -> None:
    raise unusable(
        "The document has a document type declaration, which is not taken.",
        hint="Remove the DOCTYPE: FHIR has no need of one.",
    )


def find(text: str) -> tuple[tuple[Resource, ...], tuple[Part, ...]]:
    """The resources of a document, and what is to be translated in them.

    Raises:
        UnusableDocument: not well-formed, no resource, another encoding than UTF-8 or UTF-16, or out of the limits.
    """
    said = _ENCODING.match(text)
    if said and said[1].lower() not in _ENCODINGS:
        raise unusable(f"The document is in {said[1]}, which is not taken.", hint="Save it as UTF-8.")
    reader = _Reader(text.encode())
    reader.read()
    if not reader.resources:
        raise unusable("The document is not a FHIR resource.")
    at = _characters(reader)
    resources = tuple(_resource(found, at) for found in reader.resources)
    parts = [
        title_part((at[start], at[end]), resource, value, _quoted) for start, end, resource, value in reader.titles
    ]
    parts += [
        narrative_part((at[start], at[end]), resource, text[at[start] : at[end]], str)
        for start, end, resource in reader.narratives
    ]
    found = sorted((part for part in parts if part is not None), key=lambda part: part.start)
    check_count(found)
    return resources, tuple(found)


def _resource(found: _Found, at: dict[int, int]) -> Resource:
    if found.place is not None:
        return Resource(found.language, (at[found.place[0]], at[found.place[1]]), '"', '"', found.bundles, stated=True)
    place = (at[found.insert], at[found.insert])
    return Resource("", place, f'<{found.prefix}language value="', '"/>', found.bundles)


def _characters(reader: _Reader) -> dict[int, int]:
    """Where each place in bytes is in characters."""
    places = {place for start, end, _, _ in reader.titles for place in (start, end)}
    places |= {place for start, end, _ in reader.narratives for place in (start, end)}
    places |= {place for found in reader.resources for place in (found.place or (found.insert,))}
    characters: dict[int, int] = {}
    last = count = 0
    for place in sorted(places):
        count += len(reader.data[last:place].decode())
        characters[place], last = count, place
    return characters


def _quoted(text: str) -> str:
    return quoteattr(xml_text(text))

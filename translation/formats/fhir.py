"""FHIR: documents (Composition, Bundle, electronic product information) and any other resource, as JSON or XML.

Translated: the narrative of each resource (`text.div`), titles of a Composition, of its sections however they nest,
and of a List; those of contained resources too. Nothing else: codes, their displays, identifiers, references,
addresses, extensions and notes stay.

Of a resource in which a text changed `language` is set, and so is that of the bundles around it that state one;
`lang` and `xml:lang` of a changed narrative are set. A language that differs in its region only stays. All else is
kept as it was written, character by character: decimals, unknown fields, order, white space. So where no text changes
nothing does, and the canonical forms differ by texts and languages only. A signature over a changed document no
longer holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from translation.formats import fhir_json, fhir_xml
from translation.formats.base import check_output, check_translated
from translation.formats.encoding import Decoded, decode
from translation.formats.fhir_parts import Edit, Part, Resource
from translation.marked import Marked

JSON_MEDIA_TYPE: Final = "application/fhir+json"
XML_MEDIA_TYPE: Final = "application/fhir+xml"


@dataclass(frozen=True, slots=True)
class FhirDocument:
    """A FHIR resource and all that lies in it."""

    source: Decoded
    resources: tuple[Resource, ...]
    parts: tuple[Part, ...]
    media_type: str

    @property
    def units(self) -> Sequence[Marked]:
        """Its titles, and the blocks of its narratives, in the order of the document."""
        return [unit for part in self.parts for unit in part.units]

    def rebuild(
        self, translated: Sequence[Marked], target_language: str, output: str = "", *, flagged: Collection[int] = ()
    ) -> bytes:
        """The document with its texts replaced, in the same encoding; see `Document.rebuild`.

        `flagged` is not looked at.
        """
        check_output(output)
        check_translated(self.units, translated)
        coming = iter(translated)
        edits: list[Edit] = []
        changed: set[int] = set()
        for part in self.parts:
            new = tuple(islice(coming, len(part.units)))
            if new != part.units:
                edits.append((part.start, part.end, part.render(new, target_language)))
                changed |= {part.resource, *self._stated_bundles(part.resource)}
        languages = (self.resources[index].edit(target_language) for index in changed)
        return self.source.encode(_edited(self.source.text, [*edits, *(edit for edit in languages if edit)]))

    def _stated_bundles(self, resource: int) -> list[int]:
        return [index for index in self.resources[resource].bundles if self.resources[index].stated]


def read_fhir(content: bytes) -> FhirDocument:
    """Read a FHIR resource, as JSON or XML, in UTF-8 or UTF-16.

    Raises:
        UnusableDocument: not one, malformed, or out of the limits.
    """
    source = decode(content)
    if source.text.lstrip().startswith("<"):
        return FhirDocument(source, *fhir_xml.find(source.text), XML_MEDIA_TYPE)
    return FhirDocument(source, *fhir_json.find(source.text), JSON_MEDIA_TYPE)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])

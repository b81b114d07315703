"""The inside of an XLIFF segment: its text nodes, and the inline elements between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, Literal

from lxml import etree

from translation.formats.base import unusable
from translation.formats.raised import plain_digits, raised
from translation.formats.xml_trees import local_name, xml_text
from translation.marked import Mark, Marked

_MOST_OPEN: Final = 1000
_MOST_PLACES: Final = 10_000
_LINE_BREAKS: Final = frozenset({"xlf:lb", "xlf:pb"})
_RAISES: Final = re.compile(r"<sup\b|superscript", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a segment must know of its unit.

    Attributes:
        protected: ids of the `sm` elements before it that begin text not to be translated, and whose `em` was not met.
        raising: ids of the original data that raise the text of their code.
    """

    protected: frozenset[str]
    raising: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A text node that is to be translated.

    Attributes:
        element, side: where it stands: the text in an element, or the tail after it.
        text: what it says. raised: whether `text` is its digits as superscript characters.
        glue: put before it only so that words do not touch where a line break or a code stands between them.
    """

    element: etree._Element
    side: Literal["text", "tail"]
    text: str
    raised: bool = False
    glue: str = ""


class _Reader:
    def __init__(self, context: Context) -> None:
        self.protected = set(context.protected)
        self._raising = context.raising
        self.places: list[Place] = []
        self._glue = ""
        self._code: etree._Element | None = None

    def walk(self, element: etree._Element, *, raises: bool) -> None:
        self._add(element, "text", element.text, raises)
        for child in element:
            name = local_name(child)
            if name == "pc":
                self.walk(child, raises=raises or self._is_raising(child))
            elif name == "mrk" and child.get("translate") != "no":
                self.walk(child, raises=raises)
            elif name == "sm" and child.get("translate") == "no":
                self.protected.add(child.get("id") or "")
            elif name == "em":
                self.protected.discard(child.get("startRef") or "")
            elif name == "ph":
                self._code = child
            self._add(child, "tail", child.tail, raises)

    def _add(self, element: etree._Element, side: Literal["text", "tail"], text: str | None, raises: bool) -> None:
        if not text or self.protected:
            return
        if len(self.places) >= _MOST_PLACES:
            raise unusable(f"A segment of the document has more than {_MOST_PLACES:,} inline elements.")
        higher = raised(text) if raises else ""
        glue = self._glue_before(text)
        self.places.append(Place(element, side, higher or text, bool(higher), glue))
        self._code = None

    def _glue_before(self, text: str) -> str:
        """A space where a line break, or a code between two words, stands."""
        before = self.places[-1].text[-1:] if self.places else ""
        if self._code is None or not before or before.isspace() or text[0].isspace():
            return ""
        breaks = self._code.get("subType") in _LINE_BREAKS or (self._code.get("equiv") or "x").isspace()
        return " " if breaks or (before.isalnum() and text[0].isalnum()) else ""

    def _is_raising(self, code: etree._Element) -> bool:
        """Whether a spanning code raises its text, as far as its original data or its description says so."""
        said = " ".join(code.get(name) or "" for name in ("subType", "equivStart", "dispStart"))
        return code.get("dataRefStart") in self._raising or bool(_RAISES.search(said))


def context_of(unit: etree._Element) -> Context:
    """What stands at the beginning of a unit."""
    data = (element for part in unit.iterfind("{*}originalData") for element in part.iterfind("{*}data"))
    raising = frozenset(e.get("id") or "" for e in data if _RAISES.search(str(e.xpath("string()"))))
    return Context(frozenset(), raising)


def read_inline(source: etree._Element, context: Context) -> tuple[list[Place], Context]:
    """The text nodes of a `source` or `target`, and what the next segment must know.

    Raises:
        UnusableDocument: more stretches that must not be translated are open than is sensible.
    """
    reader = _Reader(context)
    reader.walk(source, raises=False)
    if len(reader.protected) > _MOST_OPEN:
        raise unusable(f"The document opens more than {_MOST_OPEN} annotations without closing them.")
    return reader.places, Context(frozenset(reader.protected), context.raising)


def unit_of(places: list[Place]) -> Marked:
    """The text of a segment, with a mark between each two text nodes."""
    texts = [place.glue + place.text for place in places]
    ends = list(accumulate(map(len, texts), initial=0))
    return Marked("".join(texts), tuple(Mark(end, number) for number, end in enumerate(ends[1:-1])))


def fill(target: etree._Element, context: Context, translated: Marked) -> None:
    """Write a translated text into a copy of its source.

    Args:
        target: a copy of the source. context: as `read_inline` had it. translated: with the source's marks.
    """
    places, _ = read_inline(target, context)
    edges = [0, *(mark.offset for mark in translated.marks), len(translated.text)]
    for place, (start, end) in zip(places, pairwise(edges), strict=True):
        text = translated.text[start:end]
        if place.glue and text.startswith(place.glue):
            text = text[len(place.glue) :]
        if text != place.text:
            setattr(place.element, place.side, xml_text(plain_digits(text) if place.raised else text))

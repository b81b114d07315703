"""What a FHIR document is made of for a translator: its resources, and the texts in them with their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from medinfo.errors import UnusableDocument
from translation.formats.base import check_units, has_letters, unusable
from translation.formats.html import direction, read_fragment
from translation.formats.raised import plain_digits, raised
from translation.formats.xml_trees import parse, xml_text
from translation.marked import Marked

TITLED: Final = frozenset({"Composition", "List"})
"""Resources whose `title` is for a person to read."""
_ROOT: Final = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:([\w.-]+):)?div(?=[\s/>])", re.DOTALL)

_EXPONENT: Final = re.compile(r"(?<=\d)<sup\s*>([-+−]?\d{1,3})</sup\s*>")
"""A raised number after a digit: read as characters of its own, since 10<sup>9</sup> is not 109."""
_RAISED: Final = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
MOST_RESOURCES: Final = 50_000

Edit = tuple[int, int, str]
"""From where to where the source is replaced, and by what."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource.

    Attributes:
        language: as it says, or "". place: of that value in the source, or of where a language can be put in.
        before, after: what is written around the language there.
        bundles: indices of the bundles that it lies in.
    """

    language: str
    place: tuple[int, int]
    before: str
    after: str
    bundles: tuple[int, ...] = ()
    stated: bool = False

    def edit(self, target: str) -> Edit | None:
        """What is to be replaced so that it says its new language; None where it does already."""
        if self.stated and base(self.language) == target:
            return None
        return (*self.place, f"{self.before}{target}{self.after}")


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a resource: a title, or a narrative.

    Attributes:
        start, end: its place in the source. resource: index of its resource. units: what is to be translated in it.
        render: the source of a changed text, given its units and the target language.
    """

    start: int
    end: int
    resource: int
    units: tuple[Marked, ...]
    render: Callable[[Sequence[Marked], str], str]


def title_part(place: tuple[int, int], resource: int, text: str, quote: Callable[[str], str]) -> Part | None:
    """A title, None where there is nothing to translate in it.

    Args:
        place: of the value with its quotes. text: the value. quote: how a value is written there.
    """
    bare = text.strip()
    if not has_letters(bare):
        return None
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return Part(*place, resource, (Marked(bare),), lambda units, _: quote(lead + units[0].text + trail))


def narrative_part(place: tuple[int, int], resource: int, markup: str, quote: Callable[[str], str]) -> Part | None:
    """A narrative, None where there is nothing to translate in it.

    Args:
        place: in the source. markup: its `div` as XHTML. quote: how the markup is written there.

    Raises:
        UnusableDocument: its elements are written in a way that is not read, or it is out of the limits.
    """
    prefix = _prefix(markup)
    plain = _without(markup, prefix)
    fragment = read_fragment(_EXPONENT.sub(_as_characters, plain), xml=True)
    lowers = not _RAISED.search(plain)
    units = tuple(fragment.units)
    if not units:
        return None

    def render(translated: Sequence[Marked], language: str) -> str:
        clean = [Marked(xml_text(unit.text), unit.marks) if _is_dirty(unit) else unit for unit in translated]
        written = fragment.rebuild(clean, language)
        root = fragment.root
        if root is not None and not root.languages:
            said = f' lang="{language}" xml:lang="{language}"{direction(root, language)}'
            written = f"{written[: root.name_end]}{said}{written[root.name_end :]}"
        if lowers:
            written = _RAISED.sub(lambda found: f"<sup>{plain_digits(found[0])}</sup>", written)
        written = _with(written, prefix)
        if _is_well_formed(markup) and not _is_well_formed(written):
            raise ValueError("a narrative came back that is not well-formed")
        return quote(written)

    return Part(*place, resource, units, render)


def _as_characters(found: re.Match[str]) -> str:
    return raised(found[1])


def check_resources(count: int) -> None:
    """Refuse a document with too many resources.

    Raises:
        UnusableDocument: there are more than the limit.
    """
    if count > MOST_RESOURCES:
        raise unusable(f"The document has more than {MOST_RESOURCES:,} resources.", hint="Split it into smaller files.")


def check_count(parts: Sequence[Part]) -> None:
    """Refuse a document with too many units.

    Raises:
        UnusableDocument: there are more than the limit.
    """
    check_units(sum(len(part.units) for part in parts))


def base(language: str) -> str:
    """A language without its region."""
    return language.replace("_", "-").partition("-")[0].lower()


def _is_dirty(unit: Marked) -> bool:
    return xml_text(unit.text) != unit.text


def _prefix(markup: str) -> str:
    root = _ROOT.match(markup)
    return root[1] or "" if root else ""


def _without(markup: str, prefix: str) -> str:
    """XHTML whose elements have a prefix, without it: the reader of HTML knows elements by their names."""
    if not prefix:
        return markup
    plain = re.sub(rf"(</?){re.escape(prefix)}:(?=[A-Za-z])", r"\1", markup)
    if _with(plain, prefix) != markup:
        raise unusable("A narrative mixes elements with a prefix and without, which is not read.")
    return plain


def _with(markup: str, prefix: str) -> str:
    return re.sub(r"(</?)(?=[A-Za-z])", rf"\1{prefix}:", markup) if prefix else markup


def _is_well_formed(markup: str) -> bool:
    try:
        parse(markup.encode("utf-8", "replace"))
    except UnusableDocument:
        return False
    return True

"""HTML and XHTML: every tag, attribute, comment and entity that is not translated stays byte by byte.

A block (paragraph, cell, heading, item, line after `<br>`) is a unit; tags inside a sentence are marks. Also units: the
attributes `alt`, `title`, `placeholder` and `aria-label`, a button's `value`, and the description among the `meta`
elements. Left alone: scripts, styles, templates, text areas, SVG, MathML, `code` and its like, text that is
struck out (`del`, `s`), and what carries `translate="no"` or the class `notranslate`. Nothing is executed or fetched.
White space inside a unit is shown as single spaces; a unit that comes back as it was keeps its source. The language of
the `html` element is set once a unit changed, and its direction where the languages differ in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translation.formats.base import RIGHT_TO_LEFT, Nested, check_output
from translation.formats.encoding import Decoded, decode
from translation.formats.html_blocks import Page, Root
from translation.formats.html_text import attribute_value
from translation.marked import Marked

_XML = re.compile(r"\s*<\?xml|\s*(?:<!DOCTYPE[^>]*>\s*)?<html\b[^>]*\sxmlns\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of HTML, such as the narrative of a FHIR resource."""

    body: Nested
    root: Root | None = None

    @property
    def units(self) -> Sequence[Marked]:
        """What is to be translated, in order."""
        return self.body.units

    def rebuild(self, translated: Sequence[Marked], target_language: str = "") -> str:
        """The fragment with its units replaced; the same text where none differs.

        Args:
            translated: one for each unit. target_language: put into the `lang` of the root element, where it has one
                of another language (an `html` element gets one) and a unit changed; "" leaves it.

        Raises:
            ValueError: units or marks are missing or out of order.
        """
        changed = list(translated) != list(self.units)
        extra = _languages(self.root, target_language) if self.root and target_language and changed else {}
        return self.body.rebuild(translated, extra)


def _languages(root: Root, target: str) -> dict[int, tuple[int, str]]:
    """Where the language and the direction of the root element are to be written, and what."""
    if not root.languages and root.name != "html":
        return {}
    new = "" if root.languages else f' lang="{target}"'
    new += direction(root, target)
    edits = {root.name_end: (root.name_end, new)} if new else {}
    edits |= {
        start: (end, attribute_value(target))
        for value, start, end in root.languages
        if value.lower().replace("_", "-").split("-")[0] != target
    }
    if target in RIGHT_TO_LEFT:
        return edits | {start: (end, '"rtl"') for said, start, end in root.directions if said.lower() != "rtl"}
    return edits | {start: (end, '"ltr"') for said, start, end in root.directions if said.lower() == "rtl"}


def direction(root: Root, target: str) -> str:
    """The attribute of a root that says nothing of its direction in a language from right to left; else ""."""
    return ' dir="rtl"' if target in RIGHT_TO_LEFT and not root.directions else ""


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """An HTML file."""

    source: Decoded
    fragment: Fragment
    media_type: str = "text/html"

    @property
    def units(self) -> Sequence[Marked]:
        """What is to be translated, in order."""
        return self.fragment.units

    def rebuild(self, translated: Sequence[Marked], target_language: str, output: str = "") -> bytes:
        """The page with its units replaced, in the same encoding; see `Document.rebuild`."""
        check_output(output)
        root = self.fragment.root
        language = target_language if root and root.name == "html" else ""
        return self.source.encode(self.fragment.rebuild(translated, language))


def read_html(content: bytes) -> HtmlDocument:
    """Read a page in UTF-8, or UTF-16 with a byte-order mark, however malformed.

    Raises:
        UnusableDocument: not text, or out of the limits.
    """
    source = decode(content)
    xhtml = source.text.lstrip().startswith("<?xml")
    return HtmlDocument(source, read_fragment(source.text), "application/xhtml+xml" if xhtml else "text/html")


def read_fragment(text: str, *, xml: bool | None = None) -> Fragment:
    """Read a piece of HTML or XHTML.

    Args:
        text: the markup. xml: whether it is XHTML (a `<p/>` is empty); told by an XML declaration or a namespace of the
            `html` element when not given.

    Raises:
        UnusableDocument: too many units, or nested too deep.
    """
    page = Page(text, xml=bool(_XML.match(text)) if xml is None else xml)
    return Fragment(Nested(text, page.outer, page.inner), page.root)

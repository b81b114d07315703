"""XML that comes from anywhere, read safely: no document type, no entities, no network, bounded depth."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from medinfo.errors import UnusableDocument
from translation.formats.base import unusable

XML_NAMESPACE: Final = "{http://www.w3.org/XML/1998/namespace}"
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(content: bytes, what: str = "The document") -> etree._Element:
    """Parse XML and give its root.

    Comments, processing instructions and CDATA sections stay. Elements nest at most 256 deep and a text has at most
    10 million characters: libxml2's own limits.

    Args:
        content: the bytes. what: how the error calls it, such as `The part word/document.xml`.

    Raises:
        UnusableDocument: not well-formed, out of the limits, or with a document type declaration.
    """
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(what, error) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise unusable(
            f"{what} has a document type declaration, which is not taken.",
            hint="Remove the DOCTYPE: what is read here has no need of one.",
        )
    return root


def _broken(what: str, error: Exception) -> UnusableDocument:
    line = getattr(error, "lineno", None)
    return unusable(f"{what} is not well-formed XML{f' at line {line}' if line else ''}.", line=line or 0)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, strip_cdata=False, remove_blank_text=False,
    )  # fmt: skip


def xml_text(text: str) -> str:
    """The text without the characters that XML cannot hold (control characters, lone surrogates)."""
    return _NOT_XML.sub("", text)


def is_element(node: etree._Element) -> bool:
    """Whether a node is an element, not a comment, a processing instruction or an entity."""
    return isinstance(node.tag, str)


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace; "" for a comment or a processing instruction."""
    tag = node.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def namespace(node: etree._Element) -> str:
    """The namespace of an element, "" where it has none."""
    tag = node.tag
    return tag[1 : tag.index("}")] if isinstance(tag, str) and tag.startswith("{") else ""

"""Files to translate: which formats there are, how each is recognised, and the one function that reads them.

A file is what its content shows first (an archive, a PDF), then what its media type says, then its name, then what
its text looks like. Plain text is what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from medinfo.errors import InvalidInput, UnusableDocument
from translation.formats.base import LIMITS, Document, Limits, check_size, unusable
from translation.formats.encoding import decode
from translation.formats.json_tokens import top_level

__all__ = ["FORMATS", "LIMITS", "Document", "Format", "Limits", "detect_format", "read"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: short name. media_types: the first is its own. extensions: with their dot, lower-case.
        reader: `module:function` of its reader, imported on first use, as some stand on heavy libraries.
        outputs: other formats that it can be written as.
    """

    name: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]
    reader: str
    outputs: tuple[str, ...] = ()


_ROOM = "translation.formats"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Final[tuple[Format, ...]] = (
    Format("text", ("text/plain",), (".txt", ".text"), f"{_ROOM}.text:read_text"),
    Format("markdown", ("text/markdown", "text/x-markdown"), (".md", ".markdown"), f"{_ROOM}.markdown:read_markdown"),
    Format("html", ("text/html", "application/xhtml+xml"), (".html", ".htm", ".xhtml"), f"{_ROOM}.html:read_html"),
    Format("json", ("application/json", "text/json"), (".json",), f"{_ROOM}.json_values:read_json"),
    Format("docx", (_DOCX,), (".docx",), f"{_ROOM}.docx:read_docx"),
    Format(
        "xliff", ("application/xliff+xml", "application/x-xliff+xml"), (".xlf", ".xliff"), f"{_ROOM}.xliff:read_xliff"
    ),
    Format("fhir", ("application/fhir+json", "application/fhir+xml"), (), f"{_ROOM}.fhir:read_fhir"),
    Format("pdf", ("application/pdf",), (".pdf",), f"{_ROOM}.pdf:read_pdf", ("docx", "html")),
)
"""Every format that is read."""

_BY_NAME = {known.name: known for known in FORMATS}
_BY_MEDIA_TYPE = {media_type: known for known in FORMATS for media_type in known.media_types}
_BY_EXTENSION = {extension: known for known in FORMATS for extension in known.extensions}
_SAYS_NOTHING = {"", "application/octet-stream", "text/plain", "text/xml", "application/xml", "application/zip"}
"""Media types that clients send for want of a better one: the name and the content are asked first."""
_SNIFF_BYTES = 4096
_JSON_START = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]]")
_XML_NAMES = (
    (re.compile(r"<(?:\w+:)?xliff[\s>]"), "xliff"),
    (re.compile(r"""xmlns(?::\w+)?\s*=\s*["']http://hl7\.org/fhir["']"""), "fhir"),
    (re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE), "html"),
)


def read(content: bytes, *, filename: str = "", media_type: str = "", pointers: Sequence[str] = ()) -> Document:
    """Read a file.

    Args:
        content: the file. filename: its name, if known. media_type: as the sender said, if known.
        pointers: JSON Pointer patterns of the strings to translate (see `formats.json_rules`); none for all that are
            text. A FHIR resource is then read as any other JSON.

    Raises:
        UnusableDocument: of no format that is read, broken, or out of the limits.
        InvalidInput: pointers for a file that is no JSON, or one that is no pattern.
    """
    check_size(content)
    found = detect_format(content, filename=filename, media_type=media_type)
    if pointers:
        return _chosen(content, found, pointers)
    module, function = found.reader.split(":")
    document: Document = getattr(import_module(module), function)(content)
    return document


def _chosen(content: bytes, found: Format, pointers: Sequence[str]) -> Document:
    if found.name != "json" and not (found.name == "fhir" and _JSON_START.match(_head(content))):
        raise InvalidInput(
            f"Pointers choose strings of a JSON file; this one is of the format {found.name!r}.",
            hint="Leave the pointers out, or give a JSON file.",
        )
    from translation.formats.json_values import read_json

    return read_json(content, pointers)


def detect_format(content: bytes, *, filename: str = "", media_type: str = "") -> Format:
    """Say which format a file is in; see the rule at the top.

    Raises:
        UnusableDocument: its name or content is of a format that is not read.
    """
    if content.startswith(b"PK\x03\x04"):
        return _BY_NAME["docx"]
    if content.startswith(b"%PDF-"):
        return _BY_NAME["pdf"]
    said = media_type.split(";")[0].strip().lower()
    named = _BY_EXTENSION.get(PurePosixPath(filename.lower()).suffix)
    if said not in _SAYS_NOTHING and said in _BY_MEDIA_TYPE:
        known = _BY_MEDIA_TYPE[said]
    else:
        known = named or _looks_like(_head(content))
    return _BY_NAME["fhir"] if known.name == "json" and _is_resource(content) else known


def _head(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content[:_SNIFF_BYTES].decode(encoding, "replace").lstrip()


def _looks_like(head: str) -> Format:
    if head.startswith("<"):
        found = next((name for pattern, name in _XML_NAMES if pattern.search(head)), "")
        if found:
            return _BY_NAME[found]
        if head.startswith("<?xml"):
            raise unusable("The document is XML of a kind that is not read.", hint=_hint())
    return _BY_NAME["json" if _JSON_START.match(head) else "text"]


def _is_resource(content: bytes) -> bool:
    """Whether a JSON file is a FHIR resource: those are often sent as what they are written in."""
    try:
        return b'"resourceType"' in content and bool(top_level(decode(content).text, "resourceType"))
    except UnusableDocument:
        return False  # the reader of JSON says what is wrong


def _hint() -> str:
    return f"Files that are read: {', '.join(sorted(_BY_EXTENSION))}."

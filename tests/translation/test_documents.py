"""Formats are told apart by content, media type and name, in this order; each file goes to its reader."""

from __future__ import annotations

from importlib import import_module

import pytest

from medinfo.errors import InvalidInput, UnusableDocument
from translation.documents import FORMATS, LIMITS, detect_format, read

RESOURCE = b'{"entry": [], "resourceType": "Bundle", "type": "document"}'
FHIR_XML = b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><type value="document"/></Bundle>'
XLIFF = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"/>'


@pytest.mark.parametrize(
    ("content", "filename", "media_type", "name"),
    [
        (b"Prendre 5 mg.", "", "", "text"),
        (b"# Titre", "", "", "text"),
        (b"# Titre", "notice.md", "", "markdown"),
        (b"# Titre", "NOTICE.Markdown", "text/plain", "markdown"),
        (b"# Titre", "notice.txt", "text/markdown; charset=utf-8", "markdown"),
        (b"<p>Un", "a.html", "", "html"),
        (b" <!DOCTYPE HTML><p>Un", "", "", "html"),
        (b"\xef\xbb\xbf<html><p>Un", "", "application/octet-stream", "html"),
        ("<html>".encode("utf-16"), "", "", "html"),
        (b"<p>Un", "", "TEXT/HTML", "html"),
        (b"< 5 mg", "", "", "text"),
        (b'{"a": "b"}', "", "", "json"),
        (b"[1] Une note", "", "", "text"),
        (b"{nom}", "", "", "text"),
        (b"[]", "", "application/json", "json"),
        (RESOURCE, "", "", "fhir"),
        (RESOURCE, "a.json", "application/json", "fhir"),
        (RESOURCE, "", "application/fhir+json", "fhir"),
        (b'{"a": {"resourceType": "Bundle"}}', "a.json", "", "json"),
        (b'{"resourceType": ', "a.json", "", "json"),
        (FHIR_XML, "a.xml", "", "fhir"),
        (FHIR_XML, "", "application/xml", "fhir"),
        (XLIFF, "", "", "xliff"),
        (XLIFF, "a.xlf", "", "xliff"),
        (b"PK\x03\x04...", "a.txt", "text/plain", "docx"),
        (b"%PDF-1.7", "a.html", "text/html", "pdf"),
    ],
)
def test_formats_are_told_apart(content: bytes, filename: str, media_type: str, name: str) -> None:
    assert detect_format(content, filename=filename, media_type=media_type).name == name


def test_xml_of_another_kind_is_refused_with_what_is_read() -> None:
    with pytest.raises(UnusableDocument, match="XML") as raised:
        read(b"<?xml version='1.0'?><a>b</a>", filename="a.xml")
    assert ".docx" in raised.value.hint


def test_pointers_choose_the_strings_of_a_json_file() -> None:
    content = b'{"name": "Une note", "leaflet": {"text": "Prendre 5 mg"}}'
    assert [unit.text for unit in read(content, pointers=["/leaflet/*"]).units] == ["Prendre 5 mg"]
    assert len(read(content).units) == 2
    resource = b'{"resourceType": "Basic", "note": "Prendre 5 mg"}'
    assert [unit.text for unit in read(resource, pointers=["/note"]).units] == ["Prendre 5 mg"]


@pytest.mark.parametrize("content", [b"Prendre 5 mg", FHIR_XML, XLIFF])
def test_pointers_for_a_file_that_is_no_json_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="JSON"):
        read(content, pointers=["/leaflet"])


def test_too_large_a_file_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(UnusableDocument, match="at most"):
        read(b"PK\x03\x04" + b"0" * LIMITS.content_bytes)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_has_its_reader(known: object) -> None:
    module, function = known.reader.split(":")  # type: ignore[attr-defined]
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"Un mot.\r\n", "a.txt"),
        (b"# Un *mot*", "a.md"),
        (b"<p>Un <b>mot</b>", "a.htm"),
        (b'{"a": "Un mot"}', "a.json"),
    ],
)
def test_a_file_is_read_and_written_back(content: bytes, filename: str) -> None:
    document = read(content, filename=filename)
    assert [unit.text.strip(".") for unit in document.units] == ["Un mot"]
    assert document.rebuild(document.units, "en") == content
    assert document.media_type in {media_type for known in FORMATS for media_type in known.media_types}

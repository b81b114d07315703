"""Word documents that are broken, hostile or out of bounds: a clear sentence each, never a stack trace or a hang."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medinfo.errors import UnusableDocument
from tests.translation.formats.word_files import NAMESPACES, members, paragraph, run, word_file, worded
from translation.formats import docx as docx_format
from translation.formats.base import LIMITS
from translation.formats.docx import read_docx

GOOD = word_file(paragraph(run("Ne pas dépasser "), run("la dose", "<w:b/>")) * 20)


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def with_body(xml: bytes) -> bytes:
    return archive({**members(GOOD), "word/document.xml": xml})


def refused(content: bytes) -> str:
    with pytest.raises(UnusableDocument) as caught:
        read_docx(content)
    assert caught.value.detail.endswith(".")
    return caught.value.detail


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"%PDF-1.4", GOOD[:200], GOOD[:-30]])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert "damaged" in refused(content)


@pytest.mark.parametrize("files", [{}, {"a.txt": b"a"}, {"[Content_Types].xml": b"<Types/>", "content.xml": b"<a/>"}])
def test_another_archive_is_refused(files: dict[str, bytes]) -> None:
    assert "not a Word document" in refused(archive(files))


def test_an_encrypted_document_is_refused() -> None:
    assert "encrypted" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_an_encrypted_member_is_refused() -> None:
    locked = bytearray(GOOD)
    at = locked.index(b"PK\x01\x02")
    struct.pack_into("<H", locked, at + 8, struct.unpack_from("<H", locked, at + 8)[0] | 1)
    assert "encrypted" in refused(bytes(locked))


@pytest.mark.parametrize("sign", ["part", "type"])
def test_a_document_with_macros_is_refused(sign: str) -> None:
    files = members(GOOD)
    if sign == "part":
        files["word/vbaProject.bin"] = b"macro"
    else:
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    assert "macros" in refused(archive(files))


def test_a_member_that_unpacks_too_much_is_refused() -> None:
    assert "times its size" in refused(archive({**members(GOOD), "word/media/a.bin": b"\0" * 8_000_000}))


def test_an_archive_that_unpacks_too_much_is_refused() -> None:
    blocks = {f"word/media/{number}.bin": bytes(1_000_000) for number in range(101)}
    assert "unpacks to" in refused(archive({**members(GOOD), **blocks}))


def test_too_many_members_are_refused() -> None:
    assert "members" in refused(archive({f"{number}": b"" for number in range(LIMITS.members + 1)}))


def test_two_members_of_one_name_are_refused() -> None:
    assert "one name" in refused(archive({**members(GOOD), "WORD/document.xml": b"<a/>"}))


def test_another_way_to_pack_is_refused() -> None:
    assert "packed" in refused(archive(members(GOOD), zipfile.ZIP_LZMA))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_format, "_MOST_TEXT_BYTES", 1000)
    assert "bytes of XML" in refused(GOOD)


def test_too_many_changes_of_format_in_a_paragraph_are_refused() -> None:
    body = paragraph((run("a") + run("b", "<w:b/>")) * 5001)
    assert "changes its format" in refused(word_file(body))


def test_too_many_open_fields_are_refused() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert "fields" in refused(word_file(paragraph(begin * 101)))


def test_too_many_paragraphs_are_refused() -> None:
    body = "".join(paragraph(run(f"mot {number}")) for number in range(LIMITS.units + 1))
    assert "pieces of text" in refused(word_file(body))


def test_entities_and_files_of_the_machine_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    body = f"<w:document {NAMESPACES}><w:body>{paragraph(run('&e;'))}</w:body></w:document>"
    for entity in (f'SYSTEM "{secret.as_uri()}"', '"text"'):
        assert "document type" in refused(with_body(f"<!DOCTYPE a [<!ENTITY e {entity}>]>{body}".encode()))


def test_entities_that_grow_are_refused() -> None:
    grown = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE a [<!ENTITY e0 "ha">{grown}]><a b="&e11;">&e11;</a>'
    assert refused(with_body(xml.encode()))


def test_elements_that_nest_too_deep_are_refused() -> None:
    assert "well-formed" in refused(with_body(b"<a>" * 5000 + b"</a>" * 5000))


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a/><b/>", b"\xff\xfe<", b"<a>\xff</a>", b"text"])
def test_a_broken_part_is_refused_by_its_name(xml: bytes) -> None:
    assert "word/document.xml" in refused(with_body(xml))


def read_or_refuse(content: bytes) -> None:
    try:
        document = read_docx(content)
    except UnusableDocument:
        return
    assert document.rebuild(document.units, "en") == content
    read_docx(document.rebuild(worded(document.units, str.upper), "ar"))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)))
def test_a_cut_file_is_refused_or_read(end: int) -> None:
    read_or_refuse(GOOD[:end])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_file_with_wrong_bytes_is_refused_or_read(changes: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD)
    for place, value in changes:
        content[place] = value
    read_or_refuse(bytes(content))


BODY = members(GOOD)["word/document.xml"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BODY) - 1), st.binary(max_size=4)), min_size=1, max_size=4))
def test_a_part_with_wrong_bytes_is_refused_or_read(changes: list[tuple[int, bytes]]) -> None:
    body = BODY
    for place, value in changes:
        body = body[:place] + value + body[place + 2 :]
    read_or_refuse(with_body(body))

"""Plain text: byte-identical where nothing changes, in every encoding that is taken."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import InvalidInput, UnusableDocument
from tests.translation.formats.changes import identity, replaced
from translation.formats.base import LIMITS
from translation.formats.text import LONGEST, read_text
from translation.marked import Mark, Marked

LINES = st.lists(st.sampled_from(["Prendre 5 mg.", "", " ", "\t", "- un", "été", "1", "\u2028"]), max_size=12)
ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
]


def texts(content: bytes) -> list[str]:
    return [unit.text for unit in read_text(content).units]


@given(
    lines=LINES,
    ends=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=12, max_size=12),
    how=st.sampled_from(ENCODINGS),
)
def test_unchanged_text_is_the_same_byte_by_byte(lines: list[str], ends: list[str], how: tuple[str, bytes]) -> None:
    content = how[1] + "".join(line + end for line, end in zip(lines, ends, strict=False)).encode(how[0])
    assert identity(read_text(content)) == content


@given(text=st.text().filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_any_text_is_the_same_byte_by_byte(text: str) -> None:
    assert identity(read_text(text.encode())) == text.encode()


def test_paragraphs_are_units_and_what_stands_between_stays() -> None:
    content = "\ufeff\r\n  Un.\r\nDeux.\r\n \t\r\n\r\n- trois\r\n\r\n12\r\n".encode()
    document = read_text(content)
    assert [unit.text for unit in document.units] == ["Un.\r\nDeux.", "- trois"]
    back = document.rebuild(replaced(document.units, {"Deux": "Two", "trois": "three"}), "en")
    assert back == "\ufeff\r\n  Un.\r\nTwo.\r\n \t\r\n\r\n- three\r\n\r\n12\r\n".encode()


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Prendre 5 mg\navec 2.5 ml.\r\n", "ml."),  # not in the middle of the sentence
        ("comprimé 5 mg\r\n", "mg"),
        ("Prendre 2.5 mg. ", "mg."),
    ],
)
def test_a_paragraph_without_end_is_cut_where_a_sentence_or_a_line_ends(line: str, ends: str) -> None:
    text = line * 3000
    units = texts(text.encode())
    assert all(len(unit) <= LONGEST and unit.endswith(ends) for unit in units)
    assert "".join("".join(units).split()) == "".join(text.split())
    assert identity(read_text(text.encode())) == text.encode()


def test_what_has_no_place_to_cut_is_one_unit() -> None:
    assert len(texts(b"a" * 3 * LONGEST)) == 1


def test_the_encoding_is_kept() -> None:
    content = codecs.BOM_UTF16_BE + "été".encode("utf-16-be")
    document = read_text(content)
    assert document.rebuild([Marked("summer – Σ")], "en") == codecs.BOM_UTF16_BE + "summer – Σ".encode("utf-16-be")


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        (b"abc\xff", 3),
        (codecs.BOM_UTF8 + b"\xc3\xa9\xe9 ", 5),
        (codecs.BOM_UTF16_LE + b"a\0\0\xd8b\0", 4),
        (codecs.BOM_UTF16_LE + b"a\0b", 4),
        ("é".encode() + b"\0", 2),
        (codecs.BOM_UTF16_BE + b"\0a\0\0", 4),
    ],
)
def test_what_is_not_text_is_refused_with_its_offset(content: bytes, offset: int) -> None:
    with pytest.raises(UnusableDocument, match=rf"byte {offset}\.") as raised:
        read_text(content)
    assert raised.value.params["offset"] == offset
    assert raised.value.hint


def test_other_encodings_are_refused() -> None:
    with pytest.raises(UnusableDocument, match="UTF-32"):
        read_text("abc".encode("utf-32"))


def test_too_large_a_file_is_refused() -> None:
    assert len(texts(b"a" * LIMITS.content_bytes)) == 1
    with pytest.raises(UnusableDocument, match="at most"):
        read_text(b"a" * (LIMITS.content_bytes + 1))


def test_too_many_paragraphs_are_refused() -> None:
    with pytest.raises(UnusableDocument, match="pieces of text"):
        read_text(b"a\n\n" * (LIMITS.units + 1))


def test_lost_units_and_marks_are_told() -> None:
    document = read_text(b"One.\n\nTwo.")
    with pytest.raises(ValueError, match="2 units were given out and 1 came back"):
        document.rebuild(document.units[:1], "en")
    with pytest.raises(ValueError, match="unit 1: its marks"):
        document.rebuild([document.units[0], Marked("Two.", (Mark(0, 0),))], "en")


def test_another_output_is_refused() -> None:
    document = read_text(b"One.")
    with pytest.raises(InvalidInput, match="'docx'"):
        document.rebuild(document.units, "en", "docx")


def test_half_a_surrogate_pair_does_not_break_the_file() -> None:
    assert read_text(b"One.").rebuild([Marked("Un\ud800.")], "fr") == "Un\ufffd.".encode()

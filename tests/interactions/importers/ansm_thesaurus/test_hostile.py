"""A file that is not the thesaurus is refused with a reason, and nothing is stored."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission

from interactions.importers.ansm_thesaurus import reader
from interactions.importers.ansm_thesaurus.importing import import_thesaurus
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from medinfo.errors import UnusableSource
from medinfo.knowledge_store import KnowledgeStore

MakePdf = Callable[..., Path]


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    return path


def page_of_text(text: str, **options: object) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, text)
    if options:
        pdf.set_encryption(owner_password="owner", user_password="user", permissions=AccessPermission.none())
    return bytes(pdf.output())


def refusal(path: Path) -> str:
    with pytest.raises(UnusableSource) as caught:
        parse_thesaurus(path)
    return caught.value.detail


def test_a_missing_file(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "absent.pdf")


def test_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    assert "not a PDF" in refusal(write(tmp_path, b""))


def test_random_bytes(tmp_path: Path) -> None:
    assert "not a PDF" in refusal(write(tmp_path, random.Random(7).randbytes(50_000)))


def test_random_bytes_behind_a_pdf_header(tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + random.Random(8).randbytes(50_000)
    assert "damaged" in refusal(write(tmp_path, content))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_thesaurus_is_refused_or_read_as_what_it_is(
    make_pdf: MakePdf, tmp_path: Path, share: float
) -> None:
    content = make_pdf().read_bytes()
    path = write(tmp_path, content[: int(len(content) * share)])
    try:
        parsed = parse_thesaurus(path)
    except UnusableSource:
        return
    assert parsed.headings == parse_thesaurus(make_pdf()).headings


def test_an_unrelated_document(tmp_path: Path) -> None:
    path = write(tmp_path, page_of_text("Une lettre du 3 mars 2024.\n+ un post-scriptum\nSalutations."))
    assert "not the ANSM thesaurus" in refusal(path)


def test_a_document_of_level_words_without_headings(tmp_path: Path) -> None:
    path = write(tmp_path, page_of_text("3 mars 2024\n+ Alphadine\nCONTRE-INDICATION\n+ Betadol\nCONTRE-INDICATION"))
    assert "no headings" in refusal(path)


def test_a_document_without_text(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    assert "no text layer" in refusal(write(tmp_path, bytes(pdf.output())))


def test_an_encrypted_document(tmp_path: Path) -> None:
    assert "encrypted" in refusal(write(tmp_path, page_of_text("Secret", encrypted=True)))


def test_a_document_that_states_no_edition(make_pdf: MakePdf) -> None:
    with pytest.raises(UnusableSource, match="which month"):
        parse_thesaurus(make_pdf(cover=("ESSAI",)))
    assert parse_thesaurus(make_pdf(cover=("ESSAI",)), edition="2024-10").edition == "2024-10"


def test_a_file_beyond_the_size_limit(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1000)
    assert "larger than" in refusal(make_pdf())


def test_a_file_beyond_the_page_limit(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    assert "more than 2" in refusal(make_pdf())


def test_a_page_beyond_the_limit_of_characters(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_GLYPHS_A_PAGE", 20)
    assert "characters" in refusal(make_pdf())


def test_nothing_is_stored_of_a_refused_file(tmp_path: Path) -> None:
    store = KnowledgeStore(tmp_path / "knowledge")
    with pytest.raises(UnusableSource):
        import_thesaurus(write(tmp_path, b"no"), store, lambda thesaurus: b"")
    assert store.sources() == ()

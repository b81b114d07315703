"""PDF files: their text comes out in its order, in paragraphs, headings and tables, and nothing of it is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from medinfo.errors import InvalidInput, UnusableDocument
from tests.translation.formats.word_files import worded
from translation.formats import pdf as pdf_format
from translation.formats.pdf import read_pdf
from translation.marked import Mark, Marked


def new_pdf() -> FPDF:
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("Helvetica", size=11)
    return pdf


def drawn(*lines: tuple[float, float, str], pdf: FPDF | None = None) -> FPDF:
    """A page with texts at places (from the left, from the top)."""
    pdf = pdf or new_pdf()
    pdf.add_page()
    for left, top, text in lines:
        pdf.text(left, top, text)
    return pdf


def stack(*lines: str, left: float = 70, top: float = 100, step: float = 13) -> list[tuple[float, float, str]]:
    return [(left, top + step * number, line) for number, line in enumerate(lines)]


def content(pdf: FPDF) -> bytes:
    return bytes(pdf.output())


def texts(pdf: FPDF) -> list[str]:
    return [unit.text for unit in read_pdf(content(pdf)).units]


def html(pdf: FPDF, language: str = "fr") -> str:
    document = read_pdf(content(pdf))
    return document.rebuild(document.units, language, "html").decode()


LONG = "Les patients doivent recevoir une dose plus faible au cours des premiers mois du"


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    first = stack(LONG, "traitement.")
    second = stack("La dose peut ensuite être augmentée.", top=150)
    assert texts(drawn(*first, *second)) == [f"{LONG} traitement.", "La dose peut ensuite être augmentée."]


def test_short_lines_below_one_another_stay_apart() -> None:
    assert texts(drawn(*stack(LONG + " mois.", "Poudre de 210 mg", "Poudre de 300 mg"))) == [
        LONG + " mois.",
        "Poudre de 210 mg",
        "Poudre de 300 mg",
    ]


def test_lines_that_begin_alike_are_items() -> None:
    items = [f"ZYLORIC {dose} mg, comprimé pour les adultes et les adolescents" for dose in (100, 200, 300)]
    assert texts(drawn(*stack(*items))) == items


def test_a_number_is_not_parted_from_its_unit() -> None:
    second = LONG.replace("Les patients", "et ceux qui")
    assert texts(drawn(*stack(LONG + "re", second, "4 semaines suivantes. Puis une dose."))) == [
        f"{LONG}re {second} 4 semaines suivantes. Puis une dose."
    ]


def test_a_divided_word_is_joined_and_a_compound_keeps_its_hyphen() -> None:
    assert texts(drawn(*stack(LONG + " médica-", "ment. Un effet post-", "opératoire ou non-", "grave."))) == [
        f"{LONG} médicament. Un effet post-opératoire ou non-grave."
    ]


def test_the_document_tells_whether_a_hyphen_is_part_of_a_word() -> None:
    page = stack("Le xylo-phone et le métallophone vont ensemble. " + LONG, "xylo-", "phone et métallo-", "phone.")
    assert texts(drawn(*page)) == [
        f"Le xylo-phone et le métallophone vont ensemble. {LONG} xylo-phone et métallophone."
    ]


def test_raised_digits_are_not_read_as_part_of_the_number() -> None:
    pdf = drawn((70, 100, "plus de 10"))
    left = 70 + pdf.get_string_width("plus de 10")
    pdf.set_font_size(7)
    pdf.text(left, 95, "9")
    left += pdf.get_string_width("9")
    pdf.set_font_size(11)
    pdf.text(left, 100, " cellules")
    assert texts(pdf) == ["plus de 10⁹ cellules"]


def test_bold_and_large_lines_are_headings() -> None:
    pdf = drawn(*stack(LONG, "traitement."))
    pdf.set_font(style="B", size=20)
    pdf.text(70, 60, "Notice")
    pdf.set_font(style="B", size=11)
    pdf.text(70, 150, "4.2 Posologie")
    pdf.text(70, 170, "Adultes")
    out = html(pdf)
    assert "<h1>Notice</h1>" in out
    assert "<h3>4.2 Posologie</h3>" in out
    assert "<h4>Adultes</h4>" in out
    assert "<title>Notice</title>" in out


def table(*rows: Sequence[str], top: float = 200) -> list[tuple[float, float, str]]:
    return [
        (70 + 160 * column, top + 20 * row, text)
        for row, texts_ in enumerate(rows)
        for column, text in enumerate(texts_)
        if text
    ]


def test_what_stands_side_by_side_is_a_row_of_cells() -> None:
    out = html(drawn(*table(("Âge", "Dose"), ("2 ans", "5 mg"), ("9 ans", "10 mg"))))
    assert "<tr><td>Âge</td><td>Dose</td></tr>\n<tr><td>2 ans</td><td>5 mg</td></tr>\n" in out


def test_a_cell_that_is_empty_stays_empty() -> None:
    rows = (("Âge", "Matin", "Soir"), ("2 ans", "", "5 mg"), ("", "9 mg", ""), ("9 ans", "10 mg", "3 mg"))
    out = html(drawn(*table(*rows)))
    assert "<tr><td>2 ans</td><td></td><td>5 mg</td></tr>\n<tr><td></td><td>9 mg</td><td></td></tr>" in out


def test_lines_of_a_cell_are_joined() -> None:
    cells = [(70, 100, "Dose du"), (70, 113, "matin"), (200, 100, "5 mg ou"), (200, 113, "10 mg")]
    assert "<tr><td>Dose du matin</td><td>5 mg ou 10 mg</td></tr>" in html(drawn(*cells))


def test_numbers_in_a_column_that_is_drawn_by_itself_stay_apart() -> None:
    ages = stack("2 ans", "4 ans", "9 ans", top=200)
    doses = stack("5 mg", "7 mg", "9 mg", top=200, left=200)
    assert texts(drawn(*ages, *doses)) == ["2 ans", "4 ans", "9 ans", "5 mg", "7 mg", "9 mg"]


def test_a_word_document_has_the_same_text() -> None:
    pdf = drawn(*stack("Une phrase."), *table(("Âge", "Dose"), ("2 ans", "5 mg")))
    document = read_pdf(content(pdf))
    written = docx.Document(io.BytesIO(document.rebuild(worded(document.units, str.upper), "en", "docx")))
    assert [paragraph.text for paragraph in written.paragraphs] == ["UNE PHRASE."]
    assert [[cell.text for cell in row.cells] for row in written.tables[0].rows] == [["ÂGE", "DOSE"], ["2 ANS", "5 MG"]]
    assert document.rebuild(document.units, "en", "docx")[:2] == document.rebuild(document.units, "en")[:2] == b"PK"


def pages(count: int, *, header: str = "Laboratoire X") -> FPDF:
    pdf = new_pdf()
    for number in range(1, count + 1):
        words = "un deux trois quatre cinq".split()[number - 1]  # noqa: SIM905
        drawn(
            (70, 30, header), (70, 300, f"Texte {words}."), (290, 820, str(number)), (400, 820, f"{number}/9"), pdf=pdf
        )
    return pdf


def test_headers_are_kept_once_and_page_numbers_are_dropped() -> None:
    assert texts(pages(4)) == ["Laboratoire X", "Texte un.", "Texte deux.", "Texte trois.", "Texte quatre."]
    assert "1/9" not in html(pages(4))


def test_what_stands_at_the_top_of_few_pages_stays() -> None:
    pdf = pages(2)
    assert texts(pdf).count("Laboratoire X") == 2


def test_a_sentence_goes_on_over_pages() -> None:
    pdf = drawn(*stack(LONG, top=780))
    drawn(*stack("traitement.", "Nouvelle phrase."), pdf=pdf)
    assert texts(pdf) == [f"{LONG} traitement.", "Nouvelle phrase."]


def test_a_page_without_text_is_said_in_its_place() -> None:
    pdf = drawn(*stack("Avant."))
    pdf.add_page()
    pdf.rect(100, 100, 200, 200)
    drawn(*stack("Après."), pdf=pdf)
    out = html(pdf)
    assert re.search(r"Avant\.</p>\n<p>\[Page 2 : .*\]</p>\n<p>Après", out)
    assert "[Page 2: no text" in html(pdf, "ar")


def test_signs_of_markup_stay_text() -> None:
    out = html(drawn(*stack("dose < 5 mg & > 2 mg <b>")))
    assert "dose &lt; 5 mg &amp; &gt; 2 mg &lt;b&gt;" in out


def test_html_says_its_language_and_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in html(drawn(*stack("Une phrase.")), "ar")
    assert '<html lang="fr">' in html(drawn(*stack("Une phrase.")))


def test_a_word_document_runs_from_right_to_left_where_its_language_does() -> None:
    document = read_pdf(content(drawn(*stack("Une phrase."))))
    for language, turned in (("ar", True), ("en", False)):
        written = docx.Document(io.BytesIO(document.rebuild(document.units, language, "docx")))
        assert ("<w:bidi/>" in written.paragraphs[0]._p.xml) is turned
        said = written.styles.element.xpath("w:docDefaults//w:lang")[0].values()
        assert any(value.startswith(language) for value in said)


@pytest.mark.parametrize("output", ["html", "docx"])
@pytest.mark.parametrize("wrong", [[], [Marked("a")] * 2, [Marked("a", (Mark(0, 0),))]])
def test_missing_units_or_marks_are_an_error(output: str, wrong: list[Marked]) -> None:
    with pytest.raises(ValueError, match=r"marks|units"):
        read_pdf(content(drawn(*stack("Une phrase.")))).rebuild(wrong, "en", output)


def test_another_output_is_an_error() -> None:
    document = read_pdf(content(drawn(*stack("Une phrase."))))
    with pytest.raises(InvalidInput, match="docx, html"):
        document.rebuild(document.units, "en", "odt")


def refused(data: bytes) -> str:
    with pytest.raises(UnusableDocument) as caught:
        read_pdf(data)
    return caught.value.detail


def test_a_scan_is_refused() -> None:
    pdf = new_pdf()
    pdf.add_page()
    pdf.rect(100, 100, 200, 200, style="F")
    assert "no text" in refused(content(pdf))


def test_an_encrypted_file_is_refused() -> None:
    pdf = drawn(*stack("Une phrase."))
    pdf.set_encryption(
        owner_password="a", user_password="b", encryption_method=EncryptionMethod.RC4,
        permissions=AccessPermission.none(),
    )  # fmt: skip
    assert "encrypted" in refused(content(pdf))


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04"])
def test_another_file_is_refused(data: bytes) -> None:
    assert "not a PDF" in refused(data)


def test_a_damaged_file_is_refused() -> None:
    assert "damaged" in refused(b"%PDF-1.7\n")


def test_too_many_pages_or_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_format, "_MOST_CHARACTERS", 5)
    assert "characters" in refused(content(drawn(*stack("Une phrase."))))
    pdf = new_pdf()
    for _ in range(2001):
        pdf.add_page()
    assert "pages" in refused(content(pdf))


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_format, "_SECONDS", 0.001)
    assert "seconds" in refused(content(drawn(*stack("Une phrase."))))


def test_a_file_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_format, "_MOST_MEMORY", 30_000_000)
    assert "memory" in refused(content(drawn(*stack("Une phrase."))) + b" " * 9_000_000)


GOOD = content(drawn(*stack("Une phrase."), *table(("Âge", "Dose"))))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(len(GOOD) // 2, len(GOOD)),
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=5),
)
def test_a_file_cut_or_with_wrong_bytes_is_refused_or_read(end: int, changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        document = read_pdf(bytes(data[:end]))
    except UnusableDocument:
        return
    etree.fromstring(document.rebuild(document.units, "en", "html").replace(b'<meta charset="utf-8">', b""))


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_a_real_product_information_loses_no_word_and_keeps_its_table_of_doses(reference_data: Path) -> None:
    data = (reference_data / "leaflets" / "bdpm-samples" / "anx_153856_fr.pdf").read_bytes()
    document = read_pdf(data)
    out = document.rebuild(document.units, "fr", "html").decode()
    assert re.search(
        r"<tr><td>15 mg / jour</td><td>300 mg / 2 semaines</td><td>210 mg / 2 semaines ou 405 mg / 4 ", out
    )
    read = squeezed("".join(piece.text for piece in document.pieces))
    plain = "".join(line["text"] for line in lines_of(data))
    missing = len(squeezed(plain)) - len(read)
    assert 0 <= missing <= 150  # page numbers, and nothing else: 50 pages have 91 digits of them
    assert 800 < len(document.units) < 1100


def lines_of(data: bytes) -> list[dict[str, str]]:
    """The lines of a file by another way: the text that pdfium gives for whole pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return [{"text": page.get_textpage().get_text_range()} for page in document]

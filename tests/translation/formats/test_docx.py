"""Word documents: what is read, and that only changed text is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.formats.word_files import (
    NAMESPACES,
    STYLES,
    body_xml,
    members,
    paragraph,
    run,
    word_file,
    worded,
)
from translation.formats.docx import read_docx
from translation.formats.pdf import read_pdf
from translation.marked import Mark, Marked

BREAK = "<w:r><w:br/></w:r>"


def field(code: str, result: str) -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def texts(content: bytes) -> list[str]:
    return [unit.text for unit in read_docx(content).units]


def upper(content: bytes, language: str = "en") -> bytes:
    document = read_docx(content)
    return document.rebuild(worded(document.units, str.upper), language)


def test_runs_of_like_format_are_one_stretch() -> None:
    noise = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    content = word_file(
        paragraph(
            run("Prendre ", '<w:lang w:val="fr-FR"/>'), noise, run("deux "), run("comprimés", '<w:rFonts w:hint="cs"/>')
        )
    )
    assert read_docx(content).units == [Marked("Prendre deux comprimés")]


def test_a_change_of_format_is_a_mark() -> None:
    content = word_file(paragraph(run("Ne pas ", "<w:b/>"), run("dépasser"), run(" la dose", "<w:b/>")))
    assert read_docx(content).units == [Marked("Ne pas dépasser la dose", (Mark(7, 0), Mark(15, 1)))]


def test_text_lands_between_its_marks() -> None:
    written = body_xml(upper(word_file(paragraph(run("Ne pas ", "<w:b/>"), run("dépasser"), run(" ici", "<w:i/>")))))
    assert '<w:b/><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">NE PAS </w:t>' in written
    assert "<w:t>DÉPASSER</w:t>" in written
    assert '<w:i/><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve"> ICI</w:t>' in written


def test_a_moved_mark_moves_the_format() -> None:
    document = read_docx(word_file(paragraph(run("dose ", "<w:b/>"), run("maximale"))))
    rebuilt = document.rebuild([Marked("maximum dose", (Mark(7, 0),))], "en")
    bold, plain = docx.Document(io.BytesIO(rebuilt)).paragraphs[0].runs
    assert (bold.text, bold.bold) == ("maximum", True)
    assert (plain.text, plain.bold) == (" dose", None)


def test_the_same_text_gives_the_same_bytes() -> None:
    content = word_file(paragraph(run("Ne pas ", "<w:b/>"), run("dépasser")))
    document = read_docx(content)
    assert document.rebuild(document.units, "en") == content


def test_parts_without_changes_keep_their_bytes_order_and_times() -> None:
    footnotes = f'<w:footnotes {NAMESPACES}><w:footnote w:id="1">{paragraph(run("5"))}</w:footnote></w:footnotes>'
    content = word_file(
        paragraph(run("dose")), parts={"footnotes": footnotes}, files={"word/media/a.png": b"\x89PNG", "z.bin": b"\0"}
    )
    old, new = members(content), members(upper(content))
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {"word/document.xml", "word/styles.xml"}
    with zipfile.ZipFile(io.BytesIO(upper(content))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2021, 3, 4, 5, 6, 8)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_an_unchanged_paragraph_keeps_its_runs() -> None:
    kept = paragraph(run("500"), run(" mg"))
    document = read_docx(word_file(kept + paragraph(run("dose"))))
    rebuilt = document.rebuild([document.units[0], Marked("DOSE")], "en")
    assert body_xml(rebuilt).startswith(kept)


def test_headers_footers_notes_and_comments_are_read_after_the_body() -> None:
    def part(kind: str, inside: str) -> str:
        return f"<w:{kind} {NAMESPACES}>{inside}</w:{kind}>"

    parts = {
        "comments": part("comments", f'<w:comment w:id="1">{paragraph(run("commentaire"))}</w:comment>'),
        "header": part("hdr", paragraph(run("en-tête"))),
        "footer": part("ftr", paragraph(run("pied"))),
        "footnotes": part("footnotes", f'<w:footnote w:id="1">{paragraph(run("note"))}</w:footnote>'),
        "endnotes": part("endnotes", f'<w:endnote w:id="1">{paragraph(run("fin"))}</w:endnote>'),
    }
    content = word_file(paragraph(run("corps")), parts=parts)
    assert texts(content) == ["corps", "en-tête", "pied", "note", "fin", "commentaire"]
    assert b"COMMENTAIRE" in members(upper(content))["word/comments.xml"]


def test_cells_of_tables_are_read_also_where_tables_nest() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('dedans'))}</w:tc></w:tr></w:tbl>"
    content = word_file(f"<w:tbl><w:tr><w:tc>{paragraph(run('dehors'))}{inner}<w:p/></w:tc></w:tr></w:tbl>")
    assert texts(content) == ["dehors", "dedans"]


def test_text_boxes_are_read_in_both_of_their_forms() -> None:
    box = f"<w:txbxContent>{paragraph(run('encadré'))}</w:txbxContent>"
    drawn = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = word_file(paragraph(run("avant "), drawn, run("après")))
    assert read_docx(content).units == [Marked("avant après", (Mark(6, 0),)), Marked("encadré"), Marked("encadré")]
    assert body_xml(upper(content)).count("ENCADRÉ") == 2


def test_deleted_text_stays_and_inserted_text_is_translated() -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>deux</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="a">{run("trois")}</w:ins>'
    content = word_file(paragraph(run("prendre "), deleted, inserted, run(" fois")))
    assert read_docx(content).units == [Marked("prendre trois fois", (Mark(8, 0), Mark(13, 1)))]
    written = body_xml(upper(content))
    assert deleted in written
    assert '<w:ins w:id="2" w:author="a">' in written
    assert "TROIS" in written.split("<w:ins")[1].split("</w:ins>")[0]


def test_text_moved_away_is_not_read_and_text_moved_here_is() -> None:
    gone = f'<w:moveFrom w:id="1" w:author="a">{run("ancien")}</w:moveFrom>'
    here = f'<w:moveTo w:id="2" w:author="a">{run("nouveau")}</w:moveTo>'
    assert texts(word_file(paragraph(gone, here))) == ["nouveau"]


def test_a_deleted_text_box_is_not_read() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('encadré'))}</w:txbxContent></w:pict></w:r>"
    assert texts(word_file(paragraph(run("ici"), f'<w:del w:id="1" w:author="a">{box}</w:del>'))) == ["ici"]


def test_field_codes_and_page_numbers_stay() -> None:
    content = word_file(paragraph(run("page "), field(" PAGE ", run("3")), run(" sur dix")))
    assert read_docx(content).units == [Marked("page  sur dix", (Mark(5, 0),))]
    written = body_xml(upper(content))
    assert '<w:instrText xml:space="preserve"> PAGE </w:instrText>' in written
    assert run("3") in written


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (' HYPERLINK "http://a.example" ', True),
        (' TOC \\o "1-3" ', True),
        (" REF _Ref1 \\h ", True),
        (" REF _Ref1 \\r \\h ", False),
        (" DATE \\@ d ", False),
        (" MERGEFIELD nom ", False),
        (" ADDIN ZOTERO_ITEM {} ", False),
    ],
)
def test_results_of_fields_are_read_unless_they_are_worked_out_anew(code: str, read: bool) -> None:
    expected = ["voir le chapitre"] if read else ["voir "]
    assert texts(word_file(paragraph(run("voir "), field(code, run("le chapitre"))))) == expected
    simple = f"<w:fldSimple w:instr='{code}'>{run('le chapitre')}</w:fldSimple>"
    assert texts(word_file(paragraph(run("voir "), simple))) == expected


def test_a_field_may_go_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    content = word_file(paragraph(begin, separate, run("mardi")) + paragraph(run("midi"), end, run("dose")))
    assert texts(content) == ["dose"]


def test_a_link_keeps_its_address_and_its_words() -> None:
    link = f'<w:hyperlink r:id="r9">{run("la notice", "<w:u/>")}</w:hyperlink>'
    content = word_file(paragraph(run("Lire "), link, run(" avant")))
    assert read_docx(content).units == [Marked("Lire la notice avant", (Mark(5, 0), Mark(14, 1)))]
    assert '<w:hyperlink r:id="r9"><w:r><w:rPr><w:u/>' in body_xml(upper(content))


def test_a_reference_to_a_note_stands_at_its_mark() -> None:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    document = read_docx(word_file(paragraph(run("dose"), note, run(" forte"))))
    rebuilt = body_xml(document.rebuild([Marked("high dose", (Mark(9, 0),))], "en"))
    assert rebuilt.index("high dose") < rebuilt.index("footnoteReference")


def test_bookmarks_inside_a_text_are_marks() -> None:
    start, end = '<w:bookmarkStart w:id="4" w:name="x"/>', '<w:bookmarkEnd w:id="4"/>'
    assert read_docx(word_file(paragraph(run("voir "), start, run("ici"), end))).units == [
        Marked("voir ici", (Mark(5, 0),))
    ]


def test_a_tab_begins_another_unit() -> None:
    content = word_file(paragraph(run("Nom :"), "<w:r><w:tab/></w:r>", run("Dupont")))
    assert texts(content) == ["Nom :", "Dupont"]


def test_a_line_break_inside_a_sentence_is_a_mark() -> None:
    content = word_file(paragraph(run("prendre le"), BREAK, run("soir. "), BREAK, run("Puis dormir")))
    assert read_docx(content).units == [Marked("prendre le soir. ", (Mark(10, 0),)), Marked("Puis dormir")]
    written = body_xml(upper(content))
    assert "PRENDRE LE</w:t></w:r><w:r><w:br/></w:r>" in written
    assert '<w:t xml:space="preserve">SOIR. </w:t>' in written


def test_raised_digits_are_read_as_such() -> None:
    content = word_file(paragraph(run("plus de 10"), run("9", '<w:vertAlign w:val="superscript"/>'), run("/L")))
    assert read_docx(content).units == [Marked("plus de 10⁹/L")]
    assert "PLUS DE 10⁹/L" in body_xml(upper(content))


@pytest.mark.parametrize("style", ["Exposant", "Dessus", "Autour"])
def test_digits_raised_by_a_style_are_read_as_such(style: str) -> None:
    styles = (
        f"<w:styles {NAMESPACES}>"
        '<w:style w:type="character" w:styleId="Exposant"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Dessus"><w:basedOn w:val="Exposant"/></w:style>'
        '<w:style w:type="character" w:styleId="Autour"><w:basedOn w:val="Dessus"/></w:style>'
        '<w:style w:type="character" w:styleId="Rond"><w:basedOn w:val="Rond"/></w:style>'
        '<w:style w:type="character" w:styleId="Gras"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    )
    raised = run("9", f'<w:rStyle w:val="{style}"/>')
    content = word_file(paragraph(run("plus de 10"), raised, run("/L")), parts={"styles": styles})
    assert read_docx(content).units == [Marked("plus de 10⁹/L")]
    assert "PLUS DE 10⁹/L" in body_xml(upper(content))
    assert read_docx(content).rebuild(read_docx(content).units, "en") == content
    plain = word_file(paragraph(run("le 10"), run("9", '<w:rStyle w:val="Rond"/>')), parts={"styles": styles})
    assert texts(plain) == ["le 109"]


def test_lowered_digits_are_read_as_such_only_after_digits() -> None:
    def low(text: str) -> str:
        return run(text, '<w:vertAlign w:val="subscript"/>')

    assert texts(word_file(paragraph(run("CO"), low("2"), run(" et log10"), low("5")))) == ["CO2 et log10₅"]


RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("runs", "read"),
    [
        ([run("dose 2"), run("5", "<w:b/>"), run("0 mg")], "dose 250 mg"),
        ([run("10"), run("−", RAISED), run("9", RAISED), run("/L")], "10⁻⁹/L"),
        ([run("10"), run("9a", RAISED), run("/L")], "10⁹a/L"),
        ([run("500"), run("1,2", RAISED), run(" mg")], "500¹,² mg"),
        ([run("1"), run("er", RAISED), run(" jour")], "1er jour"),
        ([run("10"), run("9", '<w:position w:val="6"/>'), run("/L")], "10⁹/L"),
        ([run("10"), run("9", '<w:position w:val="0"/>'), run("/L")], "109/L"),
        ([run("10 mg "), run("5", '<w:position w:val="-4"/>')], "10 mg 5"),
        ([run("log"), run("2", LOWERED), run("8")], "log2 8"),
        ([run("H"), run("2", LOWERED), run("O")], "H2O"),
        ([run("dose 12"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("5 mg")], "dose 12 5 mg"),
        ([run("dose 1"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" 000 mg")], "dose 1  000 mg"),
        ([run("dose 12"), "<w:r><w:drawing/></w:r>", run("5 mg")], "dose 12 5 mg"),
        ([run("dose 12"), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run("5 mg")], "dose 12 5 mg"),
        ([run("dose 12"), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", run("5 mg")], "dose 12 5 mg"),
        ([run("dose 12"), f'<w:fldSimple w:instr=" PAGE ">{run("3")}</w:fldSimple>', run("5 mg")], "dose 12 5 mg"),
        ([run("dose 12"), field(" PAGE ", run("3")), run("5 mg")], "dose 12 5 mg"),
        ([run("dose "), run("5", "<w:strike/>"), run("10 mg")], "dose 10 mg"),
        ([run("dose 1"), run("2", "<w:dstrike/>"), run("5 mg")], "dose 1 5 mg"),
        ([run("dose 1"), '<w:del w:id="1"><w:r><w:delText>2</w:delText></w:r></w:del>', run("5 mg")], "dose 15 mg"),
        ([run("dose 1"), f'<w:ins w:id="1">{run("2")}</w:ins>', run("5 mg")], "dose 125 mg"),
        ([run("dose 1"), '<w:bookmarkStart w:id="5" w:name="x"/>', run("5 mg")], "dose 15 mg"),
        ([run("dose 1"), run("0", "<w:vanish/>"), run("5 mg")], "dose 15 mg"),
        (["<w:r><w:t>dose 5</w:t><w:noBreakHyphen/><w:t>10 mg</w:t></w:r>"], "dose 5\u201110 mg"),
        (["<w:r><w:t>dose 2</w:t><w:softHyphen/><w:t>5 mg</w:t></w:r>"], "dose 25 mg"),
        ([run("dose 2\u200b5 mg")], "dose 25 mg"),
    ],
)
def test_runs_neither_join_two_numbers_nor_part_one(runs: list[str], read: str) -> None:
    content = word_file(paragraph(*runs))
    assert texts(content) == [read]
    document = read_docx(content)
    assert document.rebuild(document.units, "en") == content


def test_a_tab_parts_what_stands_on_both_sides() -> None:
    assert texts(word_file("<w:p><w:r><w:t>dose 5</w:t><w:tab/><w:t>10 mg</w:t></w:r></w:p>")) == ["dose 5", "10 mg"]


def test_a_space_that_parts_two_numbers_is_not_written() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    written = body_xml(upper(word_file(paragraph(run("dose 12"), note, run("5 mg")))))
    assert ">5 MG</w:t>" in written


def test_signs_of_the_symbol_font_are_read() -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    private = run("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    content = word_file(paragraph(run("âge "), sign, run(" 18 et "), private, run(" 65")))
    assert texts(content) == ["âge ≥ 18 et ≤ 65"]
    written = body_xml(upper(content))
    assert "ÂGE ≥ 18 ET " in written
    assert private in written


def test_a_changed_sign_leaves_its_font() -> None:
    sign = '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    document = read_docx(word_file(paragraph(run("âge "), sign)))
    assert "Symbol" not in body_xml(document.rebuild([Marked("age of at least", (Mark(4, 0),))], "en"))


def test_soft_hyphens_are_not_read_and_hard_ones_are() -> None:
    content = word_file("<w:p><w:r><w:t>para</w:t><w:softHyphen/><w:t>cétamol X</w:t><w:noBreakHyphen/></w:r></w:p>")
    assert texts(content) == ["paracétamol X\u2011"]
    assert "softHyphen" not in body_xml(upper(content))


def test_hidden_text_and_formulas_stay() -> None:
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    content = word_file(paragraph(run("visible "), run("caché", "<w:vanish/>"), formula, run("ici")))
    assert texts(content) == ["visible ici"]
    assert run("caché", "<w:vanish/>") in body_xml(upper(content))


def test_spaces_count_only_where_word_shows_them() -> None:
    content = word_file("<w:p><w:r><w:t> dose \n</w:t></w:r><w:r><w:t xml:space='preserve'> max</w:t></w:r></w:p>")
    assert texts(content) == ["dose max"]


def test_a_content_control_is_cut_from_the_data_that_would_undo_the_translation() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="t"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent>{run('titre')}</w:sdtContent></w:sdt>"
    )
    written = body_xml(upper(word_file(paragraph(control))))
    assert "dataBinding" not in written
    assert '<w:alias w:val="t"/>' in written
    assert "TITRE" in written


def test_the_language_is_set_and_a_region_of_it_stays() -> None:
    content = word_file(paragraph(run("dose", '<w:lang w:val="en-US"/>'), run("s", "<w:b/>")))
    assert '<w:lang w:val="en-US"/>' in body_xml(upper(content))
    assert 'w:lang w:val="en-GB" w:eastAsia="en-US"' in members(upper(content))["word/styles.xml"].decode()
    assert 'w:val="fr-FR"' in STYLES


def test_a_language_from_right_to_left_turns_its_paragraphs() -> None:
    content = word_file("<w:p><w:pPr><w:jc w:val='left'/></w:pPr>" + run("dose", "<w:b/>") + "</w:p>")
    written = body_xml(upper(content, "ar"))
    assert '<w:pPr><w:bidi/><w:jc w:val="left"/></w:pPr>' in written
    assert '<w:rPr><w:b/><w:rtl/><w:lang w:bidi="ar-SA"/></w:rPr>' in written


def test_line_ends_and_control_characters_of_a_translation_do_no_harm() -> None:
    document = read_docx(word_file(paragraph(run("dose"))))
    rebuilt = document.rebuild([Marked("a\nb\tc\x00\x0bd < e & f")], "en")
    assert docx.Document(io.BytesIO(rebuilt)).paragraphs[0].text == "a\nb\tcd < e & f"


def test_the_strict_form_of_the_standard_is_read() -> None:
    content = word_file(paragraph(run("dose")))
    strict = {
        name: data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                           b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, data in members(content).items()
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in strict.items():
            archive.writestr(name, data)
    assert texts(out.getvalue()) == ["dose"]
    assert b"DOSE" in members(upper(out.getvalue()))["word/document.xml"]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [Marked("a b")],
        [Marked("a b", (Mark(0, 1), Mark(1, 0)))],
        [Marked("a b", (Mark(1, 0), Mark(1, 0)))],
        [Marked("a b", (Mark(0, 0), Mark(1, 1), Mark(2, 2)))],
    ],
)
def test_missing_or_misplaced_marks_are_an_error(wrong: list[Marked]) -> None:
    document = read_docx(word_file(paragraph(run("a", "<w:b/>"), run(" b"), run(" c", "<w:b/>"))))
    with pytest.raises(ValueError, match=r"marks|units"):
        document.rebuild(wrong, "en")


WORDS = st.text(st.sampled_from("abé 5,.<&\u00a0"), min_size=1, max_size=8)
FORMATS = st.sampled_from(
    ["", "<w:b/>", '<w:lang w:val="fr-FR"/>', '<w:vertAlign w:val="superscript"/>', "<w:vanish/>"]
)
EXTRAS = st.sampled_from(
    [
        "<w:r><w:tab/></w:r>", BREAK, '<w:r><w:br w:type="page"/></w:r>', '<w:proofErr w:type="gramEnd"/>',
        '<w:bookmarkStart w:id="7" w:name="b"/>', '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:del w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>', field("PAGE", run("1")),
        "<w:r><w:softHyphen/></w:r>", "<!-- remark -->", '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>',
    ]
)  # fmt: skip
RUNS = st.builds(lambda text, shape: run(text.replace("&", "&amp;").replace("<", "&lt;"), shape), WORDS, FORMATS)
HOLDERS = st.builds(
    lambda name, inside: f"<w:{name}>{''.join(inside)}</w:{name}>",
    st.sampled_from(["hyperlink", "ins", "smartTag"]),
    st.lists(RUNS, max_size=3),
)
BODIES = st.lists(st.lists(RUNS | EXTRAS | HOLDERS, max_size=8).map(lambda parts: paragraph(*parts)), max_size=4)


def respelled(text: str) -> str:
    """Another text of the same length, small letters for small letters."""
    return text.translate(str.maketrans("abé", "xyè"))


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_any_document_comes_back_as_it_was_and_loses_no_text(body: list[str]) -> None:
    content = word_file("".join(body))
    document = read_docx(content)
    assert document.rebuild(document.units, "en") == content
    changed = document.rebuild(worded(document.units, respelled), "en")
    docx.Document(io.BytesIO(changed))
    again = read_docx(changed)
    assert [unit.text for unit in again.units] == [respelled(unit.text) for unit in document.units]


def test_a_long_real_text_comes_back_as_it_was_and_takes_every_change(reference_data: Path) -> None:
    pdf = read_pdf((reference_data / "leaflets" / "bdpm-samples" / "anx_153856_fr.pdf").read_bytes())
    content = pdf.rebuild(pdf.units, "fr", "docx")
    document = read_docx(content)
    assert len(document.units) >= len(pdf.units)
    assert document.rebuild(document.units, "en") == content
    changed = document.rebuild(worded(document.units, str.swapcase), "en")
    assert {unit.text for unit in read_docx(changed).units} == {unit.text.swapcase() for unit in document.units}
    old, new = members(content), members(changed)
    assert {name for name in old if old[name] != new[name]} == {"word/document.xml", "word/styles.xml"}
    assert len(docx.Document(io.BytesIO(changed)).tables) == len(docx.Document(io.BytesIO(content)).tables) > 10

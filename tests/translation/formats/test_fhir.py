"""FHIR resources: narratives and titles are translated, all else stays as it was written."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from medinfo.errors import UnusableDocument
from tests.translation.formats.word_files import worded
from translation.formats import fhir_json, fhir_parts
from translation.formats.fhir import read_fhir
from translation.marked import Marked

XHTML = "http://www.w3.org/1999/xhtml"
FHIR = "http://hl7.org/fhir"


def div(inside: str, attributes: str = "") -> str:
    return f'<div xmlns="{XHTML}"{attributes}>{inside}</div>'


def narrative(inside: str, attributes: str = "") -> dict[str, str]:
    return {"status": "generated", "div": div(inside, attributes)}


COMPOSITION: dict[str, Any] = {
    "resourceType": "Composition",
    "id": "c1",
    "language": "fr",
    "identifier": {"system": "http://a.example", "value": "dose"},
    "type": {"coding": [{"system": "http://loinc.org", "code": "1", "display": "Notice"}], "text": "Notice"},
    "title": "Notice du médicament",
    "author": [{"reference": "Organization/1", "display": "Laboratoire"}],
    "section": [
        {
            "title": "Posologie",
            "code": {"coding": [{"display": "Posologie"}]},
            "text": narrative("<p>Deux <b>comprimés</b></p><ul><li>le matin</li></ul>"),
            "section": [{"title": "Enfants", "text": narrative("<p>Non recommandé</p>")}],
        }
    ],
}
TEXTS = ["Notice du médicament", "Posologie", "Deux comprimés", "le matin", "Enfants", "Non recommandé"]


def as_json(resource: dict[str, Any], **options: Any) -> bytes:
    return json.dumps(resource, ensure_ascii=False, **options).encode()


def as_xml(inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{inside}'.encode()


COMPOSITION_XML = (
    f'<Composition xmlns="{FHIR}"><id value="c1"/><meta><profile value="http://a.example"/></meta>\n'
    f'<language value="fr"/><text><status value="generated"/>{div("<p>Résumé</p>")}</text>'
    '<type><coding><display value="Notice"/></coding><text value="Notice"/></type><title value="Notice &amp; dose"/>'
    f'<section id="s"><title value="Posologie"/><text><status value="generated"/>{div("<p>Deux <b>comprimés</b></p>")}'
    f'</text><section><title value="Enfants"/><text>{div("<p>Non recommandé</p>")}</text></section></section>'
    "</Composition>"
)


def upper(content: bytes, language: str = "en") -> bytes:
    document = read_fhir(content)
    return document.rebuild(worded(document.units, str.upper), language)


def texts(content: bytes) -> list[str]:
    return [unit.text for unit in read_fhir(content).units]


def test_titles_and_narratives_of_nested_sections_are_read_in_order() -> None:
    assert texts(as_json(COMPOSITION)) == TEXTS
    expected = ["Résumé", "Notice & dose", "Posologie", "Deux comprimés", "Enfants", "Non recommandé"]
    assert texts(as_xml(COMPOSITION_XML)) == expected


def test_in_json_only_texts_and_languages_change() -> None:
    new = json.loads(upper(as_json(COMPOSITION)))
    expected = copy.deepcopy(COMPOSITION)
    outer = expected["section"][0]
    expected |= {"language": "en", "title": "NOTICE DU MÉDICAMENT"}
    said = ' lang="en" xml:lang="en"'
    outer["title"], outer["section"][0]["title"] = "POSOLOGIE", "ENFANTS"
    inside = "<p>DEUX <b>COMPRIMÉS</b></p><ul><li>LE MATIN</li></ul>"
    outer["text"]["div"] = div(inside).replace("<div", f"<div{said}")
    outer["section"][0]["text"]["div"] = div("<p>NON RECOMMANDÉ</p>").replace("<div", f"<div{said}")
    assert new == expected


def test_in_xml_only_texts_and_languages_change() -> None:
    expected = COMPOSITION_XML
    for old in ("Résumé", "Posologie", "Deux <b>comprimés</b>", "Enfants", "Non recommandé"):
        expected = expected.replace(f">{old}<", f">{old.upper().replace('B>', 'b>')}<")
        expected = expected.replace(f'"{old}"', f'"{old.upper()}"')
    expected = expected.replace("Notice &amp; dose", "NOTICE &amp; DOSE").replace(
        'language value="fr"', 'language value="en"'
    )
    expected = expected.replace("<div xmlns", '<div lang="en" xml:lang="en" xmlns')
    assert upper(as_xml(COMPOSITION_XML)).decode() == as_xml(expected).decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("content", [as_json(COMPOSITION, indent=2), as_xml(COMPOSITION_XML)])
def test_the_same_texts_give_the_same_bytes(content: bytes, language: str) -> None:
    document = read_fhir(content)
    assert document.rebuild(document.units, language) == content


def test_only_resources_that_changed_say_a_new_language() -> None:
    bundle = {
        "resourceType": "Bundle", "type": "document", "language": "fr",
        "entry": [{"resource": COMPOSITION}, {"resource": {"resourceType": "Patient", "language": "fr", "id": "p"}},
                  {"resource": {"resourceType": "List", "title": "5 mg", "language": "fr"}}],
    }  # fmt: skip
    document = read_fhir(as_json(bundle))
    changed = [Marked("Leaflet"), *document.units[1:]]
    new = json.loads(document.rebuild(changed, "en"))
    assert new["language"] == "en"
    assert [entry["resource"]["language"] for entry in new["entry"]] == ["en", "fr", "fr"]


def test_a_bundle_that_states_no_language_gets_none() -> None:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": COMPOSITION}]}
    assert "language" not in json.loads(upper(as_json(bundle)))


def test_a_language_is_put_in_where_there_was_none() -> None:
    bare = {name: said for name, said in COMPOSITION.items() if name != "language"}
    written = upper(as_json(bare, indent=2))
    assert json.loads(written)["language"] == "en"
    assert b'{\n  "resourceType": "Composition",\n  "language": "en",\n  "id"' in written


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("", '<language value="en"/><text>'),
        ('<id value="1"/>', '<id value="1"/><language value="en"/><text>'),
        ('<meta><tag><code value="a"/></tag></meta >', '</meta ><language value="en"/><text>'),
    ],
)
def test_in_xml_a_language_is_put_where_the_schema_wants_it(first: str, expected: str) -> None:
    written = upper(as_xml(f'<Basic xmlns="{FHIR}">{first}<text>{div("dose")}</text></Basic>')).decode()
    assert expected in written


def test_a_region_of_the_language_stays() -> None:
    content = as_json(COMPOSITION | {"language": "en-US", "section": []})
    assert json.loads(upper(content))["language"] == "en-US"


def test_the_language_of_a_narrative_is_replaced() -> None:
    content = as_json({"resourceType": "Basic", "text": narrative("dose", ' lang="fr" xml:lang="fr"')})
    assert json.loads(upper(content))["text"]["div"] == div("DOSE", ' lang="en" xml:lang="en"')


def test_a_narrative_in_a_language_from_right_to_left_says_so() -> None:
    for attributes in ("", ' lang="fr" xml:lang="fr"', ' dir="ltr" lang="fr"'):
        content = as_json({"resourceType": "Basic", "text": narrative("dose", attributes)})
        written = json.loads(upper(content, "ar"))["text"]["div"]
        assert written.count(' dir="rtl"') == 1
        assert 'dir="ltr"' not in written


def test_contained_resources_and_bundles_in_bundles_are_read() -> None:
    contained = COMPOSITION | {"contained": [{"resourceType": "Basic", "id": "b", "text": narrative("contenu")}]}
    inner = {"resourceType": "Bundle", "type": "document", "entry": [{"resource": contained}]}
    listed = {
        "resourceType": "List",
        "title": "Liste",
        "entry": [{"item": {"reference": "r", "display": "Notice"}}],
    }
    outer = {"resourceType": "Bundle", "entry": [{"resource": listed}, {"resource": inner}, {"resource": inner}]}
    both = [*TEXTS, "contenu"]
    assert texts(as_json(outer)) == ["Liste", *both, *both]
    new = json.loads(upper(as_json(outer)))
    assert new["entry"][1]["resource"]["entry"][0]["resource"]["contained"][0]["language"] == "en"
    assert new["entry"][0]["resource"]["entry"] == listed["entry"]


def test_in_xml_contained_resources_and_bundles_in_bundles_are_read() -> None:
    inner = f"<Basic><text>{div('contenu')}</text></Basic>"
    content = as_xml(
        f'<f:Bundle xmlns:f="{FHIR}"><f:language value="fr"/><f:entry><f:resource><f:Bundle><f:entry><f:resource>'
        f'<Patient xmlns="{FHIR}"><contained>{inner}</contained></Patient></f:resource></f:entry></f:Bundle>'
        f"</f:resource></f:entry><f:entry><f:resource><f:Basic><f:text>{div('ici')}</f:text></f:Basic></f:resource>"
        "</f:entry></f:Bundle>"
    )
    written = upper(content).decode()
    assert texts(content) == ["contenu", "ici"]
    assert '<f:language value="en"/>' in written
    assert '<Basic><language value="en"/><text>' in written
    assert '<f:Basic><f:language value="en"/><f:text>' in written
    assert written.count("<language") + written.count("<f:language") == 3


def test_titles_of_other_resources_and_texts_that_are_no_narratives_stay() -> None:
    other = {
        "resourceType": "Questionnaire",
        "title": "Questions",
        "text": {"div": div("<p>vu</p>")},
        "item": [{"text": {"div": div("non")}, "title": "non"}],
        "section": [{"title": "non"}],
    }
    assert texts(as_json(other)) == ["vu"]
    content = as_xml(
        f'<Questionnaire xmlns="{FHIR}"><title value="non"/><item><text value="non"/></item></Questionnaire>'
    )
    assert texts(content) == []


def test_decimals_unknown_fields_order_and_white_space_stay() -> None:
    content = (
        b'{ "x-unknown" : [1.50, 1e3, -0.0, 12345678901234567890.10], "resourceType":"Composition" ,\t"title"\n:'
        b'"d\\u00e9but", "z": null, "a": true, "_title": {"extension": [{"valueString": "texte"}]} }\r\n'
    )
    expected = content.replace(b'"d\\u00e9but"', b'"D\\u00c9BUT"')
    expected = expected.replace(b'"Composition" ,', b'"Composition", "language": "en" ,')
    assert upper(content) == expected


def test_narratives_with_a_prefix_are_read_by_their_paragraphs() -> None:
    inside = f'<h:div xmlns:h="{XHTML}"><h:p>dose</h:p><h:p>forte</h:p><h:br/></h:div>'
    content = as_xml(f'<Basic xmlns="{FHIR}"><text>{inside}</text></Basic>')
    assert texts(content) == ["dose", "forte"]
    assert "<h:p>DOSE</h:p><h:p>FORTE</h:p><h:br/></h:div>" in upper(content).decode()


def test_narratives_that_mix_prefixes_are_refused() -> None:
    inside = f'<h:div xmlns:h="{XHTML}"><p xmlns="{XHTML}">dose</p></h:div>'
    with pytest.raises(UnusableDocument, match="prefix"):
        read_fhir(as_xml(f'<Basic xmlns="{FHIR}"><text>{inside}</text></Basic>'))


def test_signs_of_markup_in_a_translation_stay_text() -> None:
    odd = 'a <b> & "c" \x0b\n'
    for content in (as_json(COMPOSITION), as_xml(COMPOSITION_XML)):
        document = read_fhir(content)
        written = document.rebuild([Marked(odd + unit.text, unit.marks) for unit in document.units], "en")
        again = read_fhir(written)
        assert len(again.units) == len(document.units)
        assert all(unit.text.startswith('a <b> & "c"') for unit in again.units)


def test_the_encoding_stays() -> None:
    content = COMPOSITION_XML.encode("utf-16")
    assert upper(content).decode("utf-16").count("MÉDICAMENT") == 0
    assert "NON RECOMMANDÉ" in upper(content).decode("utf-16")
    marked = b"\xef\xbb\xbf" + as_json(COMPOSITION)
    assert upper(marked).startswith(b"\xef\xbb\xbf{")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"[]", "resourceType"),
        (b'{"a": 1}', "resourceType"),
        (b'{"resourceType": 5}', "resourceType"),
        (b"\xff\xfe\xff", "valid UTF-16"),
        (b"<a", "well-formed"),
        (b"<a></b>", "well-formed"),
        (b"<a/>", "not a FHIR resource"),
        (b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", "document type"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "ISO-8859-1"),
        (b"<a>" * 600, "deeper"),
        (b'{"resourceType": "Bundle", "a": ' + b"[" * 600, "deeper"),
        (b'{"resourceType": "Bundle", "a": ' + b"[" * 200 + b'{"title": "a"}' + b"]" * 200 + b"}", "deeper"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnusableDocument, match=said):
        read_fhir(content)


def test_too_many_resources_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_parts, "MOST_RESOURCES", 2)
    bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Basic"}}] * 2}
    xml = f'<Bundle xmlns="{FHIR}">' + "<entry><resource><Basic/></resource></entry>" * 2 + "</Bundle>"
    for content in (as_json(bundle), as_xml(xml)):
        with pytest.raises(UnusableDocument, match="resources"):
            read_fhir(content)


@pytest.mark.parametrize("as_written", ["10<sup>9</sup>/L", "10<sup >-9</sup>/L", "10<sup>9</sup>/L, m²"])
def test_an_exponent_is_read_as_such_and_written_as_it_was(as_written: str) -> None:
    content = as_json({"resourceType": "Basic", "text": narrative(f"<p>plus de {as_written}</p>")})
    (unit,) = read_fhir(content).units
    assert "109" not in unit.text
    assert re.search("10(⁹|⁻⁹)/L", unit.text)
    new = json.loads(upper(content))["text"]["div"]
    raised = "<sup>-9</sup>" if "-9" in as_written else "⁹" if "²" in as_written else "<sup>9</sup>"
    assert f"<p>PLUS DE 10{raised}/L" in new


def test_too_many_titles_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_json, "_MOST_FOUND", 3)
    with pytest.raises(UnusableDocument, match="titles"):
        read_fhir(as_json(COMPOSITION))


@pytest.mark.parametrize("wrong", [[], [Marked("a")] * 5, [Marked("a")] * 6])
def test_missing_units_or_marks_are_an_error(wrong: list[Marked]) -> None:
    with pytest.raises(ValueError, match=r"marks|units"):
        read_fhir(as_json(COMPOSITION)).rebuild(wrong, "en")


def without_texts(value: Any) -> Any:
    """A JSON value with its texts and languages taken out, numbers as they are written."""
    if isinstance(value, list):
        return [without_texts(item) for item in value]
    if isinstance(value, dict):
        return {k: without_texts(v) for k, v in value.items() if k not in {"title", "div", "language"}}
    return value


INLINE = st.text(st.sampled_from("abé 5.&<\u00a0"), max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
MARKUP = st.recursive(
    INLINE | st.sampled_from(["<br/>", '<img alt="vue" src="a"/>', "<p/>", "<!-- c -->"]),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "b", "sup", "li", "table", "td"]),
        st.lists(inside, max_size=3),
    ),
    max_leaves=6,
)
TITLES = st.text(max_size=6)
NARRATIVES = MARKUP.map(lambda inside: {"div": div(inside)})
SECTIONS = st.recursive(
    st.fixed_dictionaries({"title": TITLES, "text": NARRATIVES}),
    lambda inner: st.fixed_dictionaries({"title": TITLES, "section": st.lists(inner, max_size=2)}),
    max_leaves=4,
)
RESOURCES = st.fixed_dictionaries(
    {"resourceType": st.sampled_from(["Composition", "Basic"]), "x": st.floats(allow_nan=False, allow_infinity=False)},
    optional={"language": st.sampled_from(["fr", "en-GB"]), "title": TITLES, "section": st.lists(SECTIONS, max_size=2)},
)


@settings(max_examples=150, deadline=None)
@given(st.lists(RESOURCES, max_size=3), st.sampled_from([None, 2]), st.booleans())
def test_any_document_keeps_what_is_no_text(resources: list[Any], indent: int | None, ascii_only: bool) -> None:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]}
    content = json.dumps(bundle, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        document = read_fhir(content)
    except UnusableDocument:  # a lone surrogate
        return
    assert document.rebuild(document.units, "en") == content
    changed = json.loads(document.rebuild(worded(document.units, str.upper), "en"), parse_float=str)
    assert without_texts(changed) == without_texts(json.loads(content, parse_float=str))
    for resource in changed["entry"]:
        for section in resource["resource"].get("section", []):
            if "text" in section:
                etree.fromstring(section["text"]["div"])


GOODS = [as_json(COMPOSITION), as_xml(COMPOSITION_XML)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOODS), st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=3)), min_size=1, max_size=4))
def test_a_file_with_wrong_bytes_is_refused_or_read(good: bytes, changes: list[tuple[int, bytes]]) -> None:
    content = good
    for place, value in changes:
        content = content[:place] + value + content[place + 1 :]
    try:
        document = read_fhir(content)
    except UnusableDocument:
        return
    assert document.rebuild(document.units, "en") == content
    document.rebuild(worded(document.units, str.upper), "en")


def test_real_product_information_changes_by_its_texts_and_languages_only(reference_data: Path) -> None:
    files = sorted((reference_data / "leaflets" / "fhir-epi-es").glob("*.xml"))
    assert len(files) == 5
    for file in files:
        content = file.read_bytes()
        document = read_fhir(content)
        assert document.rebuild(document.units, "fr") == content
        changed = document.rebuild(worded(document.units, str.upper), "fr")
        assert canonical(changed) == canonical(content)
        assert b"<Composition><meta>" in changed
        languages = etree.fromstring(changed).xpath("//f:Composition/f:language/@value", namespaces={"f": FHIR})
        assert languages == ["fr", "fr"]


def canonical(content: bytes) -> bytes:
    """The canonical form of XML without titles, texts of narratives, and languages."""
    root = etree.fromstring(content)
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment
            element.tail = None
            continue
        name = etree.QName(element)
        if name.namespace == XHTML:
            element.text = element.tail if name.localname == "div" else None
            element.tail = element.tail if name.localname == "div" else None
            for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "alt", "title"):
                element.attrib.pop(attribute, None)
        elif name.localname == "title":
            element.attrib.pop("value")
    for element in root.findall(f".//{{{FHIR}}}language"):
        element.getparent().remove(element)
    return etree.tostring(root, method="c14n")


def test_real_patient_records_stay_as_they_are(reference_data: Path) -> None:
    files = sorted((reference_data / "fhir" / "french-eprescription").glob("*.json"))
    assert len(files) == 42
    for file in files:
        content = file.read_bytes()
        document = read_fhir(content)
        assert document.rebuild(document.units, "en") == content
        changed = json.loads(document.rebuild(worded(document.units, str.upper), "en"), parse_float=str)
        assert without_texts(changed) == without_texts(json.loads(content, parse_float=str))

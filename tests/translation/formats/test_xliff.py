"""XLIFF 2: what is read, what is written, what stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from medinfo.errors import UnusableDocument
from tests.translation.formats.word_files import worded
from translation.formats import xliff_inline
from translation.formats.base import LIMITS
from translation.formats.xliff import read_xliff
from translation.marked import Mark, Marked

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
NAMES = {"x": NAMESPACE}


def xliff(inside: str, *, version: str = "2.0", target: str = "en", namespace: str = NAMESPACE) -> bytes:
    """An XLIFF file with one `file` element."""
    language = f' trgLang="{target}"' if target else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{namespace}" xmlns:my="urn:mine" version="{version}"'
        f' srcLang="fr"{language}><file id="f1">{inside}</file></xliff>'
    ).encode()


def unit(*segments: str, attributes: str = "", before: str = "") -> str:
    return f'<unit id="u1" {attributes}>{before}{"".join(segments)}</unit>'


def segment(source: str, target: str | None = None, attributes: str = "") -> str:
    filled = "" if target is None else f"<target>{target}</target>"
    return f"<segment {attributes}><source>{source}</source>{filled}</segment>"


def upper(content: bytes, *, flagged: tuple[int, ...] = ()) -> etree._Element:
    document = read_xliff(content)
    return etree.fromstring(document.rebuild(worded(document.units, str.upper), "en", flagged=flagged))


def inner(root: etree._Element, path: str) -> str:
    """The content of the first element that a path finds, its namespaces left out."""
    found = root.xpath(path, namespaces=NAMES)[0]
    text = etree.tostring(found, encoding="unicode", with_tail=False)
    for declared in (f' xmlns="{NAMESPACE}"', ' xmlns:my="urn:mine"'):
        text = text.replace(declared, "")
    return text[text.index(">") + 1 : text.rindex("</")]


def canonical_without_targets(content: bytes) -> bytes:
    """The canonical form of a file without what translation adds: targets, states, the target language."""
    root = etree.fromstring(content)
    root.attrib.pop("trgLang", None)
    for part in root.iter(f"{{{NAMESPACE}}}segment"):
        for name in ("state", "subState"):
            part.attrib.pop(name, None)
        for target in part.findall("x:target", NAMES):
            part.remove(target)
        part.text = part[0].tail = None  # the indent that a target brings
    return etree.tostring(root, method="c14n")


def test_segments_are_units_and_inline_elements_are_marks() -> None:
    content = xliff(
        unit(segment('Prendre <pc id="1">deux</pc> fois<ph id="2"/> par <mrk id="3" type="term">jour</mrk>.'))
    )
    assert read_xliff(content).units == (
        Marked("Prendre deux fois par jour.", (Mark(8, 0), Mark(12, 1), Mark(17, 2), Mark(22, 3), Mark(26, 4))),
    )


def test_the_target_repeats_the_codes_of_the_source() -> None:
    source = 'Prendre <pc id="1">deux</pc><sc id="4"/> fois<ec startRef="4"/><cp hex="001A"/>.'
    root = upper(xliff(unit(segment(source))))
    assert inner(root, "//x:source") == source
    assert (
        inner(root, "//x:target") == 'PRENDRE <pc id="1">DEUX</pc><sc id="4"/> FOIS<ec startRef="4"/><cp hex="001A"/>.'
    )


def test_a_moved_mark_moves_the_code() -> None:
    document = read_xliff(xliff(unit(segment('dose <pc id="1">forte</pc>'))))
    rebuilt = document.rebuild([Marked("high dose", (Mark(0, 0),))], "en")
    assert inner(etree.fromstring(rebuilt), "//x:target") == '<pc id="1">high dose</pc>'


def test_state_and_languages_are_written() -> None:
    root = upper(xliff(unit(segment("dose")), target=""))
    assert (root.get("srcLang"), root.get("trgLang")) == ("fr", "en")
    assert root.xpath("//x:segment/@state", namespaces=NAMES) == ["translated"]


def test_a_region_of_the_target_language_stays() -> None:
    assert upper(xliff(unit(segment("dose")), target="en-US")).get("trgLang") == "en-US"


def test_a_flagged_unit_is_said_to_be_initial() -> None:
    root = upper(
        xliff(unit(segment("dose"), segment("forte", attributes='subState="my:x" state="initial"'))), flagged=(0,)
    )
    first, second = root.xpath("//x:segment", namespaces=NAMES)
    assert (first.get("state"), first.get("subState")) == ("initial", "medinfo:flagged")
    assert (second.get("state"), second.get("subState")) == ("translated", None)


def test_the_hook_for_flagged_units_writes_the_same() -> None:
    document = read_xliff(xliff(unit(segment("dose"))))
    translated = worded(document.units, str.upper)
    assert document.rebuild_flagged(translated, "en", {0}) == document.rebuild(translated, "en", flagged={0})


def test_a_flagged_unit_that_was_left_as_it_is_is_flagged_too() -> None:
    document = read_xliff(xliff(unit(segment("dose"))))
    assert b"medinfo:flagged" in document.rebuild(document.units, "en", flagged={0})


@pytest.mark.parametrize(
    ("target", "attributes", "read"),
    [
        (None, "", True),
        ("", "", True),
        ("  ", 'state="translated"', True),
        ("dose", 'state="translated"', True),
        ("amount", 'state="initial"', True),
        ("amount", "", False),
        ("amount", 'state="translated"', False),
        ("amount", 'state="reviewed"', False),
        ("amount", 'state="final"', False),
    ],
)
def test_targets_of_others_stay(target: str | None, attributes: str, read: bool) -> None:
    content = xliff(unit(segment("dose", target, attributes), segment("forte")))
    assert [unit.text for unit in read_xliff(content).units] == (["dose", "forte"] if read else ["forte"])
    written = upper(content)
    assert inner(written, "//x:target") == ("DOSE" if read else "amount")
    if not read and attributes:
        assert f'state="{written.xpath("//x:segment/@state", namespaces=NAMES)[0]}"' == attributes


def test_targets_in_another_language_stop_the_translation() -> None:
    document = read_xliff(xliff(unit(segment("dose", "Dosis"), segment("forte")), target="de"))
    with pytest.raises(UnusableDocument, match="'de'"):
        document.rebuild([Marked("strong")], "en")


def test_empty_targets_in_another_language_are_made_anew() -> None:
    document = read_xliff(xliff(unit(segment("dose", "")), target="de"))
    assert etree.fromstring(document.rebuild([Marked("amount")], "en")).get("trgLang") == "en"


def test_the_order_of_a_target_stays() -> None:
    part = '<segment><source>dose</source><target order="2"/></segment>'
    root = upper(xliff(unit(part, segment("forte", None))))
    assert root.xpath("//x:target/@order", namespaces=NAMES) == ["2"]


@pytest.mark.parametrize("where", ["file", "group", "unit"])
def test_what_must_not_be_translated_stays(where: str) -> None:
    no = 'translate="no"'
    part = unit(segment("dose"), attributes=no * (where == "unit"))
    content = xliff(f'<group id="g" {no * (where == "group")}>{part}</group>')
    if where == "file":
        content = content.replace(b'<file id="f1">', b'<file id="f1" translate="no">')
    assert read_xliff(content).units == ()


def test_a_unit_may_be_translated_in_a_group_that_is_not() -> None:
    part = unit(segment("dose"), attributes='translate="yes"')
    content = xliff(f'<group id="g" translate="no">{part}</group>')
    assert [unit.text for unit in read_xliff(content).units] == ["dose"]


def test_marked_text_that_must_not_be_translated_is_not_read() -> None:
    source = 'Prendre <mrk id="1" translate="no">ZYLORIC</mrk> le soir'
    document = read_xliff(xliff(unit(segment(source))))
    assert document.units == (Marked("Prendre  le soir", (Mark(8, 0),)),)
    rebuilt = etree.fromstring(document.rebuild(worded(document.units, str.upper), "en"))
    assert inner(rebuilt, "//x:target") == 'PRENDRE <mrk id="1" translate="no">ZYLORIC</mrk> LE SOIR'


def test_protected_text_may_go_over_segments() -> None:
    start = 'Prendre <sm id="m" translate="no"/>ici'
    parts = unit(segment(start), "<ignorable><source> </source></ignorable>", segment('la<em startRef="m"/> dose'))
    document = read_xliff(xliff(parts))
    assert [unit.text for unit in document.units] == ["Prendre ", " dose"]
    rebuilt = etree.fromstring(document.rebuild(worded(document.units, str.upper), "en"))
    assert inner(rebuilt, "(//x:target)[2]") == 'la<em startRef="m"/> DOSE'


def test_a_line_break_does_not_make_words_touch() -> None:
    document = read_xliff(xliff(unit(segment('matin<ph id="1" type="fmt" subType="xlf:lb"/>soir'))))
    assert document.units == (Marked("matin soir", (Mark(5, 0),)),)
    rebuilt = etree.fromstring(document.rebuild(worded(document.units, str.upper), "en"))
    assert inner(rebuilt, "//x:target") == 'MATIN<ph id="1" type="fmt" subType="xlf:lb"/>SOIR'


def test_raised_digits_are_read_as_such() -> None:
    data = '<originalData><data id="d1">&lt;sup&gt;</data><data id="d2">&lt;/sup&gt;</data></originalData>'
    source = 'plus de 10<pc id="1" dataRefStart="d1" dataRefEnd="d2">9</pc>/L'
    document = read_xliff(xliff(unit(segment(source), before=data)))
    assert [unit.text for unit in document.units] == ["plus de 10⁹/L"]
    rebuilt = document.rebuild([Marked("over 10⁻⁹/L", (Mark(7, 0), Mark(9, 1)))], "en")
    expected = 'over 10<pc id="1" dataRefStart="d1" dataRefEnd="d2">-9</pc>/L'
    assert inner(etree.fromstring(rebuilt), "//x:target") == expected


def test_notes_skeletons_and_modules_stay() -> None:
    extra = (
        '<notes><note id="n">à relire</note></notes><my:x a="1">texte</my:x>'
        '<originalData><data id="d">texte</data></originalData>'
    )
    content = xliff('<skeleton href="a.skl"/>' + unit(segment("dose"), before=extra, attributes='canResegment="no"'))
    assert [unit.text for unit in read_xliff(content).units] == ["dose"]
    document = read_xliff(content)
    rebuilt = document.rebuild(worded(document.units, str.upper), "en")
    assert canonical_without_targets(rebuilt) == canonical_without_targets(content)


def test_candidates_of_the_matches_module_are_no_segments() -> None:
    match = (
        '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#s">'
        f'<source xmlns="{NAMESPACE}">a</source><target xmlns="{NAMESPACE}">b</target></m:match></m:matches>'
    )
    assert [unit.text for unit in read_xliff(xliff(unit(segment("dose"), before=match))).units] == ["dose"]


def test_indents_comments_and_instructions_stay() -> None:
    part = "<segment>\n    <source>dose <?p x?>forte</source>\n   </segment>"
    inside = f"\n  <unit id='u'>\n   <!-- c -->\n   {part}\n  </unit>\n"
    document = read_xliff(xliff(inside))
    rebuilt = document.rebuild(worded(document.units, str.upper), "en").decode()
    assert "<!-- c -->" in rebuilt
    assert "    <source>dose <?p x?>forte</source>\n    <target>DOSE <?p x?>FORTE</target>\n   </segment>" in rebuilt


def test_the_same_text_gives_the_same_bytes() -> None:
    content = xliff(unit(segment("dose")))
    document = read_xliff(content)
    assert document.rebuild(document.units, "en") == content


def test_another_encoding_stays() -> None:
    content = xliff(unit(segment("été"))).replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")
    document = read_xliff(content)
    rebuilt = document.rebuild([Marked("summer é")], "en")
    assert inner(etree.fromstring(rebuilt), "//x:target") == "summer é"
    assert "summer é" in rebuilt.decode("utf-16")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "well-formed"),
        (b"<xliff", "well-formed"),
        (b"\xff\xfe\x00", "well-formed"),
        (b"<a/>", "not an XLIFF file"),
        (xliff("", version="1.2", namespace="urn:oasis:names:tc:xliff:document:1.2"), "XLIFF 1.2"),
        (xliff("", version="3.0"), "XLIFF 3.0"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "unknown version"),
        (xliff("").replace(b' srcLang="fr"', b""), "srcLang"),
        (b"<!DOCTYPE xliff [<!ENTITY a 'b'>]>" + xliff("").split(b"\n")[1], "document type"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnusableDocument, match=said):
        read_xliff(content)


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(segment("mot") for _ in range(LIMITS.units + 1))
    with pytest.raises(UnusableDocument, match="pieces of text"):
        read_xliff(xliff(unit(many)))
    with pytest.raises(UnusableDocument, match="inline elements"):
        read_xliff(xliff(unit(segment("a<ph/>" * 10_001))))
    monkeypatch.setattr(xliff_inline, "_MOST_OPEN", 2)
    with pytest.raises(UnusableDocument, match="annotations"):
        read_xliff(xliff(unit(segment("".join(f'<sm id="{number}" translate="no"/>' for number in range(3))))))


@pytest.mark.parametrize("wrong", [[], [Marked("a b")], [Marked("a b", (Mark(1, 1), Mark(2, 0)))]])
def test_missing_or_misplaced_marks_are_an_error(wrong: list[Marked]) -> None:
    with pytest.raises(ValueError, match=r"marks|units"):
        read_xliff(xliff(unit(segment('a <pc id="1">b</pc> c')))).rebuild(wrong, "en")


TEXTS = st.text(st.sampled_from("abé 5.&<\u00a0"), max_size=6).map(
    lambda t: t.replace("&", "&amp;").replace("<", "&lt;")
)
LEAVES = st.sampled_from(
    ['<ph id="1"/>', '<cp hex="0001"/>', '<sc id="2"/>', '<ec startRef="2"/>', "<!-- c -->", "<?p?>",
     '<sm id="3" translate="no"/>', '<em startRef="3"/>', "<![CDATA[c & d]]>"]
)  # fmt: skip
CONTENTS = st.recursive(
    TEXTS | LEAVES,
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(['pc id="4"', 'mrk id="5" type="x"', 'mrk id="6" translate="no"']),
        st.lists(inside, max_size=3),
    ),
    max_leaves=6,
)
SEGMENTS = st.builds(
    segment,
    st.lists(CONTENTS, max_size=5).map("".join),
    st.none() | TEXTS,
    st.sampled_from(["", 'state="initial"', 'state="final"']),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(SEGMENTS, min_size=1, max_size=3).map(lambda parts: unit(*parts)), max_size=3))
def test_any_file_stays_canonically_the_same_but_for_its_targets(units: list[str]) -> None:
    content = xliff("".join(units))
    document = read_xliff(content)
    assert document.rebuild(document.units, "en") == content
    every = set(range(len(document.units)))
    copied = document.rebuild(document.units, "en", flagged=every)  # the identity, with every target written
    changed = document.rebuild(worded(document.units, str.upper), "en")
    assert canonical_without_targets(changed) == canonical_without_targets(content)
    assert canonical_without_targets(copied) == canonical_without_targets(content)
    for part in etree.fromstring(copied).xpath("//x:segment[@subState]", namespaces=NAMES):
        source, target = part.find("x:source", NAMES), part.find("x:target", NAMES)
        target.tag = source.tag
        source.tail = target.tail = None
        assert etree.tostring(source, method="c14n") == etree.tostring(target, method="c14n")


GOOD = xliff(unit(segment('Ne pas <pc id="1">dépasser</pc> la dose'), segment("forte", "strong", 'state="final"')))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=3)), min_size=1, max_size=4))
def test_a_file_with_wrong_bytes_is_refused_or_read(changes: list[tuple[int, bytes]]) -> None:
    content = GOOD
    for place, value in changes:
        content = content[:place] + value + content[place + 1 :]
    try:
        document = read_xliff(content)
        written = document.rebuild(worded(document.units, str.upper), "en")
    except UnusableDocument:
        return  # also where the language of its targets was hit
    etree.fromstring(written)

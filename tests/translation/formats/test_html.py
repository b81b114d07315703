"""HTML: tags, attributes and entities stay; text is escaped; nothing malformed is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import InvalidInput, UnusableDocument
from tests.translation.formats.changes import identity, replaced, with_text
from translation.formats.base import LIMITS
from translation.formats.html import read_fragment, read_html
from translation.formats.runs import MOST_MARKS
from translation.marked import Mark, Marked

_TAGS = (
    "<p> </p> <b> </b> <code> </code> <br> <br/> <li> <td> <tr> </table> <pre> </pre> <svg> </svg> <x-y> <p/> </br> "
    "<script> </script> <style> </style> <textarea> </textarea> <title> </title> <template> </template> <!----> <!-->"
)
BITS = st.sampled_from(
    [
        *_TAGS.split(), "<div title='hey you'>", "</div>", '<span translate="no">', "</span>",
        '<img alt="a pic" src=x>',
        "<a href=x title=there>", "</a>", "<!-- a > b -->", "<![CDATA[ x ]]>", "<?php echo 1 ?>", "<!DOCTYPE html>",
        "&eacute;", "&#233;", "&amp;", "&nope;", "&lt", "5 < 6", "a>b", "word", "Été", " ", "\n", "\t", '"', "'", "<",
        ">",
        "=", "/", "</", "<b class=", '<input value="Go" type=submit>', "\u00a0", "1", "<html lang=fr>",
    ]
)  # fmt: skip
MARKUP = st.lists(BITS, max_size=40).map("".join)

PAGE = """<!doctype html>
<HTML LANG='fr-FR' dir=ltr><head><title>Notice &ndash; 5&nbsp;mg</title>
<meta name="description" content="Une notice"><meta name="viewport" content="width=device-width">
<style>p { color: red }</style><script>if (a < b) { alert("Bonjour") }</script></head>
<body class=x><!-- <p>caché</p> --><h1>Posologie</h1>
<p id="a">Prendre <b>un</b>
   comprimé<br>Ne pas <a href="/x?a=1&b=2" title='Plus d&apos;infos'>croquer</a>.</p>
<ul><li>matin<li>soir</ul><pre><code>let x</code></pre><p translate="no">Doliprane</p>
<img src=a.png alt="une bo&icirc;te"><input placeholder=Nom value="x y"><button aria-label="Fermer">OK</button>
</body></HTML>
"""


def texts(content: str) -> list[str]:
    return [unit.text for unit in read_fragment(content).units]


@given(markup=MARKUP)
def test_unchanged_markup_is_the_same_byte_by_byte(markup: str) -> None:
    assert identity(read_html(markup.encode())) == markup.encode()


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_anything_is_the_same_byte_by_byte(text: str) -> None:
    assert read_fragment(text).rebuild(read_fragment(text).units, "en") == text


@given(markup=MARKUP, added=st.sampled_from(["x", " <b>y</b> & \"z'", " -->", "</p><script>alert(1)</script>", " ]]>"]))
def test_changed_text_reads_back_as_the_same_text(markup: str, added: str) -> None:
    fragment = read_fragment(markup)
    changed = with_text(fragment.units, added)
    back = read_fragment(fragment.rebuild(changed))
    assert [" ".join(unit.text.split()) for unit in back.units] == [" ".join(unit.text.split()) for unit in changed]
    assert [len(unit.marks) for unit in back.units] == [len(unit.marks) for unit in changed]


def test_what_people_read_is_translated_and_nothing_else() -> None:
    assert texts(PAGE) == [
        "Notice – 5\u00a0mg", "Une notice", "Posologie", "Prendre un comprimé", "Ne pas croquer.", "Plus d'infos",
        "matin", "soir", "une boîte", "Nom", "Fermer", "OK",
    ]  # fmt: skip


def test_a_translated_page_keeps_all_else() -> None:
    document = read_html(PAGE.encode())
    words = {"Prendre": "Take", "un": "one", "comprimé": "tablet", "Plus": "More", "Fermer": "Close", "boîte": "box"}
    back = document.rebuild(replaced(document.units, words), "en").decode()
    wanted = (
        PAGE.replace("'fr-FR'", '"en"')
        .replace("Prendre <b>un</b>\n   comprimé", "Take <b>one</b> tablet")
        .replace("'Plus d&apos;infos'", '"More d\'infos"')
        .replace('"une bo&icirc;te"', '"une box"')
        .replace('"Fermer"', '"Close"')
    )
    assert back == wanted


def test_marks_stand_at_their_words() -> None:
    (unit,) = read_fragment("<p>Prendre <b>deux</b> <i>cp</i>.</p>").units
    assert unit == Marked("Prendre deux cp.", (Mark(8, 0), Mark(12, 1), Mark(13, 2), Mark(15, 3)))


def test_tags_around_a_whole_unit_stay_outside() -> None:
    (unit,) = read_fragment("<p><b><i>Tout</i> gras</b> <img src=x></p>").units
    assert unit == Marked("Tout gras", (Mark(0, 0), Mark(4, 1)))


def test_a_translation_cannot_bring_markup() -> None:
    fragment = read_fragment("<p title='a b'>Un <b>deux</b></p>")
    evil = "\"'><script>alert(1)</script>&amp;"
    back = fragment.rebuild([Marked(evil), Marked(evil, (Mark(0, 0), Mark(5, 1)))])
    assert "<script" not in back
    assert [unit.text for unit in read_fragment(back).units] == [evil, evil]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<div translate=no>a <p translate=yes>b</p> c</div>d", ["b", "d"]),
        ('<p class="x notranslate">a</p><p class="translate">b</p>', ["b"]),
        ("<svg><title>a</title></svg><math><mi>b</mi></math>c", ["c"]),
        ("<textarea>a</textarea><template><p>b</p></template>c", ["c"]),
        ("<script>a</script ><style>b</style\n>c<script>d", ["c"]),
        ("<p>a<!-- b --> c</p>", ["a c"]),
        ("<option>a<option label=b>c", ["a", "b", "c"]),
        ("<p>Code <code>x</code> here", ["Code  here"]),
        ("5 < 6 and 7 > 6", ["5 < 6 and 7 > 6"]),
        ("a <b", ["a"]),
        ("<pre>one\n  two</pre>", ["one\n  two"]),
        ("<p>&lt;b&gt; &amp;amp;</p>", ["<b> &amp;"]),
        ("<p>12 <b>34</b></p>", []),
    ],
)
def test_what_is_left_alone(markup: str, found: list[str]) -> None:
    assert texts(markup) == found


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<html lang=fr><p>Oui", '<html lang="en"><p>Yes'),
        ("<html xml:lang='fr' lang='fr'><p>Oui", '<html xml:lang="en" lang="en"><p>Yes'),
        ("<html lang='en-GB'><p>Oui", "<html lang='en-GB'><p>Yes"),
        ("<html><p lang=fr>Oui", '<html lang="en"><p lang=fr>Yes'),
        ("<p lang=fr>Oui", "<p lang=fr>Yes"),
    ],
)
def test_the_language_of_the_page_is_set_once_it_changed(page: str, wanted: str) -> None:
    document = read_html(page.encode())
    assert document.rebuild([Marked("Yes")], "en").decode() == wanted
    assert identity(document, "en") == page.encode()


@pytest.mark.parametrize(
    ("page", "target", "wanted"),
    [
        ("<html><p>Oui", "ar", '<html lang="ar" dir="rtl"><p>نعم'),
        ("<html lang=fr><p>Oui", "he", '<html dir="rtl" lang="he"><p>نعم'),
        ("<html lang=fr dir=ltr><p>Oui", "fa", '<html lang="fa" dir="rtl"><p>نعم'),
        ("<html lang='ur' dir='RTL'><p>Oui", "ur", "<html lang='ur' dir='RTL'><p>نعم"),
        ("<html dir='rtl' lang='ar'><p>Oui", "fr", '<html dir="ltr" lang="fr"><p>نعم'),
        ("<html lang='ar' dir=auto><p>Oui", "fr", '<html lang="fr" dir=auto><p>نعم'),
        ("<p>Oui", "ar", "<p>نعم"),
    ],
)
def test_the_direction_of_the_page_is_set_with_its_language(page: str, target: str, wanted: str) -> None:
    document = read_html(page.encode())
    assert document.rebuild([Marked("نعم")], target).decode() == wanted
    assert identity(document, target) == page.encode()


def test_a_fragment_sets_the_language_of_its_root() -> None:
    fragment = read_fragment('<div lang="fr"><p>Oui</p></div>', xml=True)
    assert fragment.rebuild([Marked("Yes")], "en") == '<div lang="en"><p>Yes</p></div>'
    assert fragment.rebuild([Marked("Yes")]) == '<div lang="fr"><p>Yes</p></div>'


def test_empty_elements_of_xhtml_enclose_nothing() -> None:
    assert [unit.text for unit in read_fragment("<p translate='no'/>a<script src='x'/>b", xml=True).units] == ["ab"]


def test_lost_marks_are_told() -> None:
    fragment = read_fragment("<p>Un <b>deux</b></p>")
    for marks in ((), (Mark(0, 0),), (Mark(0, 1), Mark(1, 0)), (Mark(0, 0), Mark(1, 1), Mark(2, 2))):
        with pytest.raises(ValueError, match="unit 0: its marks are"):
            fragment.rebuild([Marked("One two", marks)])


def test_another_output_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_html(b"<p>a").rebuild([Marked("a")], "en", "pdf")


def test_deep_nesting_is_refused_and_left_out_closing_tags_are_not_nesting() -> None:
    assert len(read_fragment("<div>" * LIMITS.depth + "a").units) == 1
    with pytest.raises(UnusableDocument, match="deeper"):
        read_fragment("<div>" * (LIMITS.depth + 1))
    assert len(read_fragment("<ul>" + "<li>a" * 2000 + "<table>" + "<tr><td>b" * 2000 + "<p>c" * 2000).units) == 6000


def test_no_unit_has_marks_without_bound() -> None:
    units = read_fragment("<p>" + "<b>a</b> " * 2000).units
    assert max(len(unit.marks) for unit in units) <= 2 * MOST_MARKS
    assert "".join(unit.text for unit in units).count("a") == 2000


@pytest.mark.parametrize(
    "bit", ["<", "<a ", '<a b="', "<!--", "<!", "</b>", "<script>", "<a b='", "<![CDATA[", "</b>a ", "&", "<a =", "<?"]
)
def test_markup_that_never_ends_is_read_once(bit: str) -> None:
    """Were the time to grow with the square of the size, this would not end."""
    markup = bit * (150_000 // len(bit))
    fragment = read_fragment(markup)
    assert fragment.rebuild(fragment.units) == markup


@pytest.mark.parametrize(
    ("markup", "read", "said", "written"),
    [
        ("10<sup>6</sup> germes", "10⁶ germes", "1|0⁶| germs", "10⁶<sup></sup> germs"),  # at the wrong place: never 106
        ("10<sup>6</sup> germes", "10⁶ germes", "10|⁶| germs", "10<sup>6</sup> germs"),
        ("10<SUP class=x> -6 </SUP> germes", "10 ⁻⁶ germes", "10 ⁻⁶ germs||", "10 ⁻⁶ germs<SUP class=x></SUP>"),
        ("mg<sup><b>1</b></sup> ou 5", "mg¹ ou 5", "mg¹ or |||5|", "mg¹ or 5<sup><b></b></sup>"),
        ("mg<sup><b>1</b></sup> ou 5", "mg¹ ou 5", "mg||¹|| or 5", "mg<sup><b>1</b></sup> or 5"),
        ("log<sub>2</sub>8 ou 5", "log₂8 ou 5", "log|₂|8 or 5", "log<sub>2</sub>8 or 5"),
        ("log<sub>2</sub>8 ou 5", "log₂8 ou 5", "log₂8 |or| 5", "log₂8 or<sub></sub> 5"),
        ("le 1<sup>er</sup> jour", "le 1er jour", "the 1|st| day", "the 1st<sup></sup> day"),
        ("CO<sub>2</sub> et 5", "CO2 et 5", "CO2 and |5|", "CO2 and 5<sub></sub>"),
        ("10<sup>6 germes", "10⁶ germes", "10|⁶ germs", "10<sup>⁶ germs"),  # never closed
        ("500<sup>1,2</sup> mg", "500¹,² mg", "500|¹,²| mg pills", "500<sup>1,2</sup> mg pills"),  # notes, not 5001.2
    ],
)
def test_what_is_raised_is_never_read_or_written_as_part_of_a_number(
    markup: str, read: str, said: str, written: str
) -> None:
    document = read_html(f"<p>{markup}</p>".encode())
    (unit,) = document.units
    assert unit.text == read
    parts = said.split("|")
    offsets = [sum(map(len, parts[: number + 1])) for number in range(len(parts) - 1)]
    translated = Marked("".join(parts), tuple(Mark(offset, number) for number, offset in enumerate(offsets)))
    assert document.rebuild([translated], "en").decode() == f"<p>{written}</p>"


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("Dose<sup>1</sup> de 5 mg.", "Dose de 5 mg."),
        ("Dose de 5 mg.<sup>2,3</sup> Puis 10", "Dose de 5 mg. Puis 10"),
        ("Dose (orale)<sup>1</sup> de 5", "Dose (orale) de 5"),
        ("5<sup>*</sup> mg ou 500<sup>[1]</sup> mg", "5 mg ou 500 mg"),
        ("500<sup><a href=#n>1</a></sup> mg", "500 mg"),
        ("500<a href=#n><sup>1</sup></a> mg", "500 mg"),
        ("10<sup>9</sup><sup>5</sup>/L", "10⁹/L"),
        ("10<a href=#n><sup>9</sup>/L</a> ou 10<sup><a href=#n>6</a></sup>/L", "10⁹/L ou 10⁶/L"),
        ("5 mg<sup>2</sup> ou 3<sup>4</sup>", "5 mg² ou 3⁴"),
        ("5 mètre<sup>2</sup>, 3 cm<sup>3</sup>, kg/m<sup>2</sup>", "5 mètre², 3 cm³, kg/m²"),
        ("0,<sup>5</sup> mg (10)<sup>9</sup>", "0,⁵ mg (10)⁹"),
        ("mmol min<sup>-1</sup> et Ca<sup>2+</sup>", "mmol min⁻¹ et Ca²⁺"),
        ("le <sup>131</sup>I et <sup>99m</sup>Tc", "le ¹³¹I et ⁹⁹mTc"),
        ("H<sub>2</sub>O, vitamine B<sub>12</sub>, 5<sub>2</sub>", "H2O, vitamine B12, 5₂"),
        ("la 1<sup>re</sup> et la 2<sup>e</sup> à 8<sup>h</sup>", "la 1re et la 2e à 8h"),
    ],
)
def test_the_mark_of_a_note_is_no_text_and_an_exponent_is_one(markup: str, read: str) -> None:
    assert texts(f"<p>{markup}</p>") == [read]


def test_the_mark_of_a_note_stays_where_its_word_goes() -> None:
    fragment = read_fragment('<p>Dose<sup class="n">1</sup> de 5 mg</p>')
    assert fragment.units == [Marked("Dose de 5 mg", (Mark(4, 0),))]
    back = fragment.rebuild([Marked("5 mg dose", (Mark(9, 0),))])
    assert back == '<p>5 mg dose<sup class="n">1</sup></p>'


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("Prendre 12<img src=x>5 mg", ["Prendre 12 5 mg"]),
        ("Prendre 12<code>x</code>5 mg", ["Prendre 12 5 mg"]),
        ("Prendre -<img src=x>5 mg", ["Prendre - 5 mg"]),
        ("Prendre 12<!-- x -->5 mg", ["Prendre 125 mg"]),
        ("Prendre 12<wbr>5<script>1</script>0 mg", ["Prendre 1250 mg"]),
        ("Prendre 1 <!-- x --> 000 mg", ["Prendre 1 000 mg"]),
        ("Prendre <del>5</del><ins>10</ins> mg", ["Prendre 10 mg"]),
        ("Prendre 5<del>0</del> mg", ["Prendre 5 mg"]),
        ("<s>Ne pas</s> prendre 5 mg", ["prendre 5 mg"]),
        ("Prendre 5<br>mg", ["Prendre 5 mg"]),
        ("Prendre 5&nbsp;<br>\n%", ["Prendre 5\u00a0 %"]),
        ("Dose 5<br>Prendre 10", ["Dose 5", "Prendre 10"]),
        ("Dose 2<br>5 mg", ["Dose 2", "5 mg"]),
        ("2&shy;5&#8203;0&#x2060;0 mg", ["2500 mg"]),
        ("−&lrm;5<b>&rlm;</b>0 mg", ["−50 mg"]),
        ("<i title='2&shy;5 mg'>12</i>", ["25 mg"]),
    ],
)
def test_nothing_that_is_seen_between_two_numbers_joins_them(markup: str, read: list[str]) -> None:
    assert texts(f"<p>{markup}</p>") == read


def test_a_line_between_a_number_and_its_unit_stays() -> None:
    fragment = read_fragment("<p>Prendre 5<br>mg</p>")
    assert fragment.rebuild([Marked("Take 5 mg", (Mark(6, 0),))]) == "<p>Take 5<br> mg</p>"


def test_no_number_is_cut_where_a_unit_has_enough_marks() -> None:
    digits = "<b>1</b> " * 90 + "<b>x</b> " * 7 + "".join(f"<b>{digit}</b>" for digit in "987654321") + " mg"
    assert any(unit.text.startswith("987654321") or " 987654321" in unit.text for unit in read_fragment(digits).units)

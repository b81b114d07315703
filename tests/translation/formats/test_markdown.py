"""Markdown: markup, code and links stay; translated text cannot become markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from medinfo.errors import InvalidInput, UnusableDocument
from tests.translation.formats.changes import identity, replaced
from translation.formats.html_tokens import tokens
from translation.formats.markdown import MOST_MARKERS, MOST_SIGNS, read_markdown
from translation.formats.runs import MOST_MARKS
from translation.marked import Mark, Marked

_SIGNS = (
    '* ** _ __ ` `` [ ] ](u) ![ [r] \\ <b> </b> <br> &amp; < > | ~~ . ( ) " ! + = --- <!--x--> [^1] <http://e.f> & # :'
)
BITS = st.sampled_from(
    [
        *_SIGNS.split(), " ", "\n", "\n\n", "  \n", "\t", "    ", "- ", "* ", "1. ", "> ", "# ", "```\n", "<div>\n",
        "</div>", "[^1]: ", "\n| a | b |\n|--|--|\n| c | d |\n", "\n\n[r]: http://x\n\n", "---\n", "a", "b c", "word ",
        "Été", "5", "\r\n",
    ]
)  # fmt: skip
MARKUP = st.lists(BITS, max_size=25).map("".join)

FILE = """---
title: Ne pas toucher
---
# Posologie #

Prendre *un* comprimé **avec _eau_** et `code *x*` <b>vite</b> \\* &amp; &eacute;
le [lien *ici*](http://x "Un titre") ![une *boîte*](i.png 'Une image') [ref] [txt][ref] [non] [^1]{HARD}
puis\\
fin 5*10^9 et snake_case

> une citation
suite
> - [ ] une tâche
>   encore

| un | deux \\| trois |
|:---|----|
| 1 | `x|y` fin |

Titre
souligné
========

```
du code
```

    du code aussi

[ref]: http://x "titre"
[^1]: note une
[^2]: seul

<div title="Bulle">
<p>un &amp; <b>deux</b></p>
</div>
""".replace("{HARD}", "  ")


def texts(text: str) -> list[str]:
    return [unit.text for unit in read_markdown(text.encode()).units]


def shown(text: str) -> str:
    """What a reader sees, by an independent renderer."""
    page = MarkdownIt("commonmark").enable("table").render(text)
    inline = {"em", "strong", "a", "b", "code", "img"}
    seen = [
        html.unescape(page[token.start : token.end]) if token.kind == "text" else "" if token.name in inline else " "
        for token in tokens(page)
    ]
    return " ".join("".join(seen).split())


@given(text=MARKUP)
@example(text=FILE)
@example(text=FILE.replace("\n", "\r\n"))
@example(text=FILE.replace("\n", "\r"))
def test_unchanged_markdown_is_the_same_byte_by_byte(text: str) -> None:
    assert identity(read_markdown(text.encode())) == text.encode()


@given(
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).filter(
        lambda text: text[:1] != "\ufeff"
    )
)
def test_anything_is_the_same_byte_by_byte(text: str) -> None:
    assert identity(read_markdown(text.encode())) == text.encode()


def test_what_people_read_is_translated_and_nothing_else() -> None:
    wanted = [
        "Posologie",
        "Prendre un comprimé avec eau et  vite * & é le lien ici  ref txt [non]",
        "Un titre", "une boîte", "Une image", "puis", "fin 5*10^9 et snake_case", "une citation suite",
        "une tâche encore", "un", "deux | trois", "`x", "y` fin",
        "Titre souligné", "note une", "seul", "Bulle", "un & deux",
    ]  # fmt: skip
    assert texts(FILE) == wanted
    assert texts(FILE.replace("\n", "\r\n")) == wanted


def test_a_translated_file_keeps_all_else() -> None:
    document = read_markdown(FILE.encode())
    words = {"un": "one", "eau": "water", "ici": "here", "titre": "title", "boîte": "box", "ref": "reference"}
    words["suite"] = "more"
    back = document.rebuild(replaced(document.units, words), "en").decode()
    wanted = (
        FILE.replace("*un*", "*one*")
        .replace("_eau_", "_water_")
        .replace("\\* &amp; &eacute;\nle", "* & é le")
        .replace("*ici*", "*here*")
        .replace("[ref] [txt]", "[reference][ref] [txt]")
        .replace("[non]", "\\[non\\]")
        .replace('"Un titre"', '"Un title"')
        .replace("une *boîte*", "une box")
        .replace("citation\nsuite", "citation more")
        .replace("| un |", "| one |")
        .replace("<p>un", "<p>one")
    )
    assert back == wanted


def test_marks_stand_at_their_words() -> None:
    (unit,) = read_markdown(b"Prendre **deux** [cp](x).").units
    assert unit == Marked("Prendre deux cp.", (Mark(8, 0), Mark(12, 1), Mark(13, 2), Mark(15, 3)))


@given(text=MARKUP.filter(lambda text: not re.search(r"\d\*+\d|~~|\[\^|<br>|---", text)))
def test_changed_letters_show_as_the_same_text_to_an_independent_reader(text: str) -> None:
    document = read_markdown(text.encode())
    upper = [Marked(unit.text.upper(), unit.marks) for unit in document.units]
    back = document.rebuild(upper, "en").decode()
    assert letters(shown(back)) == letters(shown(text))


def letters(text: str) -> list[str]:
    """Letters and digits, whatever their case; which lone signs count as markup may differ beside changed text."""
    return [char for char in text.casefold() if char.isalnum()]


@pytest.mark.parametrize(
    "evil",
    [
        "# a", "- a", "+ a", "* a", "1. a", "12) a", "> a", "=== a", "--- a", "***", "a *b* c", "a_b _c_", "`a`",
        "[a](b)", "![a](b)", "<b>a</b>", "<script>a", "a & b &amp; c", "a\\", "\\*a", "~~a~~", "| a |", "a  \nb", "[r]",
        "[^1]: a", "    a", "#", "```", "a <http://x.y>", "a | b", "=a", "-", "a #", "Note: a!",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "# {}", "> - {}", "|{}|{}|\n|-|-|\n", "x\n===\n\n{}\n\n[r]: u", "**{}** x"])
def test_a_translation_cannot_bring_markup(evil: str, frame: str) -> None:
    document = read_markdown(frame.replace("{}", "un mot").encode())
    changed = [said(unit, evil) for unit in document.units]
    back = document.rebuild(changed, "en").decode()
    assert shown(back) == " ".join(" ".join(unit.text for unit in changed).split())


def said(unit: Marked, text: str) -> Marked:
    """A unit whose "un mot" is replaced, with its two marks around that."""
    if "un mot" not in unit.text:
        return unit
    marks = (Mark(0, 0), Mark(len(text), 1)) if unit.marks else ()
    return Marked(unit.text.replace("un mot", text), marks)


@pytest.mark.parametrize(
    ("text", "marks", "wanted"),
    [
        ("one two", (3, 7), "one **two**"),
        ("one two", (0, 4), "**one** two"),
        ("one two", (3, 4), "one two"),
        ("one(two)three", (3, 8), "one<strong>(two)</strong>three"),
        ("onetwo", (3, 6), "one**two**"),
    ],
)
def test_emphasis_touches_a_word_or_is_written_as_html(text: str, marks: tuple[int, int], wanted: str) -> None:
    document = read_markdown(b"un __deux__ trois")
    (start, end) = marks
    assert document.rebuild([Marked(text, (Mark(start, 0), Mark(end, 1)))], "en").decode() == wanted.replace(
        "**two**", "__two__" if text == "one two" else "**two**"
    ).replace("**one**", "__one__")


def test_lost_marks_are_told() -> None:
    document = read_markdown(b"un *deux*")
    with pytest.raises(ValueError, match="unit 0: its marks"):
        document.rebuild([Marked("one two", (Mark(0, 1), Mark(1, 0)))], "en")


def test_another_output_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_markdown(b"a").rebuild([Marked("a")], "en", "html")


def test_no_unit_has_marks_without_bound() -> None:
    units = read_markdown(b"*a* " * 2000).units
    assert max(len(unit.marks) for unit in units) <= 2 * MOST_MARKS
    assert "".join(unit.text for unit in units).count("a") == 2000


@pytest.mark.parametrize("text", ["> " * (MOST_MARKERS + 1), "a\n" * (MOST_MARKERS + 1), "*a" * (MOST_SIGNS + 1)])
def test_too_much_structure_is_refused(text: str) -> None:
    with pytest.raises(UnusableDocument, match="too many"):
        read_markdown(text.encode())


@pytest.mark.parametrize(
    "bit",
    [
        "[",
        "*a ",
        "a*",
        "_a ",
        '[a](b "',
        "[a]",
        "<a ",
        "a <?",
        "a <!--",
        "![",
        "![a](b)",
        "a <b c='",
        "` `` ",
        "a  ",
        "> ",
        "[a][",
        "&a",
    ],
)
def test_markup_that_never_ends_is_read_once(bit: str) -> None:
    """Were the time to grow with the square of the size, this would not end."""
    text = bit * (50_000 // len(bit))
    assert identity(read_markdown(text.encode())) == text.encode()


def test_a_raised_exponent_is_read_as_one_and_written_as_it_was() -> None:
    document = read_markdown(b"Plus de 10<sup>6</sup> germes\n")
    (unit,) = document.units
    assert unit.text == "Plus de 10⁶ germes"
    text = "Over 10⁶ germs"
    for offsets, written in (((7, 8), "10<sup>6</sup>"), ((6, 8), "10⁶<sup></sup>")):
        marks = tuple(Mark(offset, number) for number, offset in enumerate(offsets))
        assert document.rebuild([Marked(text, marks)], "en").decode() == f"Over {written} germs\n"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Prendre 12![](a.png)5 mg", "Prendre 12 5 mg"),
        ("Prendre 12[^1]5 mg", "Prendre 12 5 mg"),
        ("Prendre 12`x`5 mg", "Prendre 12 5 mg"),
        ("Prendre 12<!-- x -->5<wbr>0 mg", "Prendre 1250 mg"),
        ("Prendre ~~5~~10 mg", "Prendre 10 mg"),
        ("Prendre 5<del>0</del> mg", "Prendre 5 mg"),
        ("Ne pas ~~*ne* pas~~ prendre", "Ne pas  prendre"),
        ("Dose<sup>1</sup> de 5 mg<sup>2</sup>", "Dose de 5 mg²"),
        ("log<sub>2</sub>8 et CO<sub>2</sub>", "log₂8 et CO2"),
        ("2&shy;5&#8203;0 mg", "250 mg"),
    ],
)
def test_nothing_that_is_seen_between_two_numbers_joins_them(text: str, read: str) -> None:
    assert texts(text) == [read]


def test_text_indented_below_a_footnote_belongs_to_it() -> None:
    text = (
        "Dose[^1]\n\n[^1]: Une note\n\n    deux *mots*\n    de 5 mg\n\n        du code\n\n    - un point\n\n"
        "\tencore\n\nFini\n\n    du code aussi\n\n```\n[^2]: x\n\n    ```\n    y\n```\n"
    )
    assert texts(text) == ["Dose", "Une note", "deux mots de 5 mg", "un point", "encore", "Fini"]
    document = read_markdown(text.encode())
    assert identity(document) == text.encode()
    back = document.rebuild(replaced(document.units, {"deux": "two", "encore": "more"}), "en").decode()
    assert back == text.replace("deux *mots*\n    de", "two *mots* de").replace("encore", "more")


def test_struck_out_text_stays_as_it_is() -> None:
    document = read_markdown(b"Prendre ~~5 [a b](c)~~ 10 mg\n")
    assert document.units == [Marked("Prendre  10 mg", (Mark(8, 0),))]
    back = document.rebuild([Marked("Take  10 mg", (Mark(5, 0),))], "en")
    assert back == b"Take ~~5 [a b](c)~~ 10 mg\n"

"""Entries of a glossary as text: read back as written, and every fault named by its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.errors import InvalidInput
from medinfo.storage.entries import MAX_ENTRIES, MAX_TERM, Format, checked, parse, render

term = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20)
terms = st.dictionaries(term.filter(lambda text: text.strip() != ""), term.filter(str.strip), min_size=1, max_size=8)


@given(terms, st.sampled_from(["tsv", "csv"]))
def test_what_is_written_is_read_back(entries: dict[str, str], form: Format) -> None:
    try:
        wanted = checked(entries.items())
    except InvalidInput:
        return  # two terms that differ only in their form of Unicode
    assert parse(render(wanted, form), form) == wanted


def test_terms_are_trimmed_joined_and_sorted() -> None:
    assert parse("\ufeffzeste \t b  c\r\n\r\nae\u0301\tx\n") == (("aé", "x"), ("zeste", "b c"))


def test_csv_may_quote_and_name_languages() -> None:
    assert parse('"a, b",c\n\nd,e,EN,FR\n"two\nlines",x\n'.replace("two\nlines", "two lines"), "csv") == (
        ("a, b", "c"),
        ("d", "e"),
        ("two lines", "x"),
    )


@pytest.mark.parametrize(
    ("text", "form", "line", "words"),
    [
        ("a\tb\n\nc d\n", "tsv", 3, "a tab"),
        ("a\tb\tc\n", "tsv", 1, "a tab"),
        ("a\tb\nc\t \n", "tsv", 2, "empty"),
        ("a\tb\nc\td\na \te\n", "tsv", 3, "line 1 already"),
        (f"a\tb\n{'x' * (MAX_TERM + 1)}\tc\n", "tsv", 2, f"{MAX_TERM} characters"),
        ("a\tb\nc\x00\td\n", "tsv", 2, "control"),
        ("a,b\nc\n", "csv", 2, "a comma"),
        ('a,b\n"c,d\n', "csv", 2, "well-formed"),
        ('"a\nb",c\nd\n', "csv", 3, "a comma"),
        ('"a\nb",c\n', "csv", 1, "control"),
    ],
)
def test_a_fault_is_named_by_its_line(text: str, form: Format, line: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        parse(text, form)
    assert caught.value.params["line"] == line
    assert caught.value.detail.startswith(f"Line {line}:")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_no_entry_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="at least one"):
        parse(text)


def test_a_dictionary_has_a_largest_size() -> None:
    entries: list[Any] = [(str(number), "x") for number in range(MAX_ENTRIES)]
    assert len(checked(entries)) == MAX_ENTRIES
    with pytest.raises(InvalidInput, match=str(MAX_ENTRIES)):
        checked([*entries, ("more", "x")])


def test_a_long_term_is_quoted_short() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked([("x" * 900, "a"), ("x" * 900, "b")])
    assert len(caught.value.detail) < 120

"""Codes, addresses and placeholders are kept letter by letter; what only looks like one is read as a number."""

from __future__ import annotations

import pytest

from translation.facts.extract import extract


def codes(text: str, language: str = "en") -> list[object]:
    return [fact.value for fact in extract(text, language) if fact.kind == "code"]


@pytest.mark.parametrize(
    "code",
    [
        "CYP3A4", "B12", "COVID-19", "H1N1", "SARS-CoV-2", "IL-6", "A10BA02", "E11.9", "5-HT", "5-FU", "p53", "CD4",
        "T2D", "CO2", "M2", "DT1a",
        "https://example.org/x?y=1&z=2#n3", "www.example.org/7", "nurse.7@ward-2.example.org", "10.1000/xyz123",
        "{name}", "{0}", "{{count}}", "${x}", "%s", "%(n)d", "<b2>", "</td>", "[[1]]", "&nbsp;", "&#160;", "v1.2.3",
        "10.0.2.15",
        "2019-nCoV", "18F-FDG", "HCoV-229E",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "fr", "de", "ru"])
def test_a_code_is_one_fact_that_is_kept(code, language):
    text = f"x {code} y"
    [fact] = extract(text, language)
    assert (fact.kind, fact.value, fact.span.of(text)) == ("code", code, code)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5mg", "en"), ("1st", "en"), ("3e", "fr"), ("8h30", "fr"), ("20-month-old", "en"), ("3x/j", "fr"),
        ("10-Tage-Kur", "de"),
        ("1980s", "en"), ("5 % s'il faut", "fr"), ("<5 mg", "en"), ("a < b", "en"), ("1.000.000", "de"),
        ("12.03.2024", "de"),
        ("two-dose", "en"), ("q8h", "en"), ("J4", "fr"), ("m2", "en"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_code_is_none(text, language):
    assert codes(text, language) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HIV-1", "VIH-1"),
        ("SARS-CoV-2", "SRAS-CoV-2"),
        ("COVID-19", "COVID\u201119"),
        ("anti-PD-1", "PD-1"),
        ("FEV1", "VEF1"),
    ],
)
def test_an_acronym_that_is_said_in_other_letters_is_the_same_code(one, other):
    assert codes(one) == codes(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("CYP3A4", "CYP3A5"), ("B12", "B6"), ("{name}", "{Name}"), ("H1N1", "H5N1")]
)
def test_two_codes_are_never_equal(one, other):
    assert codes(one) != codes(other)


def test_the_end_of_a_sentence_is_no_part_of_an_address():
    assert codes("See https://example.org/a. Then (www.example.org).") == ["https://example.org/a", "www.example.org"]

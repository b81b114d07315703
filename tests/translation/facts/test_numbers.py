"""Digits in every convention: how they are read, and when they may be written anew."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.phrases import LANGUAGES
from translation.facts.extract import extract
from translation.facts.numbers import fraction, readings, render

THOUSAND, ONE = Decimal(1000), Decimal("1.000")


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("2.5", "fr", ("2.5",)), ("2,5", "en", ("2.5",)), ("1,000", "en", ("1000",)), ("1.000", "en", ("1", "1000")),
        ("1.000", "de", ("1000", "1")), ("1,000", "fr", ("1", "1000")), ("0.125", "de", ("0.125",)),
        ("1.234,5", "de", ("1234.5",)), ("1,234.5", "fr", ("1234.5",)), ("1.000.000", "en", ("1000000",)),
        ("1 234,5", "fr", ("1234.5",)), ("1\u202f234", "fr", ("1234",)), ("1'234", "it", ("1234",)),
        ("1\u2019234", "de", ("1234",)), ("1234.567", "es", ("1234.567",)), ("1,2,3", "en", ()), ("1.23.4", "en", ()),
        ("12\u00b75", "en", ("12.5",)), ("0.000.000", "de", ()),
    ],
)  # fmt: skip
def test_digits_are_read_in_every_way_that_they_can_mean(written, language, expected):
    assert readings(written, language) == tuple(Decimal(value) for value in expected)


@pytest.mark.parametrize(
    ("value", "language", "like", "expected"),
    [
        ("2.5", "fr", "2.5", "2,5"), ("2.50", "de", "2.50", "2,50"), ("2.5", "en", "2,5", "2.5"),
        ("1000", "fr", "1,000", "1\u202f000"), ("1000", "de", "1,000", "1\u00a0000"), ("1000", "en", "1 000", "1,000"),
        ("1000", "fr", "1000", "1000"), ("1234.5", "es", "1,234.5", "1\u00a0234,5"), ("0.125", "it", "0.125", "0,125"),
        ("5", "pt", "5", "5"), ("5.0", "pt", "5.0", "5,0"), ("1000", "fr", "1 000", "1 000"),
        ("1000000", "en", "1.000.000", "1,000,000"),
    ],
)  # fmt: skip
def test_a_number_is_rendered_as_the_language_writes_it_with_its_zeros_and_groups(value, language, like, expected):
    assert render(Decimal(value), language, like) == expected


@pytest.mark.parametrize(
    ("value", "language", "like"),
    [
        (THOUSAND, "en", "1.000"), (ONE, "en", "1.000"), (ONE, "fr", "1,000"), (Decimal("1.125"), "fr", "1.125"),
        (Decimal(5), "fr", "five"), (Decimal(5), "ar", "5"), (Decimal(10**9), "fr", "10^9"), (Decimal(3), "fr", "4"),
        (Decimal("0.5"), "fr", "½"), (Decimal("-5"), "fr", "-5"),
    ],
)  # fmt: skip
def test_what_is_not_exact_or_not_certain_is_not_rendered(value, language, like):
    assert render(value, language, like) is None


@given(st.decimals(0, 10**9, places=2), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_rendered_number_is_read_as_the_same_value_in_its_language(value, source, target):
    point = "." if source == "en" else ","
    like = f"{value:f}".replace(".", point)
    rendered = render(value, target, like)
    assert rendered is not None
    assert readings(rendered, target) == (value,)


@pytest.mark.parametrize("text", ["٥٠٠ mg", "۵۰۰ mg", "５００ mg", "५०० mg", "500 mg"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_digits_of_other_scripts_are_read(text, language):
    [fact] = extract(text, language)
    assert (fact.value.low, fact.value.unit, fact.span.of(text)) == (500, "mg", text)


def test_arabic_separators_are_read():
    assert [fact.value for fact in extract("٢٫٥", "ar")] == [Decimal("2.5")]
    assert [fact.value for fact in extract("١٬٢٣٤", "ar")] == [Decimal(1234)]


def test_a_group_never_starts_with_a_nought():
    assert [fact.value for fact in extract("0 000", "fr")] == [Decimal(0), Decimal(0)]
    assert render(Decimal(0), "en", "0 000") is None


def test_fractions_are_compared_to_twelve_places():
    assert fraction(Decimal(1), Decimal(3)) == Decimal("0.333333333333")
    assert fraction(Decimal(1), Decimal(2)) == Decimal("0.5")


def test_the_longest_digits_stay_exact():
    digits = "1234567890" * 20
    assert [fact.value for fact in extract(digits, "en")] == [Decimal(digits)]
    assert [fact.value for fact in extract(f"x \u2212{digits}", "en")] == [Decimal(f"-{digits}")]

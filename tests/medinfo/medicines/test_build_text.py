"""Text of names, brought to one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.medicines.build_text import clean, is_chemical, key, slug, unaccent


def test_a_slug_is_ascii() -> None:
    assert slug("St. John's Wort") == "st-john-s-wort"
    assert slug("Ácido œstrique") == "acido-oestrique"


def test_accents_and_ligatures_go_and_nothing_else() -> None:
    assert unaccent("Œdème à l’ÉTÉ") == "OEdeme a l'ETE"


def test_white_space_is_one_space() -> None:
    assert clean("  a \t b\u00a0c ") == "a b c"


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    "name", ["4-[2-(dimethyl)]phenol", "1,2-benzisoxazole", "N-acetylcysteine", "2'-deoxycytidine"]
)
def test_names_of_chemists_are_told_from(name: str) -> None:
    assert is_chemical(name)


@pytest.mark.parametrize("name", ["Paracetamol", "Interferon alfa-2a", "Insulin (pork)", "Factor VIII", "Vitamin B12"])
def test_names_of_medicines(name: str) -> None:
    assert not is_chemical(name)

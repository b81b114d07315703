"""From a name with its salt to the bare moiety."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.medicines.build_moiety import moiety_forms


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("METFORMINE", "metformine"),
        ("CHLORHYDRATE DE METFORMINE", "metformine"),
        ("METFORMINE (CHLORHYDRATE DE)", "metformine"),
        ("METFORMINE BASE", "metformine"),
        ("CHLORHYDRATE D'AMBROXOL", "ambroxol"),
        ("AMILORIDE (CHLORHYDRATE D') HYDRATÉ", "amiloride"),
        ("WARFARINE SODIQUE", "warfarine"),
        ("PANTOPRAZOLE SODIQUE SESQUIHYDRATÉ", "pantoprazole"),
        ("FUMARATE DE TÉNOFOVIR DISOPROXIL", "tenofovir disoproxil"),
        ("ACIDE VALPROÏQUE", "acide valproique"),
        ("PHOSPHATE SODIQUE DE DEXAMÉTHASONE", "dexamethasone"),
        ("NALOXONE (CHLORHYDRATE DE) DIHYDRATÉ", "naloxone"),
    ],
)
def test_salts_esters_and_hydrates_are_taken_off(name: str, last: str) -> None:
    assert list(moiety_forms(name))[-1] == last


def test_the_whole_name_comes_first() -> None:
    assert next(moiety_forms("SULFATE DE ZINC")) == "sulfate de zinc"


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("CALCIUM (FOLINATE DE)", "calcium"),
        ("HYDROGÈNE (PEROXYDE D')", "hydrogene"),
        ("CHLORURE DE STRONTIUM (82SR)", "strontium"),
        ("FLUORODOPA [18F]", "fluorodopa"),
    ],
)
def test_what_is_no_salt_stays(name: str, never: str) -> None:
    assert never not in list(moiety_forms(name))


@given(st.text(max_size=120))
def test_any_text_has_finitely_many_distinct_forms(text: str) -> None:
    forms = list(moiety_forms(text))
    assert len(forms) == len(set(forms))

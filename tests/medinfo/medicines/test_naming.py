"""Medicines are said in another language only where that is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.naming import Naming


@pytest.fixture(scope="module")
def naming(data_dir: Path) -> Naming:
    return Naming(Catalogue.open(data_dir))


@pytest.mark.parametrize(
    ("written", "substance", "language", "said"),
    [
        ("paracétamol", "paracetamol", "en", "paracetamol"),
        ("Adrénaline", "epinephrine", "en", "Epinephrine"),
        ("PARACETAMOL", "paracetamol", "fr", "PARACÉTAMOL"),
        ("Doliprane", "paracetamol", "en", "Doliprane"),
    ],
)
def test_an_inn_is_translated_and_a_brand_is_kept(
    naming: Naming, written: str, substance: str, language: str, said: str
) -> None:
    assert naming.said(written, (substance,), language) == said


@pytest.mark.parametrize(
    ("written", "substances", "language"),
    [
        ("warfarine sodique", ("warfarin",), "en"),
        ("Arnica montana 5 CH", (), "en"),
        ("acétaminophène", ("paracetamol",), "zh"),
        ("paracetamol", ("paracetamol",), "zh"),
        ("sulfaméthoxazole + triméthoprime", ("sulfamethoxazole", "trimethoprim"), "en"),
    ],
)
def test_any_other_name_is_left_to_the_translator(
    naming: Naming, written: str, substances: tuple[str, ...], language: str
) -> None:
    assert naming.said(written, substances, language) is None


def test_a_combination_is_kept_by_its_brand(naming: Naming) -> None:
    assert naming.said("Bactrim", ("sulfamethoxazole", "trimethoprim"), "en") == "Bactrim"

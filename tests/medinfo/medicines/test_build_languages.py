"""The language of a synonym, where its spelling proves it."""

from __future__ import annotations

import pytest

from medinfo.medicines.build_languages import international, language_of


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Tiaprofensäure", "de"),
        ("Acétaminophène", "fr"),
        ("Acide acétylsalicylique", "fr"),
        ("Acetaminofén", ""),
        ("Ácido acetilsalicílico", "es"),
        ("Paracetamolum", "la"),
        ("Acidum acetylsalicylicum", "la"),
        ("Paracetamol", ""),
        ("Metadona", ""),
    ],
)
def test_a_language_is_told_by_a_mark_that_others_lack(name: str, language: str) -> None:
    assert language_of(name) == language


def test_a_series_of_the_inn_lists_gives_latin_french_and_spanish() -> None:
    found = international("Cycloserine", ["Cicloserina", "Cyclosérine", "Cycloserinum", "Orientomycin"])
    assert found == {"la": "cycloserinum", "fr": "cyclosérine", "es": "cicloserina"}


def test_an_italian_form_is_not_taken_for_spanish() -> None:
    assert "es" not in international("Fluoxetine", ["Fluossetina", "Fluoxetinum"])


def test_two_candidates_give_none() -> None:
    assert "es" not in international("Methadone", ["Metadona", "Metadina", "Methadonum"])


def test_a_name_of_another_stem_is_passed_over() -> None:
    assert international("Paracetamol", ["Acétaminophène", "Acetaminophenum"]) == {}


def test_a_german_acid() -> None:
    assert international("Clavulanic acid", ["Clavulansäure"])["de"] == "Clavulansäure"

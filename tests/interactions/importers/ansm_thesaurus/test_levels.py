"""Level lines in every spelling met."""

from __future__ import annotations

import pytest

from interactions.importers.ansm_thesaurus.levels import flat, fold, levels_of
from interactions.knowledge import Level

CI, AD, PE, AP = Level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CONTRE-INDICATION", (CI,)),
        ("Contre-indication", (CI,)),
        ("CONTRE INDICATION", (CI,)),
        ("Association DECONSEILLEE", (AD,)),
        ("ASSOCIATION DÉCONSEILLÉE", (AD,)),
        ("Précaution d'emploi", (PE,)),
        ("Précautions d’emploi", (PE,)),
        ("A prendre en compte", (AP,)),
        ("À  PRENDRE EN COMPTE", (AP,)),
        ("CI", (CI,)),
        ("CI - ASDEC - APEC", (CI, AD, AP)),
        ("PE-CI", (CI, PE)),
        ("ASDEC / PE", (AD, PE)),
        ("ASDEC – PE", (AD, PE)),
        ("Surveillance clinique", ()),
        ("Contre-indication avec", ()),
        ("CIPE", ()),
        ("", ()),
    ],
)
def test_levels_of_a_line(text: str, expected: tuple[Level, ...]) -> None:
    assert levels_of(text) == expected


def test_fold_is_blind_to_case_accents_quotes_and_spaces() -> None:
    assert fold("  Précaution   d’EMPLOI ") == "precaution d'emploi"


@pytest.mark.parametrize("text", ["Œdème ÉTÉ", "≥ 1 g", "ﬁn ½ İ ß", "Abc"])
def test_flat_keeps_positions(text: str) -> None:
    assert len(flat(text)) == len(text)
    assert flat("ÉTÉ") == "ete"

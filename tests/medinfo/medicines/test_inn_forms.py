"""One form for a substance's names in every language, and none for what is too short."""

from __future__ import annotations

import pytest

from medinfo.medicines.inn_forms import common_form


@pytest.mark.parametrize(
    "names",
    [
        ("morphine", "morfina", "morphin"),
        ("chloroquine", "cloroquina", "clorochina", "chloroquin"),
        ("hydrocortisone", "hidrocortisona", "idrocortisone", "hydrocortison"),
        ("streptomycin", "estreptomicina", "streptomycine"),
        ("amoxicillin", "amoxicilina", "amoxicilline", "amossicillina"),
        ("rocuronium", "rocuronio"),
        ("warfarin", "varfarina", "warfarine"),
    ],
)
def test_the_names_of_a_substance_share_a_form(names: tuple[str, ...]) -> None:
    assert len({common_form(name) for name in names}) == 1
    assert common_form(names[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prednisone", "prednisolone"),
        ("hydroxyzine", "hydralazine"),
        ("cefazolin", "ceftazidime"),
        ("cetirizine", "citicoline"),
    ],
)
def test_other_substances_have_other_forms(one: str, other: str) -> None:
    assert common_form(one) != common_form(other)


@pytest.mark.parametrize("word", ["iron", "ferro", "retina", "b12", "é", "two words", ""])
def test_what_is_short_or_no_word_has_none(word: str) -> None:
    assert common_form(word) == ""

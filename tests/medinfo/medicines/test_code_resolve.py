"""From a code to its substances: groups and combinations are asked about, never guessed."""

from __future__ import annotations

import pytest

from medinfo.errors import InvalidCode
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.model import Resolution


def ids(resolution: Resolution) -> tuple[str, ...]:
    return tuple(substance.id for substance in resolution.substances)


@pytest.mark.parametrize(
    ("system", "value", "substances"),
    [
        ("atc", "B01AA03", ("warfarin",)),
        ("ATC", " b01aa03 ", ("warfarin",)),
        ("http://www.whocc.no/atc", "B01AA03", ("warfarin",)),
        ("rxnorm", "11289", ("warfarin",)),
        ("cas", "81-81-2", ("warfarin",)),
        ("unii", "362O9ITL9D", ("paracetamol",)),
        ("cis", "60000001", ("paracetamol",)),
        ("cip13", "3400930000014", ("paracetamol",)),
        ("cip7", "3000001", ("paracetamol",)),
    ],
)
def test_a_listed_code_resolves(small: Catalogue, system: str, value: str, substances: tuple[str, ...]) -> None:
    found = small.resolve_code(system, value)
    assert (found.status, found.how, ids(found), found.input) == ("resolved", "code", substances, value)


@pytest.mark.parametrize(
    ("system", "value"),
    [("atc", "C07AB02"), ("rxnorm", "1"), ("cis", "69999999"), ("cas", "50-78-2"), ("ucd", "9999999"), ("atc", "B01")],
)
def test_a_valid_code_that_no_table_lists_is_unknown(small: Catalogue, system: str, value: str) -> None:
    found = small.resolve_code(system, value)
    assert (found.status, found.substances, found.candidates) == ("unknown", (), ())


@pytest.mark.parametrize(
    ("system", "value"),
    [
        ("atc", "Z01AA03"),
        ("cip13", "3400930000015"),
        ("cas", "81-81-3"),
        ("unii", "362O9ITL9E"),
        ("snomed", "1"),
        ("cis", ""),
    ],
)
def test_a_code_that_does_not_hold_is_refused(small: Catalogue, system: str, value: str) -> None:
    with pytest.raises(InvalidCode):
        small.resolve_code(system, value)


def test_a_product_code_gives_route_form_and_title(small: Catalogue) -> None:
    found = small.resolve_code("cis", "60000002")
    assert (found.matched, found.route, found.form, found.archived) == (
        "DOLIPRANE 300 mg, suppositoire",
        ("rectal",),
        "suppositoire",
        True,
    )


def test_a_homeopathic_product_code_resolves_to_no_substance(small: Catalogue) -> None:
    found = small.resolve_code("cis", "60000005")
    assert (found.status, found.homeopathic, found.substances) == ("resolved", True, ())


def test_a_product_without_components_is_unknown(small: Catalogue) -> None:
    found = small.resolve_code("cis", "60000009")
    assert (found.status, found.matched) == ("unknown", "VIDINE, solution")


def test_an_atc_code_of_combinations_is_asked_about_even_if_one_is_known(small: Catalogue) -> None:
    found = small.resolve_code("atc", "N02AJ06")
    assert found.status == "ambiguous"
    assert [candidate.substances for candidate in found.candidates] == [("codeine", "paracetamol")]


def test_a_product_without_components_is_no_candidate(small: Catalogue) -> None:
    found = small.resolve_code("atc", "A12AX")
    assert found.status == "unknown"
    found = small.resolve_code("atc", "A12AX01")
    assert [candidate.substances for candidate in found.candidates] == [("calcium", "colecalciferol")]


def test_an_atc_code_of_several_substances_is_asked_about(small: Catalogue) -> None:
    found = small.resolve_code("atc", "G03CA03")
    assert found.status == "ambiguous"
    assert {candidate.substances for candidate in found.candidates} == {("estradiol",), ("estrogens",)}


def test_a_component_that_no_table_knows_stays_in_sight(small: Catalogue) -> None:
    assert ids(small.resolve_code("cis", "60000008")) == ("?12345", "paracetamol")

"""Codes: what holds, what does not, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medinfo.codes import Atc, Cas, Cip7, Cip13, Cis, Code, RxCui, Ucd, Unii, parse_code, system_of
from medinfo.errors import InvalidCode
from medinfo.medicines.build_sources import read_drugbank

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

VALID = [
    (Atc, "B01AA03"),
    (Atc, "B01A"),
    (Atc, "B"),
    (RxCui, "11289"),
    (Cis, "60002283"),
    (Cip7, "4949729"),
    (Cip7, "3000000"),  # a number of the ranges without check digit
    (Cip13, "3400949497294"),
    (Ucd, "9259219"),
    (Ucd, "3400892592190"),
    (Ucd, "3400891990263"),
    (Unii, "5Q7ZVV76EI"),
    (Cas, "81-81-2"),
    (Cas, "103-90-2"),
]

INVALID = [
    (Atc, "B01AA0", "it should be"),
    (Atc, "E01AA03", "it should be"),
    (Atc, "", "it should be"),
    (RxCui, "011289", "it should be"),
    (RxCui, "NA", "it should be"),
    (Cis, "50002283", "it should be"),
    (Cis, "6000228", "it should be"),
    (Cip7, "4949728", "check character should be 9"),
    (Cip7, "494972", "it should be"),
    (Cip13, "3400949497295", "check character should be 4"),
    (Cip13, "3400849497294", "it should be"),
    (Ucd, "3400892592191", "check character should be 0"),
    (Ucd, "92592", "it should be"),
    (Unii, "5Q7ZVV76EJ", "check character should be I"),
    (Unii, "5Q7ZVV76E", "it should be"),
    (Cas, "81-81-3", "check character should be 2"),
    (Cas, "81812", "it should be"),
]


@pytest.mark.parametrize(("kind", "value"), VALID)
def test_a_code_that_holds_is_built(kind: type[Code], value: str) -> None:
    assert str(kind(value)) == value


@pytest.mark.parametrize(("kind", "value"), VALID)
def test_spaces_around_a_code_and_letter_case_are_forgiven(kind: type[Code], value: str) -> None:
    assert kind(f" {value.lower()} ") == kind(value)


@pytest.mark.parametrize(("kind", "value", "reason"), INVALID)
def test_a_code_that_does_not_hold_says_what_is_wrong(kind: type[Code], value: str, reason: str) -> None:
    with pytest.raises(InvalidCode, match=reason) as caught:
        kind(value)
    assert caught.value.params["system"] == kind.SYSTEM


def test_a_code_without_possible_check_digit_is_refused() -> None:
    with pytest.raises(InvalidCode, match="none ends so"):
        Cip7("5000000")  # 5 times its weight 2 leaves 10, for which there is no digit


def test_a_very_long_code_is_refused_and_cut_in_the_message() -> None:
    with pytest.raises(InvalidCode) as caught:
        Cas("1" * 10_000)
    assert len(caught.value.detail) < 300


def test_codes_of_two_systems_are_never_equal() -> None:
    assert Cip7("9259219") != Ucd("9259219")


def test_an_atc_code_knows_whether_it_names_a_substance() -> None:
    assert Atc("B01AA03").is_substance
    assert not Atc("B01AA").is_substance


def test_a_long_pack_code_holds_the_short_one() -> None:
    assert Cip13("3400949497294").short == "4949729"


@given(st.integers(0, 10**7 - 1), st.integers(5, 11), st.integers(1, 9))
def test_every_wrong_digit_of_a_long_pack_code_is_found(middle: int, place: int, shift: int) -> None:
    body = f"34009{middle:07d}"
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(body))
    right = f"{body}{-total % 10}"
    assert Cip13(right).value == right
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(InvalidCode):
        Cip13(wrong)


@given(st.text(_ALPHABET, min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 35))
def test_every_wrong_character_of_a_unii_is_found(body: str, place: int, shift: int) -> None:
    right = body + _ALPHABET[sum(map(_ALPHABET.index, body)) % 36]
    assert Unii(right).value == right
    other = _ALPHABET[(_ALPHABET.index(right[place]) + shift) % 36]
    with pytest.raises(InvalidCode):
        Unii(right[:place] + other + right[place + 1 :])


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    for kind in (Atc, RxCui, Cis, Cip7, Cip13, Ucd, Unii, Cas):
        try:
            built = kind(text).value
        except InvalidCode:
            continue
        assert built == text.strip().upper()


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("atc", "atc"),
        ("ATC", "atc"),
        ("http://www.whocc.no/atc", "atc"),
        ("HTTPS://WWW.WHOCC.NO/ATC/", "atc"),
        ("urn:oid:2.16.840.1.113883.6.73", "atc"),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "rxnorm"),
        ("http://fdasis.nlm.nih.gov", "unii"),
        ("urn:oid:2.16.840.1.113883.6.61", "cas"),
        ("urn:oid:1.2.250.1.213.2.3.1", "cis"),
        ("urn:oid:1.2.250.1.213.2.61", "ucd"),
        ("http://data.esante.gouv.fr/ansm/medicament/UCD", "ucd"),
        ("http://snomed.info/sct", None),
        ("", None),
    ],
)
def test_a_system_is_known_by_short_name_and_by_uri(system: str, name: str | None) -> None:
    assert system_of(system) == name


@pytest.mark.parametrize("value", ["4949729", "3400949497294"])
def test_the_length_decides_where_short_and_long_pack_codes_share_an_identifier(value: str) -> None:
    code = parse_code("urn:oid:1.2.250.1.213.2.3.2", value)
    assert code == (Cip7(value) if len(value) == 7 else Cip13(value))


def test_a_code_of_a_known_system_is_parsed() -> None:
    assert parse_code("http://www.whocc.no/atc/", "b01aa03") == Atc("B01AA03")


def test_a_code_of_an_unknown_system_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidCode) as caught:
        parse_code("http://snomed.info/sct", "372756006")
    assert "cip13" in caught.value.hint


def test_every_pack_of_the_register_holds(reference_data: Path) -> None:
    lines = (reference_data / "bdpm" / "CIS_CIP_bdpm.txt").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip()]
    assert len(rows) == 20_903
    for row in rows:
        assert Cip13(row[6]).short == Cip7(row[1]).value
        assert Cis(row[0]).value == row[0]


def test_every_code_of_drugbank_holds(reference_data: Path) -> None:
    wrong = []
    for entry in read_drugbank(reference_data / "names"):
        for kind, value in ((Unii, entry.unii), (Cas, entry.cas)):
            try:
                assert not value or kind(value)
            except InvalidCode:
                wrong.append((entry.id, value))
    assert wrong == []

"""The resolver on arbitrary text: it never fails, its fields agree, and case, accents and spaces change nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medinfo.errors import InvalidCode, InvalidInput
from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.model import Resolution
from medinfo.medicines.normalise import MAX_LENGTH, fold


def split(joined: str) -> list[str]:
    return joined.split("|")


NAMES = split(
    "Doliprane|warfarine|Coumadine|amoxicilline|acide clavulanique|codéine|Vitamine B12|fer|chlorure de potassium|"
    "Omega 3|Arnica montana|lévothyroxine|Kardegic|insuline glargine|MTX"
)
WORDS = split(
    "5 mg|1 g/125 mg|cp|LP|+|/|,|et|chlorhydrate de|sodique|calcium|Mylan|collyre|9 CH|400|10 000 UI|IV|x30|(|)|[|d'|"
    "forte|zzyzzyx|B01AA03|60002283"
)
texts = st.one_of(
    st.text(max_size=MAX_LENGTH + 5),
    st.lists(st.sampled_from([*NAMES, *WORDS]), min_size=1, max_size=6).map(" ".join),
    st.tuples(st.sampled_from(NAMES), st.text("abcdeiop- '", max_size=3)).map("".join),
)
quick = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def catalogue(data_dir: Path) -> Catalogue:
    return Catalogue.open(data_dir)


def meaning(resolution: Resolution) -> tuple[object, ...]:
    """All of a resolution but the text itself."""
    return (
        resolution.status,
        tuple(substance.id for substance in resolution.substances),
        resolution.how,
        resolution.archived,
        resolution.homeopathic,
        resolution.route,
        resolution.candidates,
    )


def assert_consistent(found: Resolution) -> None:
    if found.status == "resolved":
        assert bool(found.substances) != found.homeopathic
        assert found.how
        assert found.matched
        assert not found.candidates
        assert len({substance.id for substance in found.substances}) == len(found.substances)
    else:
        assert not found.substances
        assert not found.how
        assert not found.homeopathic
    if found.status == "ambiguous":
        assert found.candidates
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


@quick
@given(texts)
def test_any_text_resolves_or_is_asked_about_or_is_unknown(catalogue: Catalogue, text: str) -> None:
    try:
        found = catalogue.resolve(text)
    except InvalidInput:
        assert len(text) > MAX_LENGTH or not any(char.isalnum() for char in text)
        return
    assert found.input == text
    assert_consistent(found)


@quick
@given(texts)
def test_case_accents_and_spaces_change_nothing(catalogue: Catalogue, text: str) -> None:
    try:
        found = meaning(catalogue.resolve(text))
    except InvalidInput:
        return
    for other in (text.upper(), unicodedata.normalize("NFD", text), f" {text}\t", fold(text)):
        if len(other) <= MAX_LENGTH and fold(other) == fold(text):
            assert meaning(catalogue.resolve(other)) == found


@quick
@given(st.sampled_from(("atc", "rxnorm", "cis", "cip7", "cip13", "ucd", "unii", "cas", "x")), st.text(max_size=80))
def test_any_code_resolves_or_is_refused(catalogue: Catalogue, system: str, value: str) -> None:
    try:
        found = catalogue.resolve_code(system, value)
    except InvalidCode:
        return
    assert_consistent(found)


@quick
@given(st.text(max_size=30), st.integers(1, 30))
def test_any_text_can_be_searched_for(catalogue: Catalogue, q: str, limit: int) -> None:
    hits = catalogue.search(q, limit)
    assert len(hits) <= limit
    assert len({(hit.name, hit.substances) for hit in hits}) == len(hits)

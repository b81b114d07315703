"""Type-ahead."""

from __future__ import annotations

import pytest

from medinfo.errors import InvalidInput
from medinfo.medicines.catalogue import Catalogue


def names(catalogue: Catalogue, q: str, limit: int = 10) -> list[str]:
    return [hit.name for hit in catalogue.search(q, limit)]


def test_a_name_that_is_typed_out_comes_first(small: Catalogue) -> None:
    assert names(small, "omega")[0] == "Omega"
    assert "Omega-3" in names(small, "omega")


def test_the_beginning_of_a_name_comes_before_the_beginning_of_a_word_inside_one(small: Catalogue) -> None:
    found = names(small, "cod")
    assert found.index("Codeine") < found.index("PARACETAMOL CODEINE TEVA")


def test_a_word_inside_a_name_is_found(small: Catalogue) -> None:
    assert names(small, "clavul")[:2] == ["Clavulanic acid", "acide clavulanique"]


def test_accents_case_and_hyphens_do_not_matter(small: Catalogue) -> None:
    assert names(small, "PARACÉ")[0] == "Paracetamol"
    assert "co-amoxiclav" in names(small, "co amox")


def test_a_dose_that_is_typed_does_not_hide_the_name(small: Catalogue) -> None:
    assert "Doliprane" in names(small, "doliprane 1000 mg cp")


def test_a_misspelled_name_is_found(small: Catalogue) -> None:
    assert names(small, "simvasttain")[0] == "Simvastatin"


def test_a_hit_tells_what_it_is(small: Catalogue) -> None:
    hits = {hit.name: hit for hit in small.search("warf", 10)} | {hit.name: hit for hit in small.search("vieux", 10)}
    assert (hits["Warfarin"].kind, hits["Warfarin"].substances, hits["Warfarin"].archived) == (
        "substance",
        ("warfarin",),
        False,
    )
    assert hits["warfarine sodique"].kind == "synonym"
    assert (hits["VIEUXFARINE"].kind, hits["VIEUXFARINE"].archived) == ("product", True)
    assert small.search("doliprane", 1)[0].kind == "brand"


def test_a_homeopathic_product_has_no_substance(small: Catalogue) -> None:
    assert [(hit.name, hit.substances) for hit in small.search("sedatif", 5)] == [("SEDATIF PC", ())]


def test_every_hit_is_there_once_and_there_are_not_more_than_asked_for(small: Catalogue) -> None:
    found = names(small, "c", 5)
    assert len(found) == len(set(found)) == 5


@pytest.mark.parametrize("q", ["", "  ", "-", "zzyzzyx"])
def test_nothing_is_found_for_nothing(small: Catalogue, q: str) -> None:
    assert names(small, q) == []


def test_a_text_that_is_too_long_is_refused(small: Catalogue) -> None:
    with pytest.raises(InvalidInput):
        small.search("x" * 201)


def test_what_is_in_many_products_comes_first(catalogue: Catalogue) -> None:
    assert names(catalogue, "dol")[0] == "DOLIPRANE"
    assert names(catalogue, "para")[0] == "Paracetamol"


def test_every_hit_resolves_to_its_substances(catalogue: Catalogue) -> None:
    for q in ("dol", "amox", "warf", "vita", "ins"):
        for hit in catalogue.search(q, 20):
            found = catalogue.resolve(hit.name)
            meant = {tuple(sorted(substance.id for substance in found.substances))}
            meant |= {candidate.substances for candidate in found.candidates}
            assert hit.substances in meant, hit

"""Type-ahead, one substance, and the knowledge in use, in the documented shapes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.shapes import KnowledgeOut, MedicineDetailOut, MedicineSearchOut
from medinfo.phrases import LANGUAGES


def _search(client: TestClient, **query: str | int) -> MedicineSearchOut:
    response = client.get("/v1/medicines", params=query)
    assert response.status_code == 200
    return MedicineSearchOut.model_validate_json(response.content, extra="forbid")


def _detail(client: TestClient, id: str, language: str = "en") -> MedicineDetailOut:
    response = client.get(f"/v1/medicines/{id}", params={"language": language})
    assert response.status_code == 200
    return MedicineDetailOut.model_validate_json(response.content, extra="forbid")


@pytest.mark.parametrize("typed", ["warf", "Warfarin", "WARFARI"])
def test_a_beginning_finds_the_substance(client: TestClient, typed: str) -> None:
    found = _search(client, q=typed)
    assert found.q == typed
    assert "warfarin" in {substance.id for hit in found.hits for substance in hit.substances}


def test_a_brand_is_found_with_its_substances(client: TestClient) -> None:
    hits = _search(client, q="codoliprane").hits
    assert {"codeine", "paracetamol"} in [{substance.id for substance in hit.substances} for hit in hits]


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_hits_come_than_were_asked_for(client: TestClient, limit: int) -> None:
    assert len(_search(client, q="a", limit=limit).hits) == limit


def test_nothing_that_resembles_is_no_error(client: TestClient) -> None:
    assert _search(client, q="§§§").hits == []


@pytest.mark.parametrize(
    ("query", "field"),
    [({}, "q"), ({"q": ""}, "q"), ({"q": "a" * 201}, "q"), ({"q": "a", "limit": 0}, "limit"),
     ({"q": "a", "limit": 51}, "limit"), ({"q": "a", "limit": "x"}, "limit"),
     ({"q": "a", "language": "nl"}, "language")],
)  # fmt: skip
def test_a_parameter_out_of_bounds_is_named(client: TestClient, query: dict[str, str], field: str) -> None:
    response = client.get("/v1/medicines", params=query)
    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_a_substance_is_told_with_names_codes_classes_and_brands(client: TestClient) -> None:
    found = _detail(client, "warfarin")
    assert (found.id, found.covered) == ("warfarin", True)
    assert "B01AA03" in found.atc
    assert "11289" in found.rxnorm
    assert found.names["en"]
    assert len(found.classes) >= 2
    assert {node.kind for node in found.classes} == {"class"}
    assert any(brand.lower().startswith("coumadine") for brand in found.brands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_substance_is_told_in_every_language(client: TestClient, language: str) -> None:
    assert _detail(client, "warfarin", language).name.lower().startswith("warfarin")


def test_classes_are_named_in_the_callers_language(client: TestClient) -> None:
    german, italian = (_detail(client, "ibuprofen", language).classes for language in ("de", "it"))
    assert {node.id for node in german} == {node.id for node in italian}
    assert {node.name for node in german} != {node.name for node in italian}


@pytest.mark.parametrize("id", ["no-such-substance", "%20", "..%2f", "WARFARIN"])
def test_an_id_that_is_not_there_is_404(client: TestClient, id: str) -> None:
    response = client.get(f"/v1/medicines/{id}")
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sources_in_use_are_told_with_their_age(client: TestClient, language: str) -> None:
    response = client.get("/v1/knowledge", params={"language": language})
    (source,) = KnowledgeOut.model_validate_json(response.content, extra="forbid").sources
    assert (source.id, source.edition, source.imported) == ("ansm-thesaurus", "2023-09", False)
    assert source.outdated is (source.warning is not None)
    assert source.age_months >= 24


def test_it_is_live_at_once_and_ready_with_its_knowledge(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    client.get("/v1/knowledge")  # waits until it is loaded
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert [source["id"] for source in ready.json()["sources"]] == ["ansm-thesaurus"]


def test_no_page_with_assets_of_another_host_is_served(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]
    assert client.get("/openapi.json").status_code == 200

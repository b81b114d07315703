from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_each_answer_carries_an_id_of_its_own(client: TestClient) -> None:
    ids = {client.get("/health/live").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


def test_the_callers_id_is_kept(client: TestClient) -> None:
    assert client.get("/v1/nothing", headers={"X-Request-Id": "abc-1"}).json()["request_id"] == "abc-1"


@pytest.mark.parametrize("value", ["", "a b", "x" * 65, "a\tb", "é"])
def test_an_id_that_is_not_well_formed_is_replaced(client: TestClient, value: str) -> None:
    given = client.get("/health/live", headers={"X-Request-Id": value.encode("utf-8")}).headers["x-request-id"]
    assert len(given) == 32


@pytest.mark.parametrize("actor", ["", "x" * 65, "Dr Who", "a\u00e9".encode()])
def test_an_actor_that_is_not_well_formed_is_refused(client: TestClient, actor: str | bytes) -> None:
    response = client.get("/v1/knowledge", headers={"X-Medinfo-Actor": actor})
    assert (response.status_code, response.json()["code"]) == (400, "invalid-header")
    assert "X-Medinfo-Actor" in response.json()["detail"]


def test_an_actor_is_taken(client: TestClient) -> None:
    assert client.get("/v1/knowledge", headers={"X-Medinfo-Actor": "ward-3@hospital"}).status_code == 200


def test_no_answer_is_kept_framed_or_guessed(client: TestClient) -> None:
    for response in (client.get("/v1/medicines?q=warf"), client.get("/v1/nothing")):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert response.headers["referrer-policy"] == "no-referrer"

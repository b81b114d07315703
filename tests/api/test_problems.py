"""Everything that goes wrong is answered in one shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.problems import of
from api.shapes import Problem
from medinfo.errors import Overloaded
from medinfo.phrases import LANGUAGES, Phrases

CHECK = "/v1/interactions/check"
NAMES = {"medicines": [{"name": "warfarin"}]}


def _problem(response: Any, status: int, code: str) -> Problem:
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    found = Problem.model_validate_json(response.content, strict=True)
    assert (found.status, found.code, found.type) == (status, code, f"urn:medinfo:problem:{code}")
    assert found.request_id == response.headers["x-request-id"]
    return found


def test_an_address_that_is_not_there_is_404(client: TestClient) -> None:
    assert _problem(client.get("/v1/nothing"), 404, "not-found").instance == "/v1/nothing"


def test_a_wrong_method_is_405_and_says_which_are_right(client: TestClient) -> None:
    response = client.get(CHECK)
    _problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("body", [b"{", b"", b"{'medicines': []}", b"\xff\xfe", b"[" * 200_000, b"1" * 5000])
def test_a_body_that_is_not_json_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post(CHECK, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in {400, 422}
    _problem(response, response.status_code, {400: "malformed-json", 422: "invalid-request"}[response.status_code])


@pytest.mark.parametrize(
    "body",
    [
        b'{"medicines": [{"name": "warfarin"}], "medicines": []}',
        b'{"medicines": [{"name": "warfarin", "name": "ibuprofen"}]}',
        b'{"medicines": [{"name": "warf\xe9"}]}',
        b'{"medicines": NaN}',
        '{"medicines": [{"name": "warfarin"}]}'.encode("utf-16"),
    ],
)
def test_json_that_can_be_read_in_two_ways_or_in_none_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post(CHECK, content=body, headers={"Content-Type": "application/json"})
    _problem(response, 400, "malformed-json")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_a_body_of_another_type_is_415(client: TestClient, kind: str) -> None:
    response = client.post(CHECK, content=b'{"medicines": [{"name": "warfarin"}]}', headers={"Content-Type": kind})
    _problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/fhir+json", "APPLICATION/JSON"])
def test_json_by_another_name_is_taken(client: TestClient, kind: str) -> None:
    response = client.post(CHECK, content=b'{"medicines": [{"name": "warfarin"}]}', headers={"Content-Type": kind})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "medicines", "This field is required."),
        ({"medicines": []}, "medicines", "At least 1 items are needed."),
        ({"medicines": [{"name": "a"}] * 101}, "medicines", "At most 100 items are allowed."),
        ({"medicines": [{"name": ""}]}, "medicines.0.name", "At least 1 characters are needed."),
        ({"medicines": [{"name": "a" * 201}]}, "medicines.0.name", "At most 200 characters are allowed."),
        ({"medicines": [{"name": 3}]}, "medicines.0.name", "The value has the wrong JSON type."),
        ({"medicines": "warfarin"}, "medicines", "The value has the wrong JSON type."),
        ({"medicines": [{}]}, "medicines.0", "Give exactly one of name and code."),
        (
            {"medicines": [{"name": "a", "code": {"system": "atc", "value": "B01AA03"}}]},
            "medicines.0",
            "Give exactly one of name and code.",
        ),
        ({"medicines": [{"name": "a", "strength": "5"}]}, "medicines.0.strength", "There is no such field."),
        (
            {"medicines": [{"name": "a"}], "language": "nl"},
            "language",
            "Only these are allowed: en, fr, es, de, it, pt.",
        ),
        ({"medicines": [{"name": "\ud800"}]}, "medicines.0.name", "The value has the wrong JSON type."),
    ],
)
def test_an_invalid_field_is_named_and_told(client: TestClient, body: Any, field: str, message: str) -> None:
    response = client.post(CHECK, content=json.dumps(body), headers={"Content-Type": "application/json"})
    found = _problem(response, 422, "invalid-request")
    assert found.errors == [{"field": field, "message": message}]


def test_what_was_typed_is_not_sent_back_by_a_refusal(client: TestClient) -> None:
    response = client.post(CHECK, json={"medicines": [{"name": "x" * 150 + "SECRET" + "y" * 100}]})
    assert response.status_code == 422
    assert b"SECRET" not in response.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_told_in_the_language_that_the_caller_accepts(client: TestClient, language: str) -> None:
    response = client.get("/v1/nothing", headers={"Accept-Language": f"nl, {language}-XX;q=0.9, ja;q=0.8"})
    found = _problem(response, 404, "not-found")
    assert found.title == Phrases.load("medinfo").text(language, "error.not-found.title")
    assert found.detail == Phrases.load("medinfo").text(language, "error.not-found.detail")
    assert response.headers["content-language"] == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr;q=0.4, de;q=0.7", "de"),
        ("*", "en"),
        ("", "en"),
        ("es;q=x, it", "it"),
        ("pt;q=0", "en"),
        ("fr" * 9000, "en"),
    ],
)
def test_the_weights_of_accept_language_decide(client: TestClient, header: str, language: str) -> None:
    response = client.get("/v1/nothing", headers={"Accept-Language": header})
    assert response.headers["content-language"] == language


def test_the_language_of_the_query_comes_before_the_header(client: TestClient) -> None:
    response = client.get("/v1/medicines?language=de", headers={"Accept-Language": "fr"})
    assert _problem(response, 422, "invalid-request").errors == [
        {"field": "q", "message": "Dieses Feld ist erforderlich."}
    ]


def test_the_language_of_the_body_comes_before_the_header(client: TestClient) -> None:
    response = client.post(CHECK, json={"language": "it"}, headers={"Accept-Language": "fr"})
    assert _problem(response, 422, "invalid-request").title == "Richiesta non valida"


def test_a_code_that_cannot_exist_is_named_by_its_place(client: TestClient) -> None:
    body = {"medicines": [{"name": "warfarin"}, {"code": {"system": "cip13", "value": "3400930000001"}}]}
    found = _problem(client.post(CHECK, json=body), 422, "invalid-code")
    assert [error["field"] for error in found.errors or []] == ["medicines.1.code"]


def test_an_unknown_coding_system_is_refused(client: TestClient) -> None:
    body = {"medicines": [{"code": {"system": "no-such-system", "value": "1"}}]}
    _problem(client.post(CHECK, json=body), 422, "invalid-code")


def test_a_form_that_cannot_be_read_is_not_called_json(client: TestClient) -> None:
    files = {"file": ("a" * 20_000 + ".txt", b"x", "text/plain")}
    _problem(client.post("/v1/translations/documents", files=files, data={"target": "en"}), 400, "bad-request")


def test_an_unforeseen_exception_is_500_without_internals(client: TestClient) -> None:
    @client.app.get("/v1/broken")  # type: ignore[attr-defined, untyped-decorator]
    async def broken() -> None:
        raise RuntimeError("SECRET of the inside")

    response = client.get("/v1/broken", headers={"Accept-Language": "fr"})
    found = _problem(response, 500, "internal")
    assert "SECRET" not in response.text
    assert "RuntimeError" not in response.text
    assert "absence d'interactions" in found.detail


@pytest.mark.parametrize("path", ["/v1/translations", "/translate"])
def test_who_is_told_to_come_back_is_told_when(path: str) -> None:
    response = of({"type": "http", "path": path}, Overloaded("Too much waits.", retry_after=7))
    assert (response.status_code, response.headers["retry-after"]) == (503, "7")


def test_openapi_documents_the_shape_of_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    responses = document["paths"][CHECK]["post"]["responses"]
    assert {"400", "413", "415", "422", "503"} <= set(responses)
    for status in ("400", "413", "415", "422", "503"):
        assert responses[status]["content"] == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }

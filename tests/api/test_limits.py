from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.limits import MEGABYTE

CHECK = "/v1/interactions/check"


def _body(size: int) -> bytes:
    head, tail = b'{"medicines": [{"name": "warfarin"}]', b"}"
    return head + b" " * (size - len(head) - len(tail)) + tail


def test_a_body_of_one_megabyte_is_taken(client: TestClient) -> None:
    response = client.post(CHECK, content=_body(MEGABYTE), headers={"Content-Type": "application/json"})
    assert response.status_code == 200


def test_a_larger_body_is_413_as_a_problem(client: TestClient) -> None:
    response = client.post(CHECK, content=_body(MEGABYTE + 1), headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (413, "body-too-large")
    assert response.headers["content-type"] == "application/problem+json"


def test_a_streamed_body_without_a_declared_size_is_counted(client: TestClient) -> None:
    def stream() -> Iterator[bytes]:
        for start in range(0, MEGABYTE + 1, 65536):
            yield _body(MEGABYTE + 1)[start : start + 65536]

    response = client.post(CHECK, content=stream(), headers={"Content-Type": "application/json"})
    assert "content-length" not in response.request.headers
    assert (response.status_code, response.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]", "[::1]:8000", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil", ""])
def test_any_other_host_is_refused_so_that_no_web_page_reaches_us_under_its_own_name(
    client: TestClient, host: str
) -> None:
    response = client.get("/health/live", headers={"Host": host})
    assert (response.status_code, response.json()["code"]) == (421, "invalid-host")


def test_no_other_origin_is_let_in(client: TestClient) -> None:
    response = client.options(
        CHECK, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    )
    assert not [name for name in response.headers if name.startswith("access-control-")]

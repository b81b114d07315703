"""The service as it is really run: a process of its own, whose every line of log is read."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from conftest import Running, Start

SECRET = "Xanax-for-Mrs-Example"


@pytest.fixture(scope="module")
def running(start: Start) -> Running:
    return start()


def test_what_is_typed_is_in_no_line_of_the_log(running: Running) -> None:
    with httpx.Client(base_url=running.url, trust_env=False) as http:
        check = "/v1/interactions/check"
        asked = [
            http.post(check, json={"medicines": [{"name": SECRET}, {"name": "warfarin", "indication": SECRET}]}),
            http.get("/v1/medicines", params={"q": SECRET}),
            http.get("/v1/medicines", params={"q": SECRET * 20}),
            http.get(f"/v1/medicines/{SECRET}"),
            http.get(f"/{SECRET}"),
            http.get(f"/v1/{SECRET}"),
            http.post(check, json={"medicines": [{"name": SECRET * 20}], SECRET: SECRET}),
            http.post(
                check, content=f'{{"medicines": [{{"name": "{SECRET}', headers={"Content-Type": "application/json"}
            ),
            http.post(check, json={"medicines": [{"code": {"system": SECRET, "value": SECRET}}]}),
            http.get("/v1/knowledge", headers={"X-Medinfo-Actor": f"{SECRET} is ill", "X-Request-Id": f"{SECRET}!"}),
            http.get("/v1/knowledge", headers={"Host": SECRET, "User-Agent": SECRET, "Referer": SECRET}),
        ]
        http.request(SECRET.replace("-", ""), "/v1/knowledge")  # refused by the server, before it reaches us
    statuses = [response.status_code for response in asked]
    assert statuses == [200, 200, 422, 404, 404, 404, 422, 400, 422, 400, 421]
    logged = running.lines_of(*(response.headers["x-request-id"] for response in asked))
    assert [line["status"] for line in logged] == statuses
    assert SECRET.lower() not in running.text().lower()
    assert SECRET.replace("-", "").lower() not in running.text().lower()


def test_a_line_of_the_log_says_route_status_and_unverified_actor(running: Running) -> None:
    response = httpx.get(f"{running.url}/v1/medicines/warfarin", headers={"X-Medinfo-Actor": "ward-3"}, trust_env=False)
    (line,) = running.lines_of(response.headers["x-request-id"])
    assert (line["route"], line["status"], line["method"]) == ("/v1/medicines/{id}", 200, "GET")
    assert (line["actor"], line["actor_verified"]) == ("ward-3", False)
    assert isinstance(line["ms"], float)


def test_metrics_count_by_route_template_only(running: Running) -> None:
    asked = [httpx.get(f"{running.url}{path}{SECRET}", trust_env=False) for path in ("/v1/medicines/", "/")]
    running.lines_of(*(response.headers["x-request-id"] for response in asked))
    text = httpx.get(f"{running.url}/metrics", trust_env=False).text
    assert SECRET not in text
    assert 'medinfo_http_requests_total{method="GET",route="/v1/medicines/{id}",status="4xx"}' in text
    assert 'route="none"' in text
    assert 'medinfo_knowledge_age_months{source="ansm-thesaurus"}' in text
    assert "process_resident_memory_bytes" in text


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked(start: Start, asked: signal.Signals) -> None:
    service = start()
    service.process.send_signal(asked)
    assert service.process.wait(timeout=30) == (0 if asked is signal.SIGINT else -signal.SIGTERM)
    assert "Traceback" not in service.text()


def test_a_port_that_is_taken_is_told_in_one_line(running: Running, start: Start) -> None:
    with pytest.raises(AssertionError, match=r"medinfo: Cannot listen on 127\.0\.0\.1 port \d+: "):
        start(MEDINFO_PORT=running.url.rpartition(":")[2])


def test_the_loopback_of_ipv6_is_served_under_its_own_name(start: Start) -> None:
    service = start(MEDINFO_HOST="::1")
    assert service.url.startswith("http://[::1]:")
    assert httpx.get(f"{service.url}/health/ready", trust_env=False).status_code == 200

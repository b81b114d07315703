"""The service as it is really run: a process of its own, whose every line of log is read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

SECRET = "Xanax-for-Mrs-Example"


class Running:
    """A service in a process of its own.

    Args:
        data_dir: its data folder. log: the file that takes its standard output and error.
    """

    def __init__(self, data_dir: Path, log: Path, **settings: str) -> None:
        self._log = log
        environment = {
            **os.environ, "MEDINFO_DATA_DIR": str(data_dir), "MEDINFO_PORT": "0", "MEDINFO_UI": "off",
            "MEDINFO_ENVIRONMENT": "production", "MEDINFO_LOG_LEVEL": "debug", **settings,
        }  # fmt: skip
        with log.open("wb") as stream:
            command = [str(Path(sys.executable).with_name("medinfo")), "serve"]
            self.process = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def wait_ready(self) -> Running:
        """Wait for it, and stop it if it does not come."""
        for _ in range(600):
            if self._is_ready():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise AssertionError(self.text())

    def _is_ready(self) -> bool:
        ports = [line["port"] for line in self.lines() if line["event"] == "serving"]
        if not ports:
            return False
        self._port = int(str(ports[0]))
        try:
            return httpx.get(f"{self.url}/health/ready", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def text(self) -> str:
        return self._log.read_text("utf-8")

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text().splitlines() if line.startswith("{")]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def running(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    service = Running(data_dir, tmp_path_factory.mktemp("serving") / "log").wait_ready()
    yield service
    if service.process.poll() is None:
        service.stop()


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
            http.request(SECRET.replace("-", ""), "/v1/knowledge"),
            http.post(check, json={"medicines": [{"name": SECRET * 20}], SECRET: SECRET}),
            http.post(
                check, content=f'{{"medicines": [{{"name": "{SECRET}', headers={"Content-Type": "application/json"}
            ),
            http.post(check, json={"medicines": [{"code": {"system": SECRET, "value": SECRET}}]}),
            http.get("/v1/knowledge", headers={"X-Medinfo-Actor": f"{SECRET} is ill", "X-Request-Id": f"{SECRET}!"}),
            http.get("/v1/knowledge", headers={"Host": SECRET, "User-Agent": SECRET, "Referer": SECRET}),
        ]
    statuses = [response.status_code for response in asked]
    assert statuses == [200, 200, 422, 404, 404, 404, 405, 422, 400, 422, 400, 421]
    ids = {response.headers["x-request-id"] for response in asked}
    logged = {str(line.get("request_id")): line for line in running.lines() if line["event"] == "request"}
    assert ids <= set(logged)
    assert SECRET.lower() not in running.text().lower()
    assert SECRET.replace("-", "").lower() not in running.text().lower()


def test_a_line_of_the_log_says_route_status_and_unverified_actor(running: Running) -> None:
    response = httpx.get(f"{running.url}/v1/medicines/warfarin", headers={"X-Medinfo-Actor": "ward-3"}, trust_env=False)
    (line,) = [line for line in running.lines() if line.get("request_id") == response.headers["x-request-id"]]
    assert (line["route"], line["status"], line["method"]) == ("/v1/medicines/{id}", 200, "GET")
    assert (line["actor"], line["actor_verified"]) == ("ward-3", False)
    assert isinstance(line["ms"], float)


def test_metrics_count_by_route_template_only(running: Running) -> None:
    httpx.get(f"{running.url}/v1/medicines/{SECRET}", trust_env=False)
    httpx.get(f"{running.url}/{SECRET}", trust_env=False)
    text = httpx.get(f"{running.url}/metrics", trust_env=False).text
    assert SECRET not in text
    assert 'medinfo_http_requests_total{method="GET",route="/v1/medicines/{id}",status="4xx"}' in text
    assert 'route="none"' in text
    assert 'medinfo_knowledge_age_months{source="ansm-thesaurus"}' in text
    assert "process_resident_memory_bytes" in text


def test_it_ends_cleanly_when_asked(data_dir: Path, tmp_path: Path) -> None:
    service = Running(data_dir, tmp_path / "log").wait_ready()
    assert service.stop() in {0, -signal.SIGTERM}
    assert "Traceback" not in service.text()

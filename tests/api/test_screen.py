"""The screen is mounted behind the API, only when it is on, and keeps nothing of what is typed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.testclient import TestClient

from api.addresses import own_url
from medinfo.settings import Settings

if TYPE_CHECKING:
    from conftest import Start


@pytest.fixture(scope="module")
def screen(start: Start) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=start(MEDINFO_UI="on").url, trust_env=False) as client:
        yield client


def test_the_screen_answers_at_the_root(screen: httpx.Client) -> None:
    response = screen.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")


def test_no_asset_of_the_page_comes_from_another_host(screen: httpx.Client) -> None:
    page = screen.get("/").text
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(https?:)?//([^/"'>\s]+)""", page)
    assert {host for _, host in loaded} <= {"127.0.0.1"}


def test_gradio_keeps_no_runs_and_sends_no_telemetry(screen: httpx.Client) -> None:
    (text,) = re.findall(r"window\.gradio_config = (\{.*?\});?</script>", screen.get("/").text, re.DOTALL)
    config = json.loads(text)
    assert config["analytics_enabled"] is False
    assert config.get("run_history", False) is False
    assert config["show_error"] is False


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nothing", 404), ("GET", "/v1/interactions/check", 405), ("POST", "/health/live", 405)],
)
def test_below_the_apis_paths_the_api_answers_for_itself(
    screen: httpx.Client, method: str, path: str, status: int
) -> None:
    response = screen.request(method, path, json={})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"), ("POST", "/gradio_api/process_recording"), ("GET", "/gradio_api/file=LICENSE"),
        ("GET", "/gradio_api/proxy=https://example.org"), ("GET", "/gradio_api/deep_link?session_hash=a"),
        ("POST", "/gradio_api/run/acted"), ("POST", "/gradio_api/call/acted"), ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/v1"), ("GET", "/v1/"), ("GET", "//v1/knowledge"), ("GET", "/healthz"), ("GET", "/docs"),
        ("GET", "/nothing"),
    ],
)  # fmt: skip
def test_whatever_the_screen_does_not_need_is_404_as_a_problem(screen: httpx.Client, method: str, path: str) -> None:
    given = {"files": {"files": ("note.txt", b"of a patient")}} if method == "POST" else {}
    response = screen.request(method, f"{str(screen.base_url).rstrip('/')}{path}", **given)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not-found"


def test_what_a_page_of_another_host_sends_as_a_file_is_not_kept(screen: httpx.Client) -> None:
    sent = screen.post(
        "/gradio_api/upload", files={"files": ("note.txt", b"of a patient")}, headers={"Origin": "https://evil.example"}
    )
    assert sent.status_code == 404
    assert "note.txt" not in sent.text


def test_the_check_is_there_beside_the_screen(screen: httpx.Client) -> None:
    response = screen.post("/v1/interactions/check", json={"medicines": [{"name": "warfarin"}]})
    assert response.status_code == 200


def test_the_host_is_guarded_for_the_screen_too(screen: httpx.Client) -> None:
    assert screen.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_without_the_screen_the_root_is_404_as_a_problem(client: TestClient) -> None:
    response = client.get("/")
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


def test_without_the_screen_neither_it_nor_gradio_is_imported(data_dir: Path) -> None:
    code = """
import sys
from api import create_app
assert not {"fastapi", "gradio", "interactions.check"} & set(sys.modules), "importing api is not free"
from pathlib import Path
from medinfo.settings import Settings
create_app(Settings(ui=False, data_dir=Path(sys.argv[1])))
assert not {"gradio", "ui", "pypdfium2", "torch"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code, str(data_dir)], check=True)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("localhost", "http://localhost:8000"),
        ("::1", "http://[::1]:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://127.0.0.1:8000"),
        ("192.168.7.4", "http://192.168.7.4:8000"),
        ("ward.example", "http://ward.example:8000"),
    ],
)
def test_the_screen_calls_the_api_of_its_own_process(host: str, url: str) -> None:
    assert own_url(Settings(host=host, port=8000)) == url

"""Translation in a service as it is really run: callers that go away, kills, restarts, logs, what it loads."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from conftest import Start

    from tests.api.running import Running

SECRET = "Zephyrin"
LONG = "".join(f"Prendre {number} comprimés par jour pendant {number} jours.\n" for number in range(3, 6000))
FEWER = "".join(LONG.splitlines(keepends=True)[:1500])
ASKED = {"text": LONG, "source": "fr", "target": "en"}


@pytest.fixture(scope="module")
def settings(models: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    database = tmp_path_factory.mktemp("database") / "test.sqlite"
    return {"MEDINFO_MODELS_DIR": str(models), "MEDINFO_DATABASE_URL": f"sqlite:///{database}"}


@pytest.fixture(scope="module")
def running(start: Start, settings: dict[str, str]) -> Running:
    return start(**settings)


def _until(done: Callable[[], Any]) -> Any:
    for _ in range(1200):
        if found := done():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def _tokens(running: Running) -> float:
    text = httpx.get(f"{running.url}/metrics", trust_env=False).text
    line = next(line for line in text.splitlines() if line.startswith("medinfo_translation_tokens_total"))
    return float(line.split()[1])


def _is_still(running: Running) -> bool:
    """Whether no model writes any more."""
    before = _tokens(running)
    time.sleep(1)
    return _tokens(running) == before


def test_closing_a_stream_stops_the_work(running: Running) -> None:
    headers = {"Accept": "text/event-stream"}
    client = httpx.Client(base_url=running.url, trust_env=False, timeout=60)
    with client, client.stream("POST", "/v1/translations", json=ASKED, headers=headers) as response:
        assert response.status_code == 200
        next(line for line in response.iter_lines() if line == "event: segment")
    _until(lambda: _is_still(running))
    assert _tokens(running) < 5000 * 5  # far from all of it


def test_closing_a_plain_request_stops_the_work(running: Running) -> None:
    before = _tokens(running)
    with httpx.Client(base_url=running.url, trust_env=False) as client, pytest.raises(httpx.ReadTimeout):
        client.post("/v1/translations", json=ASKED, timeout=1.5)
    _until(lambda: _is_still(running))
    assert _tokens(running) - before < 5000 * 5
    assert "Traceback" not in running.text()


def test_a_check_is_answered_while_a_long_text_is_translated(running: Running) -> None:
    headers = {"Accept": "text/event-stream"}
    client = httpx.Client(base_url=running.url, trust_env=False, timeout=60)
    with client, client.stream("POST", "/v1/translations", json=ASKED, headers=headers) as response:
        lines = response.iter_lines()
        next(line for line in lines if line == "event: segment")
        check = {"medicines": [{"name": "warfarin"}, {"name": "ibuprofen"}]}
        assert httpx.post(f"{running.url}/v1/interactions/check", json=check, trust_env=False).status_code == 200
        assert "event: segment" in lines  # it goes on


def test_what_is_translated_is_in_no_line_of_the_log(running: Running) -> None:
    with httpx.Client(base_url=running.url, trust_env=False, timeout=60) as http:
        text, pair = f"Bonjour {SECRET}.", {"source": "fr", "target": "en"}
        asked = [
            http.post("/v1/translations", json={"text": text, "source": "fr", "target": "en"}),
            http.post("/v1/translations", json={"text": text, "source": "fr", "target": SECRET}),
            http.post(
                "/v1/translations/verify",
                json={"source": text, "target": text, "source_language": "fr", "target_language": "en"},
            ),
            http.post("/translate", data={"q": text, "source": "fr", "target": "en"}),
            http.post("/translate", content=f'{{"q": "{text}', headers={"Content-Type": "application/json"}),
            http.post("/detect", json={"q": text}),
            http.post(
                "/translate_file", files={"file": (f"{SECRET}.txt", text)}, data={"source": "fr", "target": "en"}
            ),
            http.post(
                "/v1/translations/documents",
                files={"file": (f"{SECRET}.docx", b"PK\x03\x04" + SECRET.encode())},
                data=pair,
            ),
            http.post(
                "/v1/glossaries",
                json={"name": SECRET, "dictionaries": [{"source_lang": "fr", "target_lang": "en", "entries": SECRET}]},
            ),
            http.post(
                "/v1/translation-memory",
                json={"source": text, "target": f"{text} 5 mg", "source_language": "fr", "target_language": "en"},
            ),
            http.get(f"/download_file/{SECRET}"),
            http.get(f"/v1/jobs/{SECRET}"),
        ]
        assert [response.status_code for response in asked] == [
            200,
            422,
            200,
            200,
            400,
            200,
            200,
            202,
            422,
            409,
            404,
            404,
        ]
        job = asked[7].json()["id"]
        _until(lambda: http.get(f"/v1/jobs/{job}").json()["state"] == "failed")
    running.lines_of(*(response.headers["x-request-id"] for response in asked))
    assert SECRET.lower() not in running.text().lower()


def test_a_job_goes_on_in_the_next_process(start: Start, settings: dict[str, str], tmp_path: Path) -> None:
    settings = {**settings, "MEDINFO_DATABASE_URL": f"sqlite:///{tmp_path / 'test.sqlite'}"}
    first = start(**settings)
    form = {"files": {"file": ("long.txt", FEWER.encode())}, "data": {"source": "fr", "target": "en"}}
    sent = httpx.post(f"{first.url}/v1/translations/documents", trust_env=False, timeout=60, **form)  # type: ignore[arg-type]
    assert sent.status_code == 202, sent.text
    id = sent.json()["id"]

    def job(service: Running) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{service.url}/v1/jobs/{id}", trust_env=False).json()
        return found

    _until(lambda: job(first)["state"] == "running")
    first.process.send_signal(signal.SIGTERM)  # a clean stop gives the job back at once
    first.process.wait(timeout=30)
    second = start(**settings)
    assert _until(lambda: job(second)["state"] in {"done", "failed"} and job(second))["state"] == "done"
    result = httpx.get(f"{second.url}/v1/jobs/{id}/result", trust_env=False).text
    assert result.startswith("Take 3 tablets a day for 3 days.\nTake 4 tablets")
    assert result.count("\n") == FEWER.count("\n")


def test_a_plain_check_loads_nothing_of_translation(data_dir: Path) -> None:
    program = """
import sys
from fastapi.testclient import TestClient
from api import create_app
from medinfo.settings import Settings
from pathlib import Path
settings = Settings(data_dir=Path(sys.argv[1]), database_url="sqlite:////nowhere/at/all.sqlite", ui=False)
with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
    answer = client.post("/v1/interactions/check", json={"medicines": [{"name": "warfarin"}, {"name": "ibuprofen"}]})
    assert answer.status_code == 200, answer.text
    assert client.get("/metrics").status_code == 200
heavy = "ctranslate2", "sqlalchemy", "alembic", "lxml", "py3langid", "sentencepiece", "tokenizers", "docx"
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program, str(data_dir)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_a_database_that_cannot_be_opened_is_told_and_takes_nothing_else_along(start: Start, models: Path) -> None:
    service = start(MEDINFO_MODELS_DIR=str(models), MEDINFO_DATABASE_URL="postgresql://nobody:hunter2@127.0.0.1:9/none")
    with httpx.Client(base_url=service.url, trust_env=False, timeout=60) as http:
        glossaries = http.get("/v1/glossaries")
        assert (glossaries.status_code, glossaries.json()["code"]) == (503, "storage-unavailable")
        verdict = {"source": "5 mg", "target": "5 mg", "source_language": "fr", "target_language": "en"}
        assert http.post("/v1/translations/verify", json=verdict).status_code == 200
        check = {"medicines": [{"name": "warfarin"}]}
        assert http.post("/v1/interactions/check", json=check).status_code == 200
    assert "hunter2" not in service.text() + glossaries.text

"""Each example of docs/integrators.md, run as it stands (but for the port) against a service of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.shapes import CheckOut
from api.translation_shapes import TranslationOut

if TYPE_CHECKING:
    from conftest import Running, Start

PAGE = Path(__file__).parents[2] / "docs" / "integrators.md"


@pytest.fixture(scope="module")
def running(start: Start) -> Running:
    return start()


@pytest.fixture(scope="module")
def translator(start: Start, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Running:
    database = tmp_path_factory.mktemp("database") / "test.sqlite"
    return start(MEDINFO_MODELS_DIR=str(models), MEDINFO_DATABASE_URL=f"sqlite:///{database}")


def _example(language: str, running: Running, number: int = 0) -> str:
    """The example of a language: the first checks medicines, the second translates."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) == 2
    code = found[number]
    assert "http://127.0.0.1:8000" in code
    return str(code).replace("http://127.0.0.1:8000", running.url)


def _run(*command: str) -> str:
    if shutil.which(command[0]) is None:
        reason = f"{command[0]} is not on this machine"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_curl_example_answers_in_french(running: Running) -> None:
    if shutil.which("curl") is None and not os.environ.get("CI"):
        pytest.skip("curl is not on this machine")
    answer = CheckOut.model_validate_json(_run("bash", "-c", _example("bash", running)), extra="forbid")
    assert answer.language == "fr"
    assert [medicine.status for medicine in answer.medicines] == ["resolved"] * 3
    assert len(answer.interactions) >= 2


def test_the_python_example_prints_findings_with_their_page(running: Running) -> None:
    out = _run(sys.executable, "-c", _example("python", running))
    assert "ANSM 2023-09, page" in out
    assert "warfarin" in out.lower()


def test_the_javascript_example_prints_findings_in_spanish(running: Running, tmp_path: Path) -> None:
    script = tmp_path / "example.mjs"
    script.write_text(_example("javascript", running), "utf-8")
    out = _run("node", str(script))
    assert "desaconsejada" in out
    assert "+" in out


def test_the_curl_example_translates_and_flags_what_failed(translator: Running) -> None:
    answer = TranslationOut.model_validate_json(_run("bash", "-c", _example("bash", translator, 1)), extra="forbid")
    assert [text.ok for text in answer.translations] == [True, False]
    assert answer.translations[0].text == "Take 2 tablets a day."


def test_the_python_example_verifies_and_prints_segments_as_they_come(translator: Running) -> None:
    first, *segments = _run(sys.executable, "-c", _example("python", translator, 1)).splitlines()
    assert first.startswith("WRONG")
    assert "50 mg" in first
    assert [re.search(r"\[(\w+)\]", line)[1] for line in segments] == ["translated", "flagged"]  # type: ignore[index]


def test_the_javascript_example_translates_a_file(translator: Running, tmp_path: Path) -> None:
    script = tmp_path / "example.mjs"
    script.write_text(_example("javascript", translator, 1), "utf-8")
    assert _run("node", str(script)) == "1 segments, 0 flagged\nTake 2 tablets a day.\n\n"


def test_every_code_of_a_problem_is_named_on_the_page() -> None:
    from medinfo.phrases import Phrases

    codes = {name.split(".")[1] for name in Phrases.load("medinfo").names("en") if name.startswith("error.")}
    told = set(re.findall(r"`([a-z-]+)`", PAGE.read_text("utf-8")))
    never_over_http = {"bad-request", "unusable-source", "unsafe-configuration"}
    assert codes - told == never_over_http


def test_every_example_of_openapi_is_answered_as_documented(running: Running) -> None:
    import httpx

    document = httpx.get(f"{running.url}/openapi.json", trust_env=False).json()
    media = document["paths"]["/v1/interactions/check"]["post"]["requestBody"]["content"]["application/json"]
    assert len(media["examples"]) >= 3
    for name, example in media["examples"].items():
        response = httpx.post(f"{running.url}/v1/interactions/check", json=example["value"], trust_env=False)
        assert response.status_code == 200, (name, response.text)
        answer = CheckOut.model_validate_json(response.content, extra="forbid")
        assert [m.status for m in answer.medicines] == ["resolved"] * len(answer.medicines), name
        assert answer.interactions, (name, json.dumps(example))


def test_every_example_of_a_parameter_of_openapi_is_answered(running: Running) -> None:
    import httpx

    document = httpx.get(f"{running.url}/openapi.json", trust_env=False).json()
    asked = 0
    for path, methods in document["paths"].items():
        given = {p["name"]: p["schema"]["examples"][0] for p in _parameters(methods) if p["schema"].get("examples")}
        if "get" in methods and (given or "{" not in path):
            response = httpx.get(f"{running.url}{path.format_map(given)}", params=given, trust_env=False)
            assert response.status_code == 200, (path, response.text)
            asked += 1
    assert asked >= 5


def _parameters(methods: dict[str, Any]) -> list[dict[str, Any]]:
    return list(methods.get("get", {}).get("parameters", []))

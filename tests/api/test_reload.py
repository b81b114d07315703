"""A running service and the store: what is imported is taken up, what is damaged is not answered from."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.testclient import TestClient

from api import create_app
from medinfo.knowledge_store import KnowledgeStore
from medinfo.settings import Settings

if TYPE_CHECKING:
    from conftest import Running, Start

BODY = {"medicines": [{"name": "warfarin"}, {"name": "ibuprofen"}]}


@pytest.fixture
def own_data(tmp_path: Path, data_dir: Path) -> Path:
    """A data folder with a store of its own and the compiled tables of all."""
    (data_dir / "compiled").mkdir(exist_ok=True)
    (tmp_path / "compiled").symlink_to(data_dir / "compiled")
    return tmp_path


def _medinfo(data: Path, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("medinfo")), *arguments]
    subprocess.run(command, env={**os.environ, "MEDINFO_DATA_DIR": str(data)}, check=True, capture_output=True)


def _quoted(service: Running) -> bool:
    answer = httpx.post(f"{service.url}/v1/interactions/check", json=BODY, trust_env=False, timeout=30).json()
    (source,) = answer["interactions"][0]["sources"]
    assert answer["knowledge"]["sources"][0]["imported"] is (source["quote"] is not None)
    return source["quote"] is not None


def _becomes(service: Running, quoted: bool) -> bool:
    return any(_quoted(service) is quoted or time.sleep(0.1) for _ in range(100))


def test_a_running_service_takes_up_an_import_and_its_rollback(
    start: Start, own_data: Path, reference_data: Path
) -> None:
    service = start(MEDINFO_DATA_DIR=str(own_data))
    assert not _quoted(service)
    _medinfo(own_data, "import", "ansm-thesaurus", str(reference_data / "ansm" / "thesaurus-2023-09.pdf"))
    assert _becomes(service, quoted=True)
    _medinfo(own_data, "knowledge", "rollback", "--source", "ansm-thesaurus")
    assert _becomes(service, quoted=False)


def test_from_a_damaged_edition_nothing_is_answered(own_data: Path) -> None:
    stored = KnowledgeStore(own_data / "knowledge").add("ansm-thesaurus", "2023-09", b"something else")
    stored.path.write_bytes(b"altered")
    app = create_app(Settings(data_dir=own_data, ui=False))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.post("/v1/interactions/check", json=BODY, headers={"Accept-Language": "de"})
        ready = client.get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (500, "knowledge-error")
    assert "keine Prüfung möglich" in answer.json()["detail"]
    assert (ready.status_code, ready.json()["code"]) == (503, "not-ready")

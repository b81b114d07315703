"""A running service and the store: what is imported is taken up, what is damaged is not answered from."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.testclient import TestClient

from api import create_app
from interactions.importers.ansm_thesaurus.document import Thesaurus
from interactions.importers.ansm_thesaurus.store_file import write_store_file
from interactions.tables import dump, load_embedded
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


def _edition() -> bytes:
    """The facts that ship, as an edition that somebody imported."""
    knowledge = load_embedded()
    source = replace(knowledge.source, imported=True)
    document = Thesaurus(source.edition, source.published, source.pages, source.sha256, headings=(), pairs=())
    return write_store_file(document, dump(replace(knowledge, source=source)))


def _imported(service: Running) -> bool:
    answer = httpx.post(f"{service.url}/v1/interactions/check", json=BODY, trust_env=False, timeout=30).json()
    assert answer["interactions"]
    (source,) = answer["knowledge"]["sources"]
    return bool(source["imported"])


def _becomes(service: Running, imported: bool) -> bool:
    return any(_imported(service) is imported or time.sleep(0.1) for _ in range(300))


def test_a_running_service_takes_up_an_import_and_its_rollback(start: Start, own_data: Path) -> None:
    service = start(MEDINFO_DATA_DIR=str(own_data))
    assert not _imported(service)
    store = KnowledgeStore(own_data / "knowledge")
    store.add("ansm-thesaurus", "2023-09", _edition())
    assert _becomes(service, imported=True)
    store.rollback("ansm-thesaurus")
    assert _becomes(service, imported=False)


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

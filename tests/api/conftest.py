"""The application as its callers meet it: over HTTP, with the embedded knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import create_app
from medinfo.settings import Settings

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def client(data_dir: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_dir=data_dir, ui=False))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client

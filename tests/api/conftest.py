"""The application as its callers meet it: over HTTP, with the embedded knowledge."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
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
        self.url = ""

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
        self.url = next((str(line["url"]) for line in self.lines() if line["event"] == "serving"), "")
        if not self.url:
            return False
        try:
            return httpx.get(f"{self.url}/health/ready", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def text(self) -> str:
        return self._log.read_text("utf-8")

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text().splitlines() if line.startswith("{")]

    def lines_of(self, *requests: str) -> list[dict[str, object]]:
        """The lines that the requests with these ids ended with; written when the answer is already away."""
        for _ in range(300):
            ended = {str(line.get("request_id")): line for line in self.lines() if line["event"] == "request"}
            if set(requests) <= set(ended):
                return [ended[id] for id in requests]
            time.sleep(0.1)
        raise AssertionError(self.text())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


Start = Callable[..., Running]


@pytest.fixture(scope="session")
def start(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts services, each in a process of its own with settings as asked, and stops them all in the end."""
    started: list[Running] = []

    def start(**settings: str) -> Running:
        log = tmp_path_factory.mktemp("service") / "log"
        started.append(Running(data_dir, log, **settings))
        return started[-1].wait_ready()

    yield start
    for service in started:
        if service.process.poll() is None:
            service.stop()


WORDS = {
    "prendre": "take", "comprimé": "tablet", "comprimés": "tablets", "par": "a", "jour": "day", "matin": "morning",
    "de": "of", "le": "the", "la": "the", "pendant": "for", "jours": "days", "voie": "route", "orale": "oral",
    "boire": "drink", "eau": "water", "fièvre": "fever", "douleur": "pain", "bonjour": "hello", "monde": "world",
    "paracétamol": "paracetamol", "toux": "cough", "gorge": "throat", "tous": "all", "les": "the", "et": "and",
    "ibuprofène": "warfarin",
}  # fmt: skip
"""What the model of these tests knows. Its word for ibuprofen is a wrong medicine, which the checks must tell."""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one real model, from French to English, word by word."""
    from tests.translation.tiny import word_model

    folder = tmp_path_factory.mktemp("models")
    word_model(folder, WORDS, also={"douleur": ["ache"]})
    return folder


@pytest.fixture
def translating(data_dir: Path, models: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The application with a model, and a database of its own."""
    database = f"sqlite:///{tmp_path / 'test.sqlite'}"
    app = create_app(Settings(data_dir=data_dir, models_dir=models, database_url=database, ui=False))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def bare(data_dir: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The application without a model, with a database of its own."""
    database = f"sqlite:///{tmp_path / 'test.sqlite'}"
    app = create_app(Settings(data_dir=data_dir, models_dir=tmp_path / "none", database_url=database, ui=False))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client

"""The application as its callers meet it: over HTTP, with the embedded knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import create_app
from medinfo.settings import Settings
from tests.api.running import Running
from tests.translation.tiny import word_model

BASE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def client(data_dir: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data_dir=data_dir, ui=False))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


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
    "ibuprofène": "warfarin", "ne": "do", "jamais": "always",
}  # fmt: skip
"""What the model of these tests knows. Its words for ibuprofen and never are wrong, which the checks must tell."""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one real model, from French to English, word by word."""
    folder = tmp_path_factory.mktemp("models")
    word_model(folder, WORDS, also={"douleur": ["ache"]})
    return folder


def _application(data_dir: Path, models: Path, folder: Path) -> Iterator[TestClient]:
    database = f"sqlite:///{folder / 'test.sqlite'}"
    app = create_app(Settings(data_dir=data_dir, models_dir=models, database_url=database, ui=False))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def translating(data_dir: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application with a model, and a database of its own."""
    yield from _application(data_dir, models, tmp_path_factory.mktemp("database"))


@pytest.fixture(scope="module")
def bare(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application without a model, with a database of its own."""
    folder = tmp_path_factory.mktemp("database")
    yield from _application(data_dir, folder / "no-models", folder)

"""A service in a process of its own, with a real model, and one without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.running import Running
from tests.translation.tiny import word_model

WORDS = {
    "bonjour": "hello", "monde": "world", "douleur": "pain", "prendre": "take", "comprimés": "tablets",
    "par": "a", "jour": "day", "le": "the", "ne": "do", "jamais": "always", "boire": "drink",
}  # fmt: skip


@pytest.fixture(scope="session")
def service(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service that translates from French to English."""
    folder = tmp_path_factory.mktemp("conformance")
    word_model(folder / "models", WORDS, also={"douleur": ["ache"]})
    settings = {
        "MEDINFO_MODELS_DIR": str(folder / "models"),
        "MEDINFO_DATABASE_URL": f"sqlite:///{folder / 'test.sqlite'}",
    }
    running = Running(data_dir, folder / "log", **settings).wait_ready()
    yield running.url
    running.stop()

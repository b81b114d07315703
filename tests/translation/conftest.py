"""Real models and engines for the tests of translation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.translation.tiny import word_model
from translation.engine import CTranslateEngine
from translation.settings import EngineSettings

FRENCH = {
    "le": "the", "patient": "patient", "prend": "takes", "un": "one", "deux": "two", "comprimé": "tablet",
    "comprimés": "tablets", "par": "a", "jour": "day", "fois": "times", "matin": "morning", "soir": "evening",
    "ne pas": "do not", "avaler": "swallow", "mal de tête": "headache", "et": "and", "pendant": "for", "jours": "days",
}  # fmt: skip


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A folder of models with one that translates a few words from French to English."""
    folder = tmp_path / "models"
    word_model(folder, FRENCH, also={"deux": ["three", "four"]})
    return folder


@pytest.fixture
def engine_of() -> Iterator[Callable[..., CTranslateEngine]]:
    """Makes engines on CPU over a folder of models, and closes them after the test."""
    made: list[CTranslateEngine] = []

    def make(folder: Path, *, clock: Callable[[], float] | None = None, **settings: Any) -> CTranslateEngine:
        chosen = EngineSettings(models=folder, **{"device": "cpu", "threads": 2, **settings})
        made.append(CTranslateEngine(chosen, clock=clock) if clock else CTranslateEngine(chosen))
        return made[-1]

    yield make
    for engine in made:
        engine.close()

"""What the engine adds to CTranslate2: a thousand segments through it, and the very same batches by `translate_batch`.

    pytest tests/benchmarks/test_translation_engine.py --benchmark-only -s

Reported, never asserted. The model has the size of OPUS-MT (6 and 6 layers, 512 and 2048 wide, 58,000 tokens) and
weights set by hand, so that its targets are as long as its sources and each token costs what a real one costs. The
search is greedy: the engine's own work is the same for any beam, so that is where it weighs most. Where benchmarks are
switched off, a small model and a few segments show that this file still works.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.translation.tiny import word_model
from translation import engine_models
from translation.engine import CTranslateEngine
from translation.settings import EngineSettings

pytestmark = pytest.mark.benchmark_report

SEGMENTS = 1000
THREADS = 2
ROUNDS = 3
WORDS = {
    "le": "the", "patient": "patient", "prend": "takes", "un": "a", "comprimé": "tablet", "matin": "morning",
    "et": "and", "deux": "two", "soir": "evening", "pendant": "for", "jours": "days", "conduisez": "drive",
    "après": "after", "injection": "injection", "médecin": "doctor", "douleur": "pain", "heures": "hours",
}  # fmt: skip


class Recorded:
    """CTranslate2's translator, and the batches that it was given."""

    def __init__(self, translator: Any) -> None:
        self.translator = translator
        self.batches: list[tuple[Any, dict[str, Any]]] = []

    def translate_batch(self, tokens: Any, **options: Any) -> Any:
        self.batches.append((tokens, options))
        return self.translator.translate_batch(tokens, **options)

    def again(self) -> int:
        """The same batches, as many at once; tokens of the targets."""
        with ThreadPoolExecutor(THREADS) as pool:
            results = pool.map(lambda batch: self.translator.translate_batch(batch[0], **batch[1]), self.batches)
            return sum(len(one.hypotheses[0]) for batch in results for one in batch)


@pytest.fixture
def folder(tmp_path: Path, benchmark: Any) -> Iterator[Path]:
    sizes = {"layers": 6, "width": 512, "inner": 2048, "heads": 8, "vocabulary": 58_000} if benchmark.enabled else {}
    word_model(tmp_path, WORDS, **sizes)
    yield tmp_path
    shutil.rmtree(tmp_path / "word-fr-en")


@pytest.fixture
def texts(benchmark: Any) -> list[str]:
    draw = random.Random(1000)
    count = SEGMENTS if benchmark.enabled else 50
    return [" ".join(draw.choices(list(WORDS), k=draw.randint(2, 16))) for _ in range(count)]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Recorded]:
    made: list[Recorded] = []
    load = engine_models._translator

    def loading(*told: Any) -> Recorded:
        made.append(Recorded(load(*told)))
        return made[-1]

    monkeypatch.setattr(engine_models, "_translator", loading)
    return made


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of all cores."""
    wall, cores = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cores


def test_a_thousand_segments_beside_the_same_batches_by_ctranslate2(benchmark, folder, texts, recorded, capsys):
    engine = CTranslateEngine(EngineSettings(models=folder, device="cpu", threads=THREADS, beam=1, idle_seconds=0))
    engine.translate(texts[:50], "fr", "en")
    (plain,) = recorded
    rounds: list[tuple[tuple[float, float], tuple[float, float]]] = []

    def once() -> None:
        plain.batches.clear()
        ours = _timed(lambda: engine.translate(texts, "fr", "en"))
        rounds.append((ours, _timed(plain.again)))

    benchmark.pedantic(once, rounds=ROUNDS if benchmark.enabled else 1, iterations=1)
    engine.close()
    (wall, cores), (raw_wall, raw_cores) = (
        tuple(min(one[which][kind] for one in rounds) for kind in (0, 1)) for which in (0, 1)
    )
    benchmark.extra_info["overhead on the clock, %"] = round((wall / raw_wall - 1) * 100, 1)
    benchmark.extra_info["overhead of all cores, %"] = round((cores / raw_cores - 1) * 100, 1)
    with capsys.disabled() if benchmark.enabled else nullcontext():
        print(
            f"\n{len(texts)} segments in {len(plain.batches)} batches, best of {len(rounds)}: engine {wall:.1f} s "
            f"({cores:.1f} s of cores), CTranslate2 alone {raw_wall:.1f} s ({raw_cores:.1f} s of cores): "
            f"{(wall / raw_wall - 1):+.1%} on the clock, {(cores / raw_cores - 1):+.1%} of cores"
        )
    assert sum(len(tokens) for tokens, _ in plain.batches) == len(texts)

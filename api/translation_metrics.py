"""What is counted of translation: segments, flags, tokens; what waits, what is held in memory, jobs by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge

if TYPE_CHECKING:
    from translation.ports import Cancelled, Engine, Hypothesis, Path

JOB_STATES = ("waiting", "running", "done", "failed", "cancelled")


class TranslationMetrics:
    """The metrics of translation, in the registry of an application."""

    def __init__(self, registry: CollectorRegistry) -> None:
        prefix = "medinfo_translation"
        self._segments = Counter(f"{prefix}_segments", "Segments given back.", ("status",), registry=registry)
        self._flagged = Counter(f"{prefix}_flagged", "Segments flagged or kept back.", registry=registry)
        self._tokens = Counter(f"{prefix}_tokens", "Tokens that models wrote.", registry=registry)
        self._queue = Gauge(f"{prefix}_queue_tokens", "Tokens that wait for a model.", registry=registry)
        self._memory = Gauge(f"{prefix}_model_bytes", "Memory held by a model.", ("model",), registry=registry)
        self._jobs = Gauge("medinfo_jobs", "Jobs by state.", ("state",), registry=registry)

    def segment(self, status: str, times: int = 1) -> None:
        """Count segments that were given back."""
        self._segments.labels(status).inc(times)
        if status in {"flagged", "kept"}:
            self._flagged.inc(times)

    def tokens(self, count: int) -> None:
        """Count tokens that a model wrote."""
        self._tokens.inc(count)

    def observe(self, waiting: int, memory: Mapping[str, int], jobs: Mapping[str, int]) -> None:
        """Note the state of now.

        Args:
            waiting: tokens. memory: bytes by loaded model. jobs: how many, by state.
        """
        self._queue.set(waiting)
        self._memory.clear()
        for model, held in memory.items():
            self._memory.labels(model).set(held)
        for state in JOB_STATES:
            self._jobs.labels(state).set(jobs.get(state, 0))


class CountedEngine:
    """An engine whose tokens are counted."""

    def __init__(self, engine: Engine, metrics: TranslationMetrics) -> None:
        self._engine = engine
        self._metrics = metrics

    def pairs(self) -> frozenset[tuple[str, str]]:
        """See `translation.ports.Engine`."""
        return self._engine.pairs()

    def path(self, source: str, target: str) -> Path:
        """See `translation.ports.Engine`."""
        return self._engine.path(source, target)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, hypotheses: int = 1, cancelled: Cancelled | None = None
    ) -> list[list[Hypothesis]]:
        """See `translation.ports.Engine`."""
        found = self._engine.translate(texts, source, target, hypotheses=hypotheses, cancelled=cancelled)
        self._metrics.tokens(sum(one.tokens for each in found for one in each))
        return found

"""The settings of the translator, as a small frozen object that whoever builds it passes in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Device = Literal["auto", "cpu", "cuda"]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How models are run.

    Attributes:
        models: folder of installed models, one folder each; need not exist.
        device: `auto` takes a GPU where there is one.
        gpus: indices of the GPUs to use; empty for all of them.
        compute_type: CTranslate2's name, or `auto`: `int8` on CPU, `float16` on GPU.
        threads: segments translated side by side on CPU, one core each (CTranslate2's inter_threads); 0 for all cores.
            Threads inside one operation stay at one: more of them was measured to be slower.
        beam: beam width.
        batch_tokens: source tokens in one batch.
        queue_tokens: source tokens that may wait; past it callers get `Overloaded`.
        segment_tokens: source tokens of one segment; a longer one is cut by the engine at the best place it finds.
        idle_seconds: a model that was not used for so long is unloaded; 0 keeps it.
    """

    models: Path
    device: Device = "auto"
    gpus: tuple[int, ...] = ()
    compute_type: str = "auto"
    threads: int = 0
    beam: int = 4
    batch_tokens: int = 2048
    queue_tokens: int = 200_000
    segment_tokens: int = 400
    idle_seconds: float = 900.0

    def cores(self) -> int:
        """How many segments are translated side by side on CPU."""
        return self.threads or os.cpu_count() or 1

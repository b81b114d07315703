"""Where models run: on which device, with which numbers, how many batches side by side."""

from __future__ import annotations

from dataclasses import dataclass

from medinfo.errors import InvalidInput
from translation.settings import EngineSettings

GPU_BATCHES = 2
"""Batches on their way to each GPU: while one is computed, the next is made ready."""
PREFERRED = {"cpu": ("int8", "float32"), "cuda": ("float16", "float32")}
"""Compute types for `auto`, the first that the device can do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where models run.

    Attributes:
        device: cpu or cuda. indices: of the GPUs; (0,) on CPU.
        compute_type: CTranslate2's name. replicas: of a model that run side by side on each device index.
        workers: batches that are in work at once, over all indices.
    """

    device: str
    indices: tuple[int, ...]
    compute_type: str
    replicas: int
    workers: int


def resolve(settings: EngineSettings) -> Place:
    """Choose where models run.

    Raises:
        InvalidInput: the settings ask for a GPU or a compute type that this machine has not.
    """
    import ctranslate2

    gpus = ctranslate2.get_cuda_device_count() if settings.device != "cpu" else 0
    if settings.device == "cuda" and not gpus:
        raise InvalidInput("There is no GPU that CTranslate2 can use.", hint="Set the device to auto or cpu.")
    device = "cuda" if gpus else "cpu"
    indices = choose_gpus(settings.gpus, gpus) if gpus else (0,)
    able = [set(ctranslate2.get_supported_compute_types(device, index)) for index in indices]
    compute_type = _compute_type(settings.compute_type, device, set.intersection(*able))
    if device == "cuda":
        return Place(device, indices, compute_type, 1, GPU_BATCHES * len(indices))
    cores = settings.cores()
    return Place(device, indices, compute_type, cores, cores)


def choose_gpus(wanted: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The indices of the GPUs to use.

    Args:
        wanted: empty for all. count: how many there are.

    Raises:
        InvalidInput: one is wanted that is not there.
    """
    chosen = tuple(dict.fromkeys(wanted)) or tuple(range(count))
    absent = [index for index in chosen if not 0 <= index < count]
    if absent:
        raise InvalidInput(
            f"There is no GPU {', '.join(map(str, absent))}.", hint=f"This machine has {count}, counted from 0."
        )
    return chosen


def _compute_type(wanted: str, device: str, able: set[str]) -> str:
    if wanted == "auto":
        return next((one for one in PREFERRED[device] if one in able), "default")
    if wanted not in able:
        raise InvalidInput(
            f"The compute type {wanted!r} cannot be used on {device} here.",
            hint=f"Use auto, or one of {', '.join(sorted(able))}.",
        )
    return wanted

from __future__ import annotations

from pathlib import Path

import ctranslate2
import pytest

from medinfo.errors import InvalidInput
from translation.devices import choose_gpus, resolve
from translation.settings import EngineSettings

GPUS = ctranslate2.get_cuda_device_count()
without_gpu = pytest.mark.skipif(GPUS > 0, reason="this machine has a GPU")
with_gpu = pytest.mark.skipif(GPUS == 0, reason="this machine has no GPU")


def settings(**told) -> EngineSettings:
    return EngineSettings(models=Path("models"), **told)


def test_on_cpu_one_thread_an_operation_and_a_batch_a_core():
    place = resolve(settings(device="cpu", threads=3))
    assert (place.device, place.replicas, place.workers, place.compute_type) == ("cpu", 3, 3, "int8")


def test_all_cores_are_taken_by_default():
    assert resolve(settings(device="cpu")).workers >= 1


@without_gpu
def test_auto_takes_the_cpu_where_there_is_no_gpu():
    assert resolve(settings(device="auto")).device == "cpu"


@without_gpu
def test_a_gpu_that_is_not_there_is_refused():
    with pytest.raises(InvalidInput, match="no GPU") as refused:
        resolve(settings(device="cuda"))
    assert "auto or cpu" in refused.value.hint


def test_a_compute_type_that_the_device_has_not_is_refused_with_those_it_has():
    with pytest.raises(InvalidInput, match="'int1' cannot be used on cpu") as refused:
        resolve(settings(device="cpu", compute_type="int1"))
    assert "float32" in refused.value.hint


def test_a_compute_type_of_the_callers_is_kept():
    assert resolve(settings(device="cpu", compute_type="float32")).compute_type == "float32"


@pytest.mark.parametrize(("wanted", "chosen"), [((), (0, 1, 2)), ((2, 0), (2, 0)), ((1, 1), (1,))])
def test_gpus_are_chosen_by_index_and_all_of_them_by_default(wanted, chosen):
    assert choose_gpus(wanted, 3) == chosen


@pytest.mark.parametrize("wanted", [(3,), (0, -1)])
def test_a_gpu_that_is_not_among_them_is_refused(wanted):
    with pytest.raises(InvalidInput, match="There is no GPU") as refused:
        choose_gpus(wanted, 3)
    assert "has 3" in refused.value.hint


@with_gpu
def test_auto_takes_every_gpu_in_float16():
    place = resolve(settings())
    assert (place.device, place.indices, place.compute_type) == ("cuda", tuple(range(GPUS)), "float16")


@with_gpu
def test_a_gpu_beyond_those_there_is_refused():
    with pytest.raises(InvalidInput, match=f"no GPU {GPUS}"):
        resolve(settings(gpus=(0, GPUS)))

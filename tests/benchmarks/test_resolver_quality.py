"""Quality of the resolver on a fixed sample (held in every run), and a full report (reported, not held)."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from medinfo.medicines.catalogue import Catalogue

SAMPLE = 400
MIN_PRECISION = 0.995
MIN_RECALL = 0.97


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    """The script beside this file."""
    file = Path(__file__).with_name("resolver_quality.py")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue(data_dir: Path) -> Catalogue:
    return Catalogue.open(data_dir)


@pytest.mark.parametrize("population", ["INN", "brand"])
def test_one_error_is_forgiven_precisely(quality: ModuleType, catalogue: Catalogue, population: str) -> None:
    names = quality.sample(quality.populations()[population], SAMPLE)
    score = quality.total(quality.measure(catalogue, names))
    assert score.precision >= MIN_PRECISION, score.wrong
    assert score.recall >= MIN_RECALL, str(score)


def test_two_errors_are_rather_asked_about(quality: ModuleType, catalogue: Catalogue) -> None:
    names = quality.sample(quality.populations()["INN"], SAMPLE)
    score = quality.total(quality.measure(catalogue, names, edits=2))
    assert score.precision >= 0.97, score.wrong


def test_names_held_apart_are_forgiven_one_error(
    quality: ModuleType, catalogue: Catalogue, reference_data: Path
) -> None:
    held = quality.held_apart(reference_data)
    assert all(held.values())
    names = [name for folder in ("fhir", "leaflets/us-spl", "adverse-events/phee") for name in held[folder]]
    score = quality.total(quality.measure(catalogue, quality.sample(names, SAMPLE)))
    assert score.precision >= MIN_PRECISION, score.wrong


@pytest.mark.benchmark_report
def test_report(quality: ModuleType, data_dir: Path, reference_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = quality.report(Catalogue.open(data_dir), reference_data, 1000)
    with capsys.disabled():
        print(f"\n{text}")
    assert "INN" in text

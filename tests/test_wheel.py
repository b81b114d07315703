"""What is installed is whole: the wheel, put elsewhere, holds the five packages with their data and answers a check."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGES = ("medinfo", "interactions", "translation", "api", "ui")
CHECK = """
import sys
from importlib import import_module
from pathlib import Path
for name in sys.argv[2:]:
    assert Path(import_module(name).__file__).is_relative_to(sys.argv[1]), name
from api.cli import main
sys.argv = ["medinfo", "check", "warfarin", "ibuprofen", "--json"]
main()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources and installed into a folder, without any network."""
    copy, target = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("installed")
    for name in (*PACKAGES, "pyproject.toml", "README.md", "LICENSE"):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "install", *offline, "--target", str(target), str(copy)], check=True, capture_output=True)
    return target


def _data_files(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for name in PACKAGES
        for path in (folder / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "__pycache__" not in path.parts
    }


def test_every_file_of_the_packages_is_installed(installed: Path) -> None:
    assert _data_files(PROJECT) - _data_files(installed) == set()


def test_the_installed_packages_answer_a_check(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "MEDINFO_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", CHECK, str(installed), *PACKAGES]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"interactions"' in done.stdout
    assert "ansm-thesaurus" in done.stdout


def test_the_distribution_cannot_be_uploaded_by_mistake(installed: Path) -> None:
    (metadata,) = installed.glob("medinfo-*.dist-info/METADATA")
    assert "Classifier: Private :: Do Not Upload" in metadata.read_text("utf-8")

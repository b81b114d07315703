"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medinfo.settings import Settings


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data; a test that asks for it skips where it is absent, and fails in CI."""
    folder = Settings().reference_data
    if folder.is_dir():
        return folder.resolve()
    reason = f"reference data is not at {folder} (set MEDINFO_REFERENCE_DATA)"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{reason}; in CI it must be there")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the whole run, shared by its processes: the tables are compiled in it once. Import nothing."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "medinfo-data"
    folder.mkdir(exist_ok=True)
    return folder

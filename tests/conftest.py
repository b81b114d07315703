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

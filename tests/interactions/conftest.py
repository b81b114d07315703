"""What the tests of the interactions share."""

from __future__ import annotations

from pathlib import Path

import pytest

from interactions.knowledge import Knowledge
from interactions.tables import read_tables

SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def small_knowledge() -> Knowledge:
    """A few made-up statements of every kind: others, combination, open side, conditions, members of a branch."""
    return read_tables(SMALL)

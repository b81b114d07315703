"""The branches that an entry's prose states, each with its level and the medicines that it names."""

from __future__ import annotations

from collections.abc import Sequence

from interactions.importers.ansm_thesaurus.document import TextCondition
from interactions.knowledge import Level


def text_conditions(levels: Sequence[Level], mechanism: str, advice: str) -> tuple[TextCondition, ...]:
    """The branches of an entry."""
    if len(levels) < 2:
        return ()
    return tuple(TextCondition("", level=level) for level in levels)

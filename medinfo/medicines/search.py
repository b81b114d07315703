"""Type-ahead: names for what is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medinfo.medicines.known import Known

HitKind = Literal["substance", "brand", "product", "synonym"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One name that may be meant.

    Attributes:
        name: as its source writes it. substances: ids. kind: what it is.
        archived: every product of that name is no longer authorised.
    """

    name: str
    substances: tuple[str, ...]
    kind: HitKind
    archived: bool


class Search:
    """Finds names by what is typed of them.

    Args:
        known: what is known.
    """

    def __init__(self, known: Known) -> None:
        self._known = known

    def find(self, q: str, limit: int = 10) -> list[Hit]:
        """Not written yet."""
        return []

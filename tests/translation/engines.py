"""Engines for tests of what stands on an engine: one that says the text back, and a memory of a few entries."""

from __future__ import annotations

from collections.abc import Sequence

from medinfo.errors import Cancelled as Stopped
from translation.ports import Cancelled, Hypothesis, Match, Path


class IdentityEngine:
    """Says every segment back as it is. Counts what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset({("fr", "en"), ("en", "fr")})

    def path(self, source: str, target: str) -> Path:
        return Path(("identity",), "", "provisional", ("Apache-2.0",))

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, hypotheses: int = 1, cancelled: Cancelled | None = None
    ) -> list[list[Hypothesis]]:
        if cancelled is not None and cancelled():
            raise Stopped("stopped")
        self.given += texts
        return [[Hypothesis(text, 1.0, len(text))] for text in texts]


class FewEntries:
    """A memory that answers a segment with one entry given beforehand."""

    def __init__(self, **_: object) -> None:
        self.entries: dict[str, Match] = {}

    def add(self, text: str, source: str, target: str, score: float) -> FewEntries:
        self.entries[text] = Match("m1", source, target, score, "ana")
        return self

    def matches(self, texts: Sequence[str], source: str, target: str) -> list[Match | None]:
        return [self.entries.get(text) for text in texts]

"""What translation needs of others, each as narrow as it can be: an engine, names of medicines, a memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from translation.results import Quality, Span

Cancelled = Callable[[], bool]
"""Asked between batches: True stops the work with `medinfo.errors.Cancelled`."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One translation that a model offers.

    Attributes:
        text: the translation. score: probability per token, 0 to 1. tokens: tokens of the target.
    """

    text: str
    score: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Path:
    """How one language is reached from another.

    Attributes:
        models: names of the models, one, or two with a pivot between them.
        pivot: the language between, or "".
        quality: the lowest quality class among the models. licences: SPDX names or the licence's own, one a model.
    """

    models: tuple[str, ...]
    pivot: str
    quality: Quality
    licences: tuple[str, ...]

    @property
    def name(self) -> str:
        """The models' names, joined."""
        return " > ".join(self.models)


class Engine(Protocol):
    """Translates plain segments. Safe to call from several threads."""

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Pairs of (source, target) that can be translated now, those over a pivot included; empty without a model."""
        ...

    def path(self, source: str, target: str) -> Path:
        """How a pair is translated.

        Raises:
            NoModel: no model is installed. UnsupportedPair: none of those installed serves the pair.
        """
        ...

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, hypotheses: int = 1, cancelled: Cancelled | None = None
    ) -> list[list[Hypothesis]]:
        """Translate segments; blocks until all are done.

        Args:
            texts: one segment each, not empty, of one line.
            hypotheses: how many translations of each to give, best first; fewer may come back, at least one does.

        Raises:
            NoModel, UnsupportedPair: see `path`. Overloaded: the queue is full. Cancelled: `cancelled()` was True.
        """
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A medicine named in a text.

    Attributes:
        span: where. substances: ids of its substances, sorted; the same for every name of the same medicine.
    """

    span: Span
    substances: tuple[str, ...]


class Names(Protocol):
    """Finds medicines in running text."""

    def mentions(self, text: str, language: str) -> Sequence[Mention]:
        """Every medicine named in the text, in its order, none overlapping. Exact names only; nothing is guessed."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """An approved translation like a segment.

    Attributes:
        id, source, target, approved_by: as stored. score: 0 to 100; 100 is the same text.
    """

    id: str
    source: str
    target: str
    score: float
    approved_by: str = ""


class Memory(Protocol):
    """Translations that a person approved."""

    def matches(self, texts: Sequence[str], source: str, target: str) -> list[Match | None]:
        """The best approved translation for each segment, exact before fuzzy, None where none is near."""
        ...

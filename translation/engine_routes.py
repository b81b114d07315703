"""How a language is reached from another with the models that are installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from medinfo.errors import NoModel, UnsupportedPair
from translation.engine_manifest import QUALITIES, InstalledModel
from translation.ports import Path as Route

PIVOT = "en"
"""The language between, where no model translates a pair directly."""
FIRST = "opus-mt-fr-en"
"""The model named to who has none."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One model that translates one pair."""

    model: InstalledModel
    source: str
    target: str


class Routes:
    """The ways between languages.

    Args:
        models: those that can be used.
    """

    def __init__(self, models: Sequence[InstalledModel]) -> None:
        self.models = tuple(models)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every pair that can be translated, those over the pivot included."""
        direct = frozenset(pair for model in self.models for pair in model.served())
        there = {source for source, target in direct if target == PIVOT}
        back = {target for source, target in direct if source == PIVOT}
        return direct | {(source, target) for source in there for target in back if source != target}

    def hops(self, source: str, target: str) -> tuple[Hop, ...]:
        """The models to go through: of the best quality first, then the direct way.

        Raises:
            NoModel: no model is installed. UnsupportedPair: none serves the pair.
        """
        if not self.models:
            command = f"medinfo models install {FIRST}"
            raise NoModel(
                "No translation model is installed.", hint=f"Install one: {command}", params={"command": command}
            )
        ways = list(self._ways(source, target))
        if not ways:
            raise UnsupportedPair(
                f"No installed model translates from {source} to {target}.", params={"source": source, "target": target}
            )
        return max(ways, key=lambda way: (min(map(_rank, way)), -len(way)))

    def route(self, source: str, target: str) -> Route:
        """The same, as callers see it."""
        hops = self.hops(source, target)
        return Route(
            models=tuple(hop.model.name for hop in hops),
            pivot=PIVOT if len(hops) > 1 else "",
            quality=QUALITIES[min(map(_rank, hops))],
            licences=tuple(hop.model.licence for hop in hops),
        )

    def _ways(self, source: str, target: str) -> Iterator[tuple[Hop, ...]]:
        if source == target:
            return
        if direct := self._best(source, target):
            yield (direct,)
        if PIVOT in (source, target):
            return
        there, back = self._best(source, PIVOT), self._best(PIVOT, target)
        if there and back:
            yield there, back

    def _best(self, source: str, target: str) -> Hop | None:
        """The best model of a pair: of equals the one of fewest languages, then the first by name."""
        serving = [Hop(model, source, target) for model in self.models if model.serves(source, target)]
        return min(serving, key=lambda hop: (-_rank(hop), _breadth(hop.model), hop.model.name), default=None)


def _rank(hop: Hop) -> int:
    return QUALITIES.index(hop.model.quality)


def _breadth(model: InstalledModel) -> int:
    return len(model.pairs) or len(model.languages) ** 2

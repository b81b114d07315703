"""How a language is reached from another with the models that are installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Damaged:
    """Why a model cannot be used.

    Attributes:
        reason: a clause, without the model's name. model: what its manifest tells; None where that is the trouble.
    """

    reason: str
    model: InstalledModel | None = None


def unusable(name: str, reason: str) -> NoModel:
    """The error of a model that is there but cannot be used."""
    command = f"medinfo models install {name}"
    return NoModel(sentence(name, reason), hint=f"Install it again: {command}", params={"command": command})


def sentence(name: str, reason: str) -> str:
    """Says of a model why it cannot be used."""
    return f"The model {name} cannot be used: {reason}."


class Routes:
    """The ways between languages.

    Args:
        models: those that can be used. damaged: those that are there but cannot be used, and why: one is named to a
            caller for whom no way is left.
    """

    def __init__(self, models: Sequence[InstalledModel], damaged: Mapping[str, Damaged] | None = None) -> None:
        self.models = tuple(models)
        self.damaged = dict(damaged or {})

    def without(self, model: InstalledModel, reason: str) -> Routes:
        """The ways that are left without a model that turned out to be damaged."""
        left = [one for one in self.models if one.name != model.name]
        return Routes(left, self.damaged | {model.name: Damaged(reason, model)})

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
            NoModel: no model is installed, or the one that would serve the pair is damaged.
            UnsupportedPair: none serves it.
        """
        ways = list(self._ways(source, target))
        if not ways and source != target:
            self._name_damaged(source, target)
        if not self.models:
            command = f"medinfo models install {FIRST}"
            raise NoModel(
                "No translation model is installed.", hint=f"Install one: {command}", params={"command": command}
            )
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

    def _name_damaged(self, source: str, target: str) -> None:
        for name, damaged in sorted(self.damaged.items()):
            # Of one whose manifest cannot be read nobody knows what it serves: it is named where nothing else is left.
            if (damaged.model is None and not self.models) or (damaged.model and _helps(damaged.model, source, target)):
                raise unusable(name, damaged.reason)

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


def _helps(model: InstalledModel, source: str, target: str) -> bool:
    return any(model.serves(*pair) for pair in ((source, target), (source, PIVOT), (PIVOT, target)))


def _rank(hop: Hop) -> int:
    return QUALITIES.index(hop.model.quality)


def _breadth(model: InstalledModel) -> int:
    return len(model.pairs) or len(model.languages) ** 2

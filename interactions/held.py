"""Which substances a list holds, in which medicines, and how they are taken there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interactions.conditions import Use
from interactions.doses import UNREAD, read_dose
from interactions.findings import Medicine
from medinfo.medicines.model import Substance

Uses = tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A substance of the list.

    Attributes:
        inputs: indices of the medicines that hold it, ascending. uses: how it is taken in each of them.
    """

    substance: Substance
    inputs: tuple[int, ...]
    uses: Uses


@dataclass(frozen=True, slots=True)
class Taken:
    """A party of the list: one substance, or all members of a combination.

    Attributes:
        uses: how it is taken. inputs: per use, the indices of the inputs.
    """

    uses: Uses
    inputs: tuple[tuple[int, ...], ...]

    def inputs_at(self, places: Iterable[int]) -> tuple[int, ...]:
        """All inputs of some uses, ascending."""
        return tuple(sorted({number for place in places for number in self.inputs[place]}))


def held_substances(medicines: Iterable[Medicine], doses: Sequence[str]) -> dict[str, Held]:
    """The distinct substances of a list, in the order of their ids.

    Args:
        doses: the dose as typed, per input.
    """
    holders: dict[str, dict[int, Medicine]] = {}
    substances: dict[str, Substance] = {}
    for medicine in medicines:
        for substance in medicine.resolution.substances:
            substances[substance.id] = substance
            holders.setdefault(substance.id, {})[medicine.input] = medicine
    return {
        id: Held(substances[id], tuple(holders[id]), _uses(list(holders[id].values()), doses)) for id in sorted(holders)
    }


def _uses(holders: Sequence[Medicine], doses: Sequence[str]) -> Uses:
    """A dose decides only where one medicine holds the substance and nothing else: doses of several would add up."""
    alone = len(holders) == 1 and len(holders[0].resolution.substances) == 1
    return tuple(Use(one.routes, read_dose(doses[one.input]) if alone else UNREAD) for one in holders)


def taken(party: tuple[str, ...], held: Mapping[str, Held]) -> Taken:
    """How a party is taken. A combination is taken once: by all its medicines, at any of their routes."""
    if len(party) == 1:
        one = held[party[0]]
        return Taken(one.uses, tuple((number,) for number in one.inputs))
    inputs = {number for substance in party for number in held[substance].inputs}
    uses = [use for substance in party for use in held[substance].uses]
    routes = {route for use in uses for route in use.routes} if all(use.routes for use in uses) else set()
    return Taken((Use(tuple(sorted(routes))),), (tuple(sorted(inputs)),))

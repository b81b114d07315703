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
class Taken:
    """How a party of the list is taken.

    Attributes:
        uses: once per medicine that holds it; once in all for a combination.
        at: per use, the indices of the inputs. inputs: all of them, ascending.
    """

    uses: Uses
    at: tuple[tuple[int, ...], ...]
    inputs: tuple[int, ...]

    def inputs_of(self, places: Sequence[int]) -> tuple[int, ...]:
        """The inputs of some uses, ascending."""
        if len(places) == len(self.at):
            return self.inputs
        return tuple(sorted({number for place in places for number in self.at[place]}))


@dataclass(frozen=True, slots=True)
class Held:
    """A substance of the list, and how it is taken."""

    substance: Substance
    taken: Taken


def held_substances(medicines: Iterable[Medicine], doses: Sequence[str]) -> dict[str, Held]:
    """The distinct substances of a list, in the order of their ids.

    Args:
        doses: the dose as typed, per input.
    """
    holders: dict[str, tuple[Substance, dict[int, Medicine]]] = {}
    for medicine in medicines:
        for substance in medicine.resolution.substances:
            holders.setdefault(substance.id, (substance, {}))[1][medicine.input] = medicine
    held = {}
    for id in sorted(holders):
        substance, by_input = holders[id]
        inputs = tuple(by_input)
        taken = Taken(_uses(tuple(by_input.values()), doses), tuple((number,) for number in inputs), inputs)
        held[id] = Held(substance, taken)
    return held


def _uses(holders: Sequence[Medicine], doses: Sequence[str]) -> Uses:
    """A dose decides only where one medicine holds the substance and nothing else: doses of several would add up."""
    alone = len(holders) == 1 and len(holders[0].resolution.substances) == 1
    return tuple(Use(one.routes, read_dose(doses[one.input]) if alone else UNREAD) for one in holders)


def taken(party: tuple[str, ...], held: Mapping[str, Held]) -> Taken:
    """How a party is taken. A combination is taken once: by all its medicines, at any of their routes."""
    if len(party) == 1:
        return held[party[0]].taken
    inputs = tuple(sorted({number for substance in party for number in held[substance].taken.inputs}))
    uses = [use for substance in party for use in held[substance].taken.uses]
    routes = {route for use in uses for route in use.routes} if all(use.routes for use in uses) else set()
    return Taken((Use(tuple(sorted(routes))),), (inputs,), inputs)

"""The interaction check: a list of medicines in, all that the sources state about it out.

checker = Checker(load_embedded(), catalogue, Routes.load())
checker.check([MedicineInput(name="warfarine"), MedicineInput(name="Advil 400")])
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from interactions.applicability import Applicability, Occurrence, Seat, Verdict
from interactions.conditions import Use
from interactions.doses import UNREAD, read_dose
from interactions.editions import age
from interactions.findings import (
    CheckResult,
    Duplicate,
    Finding,
    Medicine,
    MedicineInput,
    NotApplicable,
    NotCovered,
    Party,
)
from interactions.graph import build_graph, explain
from interactions.index import Hit, Index, Present
from interactions.knowledge import Interaction, Knowledge, Side
from medinfo.medicines.model import Resolution, Substance


class Names(Protocol):
    """What the check needs of the catalogue of medicines."""

    def resolve(self, text: str) -> Resolution:
        """What a name as typed stands for."""
        ...

    def resolve_code(self, system: str, value: str) -> Resolution:
        """What a code stands for."""
        ...


class RouteNames(Protocol):
    """What the check needs of the routes of administration."""

    def parse_all(self, text: str) -> tuple[str, ...]:
        """Slugs of a text that names routes; empty unless all of it is understood."""
        ...

    def is_local(self, slug: str) -> bool:
        """Whether a route is outside systemic interactions."""
        ...


@dataclass(frozen=True, slots=True)
class _Held:
    """A substance of the list with the medicines that hold it."""

    substance: Substance
    occurrences: tuple[Occurrence, ...]


class Checker:
    """Checks lists of medicines. Holds nothing that changes, so threads can share it.

    Args:
        knowledge: one source, or several: a pair that two of them state gives a finding each. Of two editions of
            one source the first counts.
        catalogue: resolves names and codes. routes: the routes of administration.
        today: tells the date (for the age of the editions).
        compiled: folder for the compiled index; without it the index is made in memory.

    Raises:
        KnowledgeError: the tables contradict themselves.
    """

    def __init__(
        self,
        knowledge: Knowledge | Sequence[Knowledge],
        catalogue: Names,
        routes: RouteNames,
        today: Callable[[], date] = date.today,
        compiled: Path | None = None,
    ) -> None:
        given = (knowledge,) if isinstance(knowledge, Knowledge) else knowledge
        first: dict[str, Knowledge] = {}
        for source in given:
            first.setdefault(source.source.id, source)
        self._sources = tuple(first.values())
        self._catalogue = catalogue
        self._routes = routes
        self._today = today
        self.graph = build_graph(self._sources)
        self.index = (
            Index.open(self._sources, routes.is_local, compiled)
            if compiled
            else Index.build(self._sources, routes.is_local)
        )
        self._rules = tuple(Applicability(source, routes.is_local) for source in self._sources)

    def check(self, items: Sequence[MedicineInput]) -> CheckResult:
        """Check a list.

        Args:
            items: the medicines; a finding names them by their index, from 0.

        Raises:
            UserError: a name or a code cannot be looked up at all (empty, too long, wrong check digit).
        """
        medicines = tuple(self._medicine(number, item) for number, item in enumerate(items))
        held = _held(medicines, items)
        findings, excluded = self._findings(held)
        stated = [found.between for found in findings] + [found.between for found in excluded]
        today = self._today()
        return CheckResult(
            medicines=medicines,
            findings=tuple(findings),
            duplicates=tuple(_duplicates(held)),
            not_applicable=tuple(excluded),
            not_covered=tuple(self._not_covered(medicines)),
            not_listed=tuple(_not_listed(list(held), stated)),
            editions=tuple(age(source.source, today) for source in self._sources),
        )

    def _medicine(self, number: int, item: MedicineInput) -> Medicine:
        found = (
            self._catalogue.resolve(item.name) if item.name else self._catalogue.resolve_code(item.system, item.value)
        )
        return Medicine(number, item.text, found, self._known_routes(item, found))

    def _known_routes(self, item: MedicineInput, found: Resolution) -> tuple[str, ...]:
        """Routes at which it may be taken.

        A route as typed decides if the product has it, or its routes are not known. Where the two contradict each
        other both may be meant; where the typed one is not understood nothing is known.
        """
        if not item.route:
            return found.route
        typed = self._routes.parse_all(item.route)
        if not typed or not found.route or set(typed) <= set(found.route):
            return typed
        return tuple(sorted({*typed, *found.route}))

    def _findings(self, held: dict[str, _Held]) -> tuple[list[Finding], list[NotApplicable]]:
        present = [Present(id, tuple(o.use.routes for o in one.occurrences)) for id, one in held.items()]
        meetings: dict[Hit, list[Hit]] = {}
        for hit in sorted(self.index.find(present)):
            number, a, b = hit
            meetings.setdefault((number, a, b) if a < b else (number, b, a), []).append(hit)
        findings, excluded = [], []
        for hits in meetings.values():
            source, interaction = self.index.interactions[hits[0][0]]
            found = self._judge(source, interaction, hits, held)
            if isinstance(found, Finding):
                findings.append((found.level.rank, hits[0], found))
            else:
                excluded.append(found)
        return [found for *_, found in sorted(findings, key=lambda entry: entry[:2])], excluded

    def _judge(
        self, source: int, interaction: Interaction, hits: Sequence[Hit], held: dict[str, _Held]
    ) -> Finding | NotApplicable:
        knowledge = self._sources[source]
        sides = (knowledge.sides[interaction.a], knowledge.sides[interaction.b])
        ways = [(_seat(a, sides[0], held), _seat(b, sides[1], held)) for _, a, b in hits]
        verdict = self._rules[source].judge(interaction, ways)
        first, second = (_party(seat, held, verdict) for seat in ways[0])
        if verdict.status != "applies":
            between, reason = (first, second), verdict.status
            return NotApplicable(interaction, knowledge.source, between, reason, verdict.local, verdict.outcomes)
        path = explain(self.graph, knowledge.source.id, interaction.id, *hits[0][1:])
        return Finding(
            interaction, knowledge.source, (first, second), verdict.level, verdict.outcomes, path, len(hits) > 1
        )

    def _not_covered(self, medicines: Iterable[Medicine]) -> Iterator[NotCovered]:
        for one in medicines:
            found = one.resolution
            if found.status != "resolved":
                yield NotCovered(one.input, one.text, None, found.status)
            elif found.homeopathic:
                yield NotCovered(one.input, one.text, None, "homeopathic")
            elif not found.substances:
                yield NotCovered(one.input, one.text, None, "no_source")
            for substance in found.substances if found.status == "resolved" else ():
                if not self.index.covers(substance.id):
                    yield NotCovered(one.input, one.text, substance, "no_source")


def _held(medicines: Iterable[Medicine], items: Sequence[MedicineInput]) -> dict[str, _Held]:
    """The distinct substances of the list, in the order of their ids."""
    found: dict[str, tuple[Substance, list[Medicine]]] = {}
    for medicine in medicines:
        if medicine.resolution.status == "resolved":
            for substance in medicine.resolution.substances:
                holders = found.setdefault(substance.id, (substance, []))[1]
                if medicine not in holders:
                    holders.append(medicine)
    return {id: _Held(substance, _occurrences(holders, items)) for id, (substance, holders) in sorted(found.items())}


def _occurrences(holders: Sequence[Medicine], items: Sequence[MedicineInput]) -> tuple[Occurrence, ...]:
    """A dose decides only where one medicine holds the substance and nothing else: doses of several would add up."""
    alone = len(holders) == 1 and len(holders[0].resolution.substances) == 1
    return tuple(
        Occurrence((one.input,), Use(one.routes, read_dose(items[one.input].dose) if alone else UNREAD))
        for one in holders
    )


def _seat(party: tuple[str, ...], side: Side, held: dict[str, _Held]) -> Seat:
    """A combination takes part once: by all its medicines, at any of their routes."""
    if side.kind != "combination":
        return Seat(party, side, held[party[0]].occurrences)
    occurrences = [occurrence for substance in party for occurrence in held[substance].occurrences]
    inputs = tuple(sorted({number for occurrence in occurrences for number in occurrence.inputs}))
    known = all(occurrence.use.routes for occurrence in occurrences)
    routes = {route for occurrence in occurrences for route in occurrence.use.routes} if known else set()
    return Seat(party, side, (Occurrence(inputs, Use(tuple(sorted(routes)))),))


def _party(seat: Seat, held: dict[str, _Held], verdict: Verdict) -> Party:
    inputs = sorted({number for occurrence in seat.occurrences for number in occurrence.inputs} & set(verdict.inputs))
    if seat.side.kind == "combination":
        return Party(seat.side.id, seat.party, None, seat.side, tuple(inputs))
    return Party(seat.party[0], seat.party, held[seat.party[0]].substance, seat.side, tuple(inputs))


def _duplicates(held: dict[str, _Held]) -> Iterator[Duplicate]:
    for one in held.values():
        inputs = tuple(number for occurrence in one.occurrences for number in occurrence.inputs)
        if len(inputs) > 1:
            yield Duplicate(one.substance, inputs)


def _not_listed(substances: Sequence[str], stated: Iterable[tuple[Party, Party]]) -> Iterator[tuple[str, str]]:
    """Pairs that no finding and no exclusion speaks of. A combination speaks for each of its members."""
    spoken_of = {
        (min(a, b), max(a, b)) for first, second in stated for a in first.substances for b in second.substances
    }
    return (pair for pair in itertools.combinations(substances, 2) if pair not in spoken_of)

"""The interaction check: a list of medicines in, all that the sources state about it out.

checker = Checker(load_embedded(), catalogue, Routes.load())
checker.check([MedicineInput(name="warfarine"), MedicineInput(name="Advil 400")])
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from interactions.applicability import Applicability, Seat
from interactions.editions import age
from interactions.findings import (
    CheckResult,
    Duplicate,
    Finding,
    Judged,
    Medicine,
    MedicineInput,
    NotApplicable,
    NotCovered,
    Party,
)
from interactions.graph import build_graph, explain
from interactions.held import Held, Uses, held_substances, taken
from interactions.index import Hit, Index, Present
from interactions.index_arrays import members_by_side
from interactions.knowledge import Knowledge, Side
from medinfo.medicines.model import Resolution

KEPT = 4096
"""How many judged pairs are kept."""

Places = tuple[tuple[int, ...], tuple[int, ...]]


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


class Checker:
    """Checks lists of medicines. Threads can share it: all that changes is a bounded store of what was judged before.

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
        self._routes = routes
        self._today = today
        self._catalogue = catalogue
        self._editions = lru_cache(1)(lambda day: tuple(age(source.source, day) for source in self._sources))
        self._kept: dict[tuple[tuple[Hit, ...], tuple[Uses, Uses]], tuple[Judged, Places]] = {}
        self.graph = build_graph(self._sources)
        self.index = (
            Index.open(self._sources, routes.is_local, compiled)
            if compiled
            else Index.build(self._sources, routes.is_local)
        )
        self._rules = tuple(Applicability(source, routes.is_local) for source in self._sources)
        self._apart = _told_apart(self._sources, self.index)

    def check(self, items: Sequence[MedicineInput]) -> CheckResult:
        """Check a list.

        Args:
            items: the medicines; a finding names them by their index, from 0.

        Raises:
            UserError: a name or a code cannot be looked up at all (empty, too long, wrong check digit).
        """
        medicines = tuple(self._medicine(number, item) for number, item in enumerate(items))
        held = held_substances(medicines, [item.dose for item in items])
        findings, excluded = self._findings(held)
        between = [found.judged.between for found in findings] + [found.judged.between for found in excluded]
        return CheckResult(
            medicines=medicines,
            findings=tuple(findings),
            duplicates=tuple(
                Duplicate(one.substance, one.taken.inputs) for one in held.values() if len(one.taken.inputs) > 1
            ),
            not_applicable=tuple(excluded),
            not_covered=tuple(self._not_covered(medicines)),
            not_listed=_not_listed(held, between),
            editions=self._editions(self._today()),
        )

    def forget(self) -> None:
        """Let go of the judgements that are kept; the next checks are as slow as the first."""
        self._kept.clear()

    def _medicine(self, number: int, item: MedicineInput) -> Medicine:
        names = self._catalogue
        found = names.resolve(item.name) if item.name else names.resolve_code(item.system, item.value)
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

    def _findings(self, held: Mapping[str, Held]) -> tuple[list[Finding], list[NotApplicable]]:
        present = [Present(id, tuple(use.routes for use in one.taken.uses)) for id, one in held.items()]
        met: dict[Hit, list[Hit]] = {}
        for hit in sorted(self.index.find(present)):
            number, a, b = hit
            met.setdefault((number, a, b) if a < b else (number, b, a), []).append(hit)
        findings, excluded = [], []
        for hits in met.values():
            _, a, b = hits[0]
            one, other = taken(a, held), taken(b, held)
            judged, (first, second) = self._judged(tuple(hits), held, (one.uses, other.uses))
            inputs = (one.inputs_of(first), other.inputs_of(second))
            if judged.status == "applies":
                findings.append(Finding(judged, inputs))
            else:
                excluded.append(NotApplicable(judged, inputs))
        for substance in held.values():
            findings.extend(self._with_itself(substance, held))
        findings.sort(key=lambda found: found.judged.level.rank)
        return findings, excluded

    def _with_itself(self, one: Held, held: Mapping[str, Held]) -> Iterator[Finding]:
        """What the source states of one substance taken in two ways: iron by mouth and iron by injection.

        Only of two different medicines, and once a statement: either of the two may be the one that it speaks of.
        """
        party, use = (one.substance.id,), one.taken.uses
        for number in self._apart.get(one.substance.id, ()):
            for here, there in itertools.permutations(range(len(use)), 2):
                judged, _ = self._judged(((number, party, party),), held, ((use[here],), (use[there],)))
                if judged.status == "applies":
                    yield Finding(judged, (one.taken.inputs_of((here,)), one.taken.inputs_of((there,))))
                    break

    def _judged(
        self, hits: tuple[Hit, ...], held: Mapping[str, Held], uses: tuple[Uses, Uses]
    ) -> tuple[Judged, Places]:
        """The judgement on a pair, and which uses take part. Kept: most lists meet well-known pairs in known ways."""
        key = (hits, uses)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            kept = self._kept[key] = self._judge(hits, held, uses)
        return kept

    def _judge(self, hits: tuple[Hit, ...], held: Mapping[str, Held], uses: tuple[Uses, Uses]) -> tuple[Judged, Places]:
        number, a, b = hits[0]
        source, interaction = self.index.interactions[number]
        knowledge = self._sources[source]
        first, second = knowledge.sides[interaction.a], knowledge.sides[interaction.b]
        ways = [(Seat(a, first, uses[0]), Seat(b, second, uses[1]))]
        if len(hits) > 1:
            ways.append((Seat(b, first, uses[1]), Seat(a, second, uses[0])))
        verdict = self._rules[source].judge(interaction, ways)
        judged = Judged(
            interaction=interaction,
            source=knowledge.source,
            between=(_party(a, first, held), _party(b, second, held)),
            status=verdict.status,
            level=verdict.level,
            branches=verdict.outcomes,
            routes=verdict.local,
            path=explain(self.graph, knowledge.source.id, interaction.id, a, b),
            both_ways=len(hits) > 1,
        )
        return judged, verdict.taking_part

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


def _told_apart(sources: Sequence[Knowledge], index: Index) -> dict[str, list[int]]:
    """Interactions whose two sides hold the same substance by different routes, by that substance."""
    members = [members_by_side(source) for source in sources]
    found: dict[str, list[int]] = {}
    for number, (source, stated) in enumerate(index.interactions):
        sides = sources[source].sides
        if stated.a != stated.b and sides[stated.a].routes != sides[stated.b].routes:
            for substance in members[source][stated.a] & members[source][stated.b]:
                found.setdefault(substance, []).append(number)
    return found


def _party(party: tuple[str, ...], side: Side, held: Mapping[str, Held]) -> Party:
    if side.kind == "combination":
        return Party(side.id, party, None, side)
    return Party(party[0], party, held[party[0]].substance, side)


def _not_listed(held: Iterable[str], stated: Iterable[tuple[Party, Party]]) -> tuple[tuple[str, str], ...]:
    """Pairs that no finding and no exclusion speaks of. A combination speaks for each of its members."""
    spoken_of = {(a, b) for first, second in stated for a in first.substances for b in second.substances}
    pairs = itertools.combinations(held, 2)
    return tuple((a, b) for a, b in pairs if (a, b) not in spoken_of and (b, a) not in spoken_of)

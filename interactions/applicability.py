"""Which branches of an interaction apply to a pair, given what is known of routes and doses.

A branch is dropped only if a known fact excludes it. What is unknown keeps every branch, so the level is never milder
than the strictest branch that may apply.

Local routes are outside systemic interactions (page 2 of the ANSM thesaurus). A medicine whose routes are all local
takes part only where the source says so: its list of exceptions names the substance (for all its interactions) or a
side that holds it, or the side of the interaction itself is limited to a route that the medicine has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from interactions.conditions import NO, Ruling, Use, all_of, any_of, by_route, compile_condition
from interactions.findings import BranchOutcome, Status
from interactions.index_arrays import members_by_side
from interactions.knowledge import Branch, Interaction, Knowledge, Level, Side
from medinfo.errors import KnowledgeError

ANY_ROUTE = "*"


@dataclass(frozen=True, slots=True)
class Seat:
    """A party on a side of an interaction.

    Attributes:
        party: substance ids.
        uses: how it is taken, once per medicine that holds it; at least one.
    """

    party: tuple[str, ...]
    side: Side
    uses: tuple[Use, ...]


Seats = tuple[Seat, Seat]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a pair that meets an interaction.

    Attributes:
        status: `applies`, or why it does not.
        outcomes: the branches that concern the pair, in the order of the source (strictest first).
        taking_part: per party (as in the first of the ways), the places of the uses that take part, ascending.
        local: the local routes that keep the pair out, sorted; only of the status `local_route`.
    """

    status: Status
    outcomes: tuple[BranchOutcome, ...]
    taking_part: tuple[tuple[int, ...], tuple[int, ...]]
    local: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The strictest level that no known fact excludes; of a verdict that does not apply, the strictest."""
        levels = [o.branch.level for o in self.outcomes if o.applies is not False or self.status != "applies"]
        return min(levels, key=lambda level: level.rank)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One use of each party: the rulings on the branches, or the local routes that keep it out.

    `places` says which uses: party and place, of both.
    """

    places: tuple[tuple[tuple[str, ...], int], tuple[tuple[str, ...], int]]
    rulings: tuple[Ruling, ...] = ()
    local: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        return any(ruling.holds is not False for ruling in self.rulings)


class Applicability:
    """The rules of one source, ready to be applied.

    Args:
        knowledge: the source. is_local: whether a route slug is local.

    Raises:
        KnowledgeError: a condition cannot be evaluated, or is not there.
    """

    def __init__(self, knowledge: Knowledge, is_local: Callable[[str], bool]) -> None:
        self._is_local = is_local
        self._conditions = {key: compile_condition(condition) for key, condition in knowledge.conditions.items()}
        self._member_routes = _member_routes(knowledge)
        self._excepted = _excepted_routes(knowledge)
        named = {side.condition for side in knowledge.sides.values()}
        named |= {branch.condition for stated in knowledge.interactions for branch in stated.branches}
        missing = named - {""} - set(self._conditions)
        if missing:
            raise KnowledgeError(f"conditions that are not there: {sorted(missing)[:3]}")

    def judge(self, interaction: Interaction, ways: Sequence[Seats]) -> Verdict:
        """Decide on a pair that meets an interaction.

        Args:
            ways: the seats of the two parties on side `a` and `b`; a second way round where both stand on both.
        """
        concerned = [_concerned(interaction, seats) for seats in ways]
        branches = [branch for branch in interaction.branches if any(branch in some for some in concerned)]
        stated = bool(branches)
        if not stated:
            # The source puts the pair together, but no branch speaks of it: all printed levels stay, undecided.
            branches = [Branch(level, interaction.native_level) for level in interaction.levels]
            concerned = [branches for _ in ways]
        meetings = [
            meeting
            for seats, some in zip(ways, concerned, strict=True)
            for meeting in self._meetings(seats, branches, some, stated)
        ]
        counting = [meeting for meeting in meetings if meeting.counts]
        outcomes = tuple(self._outcome(n, branch, ways[0], meetings) for n, branch in enumerate(branches))
        places = {place for meeting in counting or meetings for place in meeting.places}
        first, second = (tuple(sorted(n for party, n in places if party == seat.party)) for seat in ways[0])
        if counting:
            return Verdict("applies", outcomes, (first, second))
        if all(meeting.local for meeting in meetings):
            local = {route for meeting in meetings for route in meeting.local}
            return Verdict("local_route", outcomes, (first, second), tuple(sorted(local)))
        return Verdict("condition_excluded", outcomes, (first, second))

    def _outcome(self, n: int, branch: Branch, seats: Seats, meetings: Sequence[_Meeting]) -> BranchOutcome:
        ruling = any_of(meeting.rulings[n] for meeting in meetings if meeting.rulings)
        conditions = (*(seat.side.condition for seat in seats), branch.condition)
        return BranchOutcome(branch, ruling.holds, tuple(dict.fromkeys(filter(None, conditions))), ruling.decided_by)

    def _meetings(
        self, seats: Seats, branches: Sequence[Branch], concerned: Sequence[Branch], stated: bool
    ) -> Iterator[_Meeting]:
        first, second = seats
        for here, one in enumerate(first.uses):
            for there, other in enumerate(second.uses):
                places = ((first.party, here), (second.party, there))
                uses = (one, other)
                local = [r for seat, use in zip(seats, uses, strict=True) for r in self._kept_out(seat, use)]
                if local:
                    yield _Meeting(places, local=tuple(local))
                    continue
                general = self._sides_ruling(seats, uses, stated)
                rulings = (
                    all_of((general, self._condition(branch.condition, seats, uses))) if branch in concerned else NO
                    for branch in branches
                )
                yield _Meeting(places, tuple(rulings))

    def _sides_ruling(self, seats: Seats, uses: tuple[Use, Use], stated: bool) -> Ruling:
        """What the names of the two sides and members ask for."""
        rulings = [] if stated else [Ruling(None, ("other",))]
        for seat, use in zip(seats, uses, strict=True):
            rulings.append(by_route(use.routes, frozenset(seat.side.routes)))
            rulings.append(by_route(use.routes, self._seat_routes(seat)))
            rulings.append(self._condition(seat.side.condition, seats, uses))
        return all_of(rulings)

    def _condition(self, condition: str, seats: Seats, uses: tuple[Use, Use]) -> Ruling:
        if not condition:
            return Ruling(True)

        def find(who: str) -> Use | None:
            found = [use for seat, use in zip(seats, uses, strict=True) if who == seat.side.id or who in seat.party]
            return found[0] if len(found) == 1 else None

        return self._conditions[condition](find)

    def _seat_routes(self, seat: Seat) -> frozenset[str]:
        """Routes that the source limits the member to; none for a combination, whose members stand together."""
        return (
            self._member_routes.get((seat.side.id, seat.party[0]), frozenset()) if len(seat.party) == 1 else frozenset()
        )

    def _kept_out(self, seat: Seat, use: Use) -> tuple[str, ...]:
        """The routes, if all are local and nothing in the source says that they count."""
        if not use.routes or not all(self._is_local(route) for route in use.routes):
            return ()
        counting = frozenset().union(*(self._excepted.get(substance, frozenset()) for substance in seat.party))
        counting |= self._seat_routes(seat).union(seat.side.routes)
        return () if ANY_ROUTE in counting or not counting.isdisjoint(use.routes) else use.routes


def _concerned(interaction: Interaction, seats: Seats) -> list[Branch]:
    """The branches that are not limited to other members than these."""
    a, b = (set(seat.party) for seat in seats)
    return [
        branch
        for branch in interaction.branches
        if _is_meant(a, branch.members_a, branch.except_a) and _is_meant(b, branch.members_b, branch.except_b)
    ]


def _is_meant(party: set[str], only: tuple[str, ...], but: tuple[str, ...]) -> bool:
    # Of a combination one named member is enough to be meant, and all must be named to be left out.
    return (not only or not party.isdisjoint(only)) and not party <= set(but)


def _member_routes(knowledge: Knowledge) -> dict[tuple[str, str], frozenset[str]]:
    """Routes to which a member is limited: of several rows of one member all, and none as soon as one has none."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    free: set[tuple[str, str]] = set()
    for member in knowledge.members:
        key = (member.side, member.substance)
        found[key] = found.get(key, frozenset()).union(member.routes)
        if not member.routes:
            free.add(key)
    return {key: routes for key, routes in found.items() if key not in free}


def _excepted_routes(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Local routes that count, by substance: a rule on a side holds for all its members."""
    members = members_by_side(knowledge)
    found: dict[str, frozenset[str]] = {}
    for rule in knowledge.local_routes:
        for substance in members[rule.side] if rule.side else (rule.substance,):
            found[substance] = found.get(substance, frozenset()).union(rule.routes)
    return found

"""Whether the condition of a branch holds: yes, no, or not known (Kleene's three values).

A condition is a list of atoms that must all hold. Each is one string:

    route:oral|sublingual@WHO   WHO is taken by one of these routes
    dose:WHO:>=:3:g/day         WHO's dose stands in this relation (`>=`, `>`, `<=`, `<`) to an amount;
                                units: mg, g or micrograms per `dose` (one intake), `day` or `week`;
                                per kilogram never decides
    fact:KIND                   something the software cannot know: indication, history, renal-function, dose,
                                period, age, other
    never                       the source exempts whom the branch names: it never holds

WHO is the id of a substance or of a side; it stands for the party of that substance or on that side. Only a known
fact decides. An atom about nobody in the pair, a dose that cannot be read and an empty condition stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from interactions.doses import UNREAD, Dose, Per, compare
from interactions.knowledge import Condition
from medinfo.errors import KnowledgeError

_INJECTIONS = ("intravenous", "intramuscular", "subcutaneous", "intraarterial", "intraarticular", "intrathecal")
# A general route and the routes that it may mean.
_NARROWER: Mapping[str, frozenset[str]] = {"parenteral": frozenset((*_INJECTIONS, "epidural", "intravitreal"))}
_PER: Mapping[str, Per] = {"dose": "dose", "day": "day", "week": "week"}
_MILLIGRAMS = {"g": Decimal(1000), "mg": Decimal(1), "micrograms": Decimal("0.001")}
_ROUTE = re.compile(r"route:(?P<routes>[a-z-]+(?:\|[a-z-]+)*)@(?P<who>[a-z0-9-]+)")
_DOSE = re.compile(
    r"dose:(?P<who>[a-z0-9-]+):(?P<operator>>=|>|<=|<):(?P<number>\d+(?:\.\d+)?)"
    r":(?P<unit>mg|g|micrograms)(?P<kg>/kg)?/(?P<per>dose|day|week)"
)
_FACT = re.compile(r"fact:(?P<kind>indication|history|renal-function|dose|period|age|other)")


class Ruling(NamedTuple):
    """A three-valued answer.

    Attributes:
        holds: True, False, or None when it is not known.
        decided_by: kinds of facts that would decide, sorted; empty unless `holds` is None.
    """

    holds: bool | None
    decided_by: tuple[str, ...] = ()


YES = Ruling(True)
NO = Ruling(False)


class Use(NamedTuple):
    """What is known of how a party is taken.

    Attributes:
        routes: slugs of the routes at which it may be taken; empty when unknown.
        dose: the dose as far as it could be read.
    """

    routes: tuple[str, ...] = ()
    dose: Dose = UNREAD


Find = Callable[[str], Use | None]
Atom = Callable[[Find], Ruling]


def all_of(rulings: Iterable[Ruling]) -> Ruling:
    """No if one says no; else unknown if one is unknown, naming what would decide; else yes."""
    unknown: set[str] = set()
    open_question = False
    for holds, decided_by in rulings:
        if holds is False:
            return NO
        if holds is None:
            open_question = True
            unknown.update(decided_by)
    return Ruling(None, tuple(sorted(unknown))) if open_question else YES


def any_of(rulings: Iterable[Ruling]) -> Ruling:
    """Yes if one says yes; else unknown if one is unknown, naming what would decide; else no."""
    unknown: set[str] = set()
    open_question = False
    for holds, decided_by in rulings:
        if holds:
            return YES
        if holds is None:
            open_question = True
            unknown.update(decided_by)
    return Ruling(None, tuple(sorted(unknown))) if open_question else NO


def by_route(routes: Iterable[str], wanted: frozenset[str]) -> Ruling:
    """Whether a party is taken by a wanted route.

    Args:
        routes: routes at which it may be taken; none: unknown. Several that disagree leave it unknown.
        wanted: route slugs; none: every route will do.
    """
    if not wanted:
        return YES
    answers = {_one_route(route, wanted) for route in routes}
    if len(answers) == 1:
        answer = answers.pop()
        if answer is not None:
            return YES if answer else NO
    return Ruling(None, ("route",))


def _one_route(route: str, wanted: frozenset[str]) -> bool | None:
    if route in wanted or any(route in _NARROWER.get(general, ()) for general in wanted):
        return True
    return None if _NARROWER.get(route, frozenset()) & wanted else False


def compile_condition(condition: Condition) -> Callable[[Find], Ruling]:
    """Make a condition ready to be asked.

    Returns:
        A function that takes a lookup (id of a substance or side -> use of that party, None if it is not in the
        pair) and gives the ruling.

    Raises:
        KnowledgeError: an atom is not of the grammar.
    """
    atoms = tuple(_compile(condition.id, atom) for atom in condition.atoms)
    if not atoms:
        return lambda find: Ruling(None, ("other",))
    return lambda find: all_of(atom(find) for atom in atoms)


def _compile(condition: str, atom: str) -> Atom:
    if atom == "never":
        return lambda find: NO
    if found := _FACT.fullmatch(atom):
        unknown = Ruling(None, (found["kind"],))
        return lambda find: unknown
    if found := _ROUTE.fullmatch(atom):
        return _route_atom(found["who"], frozenset(found["routes"].split("|")))
    if found := _DOSE.fullmatch(atom):
        limit = Decimal(found["number"]) * _MILLIGRAMS[found["unit"]]
        return _dose_atom(found["who"], found["operator"], limit, None if found["kg"] else _PER[found["per"]])
    raise KnowledgeError(f"condition {condition}: {atom!r} is no atom that can be evaluated")


def _route_atom(who: str, wanted: frozenset[str]) -> Atom:
    def ask(find: Find) -> Ruling:
        use = find(who)
        return by_route(use.routes if use else (), wanted)

    return ask


def _dose_atom(who: str, operator: str, limit: Decimal, per: Per | None) -> Atom:
    def ask(find: Find) -> Ruling:
        use = find(who)
        holds = compare(use.dose, operator, limit, per) if use and per else None
        return Ruling(None, ("dose",)) if holds is None else Ruling(holds)

    return ask

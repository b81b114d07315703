"""A small book of interactions, written by hand in a test, and names that stand for themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from interactions.check import Checker
from interactions.findings import CheckResult, MedicineInput
from interactions.knowledge import (
    Branch,
    Condition,
    Interaction,
    Knowledge,
    Level,
    LocalRouteRule,
    Member,
    Side,
    Source,
)
from medinfo.errors import InvalidCode
from medinfo.medicines.model import Resolution, Substance

_LOCAL = frozenset({"cutaneous", "ocular", "nasal", "vaginal"})


@dataclass
class Book:
    """Collects sides and interactions of one source."""

    id: str = "book"
    published: str = "2023-09-15"
    sides: dict[str, Side] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)
    conditions: dict[str, Condition] = field(default_factory=dict)
    local_routes: list[LocalRouteRule] = field(default_factory=list)

    def side(self, id: str, *substances: str, kind: str = "class", routes: tuple[str, ...] = (), condition: str = ""):
        self.sides[id] = Side(id, kind, id.upper(), routes, condition, 1)
        self.members += [Member(id, substance, substance, 1) for substance in substances]
        return self

    def member(self, side: str, substance: str, *routes: str, printed: str = ""):
        self.members.append(Member(side, substance, printed or substance, 1, routes))
        return self

    def condition(self, id: str, *atoms: str):
        self.conditions[id] = Condition(id, atoms)
        return self

    def local(self, *routes: str, substance: str = "", side: str = ""):
        self.local_routes.append(LocalRouteRule(substance, side, routes, 2))
        return self

    def states(self, a: str, b: str, *branches: Branch | Level, levels: tuple[Level, ...] = ()):
        whole = tuple(one if isinstance(one, Branch) else Branch(one, one.value.upper()) for one in branches)
        printed = levels or tuple(dict.fromkeys(branch.level for branch in whole))
        self.interactions.append(
            Interaction(
                id=f"{self.id}:{a}--{b}",
                source=self.id,
                a=a,
                b=b,
                native_level=" - ".join(level.value.upper() for level in printed),
                levels=printed,
                branches=whole,
                effects=("bleeding",),
                mechanisms=(),
                advice=(),
                pages=(7, 9),
                others=a == b,
            )
        )
        return self

    def build(self) -> Knowledge:
        source = Source(self.id, "Publisher", "Title", self.published[:7], self.published, 10, "0" * 64)
        return Knowledge(
            source,
            self.sides,
            tuple(self.members),
            tuple(self.interactions),
            self.conditions,
            tuple(self.local_routes),
        )


class PlainNames:
    """`a+b` is a product of two substances; `a @ocular,oral` has routes; `?x` is unknown, `~x` ambiguous, `hom` is."""

    def resolve(self, text: str) -> Resolution:
        if text.startswith("?"):
            return Resolution(text, "unknown")
        if text.startswith("~"):
            return Resolution(text, "ambiguous")
        if text == "hom":
            return Resolution(text, "resolved", matched=text, how="exact", homeopathic=True)
        names, _, routes = text.partition(" @")
        substances = tuple(Substance(name, {"en": name}) for name in names.split("+") if name != "nothing")
        route = tuple(routes.split(",")) if routes else ()
        return Resolution(text, "resolved", substances, matched=names, how="exact", route=route)

    def resolve_code(self, system: str, value: str) -> Resolution:
        if system != "atc":
            raise InvalidCode(f"{system} {value}")
        return Resolution(value, "resolved", (Substance(value, {"en": value}),), how="code")


class PlainRoutes:
    """Slugs only."""

    def parse_all(self, text: str) -> tuple[str, ...]:
        return () if text.startswith("?") else tuple(text.split(","))

    def is_local(self, slug: str) -> bool:
        return slug in _LOCAL


@dataclass(frozen=True)
class Desk:
    """Checks lists against books."""

    checker: Checker

    def check(self, *items: str | MedicineInput) -> CheckResult:
        return self.checker.check([MedicineInput(name=item) if isinstance(item, str) else item for item in items])


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def other_book() -> Book:
    return Book(id="other", published="2022-02-01")


@pytest.fixture
def routes() -> PlainRoutes:
    return PlainRoutes()


@pytest.fixture
def names() -> PlainNames:
    return PlainNames()


@pytest.fixture
def desk(routes: PlainRoutes):
    """Call it with books to get a desk at which lists are checked on 1 March 2024."""

    def open_desk(*books: Book) -> Desk:
        knowledge = [one.build() for one in books]
        return Desk(Checker(knowledge, PlainNames(), routes, lambda: date(2024, 3, 1)))

    return open_desk

"""Every name that the document prints on one side of an interaction -> a `Side` with its members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from interactions.importers.ansm_thesaurus.document import Heading, Thesaurus
from interactions.importers.ansm_thesaurus.sides_maps import LocalRow, SideRow, read_map
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames, folded, routes_in
from interactions.knowledge import LocalRouteRule, Member, Side, SideKind
from medinfo.errors import KnowledgeError

_OTHERS = re.compile(r"^autres (?P<name>.+)$|^(?P<before>.+) \(autres\)$")
_EXTRAPOLATION = re.compile(r"\bpar extrapolation\b")
_JOINED = re.compile(r"\s\+\s|/")
_PLACEHOLDERS = frozenset({"anpu"})
_KINDS: Mapping[str, SideKind] = {
    "substance": "substance",
    "class": "class",
    "combination": "combination",
    "open": "open",
}
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a printed partner means: a side, and whether it is "the other members" of it."""

    side: str
    others: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """All sides of one edition.

    Attributes:
        sides: by id. members: of all sides. meant: by printed name.
        members_of: substance ids by side id. unmapped: printed names (side, member) without a substance.
        local_routes: local routes that count although they are local.
    """

    sides: Mapping[str, Side]
    members: tuple[Member, ...]
    meant: Mapping[str, Meant]
    local_routes: tuple[LocalRouteRule, ...]
    members_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unmapped: tuple[tuple[str, str], ...] = ()


def slug(printed: str) -> str:
    """The id of a printed name: ASCII words joined by hyphens. Accents do not tell two names apart."""
    return _NOT_SLUG.sub("-", folded(printed).replace("'", " ")).strip("-")


def build_sides(thesaurus: Thesaurus, names: SubstanceNames) -> Sides:
    """Name all sides of an edition.

    Raises:
        KnowledgeError: a partner has neither a heading nor a row in our map, or two names share an id by chance.
    """
    return _Builder(thesaurus, names).build()


class _Builder:
    def __init__(self, thesaurus: Thesaurus, names: SubstanceNames) -> None:
        self._names = names
        self._thesaurus = thesaurus
        self._rows = {folded(row.printed): row for row in read_map(SideRow)}
        self._headings: dict[str, Heading] = {}
        for heading in thesaurus.headings:
            self._headings.setdefault(folded(heading.name), heading)
        self._sides: dict[str, Side] = {}
        self._members: dict[tuple[str, str, str], Member] = {}
        self._meant: dict[str, Meant] = {}

    def build(self) -> Sides:
        partners = {
            name: pair.pages[0] for pair in reversed(self._thesaurus.pairs) for name in sorted((pair.a, pair.b))
        }
        for heading in self._thesaurus.headings:
            self._meant[heading.name] = self._own(heading.name, heading.page)
        for name, page in sorted(partners.items()):
            if name not in self._meant:
                self._meant[name] = self._partner(name, page)
        members = tuple(self._members.values())
        return Sides(
            sides=self._sides,
            members=members,
            meant=self._meant,
            local_routes=self._local_routes(),
            members_of={
                side: frozenset(m.substance for m in members if m.side == side and m.substance) for side in self._sides
            },
            unmapped=tuple(sorted((m.side, m.printed) for m in members if not m.substance)),
        )

    def _partner(self, name: str, page: int) -> Meant:
        """A partner without a heading of its own."""
        row = self._rows.get(folded(name))
        if row is not None and row.same_as:
            return Meant(self._own(row.same_as, page).side, row.others == "1")
        if row is not None:
            return self._own(name, page)
        found = _OTHERS.match(folded(name))
        whole = self._headings.get((found["name"] or found["before"]) if found else "")
        if whole is None:
            # Never dropped: a name that nothing explains is a side of its own, with what its words say.
            return self._own(name, page)
        return Meant(self._own(whole.name, whole.page).side, True)

    def _own(self, name: str, page: int) -> Meant:
        heading = self._headings.get(folded(name))
        row = self._rows.get(folded(name))
        identity = slug(name)
        if identity not in self._sides:
            printed, page = (heading.name, heading.page) if heading else (name, page)
            members = heading.members if heading else ()
            routes = row.routes if row and row.routes else routes_in(printed)
            kind = _kind(printed, members, row)
            self._sides[identity] = Side(identity, kind, printed, routes, row.condition if row else "", page)
            if kind != "open":
                self._fill(identity, printed, members, page, row)
        elif folded(self._sides[identity].printed) != folded(name):
            raise KnowledgeError(f"two printed names share the id {identity!r}")
        return Meant(identity)

    def _fill(self, side: str, printed: str, members: tuple[str, ...], page: int, row: SideRow | None) -> None:
        listed = [(printed, name, page) for name in members if folded(name) not in _PLACEHOLDERS]
        if row and row.members_of:
            listed += [
                (other.name, name, other.page)
                for other in (self._heading(name) for name in row.members_of if folded(name) in self._headings)
                for name in (other.members or (other.name,))
            ]
        for of, name, on in listed or [(printed, printed, page)]:
            named = self._names.find(name, of)
            for substance in named.substances or ("",):
                member = Member(side, substance, name, on, named.routes)
                self._members.setdefault((side, substance, folded(name)), member)

    def _heading(self, name: str) -> Heading:
        try:
            return self._headings[folded(name)]
        except KeyError:
            raise KnowledgeError(f"the side map names {name!r}, which is no heading") from None

    def _local_routes(self) -> tuple[LocalRouteRule, ...]:
        """The rules of the map; a rule on a side that this edition lacks has nothing to say."""
        rules = []
        for row in read_map(LocalRow):
            if row.side and slug(row.side) in self._sides:
                rules.append(LocalRouteRule("", slug(row.side), row.routes, int(row.page)))
            for substance in self._names.find(row.name).substances if row.name else ():
                rules.append(LocalRouteRule(substance, "", row.routes, int(row.page)))
        return tuple(rules)


def _kind(printed: str, members: Iterable[str], row: SideRow | None) -> SideKind:
    if row is not None and row.kind:
        kind = _KINDS.get(row.kind)
        if kind is None:
            raise KnowledgeError(f"the side map gives {printed!r} the unknown kind {row.kind!r}")
        return kind
    count = len(tuple(members))
    if count > 1 and _JOINED.search(printed) and len(_JOINED.split(printed)) == count:
        return "combination"
    if not count or _EXTRAPOLATION.search(folded(printed)):
        return "substance"
    return "class"

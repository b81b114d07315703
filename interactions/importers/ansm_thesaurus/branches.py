"""From an entry's levels and wording to branches: each level with its condition and the members it is limited to.

Nothing is lost. A rule of ours reads the entry, or its conditions become `see-source`: undecidable, so the check keeps
every level. Each printed level stands in a branch. Members of whom the text says nothing keep all printed levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interactions.importers.ansm_thesaurus.branches_rules import ALL_NAMED, PRINTED, BranchRow, BranchRules, Match
from interactions.importers.ansm_thesaurus.conditions_map import NOT_NAMED, SEE_SOURCE
from interactions.importers.ansm_thesaurus.document import Pair, TextCondition
from interactions.importers.ansm_thesaurus.sides import Sides, slug
from interactions.importers.ansm_thesaurus.sides_names import SubstanceNames
from interactions.knowledge import Branch, Level

NATIVE = {
    Level.CONTRAINDICATED: "CONTRE-INDICATION",
    Level.AVOID: "Association DECONSEILLEE",
    Level.CAUTION: "Précaution d'emploi",
    Level.CONSIDER: "A prendre en compte",
}
Ids = tuple[str, ...]


class BranchReader:
    """Reads the branches of the entries of one edition.

    Args:
        sides: the edition's sides. names: looks up the medicines that a branch names.
        rules: our reviewed rules.
    """

    def __init__(self, sides: Sides, names: SubstanceNames, rules: BranchRules | None = None) -> None:
        self._sides = sides
        self._names = names
        self._rules = rules or BranchRules.load()

    def branches(self, pair: Pair) -> tuple[Branch, ...]:
        """All branches of an entry, strictest first; each printed level stands in at least one."""
        matches = self._rules.matches(pair)
        found = self._by_rule(pair, matches[0]) if len(matches) == 1 else self._unread(pair)
        found += [self._branch(pair, level, SEE_SOURCE) for level in pair.levels if level not in _levels(found)]
        return tuple(sorted(dict.fromkeys(found), key=_order))

    def members(self, pair: Pair) -> tuple[frozenset[str], frozenset[str]]:
        """Substance ids of the two sides of a pair."""
        a, b = (self._sides.meant[name].side for name in (pair.a, pair.b))
        return self._sides.members_of[a], self._sides.members_of[b]

    def _branch(
        self,
        pair: Pair,
        level: Level,
        condition: str = "",
        only: tuple[Ids, Ids] = ((), ()),
        but: tuple[Ids, Ids] = ((), ()),
    ) -> Branch:
        native = pair.native_level if pair.levels == (level,) else NATIVE[level]
        return Branch(level, native, condition, only[0], only[1], but[0], but[1], _quote(pair, level))

    def _by_rule(self, pair: Pair, match: Match) -> list[Branch]:
        members = self.members(pair)
        swapped = match.swapped
        found = []
        for row in match.rows:
            only, lost = self._only(row, members, swapped)
            but = self._but(row, match.rows, members, swapped)
            for level in pair.levels if row.level == PRINTED else (Level(row.level),):
                found.append(self._branch(pair, level, SEE_SOURCE if lost else row.condition, only, but))
        return found + self._not_named(pair, found, members)

    def _only(
        self, row: BranchRow, members: tuple[frozenset[str], frozenset[str]], swapped: bool
    ) -> tuple[tuple[Ids, Ids], bool]:
        """The members that a row is limited to, and whether this edition has none of those that it names."""
        named = _in_order(row.first, row.second, swapped)
        only = [self.resolve(names, side) for names, side in zip(named, members, strict=True)]
        lost = any(names and not ids for names, ids in zip(named, only, strict=True))
        return (only[0], only[1]), lost

    def _but(
        self,
        row: BranchRow,
        rows: Iterable[BranchRow],
        members: tuple[frozenset[str], frozenset[str]],
        swapped: bool,
    ) -> tuple[Ids, Ids]:
        first, second = row.not_first, row.not_second
        if first == (ALL_NAMED,):
            first = tuple(name for other in rows for name in other.first)
        if second == (ALL_NAMED,):
            second = tuple(name for other in rows for name in other.second)
        a, b = _in_order(first, second, swapped)
        return self.resolve(a, members[0]), self.resolve(b, members[1])

    def resolve(self, names: Iterable[str], members: frozenset[str]) -> Ids:
        """Ids of the named medicines (or of the members of an `@heading`) that are members of a side, sorted."""
        found: set[str] = set()
        for name in names:
            if name.startswith("@"):
                found |= self._sides.members_of.get(slug(name[1:]), frozenset())
            else:
                found.update(self._names.find(name).substances)
        return tuple(sorted(found & members))

    def _not_named(
        self, pair: Pair, found: Sequence[Branch], members: tuple[frozenset[str], frozenset[str]]
    ) -> list[Branch]:
        """Members of whom no branch speaks keep every printed level: the source does not say which holds."""
        extra = []
        for side, (every, only) in enumerate(
            zip(members, ([b.members_a for b in found], [b.members_b for b in found]), strict=True)
        ):
            named = {substance for ids in only for substance in ids}
            if all(only) and every - named:
                but = (tuple(sorted(named)), ()) if side == 0 else ((), tuple(sorted(named)))
                extra += [self._branch(pair, level, NOT_NAMED, but=but) for level in pair.levels]
        return extra

    def _unread(self, pair: Pair) -> list[Branch]:
        """Without a rule: what the parsed outline says of levels and members, its conditions left undecided."""
        if not pair.conditions:
            return [self._branch(pair, level, SEE_SOURCE if len(pair.levels) > 1 else "") for level in pair.levels]
        members = self.members(pair)
        found = []
        for condition in pair.conditions:
            only = self._limits(condition, members)
            for level in (condition.level,) if condition.level else pair.levels:
                found.append(self._branch(pair, level, SEE_SOURCE, only))
        return found + self._not_named(pair, found, members)

    def _limits(self, condition: TextCondition, members: tuple[frozenset[str], frozenset[str]]) -> tuple[Ids, Ids]:
        """The members that a branch of the outline names; it is not limited to "the others", nor by exceptions."""
        if condition.others:
            return (), ()
        a, b = (self.resolve(condition.members, side) for side in members)
        # A side of one member is named only to say how it is taken.
        return (a if len(members[0]) > 1 else ()), (b if len(members[1]) > 1 else ())


def _in_order(first: Ids, second: Ids, swapped: bool) -> tuple[Ids, Ids]:
    return (second, first) if swapped else (first, second)


def _levels(branches: Iterable[Branch]) -> set[Level]:
    return {branch.level for branch in branches}


def _order(branch: Branch) -> tuple[int, str, Ids, Ids]:
    return branch.level.rank, branch.condition, branch.members_a, branch.members_b


def _quote(pair: Pair, level: Level) -> str:
    """The official wording of the branches of a level, as the outline of the text gives it."""
    return "\n".join(dict.fromkeys(c.text for c in pair.conditions if c.level is level and c.text))

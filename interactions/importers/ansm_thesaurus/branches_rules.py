"""Our reviewed rules: from the wording of an entry to branches, as data.

`branch-rules.tsv` says which entries a rule reads (regular expressions on the folded names of the two sides and on
the folded text); `branch-rows.tsv` holds its branches. Both hold our own words and names of medicines, never a
sentence of the source: a pattern is a few words long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from interactions.importers.ansm_thesaurus.document import Pair
from interactions.importers.ansm_thesaurus.sides_maps import read_map
from interactions.importers.ansm_thesaurus.sides_names import folded
from medinfo.errors import KnowledgeError

PRINTED = "printed"
ALL_NAMED = "*"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Which entries a rule reads.

    Attributes:
        rule: slug.
        first, second: patterns on the printed names of the two sides (in either order); empty: any.
        text: patterns joined by ` && `, all of which must be found in the text (mechanism, then advice).
    """

    FILE: ClassVar[str] = "branch-rules.tsv"
    rule: str
    first: str
    second: str
    text: str


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One branch of a rule.

    Attributes:
        level: a level, or `printed` for the printed one.
        condition: condition id, or "".
        first, second: names of medicines (as the source writes them) or `@heading`, to which the branch is limited.
        not_first, not_second: those that it leaves out; `*`: all that the other branches of the rule name.
    """

    FILE: ClassVar[str] = "branch-rows.tsv"
    rule: str
    level: str
    condition: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    not_first: tuple[str, ...]
    not_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that reads an entry. `swapped`: its first side is side `b` of the pair."""

    rule: str
    rows: tuple[BranchRow, ...]
    swapped: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    first: re.Pattern[str]
    second: re.Pattern[str]
    texts: tuple[re.Pattern[str], ...]
    rows: tuple[BranchRow, ...]


class BranchRules:
    """All rules.

    Raises:
        KnowledgeError: a rule has no branch, or a branch no rule.
    """

    def __init__(self, rules: Iterable[RuleRow], rows: Iterable[BranchRow]) -> None:
        by_rule: dict[str, list[BranchRow]] = {}
        for row in rows:
            by_rule.setdefault(row.rule, []).append(row)
        self._rules = tuple(_compiled(rule, tuple(by_rule.pop(rule.rule, ()))) for rule in rules)
        if by_rule:
            raise KnowledgeError(f"branches of no rule: {sorted(by_rule)}")

    @classmethod
    def load(cls) -> BranchRules:
        """The rules of the package."""
        return cls(read_map(RuleRow), read_map(BranchRow))

    def matches(self, pair: Pair) -> tuple[Match, ...]:
        """All rules that read an entry; a reviewed edition has at most one for each."""
        a, b, text = folded(pair.a), folded(pair.b), text_of(pair)
        return tuple(found for rule in self._rules if (found := _match(rule, a, b, text)) is not None)

    def names(self) -> tuple[str, ...]:
        """The rules' slugs."""
        return tuple(rule.name for rule in self._rules)


def text_of(pair: Pair) -> str:
    """What the patterns are matched on: mechanism, then advice, folded into one line."""
    return folded(f"{pair.mechanism} || {pair.advice}")


def _match(rule: _Rule, a: str, b: str, text: str) -> Match | None:
    if rule.first.search(a) and rule.second.search(b):
        swapped = False
    elif rule.first.search(b) and rule.second.search(a):
        swapped = True
    else:
        return None
    return Match(rule.name, rule.rows, swapped) if all(pattern.search(text) for pattern in rule.texts) else None


def _compiled(rule: RuleRow, rows: Sequence[BranchRow]) -> _Rule:
    if not rows or not rule.text:
        raise KnowledgeError(f"rule {rule.rule} has no branch, or no text to know an entry by")
    texts = tuple(re.compile(part) for part in rule.text.split(" && "))
    return _Rule(rule.rule, re.compile(rule.first), re.compile(rule.second), texts, tuple(rows))

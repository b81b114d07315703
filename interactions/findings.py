"""What the check takes and gives, free of any language: medicines as entered, findings, and all that is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interactions.knowledge import Branch, Interaction, Level, Side, SideKind, Source
from medinfo.medicines.model import Resolution, Substance

Status = Literal["applies", "local_route", "condition_excluded"]
Uncovered = Literal["unknown", "ambiguous", "no_source", "homeopathic"]
NOT_CHECKED = ("allergy", "disease", "dose_range", "pregnancy")


@dataclass(frozen=True, slots=True)
class MedicineInput:
    """One line of a prescription: a name as typed, or a code, and what is known of its use.

    Attributes:
        name: name as typed; empty when a code is given.
        system, value: coding system and code; empty when a name is given.
        route: route as typed (EDQM code, slug or words), or "".
        dose: dose as typed ("1 g three times a day"), or "".
        start, end: ISO 8601 dates or "". They never exclude a finding: effects outlast a treatment, and a wash-out
            is for a person to judge.
        indication: as typed, or "". It is not evaluated.
    """

    name: str = ""
    system: str = ""
    value: str = ""
    route: str = ""
    dose: str = ""
    start: str = ""
    end: str = ""
    indication: str = ""

    @property
    def text(self) -> str:
        """What was given, for a person: the name as typed, or system and code."""
        return self.name or f"{self.system} {self.value}"


@dataclass(frozen=True, slots=True)
class Medicine:
    """What one input resolved to.

    Attributes:
        input: index in the list, from 0. text: what was given.
        routes: route slugs at which it may be taken; empty when unknown.
    """

    input: int
    text: str
    resolution: Resolution
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two parties of a pair: a substance, or a fixed combination whose members are all in the list.

    Attributes:
        id: substance id, or the side id of the combination.
        substances: ids of its substances, sorted; several for a combination.
        substance: the substance; None for a combination.
        side: the side of the interaction on which it stands.
    """

    id: str
    substances: tuple[str, ...]
    substance: Substance | None
    side: Side


@dataclass(frozen=True, slots=True)
class BranchOutcome:
    """A branch that concerns this pair.

    Attributes:
        applies: True when its conditions are known to hold, False when a known fact excludes it, None otherwise.
        conditions: ids of the conditions it stands under (of its sides and its own), in that order.
        decided_by: kinds of facts that would decide (`route`, `dose`, `history`...); empty unless `applies` is None.
    """

    branch: Branch
    applies: bool | None
    conditions: tuple[str, ...]
    decided_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathNode:
    """A step of the path that explains a finding.

    Attributes:
        name: the side's name as printed; for a substance and an interaction its id.
    """

    kind: SideKind | Literal["interaction"]
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a source states of a pair, judged by what is known of its use. It holds nothing of one list alone.

    Attributes:
        between: the two parties; the first stands on the interaction's side `a`.
        status: `applies`, or why not: `local_route` (all routes of a party are local), `condition_excluded` (a known
            fact excludes every branch).
        level: strictest level of the branches that no known fact excludes (of all branches if it does not apply).
        branches: all branches that concern this pair, strictest first.
        routes: the local routes that keep it out, sorted; empty for any other status.
        path: substance -> class -> interaction <- class <- substance.
        both_ways: each party stands on either side, so the interaction's `affected` names none of them.
    """

    interaction: Interaction
    source: Source
    between: tuple[Party, Party]
    status: Status
    level: Level
    branches: tuple[BranchOutcome, ...]
    routes: tuple[str, ...]
    path: tuple[PathNode, ...]
    both_ways: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """An interaction met in this list.

    Attributes:
        judged: what is stated, and what of it applies.
        inputs: per party, the indices of the inputs that hold it and take part, ascending.
    """

    judged: Judged
    inputs: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An interaction that a known fact excludes (`judged.status` says which). `inputs` as in `Finding`."""

    judged: Judged
    inputs: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One substance in several medicines of the list."""

    substance: Substance
    inputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotCovered:
    """An input, or one substance of it, about which the check can say nothing."""

    input: int
    text: str
    substance: Substance | None
    reason: Uncovered


@dataclass(frozen=True, slots=True)
class Edition:
    """A source in use. `age_months` counts whole months; `outdated` is past twelve months."""

    source: Source
    age_months: int
    outdated: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All that a check says. No findings is not a statement of safety: read the other fields.

    Attributes:
        not_listed: pairs of substance ids, each and all sorted, that no source puts together.
        not_checked: kinds of risk that no check looks at; never empty.
    """

    medicines: tuple[Medicine, ...]
    findings: tuple[Finding, ...]
    duplicates: tuple[Duplicate, ...]
    not_applicable: tuple[NotApplicable, ...]
    not_covered: tuple[NotCovered, ...]
    not_listed: tuple[tuple[str, str], ...]
    editions: tuple[Edition, ...]
    not_checked: tuple[str, ...] = NOT_CHECKED

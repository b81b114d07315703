"""The facts that a source of interactions states, in our own shape.

A source (one publisher's reference, one edition) defines *sides*: a substance, a class with its members, a fixed
combination, or an open group ("medicines taken by mouth"). An *interaction* is a statement about two sides. Its
*branches* say at which level it holds, and on what condition.

The embedded tables (`interactions/data/<source>/*.tsv`) and an imported edition (one file of the knowledge store)
are read into the same `Knowledge`; only the imported one carries the official wording (`quote_*`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

SideKind = Literal["substance", "class", "combination", "open"]
Affected = Literal["a", "b", "both", ""]


class Level(StrEnum):
    """Strength of the recommendation (ANSM's four levels). It is not the severity of the effect."""

    CONTRAINDICATED = "contraindicated"  # contre-indication
    AVOID = "avoid"  # association déconseillée
    CAUTION = "caution"  # précaution d'emploi
    CONSIDER = "consider"  # à prendre en compte

    @property
    def rank(self) -> int:
        """0 for the strictest."""
        return _RANK[self]


_RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Source:
    """One edition of one publisher's reference.

    Attributes:
        id: slug, such as `ansm-thesaurus`.
        edition: `YYYY-MM`. published: ISO date as the document states it, or "".
        sha256: hash of the official file that the facts were read from.
    """

    id: str
    publisher: str
    title: str
    edition: str
    published: str
    pages: int
    sha256: str
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What a source puts on one side of an interaction.

    Attributes:
        id: slug of the printed name, stable within a source.
        kind: `substance` (one or, by extrapolation, a few), `class`, `combination` (all members together, as in
            sulfamethoxazole + trimethoprim), `open` (any medicine by one of `routes`).
        printed: the name as the source prints it.
        routes: route slugs that the name itself limits the side to (oral, intravenous...); empty: the general rule.
        condition: id of a condition that the name itself states (preventive doses...), or "".
        page: first PDF page, from 1.
    """

    id: str
    kind: SideKind
    printed: str
    routes: tuple[str, ...] = ()
    condition: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A substance in a side. `printed` is how the source writes the member; `routes` limits it as in `Side`."""

    side: str
    substance: str
    printed: str
    page: int
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that the source puts on a branch or a side. Its phrase is `condition.<id>`.

    Attributes:
        id: slug.
        atoms: facts that must all hold, each one string (see `interactions.conditions`):
            `route:oral|sublingual@SUBSTANCE-OR-SIDE`, `dose:SUBSTANCE:>=:3:g/day` and `fact:KIND` where KIND is
            of the controlled list (`indication`, `history`, `renal-function`, `dose`, `period`, `age`, `other`) and
            can never be decided by the software. An empty tuple can never be decided either. `never` marks members
            that the source exempts: the branch does not apply, and that is said.
    """

    id: str
    atoms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """One level of an interaction with the condition it holds on.

    Attributes:
        level: the level. native_level: as printed by the source ("Association DECONSEILLEE").
        condition: condition id, or "" when the branch holds unconditionally (but see the members).
        members_a, members_b: substance ids that the branch is limited to on that side; empty: all of the side.
        except_a, except_b: substance ids that the branch leaves out on that side.
        quote: the official wording of the branch, once imported, else "".
    """

    level: Level
    native_level: str
    condition: str = ""
    members_a: tuple[str, ...] = ()
    members_b: tuple[str, ...] = ()
    except_a: tuple[str, ...] = ()
    except_b: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Interaction:
    """A statement about two sides (unordered; `a` and `b` in code-point order of their printed names).

    Attributes:
        id: `<source id>:<side a>--<side b>`.
        others: both sides are the same class and two different members are needed ("AUTRES ...").
        native_level: the level or compound code as printed.
        levels: levels that the printed code holds, strictest first.
        branches: at least one; strictest first.
        effects, mechanisms, advice: ids of our controlled lists; phrases `effect.<id>` and so on.
            `advice` is empty for a `consider` entry in which the source gives none.
        advice_levels: advice that the source gives at some of several levels only, one `advice@level` each; advice
            that is not named here holds at every level.
        affected: whose exposure or effect changes, when the text says so.
        dose_of: whose dose the advice speaks of, when the text says so.
        pages: all PDF pages, from 1, on which it is stated.
        quote_mechanism, quote_advice: official wording, once imported.
    """

    id: str
    source: str
    a: str
    b: str
    native_level: str
    levels: tuple[Level, ...]
    branches: tuple[Branch, ...]
    effects: tuple[str, ...]
    mechanisms: tuple[str, ...]
    advice: tuple[str, ...]
    pages: tuple[int, ...]
    others: bool = False
    affected: Affected = ""
    dose_of: Affected = ""
    advice_levels: tuple[str, ...] = ()
    quote_mechanism: str = ""
    quote_advice: str = ""


@dataclass(frozen=True, slots=True)
class LocalRouteRule:
    """A member of the source's list of local routes that do count (page 2 of the ANSM thesaurus).

    Attributes:
        substance: substance id, or "" when `side` is given. side: side id, or "".
        routes: route slugs at which it counts although they are local; `*` for all.
    """

    substance: str
    side: str
    routes: tuple[str, ...]
    page: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that one edition of one source states."""

    source: Source
    sides: Mapping[str, Side]
    members: tuple[Member, ...]
    interactions: tuple[Interaction, ...]
    conditions: Mapping[str, Condition]
    local_routes: tuple[LocalRouteRule, ...] = field(default=())

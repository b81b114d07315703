"""What a medicine is to every room: substances, products, and what a typed name resolved to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["resolved", "ambiguous", "unknown"]
How = Literal["exact", "code", "fuzzy", ""]
CodeSystem = Literal["atc", "rxnorm", "cis", "cip7", "cip13", "ucd", "unii", "cas"]


@dataclass(frozen=True, slots=True)
class Substance:
    """An active moiety.

    Attributes:
        id: ASCII slug of the English INN; never reused for another substance.
        names: INN by language (`en` always there; of `fr`, `es`, `de`, `it`, `pt`, `la` those that a source gives).
        atc, rxnorm, unii, cas: codes as text, sorted, possibly none.
    """

    id: str
    names: Mapping[str, str]
    atc: tuple[str, ...] = ()
    rxnorm: tuple[str, ...] = ()
    unii: tuple[str, ...] = ()
    cas: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The INN in a language, the English one where no source gives it."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A near name, offered to a person.

    Attributes:
        name: the known name as its source writes it.
        substances: ids of the substances it stands for.
        score: similarity to what was typed, 0 to 100.
    """

    name: str
    substances: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a typed name or a code resolved to.

    Attributes:
        input: the text or code as given.
        status: `resolved`, `ambiguous` (ranked `candidates`, a person chooses) or `unknown` (near names, if any).
        substances: all active substances of the medicine (several for a combination product); empty unless resolved.
        matched: the known name that matched, or the product's title.
        how: exact name, code, or fuzzy (a misspelling accepted with a margin); empty unless resolved.
        archived: the product is no longer authorised.
        homeopathic: a homeopathic product: resolved, with no substance.
        route: route slugs (see `medinfo.medicines.routes`) that the product or the typed text states; empty if unknown.
        form: pharmaceutical form words as stated, or "".
        strength: dose words as typed or stated ("500 mg"), or "".
        candidates: ranked near names.
    """

    input: str
    status: Status
    substances: tuple[Substance, ...] = ()
    matched: str = ""
    how: How = ""
    archived: bool = False
    homeopathic: bool = False
    route: tuple[str, ...] = ()
    form: str = ""
    strength: str = ""
    candidates: tuple[Candidate, ...] = field(default=())

"""The parts of the API's answers that the screen reads.

An answer that lacks one of them is refused as a whole: half an answer about medicines is worse than none. Fields that
the API adds later are ignored.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Substance(_Read):
    """An active substance: its stable id, and its name in the language of the answer."""

    id: str
    name: str


class Candidate(_Read):
    """A near name to choose from, and the substances it stands for."""

    name: str
    substances: list[str]


class Medicine(_Read):
    """What one line of the list resolved to. `input` is its index in the request."""

    input: int
    text: str
    status: str
    how: str
    matched: str
    substances: list[Substance]
    archived: bool
    homeopathic: bool
    route: list[str]
    candidates: list[Candidate]


class Party(_Read):
    """One of the two parties of a finding, and the lines that hold it."""

    id: str
    name: str
    inputs: list[int]


class Phrase(_Read):
    """A text in the language of the answer."""

    text: str


class Branch(_Read):
    """One level and the condition it holds on; `applies` is None when the fact that decides is not known."""

    level: str
    native_level: str
    condition: str
    applies: bool | None
    decided_by: list[str]
    quote: str | None = None


class Quote(_Read):
    """Official wording, in the language of the source."""

    language: str
    mechanism: str
    advice: str


class Source(_Read):
    """Where a finding is stated; pages count from 1."""

    publisher: str
    title: str
    edition: str
    pages: list[int]
    quote: Quote | None = None


class PathNode(_Read):
    """A step of the path that explains a finding."""

    kind: str
    name: str


class Interaction(_Read):
    """A finding."""

    id: str
    between: list[Party]
    level: str
    level_text: str
    native_level: str
    branches: list[Branch]
    effect: Phrase
    mechanism: Phrase
    advice: Phrase
    sources: list[Source]
    path: list[PathNode]


class Duplicate(_Read):
    """One substance in several lines."""

    name: str
    inputs: list[int]
    text: str


class NotApplicable(_Read):
    """An interaction that a known fact excludes."""

    between: list[Party]
    text: str
    sources: list[Source]


class NotCovered(_Read):
    """A line, or one substance of it, about which nothing can be said."""

    input: int
    text: str
    substance: str | None
    reason: str
    message: str


class NotListed(_Read):
    """Pairs of substance ids without a finding, and what that does and does not mean."""

    text: str
    pairs: list[tuple[str, str]]


class Edition(_Read):
    """A source in use."""

    publisher: str
    title: str
    edition: str
    age_months: int
    outdated: bool
    warning: str | None


class Knowledge(_Read):
    """What the answer rests on."""

    sources: list[Edition]


class Answer(_Read):
    """The result of one check."""

    language: str
    medicines: list[Medicine]
    interactions: list[Interaction]
    duplicates: list[Duplicate]
    not_applicable: list[NotApplicable]
    not_covered: list[NotCovered]
    not_listed: NotListed
    not_checked: list[Phrase]
    notice: str
    knowledge: Knowledge


class Hit(_Read):
    """A type-ahead suggestion."""

    name: str
    substances: list[Substance]
    kind: str
    archived: bool


class Hits(_Read):
    """Type-ahead suggestions, best first."""

    hits: list[Hit]

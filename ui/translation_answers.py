"""The parts of the API's answers about translation that the screen reads; what the API adds later is ignored."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Pair(_Read):
    """A pair of languages that can be translated."""

    source: str
    target: str


class Languages(_Read):
    """What can be translated now; without a pair, `install` is the command that installs a model."""

    pairs: list[Pair]
    install: str | None

    def sources(self) -> list[str]:
        """Languages to translate from, sorted."""
        return sorted({pair.source for pair in self.pairs})

    def targets(self) -> list[str]:
        """Languages to translate to, sorted."""
        return sorted({pair.target for pair in self.pairs})


class Dictionary(_Read):
    """One pair of languages of a glossary."""

    source_lang: str
    target_lang: str


class Glossary(_Read):
    """A glossary to choose."""

    glossary_id: str
    name: str
    dictionaries: list[Dictionary]


class Glossaries(_Read):
    """All glossaries."""

    glossaries: list[Glossary]


class Place(_Read):
    """Code points from `start` to `end`, end exclusive."""

    start: int
    end: int


class Failure(_Read):
    """What did not survive a translation."""

    check: str
    source_span: Place | None
    target_span: Place | None
    message: str


class Checks(_Read):
    """Which checks passed, failed and could not be made."""

    passed: list[str]
    failed: list[str]
    not_made: list[str]


class Remembered(_Read):
    """An approved translation like a segment."""

    source: str
    target: str
    score: float
    used: bool
    approved_by: str


class Term(_Read):
    """A glossary entry met in a segment."""

    source: str
    target: str


class Segment(_Read):
    """One translated segment."""

    source: str
    target: str
    status: str
    memory: Remembered | None
    glossary: list[Term]
    checks: Checks
    failures: list[Failure]
    attempt: str
    score: float | None
    source_span: Place
    target_span: Place


class TranslatedText(_Read):
    """One translated text."""

    text: str
    ok: bool
    segments: list[Segment]


class Detected(_Read):
    """The language that a text seems to be in."""

    language: str


class Engine(_Read):
    """What translated, and what every reader must know of it."""

    models: list[str]
    pivot: str | None
    quality: str
    notice: str


class Translation(_Read):
    """The answer to a request for a translation."""

    source: str
    detected: Detected | None
    target: str
    ok: bool
    engine: Engine
    translations: list[TranslatedText]


class Approved(_Read):
    """A translation that was stored."""

    id: str


class Refused(_Read):
    """Why a translation was not stored."""

    failures: list[Failure]


class Job(_Read):
    """A long piece of work."""

    id: str
    state: str
    done: int
    total: int | None
    error: dict[str, Any] | None
    report: dict[str, Any] | None
    result: str | None

"""The JSON shapes of translation, verification, glossaries, approved translations and jobs. They only ever grow."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Tag = Annotated[str, Field(min_length=2, max_length=12, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
"""A language: an ISO 639 code, such as `fr`; a region after it (`pt-BR`) is taken and not looked at."""
CheckName = Literal[
    "number", "unit", "dose", "frequency", "route", "medicine", "negation", "recommendation", "laterality", "date",
    "comparison", "glossary", "language", "length", "repetition", "untranslated",
]  # fmt: skip
QualityName = Literal["provisional", "general", "medical"]
StatusName = Literal["translated", "memory", "copied", "flagged", "kept"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GlossaryRef(_Strict):
    """A glossary, and which version of it; the newest when none is given."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    version: Annotated[int | None, Field(ge=1)] = None


class TranslationIn(_Strict):
    """What to translate. At most 1,000 texts and 1,000,000 characters together."""

    text: Annotated[str, Field(max_length=1_000_000)] | Annotated[list[str], Field(min_length=1, max_length=1000)]
    source: Tag | None = None
    target: Tag
    glossary: str | GlossaryRef | None = None
    strict: bool = False
    memory: bool = True


class SpanOut(BaseModel):
    """Code points from `start` to `end`, end exclusive."""

    start: int
    end: int


class FailureOut(BaseModel):
    """What did not survive, or cannot be told."""

    check: CheckName
    source_span: SpanOut | None
    target_span: SpanOut | None
    message: str


class ChecksOut(BaseModel):
    """Which checks passed, which failed, and which could not be made here: those are never taken as passed."""

    passed: list[CheckName]
    failed: list[CheckName]
    not_made: list[CheckName]


class MemoryOut(BaseModel):
    """An approved translation like this segment. `used` is false where it is only suggested."""

    id: str
    source: str
    target: str
    score: float
    used: bool
    approved_by: str


class TermOut(BaseModel):
    """A glossary entry met in the segment."""

    source: str
    target: str


class SegmentOut(BaseModel):
    """One translated segment; spans are in the text given and in the text returned."""

    source: str
    target: str
    source_span: SpanOut
    target_span: SpanOut
    status: StatusName
    engine: str
    memory: MemoryOut | None
    glossary: list[TermOut]
    checks: ChecksOut
    failures: list[FailureOut]
    attempt: str = Field(description="The rejected translation of a segment that was kept in the source language.")
    score: float | None = Field(description="The model's probability per token, 0 to 1.")


class TranslatedOut(BaseModel):
    """One translated text. `ok` is false when a segment was flagged or kept in the source language."""

    text: str
    ok: bool
    segments: list[SegmentOut]


class DetectedOut(BaseModel):
    """The language that the text seems to be in."""

    language: str
    confidence: float


class EngineOut(BaseModel):
    """What translated: models, the language between them if any, quality and licence."""

    models: list[str]
    pivot: str | None
    quality: QualityName
    licences: list[str]
    notice: str = Field(description="What every reader must know of a machine translation, in the caller's language.")


class TranslationOut(BaseModel):
    """The translations, one per text given, in its order."""

    source: str
    detected: DetectedOut | None
    target: str
    ok: bool
    engine: EngineOut
    translations: list[TranslatedOut]


class VerifyIn(_Strict):
    """Somebody's translation, to be checked."""

    source: Annotated[str, Field(min_length=1, max_length=100_000)]
    target: Annotated[str, Field(max_length=100_000)]
    source_language: Tag
    target_language: Tag
    glossary: str | GlossaryRef | None = None


class VerifyOut(BaseModel):
    """`ok` is true when every check that could be made passed; those that could not be made are in `checks`."""

    ok: bool
    failures: list[FailureOut]
    checks: ChecksOut


class DictionaryIn(_Strict):
    """Entries for one pair of languages, one a line: source, a tab (or a comma), target."""

    source_lang: Tag
    target_lang: Tag
    entries: Annotated[str, Field(max_length=1_000_000)]
    entries_format: Literal["tsv", "csv"] = "tsv"


class GlossaryIn(_Strict):
    """A glossary to create."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    dictionaries: Annotated[list[DictionaryIn], Field(min_length=1, max_length=50)]


class GlossaryPatch(_Strict):
    """Changes to a glossary: a new name, entries that are added to or replace those of the same source term."""

    name: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    dictionaries: Annotated[list[DictionaryIn] | None, Field(max_length=50)] = None


class DictionaryOut(BaseModel):
    """One pair of languages of a glossary, without its entries."""

    source_lang: str
    target_lang: str
    entry_count: int


class GlossaryOut(BaseModel):
    """A glossary, without its entries."""

    glossary_id: str
    name: str
    version: int
    creation_time: str
    dictionaries: list[DictionaryOut]


class GlossariesOut(BaseModel):
    """All glossaries."""

    glossaries: list[GlossaryOut]


class DictionaryEntriesOut(BaseModel):
    """The entries of one pair of languages, as text."""

    source_lang: str
    target_lang: str
    entries: str
    entries_format: Literal["tsv", "csv"]


class EntriesOut(BaseModel):
    """The entries asked for."""

    dictionaries: list[DictionaryEntriesOut]


class ApprovedIn(_Strict):
    """A translation of one segment that a person approves."""

    source: Annotated[str, Field(min_length=1, max_length=5000)]
    target: Annotated[str, Field(min_length=1, max_length=5000)]
    source_language: Tag
    target_language: Tag
    confirm: bool = Field(
        default=False, description="Store it although a check fails: the person has read what failed and stands by it."
    )


class ApprovedOut(BaseModel):
    """An approved translation as stored."""

    id: str
    source: str
    target: str
    source_language: str
    target_language: str
    approved_by: str
    approved_at: str
    failures: list[FailureOut]


class ApprovedListOut(BaseModel):
    """One page of approved translations; `next` is the cursor of the following one, or null."""

    entries: list[ApprovedOut]
    next: str | None


class JobOut(BaseModel):
    """A long piece of work.

    `done` and `total` count pieces of the document, such as paragraphs and cells. `report` comes with the result:
    `{"segments", "flagged", "kept", "memory", "approximate", "source", "target", "engine": EngineOut,
    "flags": [{"source", "target", "status", "failures": [FailureOut]}] (at most 1,000)}`; `approximate` counts pieces
    in which a tag or a format may stand beside the words that it is meant for.
    """

    id: str
    kind: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done: int
    total: int | None
    created_at: str
    filename: str | None
    error: dict[str, Any] | None
    report: dict[str, Any] | None
    result: str | None = Field(description="Address of the result, once there is one.")

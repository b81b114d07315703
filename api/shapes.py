"""The JSON shapes of the interaction check. Everything that speaks to us depends on them: they only ever grow."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

LanguageCode = Literal["en", "fr", "es", "de", "it", "pt"]
LevelCode = Literal["contraindicated", "avoid", "caution", "consider"]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CodeIn(_Strict):
    """A code of a known system, by our short name or the system's FHIR URI."""

    system: ShortText
    value: Annotated[str, Field(min_length=1, max_length=64)]


class PeriodIn(_Strict):
    """When the medicine is taken: ISO 8601 dates, either end open."""

    start: Annotated[str | None, Field(max_length=32)] = None
    end: Annotated[str | None, Field(max_length=32)] = None


class MedicineIn(_Strict):
    """One line of a prescription: a name as typed or a code, and what is known about its use."""

    name: ShortText | None = None
    code: CodeIn | None = None
    route: ShortText | None = None
    dose: ShortText | None = None
    period: PeriodIn | None = None
    indication: ShortText | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> MedicineIn:
        if (self.name is None) == (self.code is None):
            raise ValueError("give exactly one of name and code")
        return self


class CheckIn(_Strict):
    """A list of medicines to check together."""

    medicines: Annotated[list[MedicineIn], Field(min_length=1, max_length=100)]
    language: LanguageCode = "en"


class SubstanceOut(BaseModel):
    """An active substance; `name` is its INN in the caller's language where a source gives it."""

    id: str
    name: str
    atc: list[str]
    rxnorm: list[str]


class CandidateOut(BaseModel):
    """A near name for a person to choose from. `score` is 0 to 100."""

    name: str
    substances: list[str]
    score: float


class MedicineOut(BaseModel):
    """What one input resolved to. `input` is its index in the request, `text` what was given.

    `how` says by which way: `exact`, `code`, or `fuzzy` (a misspelling, accepted with a margin: show `matched`).
    """

    input: int
    text: str
    status: Literal["resolved", "ambiguous", "unknown"]
    how: Literal["exact", "code", "fuzzy", ""]
    matched: str
    substances: list[SubstanceOut]
    archived: bool
    homeopathic: bool
    route: list[str]
    candidates: list[CandidateOut]


class PartyOut(BaseModel):
    """One of the two parties of a finding: a substance (or fixed combination) and the inputs that hold it."""

    id: str
    name: str
    inputs: list[int]


class PhraseOut(BaseModel):
    """Codes of our controlled lists, and our phrase for them in the caller's language."""

    codes: list[str]
    text: str


class BranchOut(BaseModel):
    """One level with the condition it holds on. `applies` is null when a fact that would decide is not known."""

    level: LevelCode
    native_level: str
    condition: str
    applies: bool | None
    decided_by: list[str]
    quote: str | None = None


class QuoteOut(BaseModel):
    """Official wording of the source, in its own language."""

    language: str
    mechanism: str
    advice: str


class SourceOut(BaseModel):
    """Where a finding is stated. `page` is the first of `pages`; pages count from 1 in the PDF."""

    id: str
    publisher: str
    title: str
    edition: str
    page: int
    pages: list[int]
    quote: QuoteOut | None = None


class PathNodeOut(BaseModel):
    """A step of the path that explains a finding: substance -> class -> interaction <- class <- substance."""

    kind: Literal["substance", "class", "combination", "open", "interaction"]
    id: str
    name: str


class InteractionOut(BaseModel):
    """A finding: an interaction met in this list. `level` is the strictest that no known fact excludes."""

    id: str
    between: list[PartyOut]
    level: LevelCode
    level_text: str
    native_level: str
    branches: list[BranchOut]
    effect: PhraseOut
    mechanism: PhraseOut
    advice: PhraseOut
    sources: list[SourceOut]
    path: list[PathNodeOut]


class DuplicateOut(BaseModel):
    """One substance in several medicines of the list."""

    substance: str
    name: str
    inputs: list[int]
    text: str


class NotApplicableOut(BaseModel):
    """An interaction that a known fact excludes, said rather than hidden."""

    id: str
    between: list[PartyOut]
    reason: Literal["local_route", "condition_excluded"]
    text: str
    sources: list[SourceOut]


class NotCoveredOut(BaseModel):
    """An input, or one substance of it, about which the check can say nothing."""

    input: int
    text: str
    substance: str | None
    reason: Literal["unknown", "ambiguous", "no_source", "homeopathic"]
    message: str


class NotCheckedOut(BaseModel):
    """A kind of risk that this check does not look at."""

    code: Literal["allergy", "disease", "dose_range", "pregnancy"]
    text: str


class NotListedOut(BaseModel):
    """Pairs of substances (two ids each) without a finding: not listed by the source, which is not the same as safe."""

    text: str
    pairs: list[tuple[str, str]]


class EditionOut(BaseModel):
    """A source in use, its edition and age in whole months; `outdated` past 12, with a warning to show."""

    id: str
    publisher: str
    title: str
    edition: str
    imported: bool
    age_months: int
    outdated: bool
    warning: str | None


class KnowledgeOut(BaseModel):
    """What the answer rests on."""

    sources: list[EditionOut]


class CheckOut(BaseModel):
    """The result of a check. An empty `interactions` is not a statement of safety: read the other fields."""

    language: LanguageCode
    medicines: list[MedicineOut]
    interactions: list[InteractionOut]
    duplicates: list[DuplicateOut]
    not_applicable: list[NotApplicableOut]
    not_covered: list[NotCoveredOut]
    not_listed: NotListedOut
    not_checked: list[NotCheckedOut]
    notice: str
    knowledge: KnowledgeOut


class MedicineHitOut(BaseModel):
    """A type-ahead hit."""

    name: str
    substances: list[SubstanceOut]
    kind: Literal["substance", "brand", "product", "synonym"]
    archived: bool


class MedicineSearchOut(BaseModel):
    """Type-ahead hits, best first."""

    q: str
    hits: list[MedicineHitOut]


class MedicineDetailOut(BaseModel):
    """All that is known of one substance: names by language, codes, classes it belongs to, some brands."""

    id: str
    name: str
    names: dict[str, str]
    atc: list[str]
    rxnorm: list[str]
    unii: list[str]
    cas: list[str]
    classes: list[PathNodeOut]
    brands: list[str]
    covered: bool


class Problem(BaseModel):
    """RFC 9457 problem details with a stable `code`."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str | None = None
    request_id: str | None = None
    errors: list[dict[str, str]] | None = None

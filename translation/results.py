"""What checking and translating give: spans, failures, verdicts, segments.

Offsets are Unicode code points from 0, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Check = Literal[
    "number", "unit", "dose", "frequency", "route", "medicine", "negation", "recommendation", "laterality", "date",
    "comparison", "glossary", "language", "length", "repetition", "untranslated",
]  # fmt: skip
"""What can be checked of a translation; the words of the API."""
CHECKS: tuple[Check, ...] = get_args(Check)

Status = Literal["translated", "memory", "copied", "flagged", "kept"]
"""How a segment came about.

`translated`: by a model, every check passed. `memory`: approved by a person. `copied`: nothing in it to translate.
`flagged`: a translation that failed a check, shown with what failed. `kept`: left in the source language (strict).
"""

Quality = Literal["provisional", "general", "medical"]
"""Quality class of a model: untested or weak; for general text; trained and measured on medical text."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: code points from `start` to `end`, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that it covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that did not survive a translation, or cannot be told.

    Attributes:
        check: which check failed.
        reason: what is wrong; the phrase `verify.<reason>` of every language says it, with `params` filled in.
        source_span: where in the source; None where nothing there corresponds.
        target_span: where in the target; None where nothing there corresponds.
        params: values for the phrase, such as the number that is missing, as printed.
    """

    check: Check
    reason: str
    source_span: Span | None = None
    target_span: Span | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of one translation.

    Attributes:
        failures: in the order of `CHECKS`, then of the source.
        made: the checks that were made. not_made: those that could not be made for these languages or inputs
            (no table for the language, no names passed in, no glossary): they are said, never taken as passed.
    """

    failures: tuple[Failure, ...]
    made: tuple[Check, ...]
    not_made: tuple[Check, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no check failed."""
        return not self.failures

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed, each once, in the order of `CHECKS`."""
        wrong = {failure.check for failure in self.failures}
        return tuple(check for check in CHECKS if check in wrong)

    @property
    def passed(self) -> tuple[Check, ...]:
        """The checks that were made and did not fail."""
        wrong = set(self.failed)
        return tuple(check for check in self.made if check not in wrong)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a glossary: how a source term is to be said in the target language."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """An approved translation that was found for a segment.

    Attributes:
        id: of the memory's entry. source, target: as approved.
        score: 100 for the same text; below it, how alike they are, 0 to 100.
        used: whether the segment's target is it; False for one that is only suggested beside the translation.
        approved_by: who approved it, unverified.
    """

    id: str
    source: str
    target: str
    score: float
    used: bool
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One translated segment, usually a sentence.

    Attributes:
        source, target: the two texts.
        source_span: where `source` stands in the text that was given.
        target_span: where `target` stands in the text that came back.
        status: how it came about.
        engine: name of the model, two joined by ` > ` for a pivot; "" where none was used.
        memory: the approved translation used or suggested. terms: glossary entries met in the source.
        verdict: what the checks say of `target` (of the best attempt, where the segment was kept).
        attempt: the rejected translation of a segment that was kept in the source language, else "".
        score: the model's probability per token, 0 to 1; None where no model was used.
    """

    source: str
    target: str
    source_span: Span
    target_span: Span
    status: Status
    engine: str
    verdict: Verdict
    memory: MemoryUse | None = None
    terms: tuple[Term, ...] = ()
    attempt: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """One translated text: what stands between its segments is kept as it was."""

    text: str
    segments: tuple[Segment, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing in it was flagged or kept back."""
        return all(segment.status not in {"flagged", "kept"} for segment in self.segments)

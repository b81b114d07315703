"""Translations and verdicts as plain values, in the shapes of `api.translation_shapes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translation import wording
from translation.results import CHECKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translation.ports import Path
    from translation.results import Failure, MemoryUse, Segment, Span, Translated, Verdict

UNSURE = frozenset({"flagged", "kept"})
"""Statuses of segments that no reader may take as a checked translation."""


def primary(tag: str) -> str:
    """The language of a tag, lower-case and without its region: `pt` for `pt-BR`."""
    return tag.partition("-")[0].lower()


def failure(found: Failure, language: str) -> dict[str, Any]:
    """A failure, told in `language`."""
    return {
        "check": found.check,
        "source_span": _span(found.source_span),
        "target_span": _span(found.target_span),
        "message": wording.message(found, language),
    }


def checks(verdict: Verdict) -> dict[str, list[str]]:
    """Which checks passed, failed, and were not made."""
    not_made = set(verdict.not_made)
    return {
        "passed": list(verdict.passed),
        "failed": list(verdict.failed),
        "not_made": [check for check in CHECKS if check in not_made],
    }


def verdict(found: Verdict, language: str) -> dict[str, Any]:
    """A verdict in the shape of `VerifyOut`."""
    return {"ok": found.ok, "failures": [failure(one, language) for one in found.failures], "checks": checks(found)}


def segment(found: Segment, language: str) -> dict[str, Any]:
    """A segment in the shape of `SegmentOut`, its failures told in `language`."""
    return {
        "source": found.source,
        "target": found.target,
        "source_span": _span(found.source_span),
        "target_span": _span(found.target_span),
        "status": found.status,
        "engine": found.engine,
        "memory": _memory(found.memory) if found.memory else None,
        "glossary": [{"source": term.source, "target": term.target} for term in found.terms],
        "checks": checks(found.verdict),
        "failures": [failure(one, language) for one in found.verdict.failures],
        "attempt": found.attempt,
        "score": found.score,
    }


def translated(found: Translated, language: str) -> dict[str, Any]:
    """A text in the shape of `TranslatedOut`."""
    return {"text": found.text, "ok": found.ok, "segments": [segment(one, language) for one in found.segments]}


def engine(path: Path, language: str) -> dict[str, Any]:
    """What translated, in the shape of `EngineOut`; its notice is in `language`."""
    return {
        "models": list(path.models),
        "pivot": path.pivot or None,
        "quality": path.quality,
        "licences": list(path.licences),
        "notice": wording.notice(path.quality, language),
    }


def warned(found: Translated, language: str) -> str:
    """The text with a visible marker before each segment that is not sure, for where flags cannot stand beside it.

    Args:
        language: of the reader: the target language.
    """
    parts: list[str] = []
    at = 0
    for one in found.segments:
        if one.status in UNSURE:
            parts += [found.text[at : one.target_span.start], wording.marker(one, language), wording.BETWEEN]
            at = one.target_span.start
    return "".join([*parts, found.text[at:]])


def flags(found: Sequence[Segment], language: str) -> list[dict[str, Any]]:
    """The segments that are not sure, with why."""
    return [
        {
            "source": one.source,
            "target": one.target,
            "status": one.status,
            "failures": [failure(each, language) for each in one.verdict.failures],
        }
        for one in found
        if one.status in UNSURE
    ]


def _memory(use: MemoryUse) -> dict[str, Any]:
    return {
        "id": use.id,
        "source": use.source,
        "target": use.target,
        "score": use.score,
        "used": use.used,
        "approved_by": use.approved_by,
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}

"""Translating a whole file: read, translate unit by unit with progress, write back, report what to look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from medinfo.errors import InvalidInput
from translation.detect import detect
from translation.documents import FORMATS, Document, Format, detect_format, read
from translation.marked import Mark, Marked
from translation.ports import Cancelled
from translation.results import Failure, Term
from translation.translator import Translator
from translation.translator_marked import TranslatedUnit, translate_marked
from translation.wording import message

MOST_FLAGS = 1000
"""Flagged segments told one by one; all are counted."""
SAVE_EVERY = 64
"""Segments after which the work done is saved, so that it goes on from there after a kill."""
DETECTED_FROM = 5000
"""Characters of a document from which its language is told."""

Progress = Callable[[int, int], None]
Save = Callable[[str, bytes], None]
Saved = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class TranslatedDocument:
    """A translated file.

    Attributes:
        content: the file. media_type: of it. report: what the job's answer tells; see `api.translation_shapes.JobOut`.
    """

    content: bytes
    media_type: str
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for.

    Attributes:
        filename, media_type: as the file came; either may be "".
        source: language of the file, or "" to detect it. target: language to translate to.
        terms: glossary entries. strict: leave what fails in the source language.
        output: another format to write, where the format can (`html` or `docx` of a PDF), or "".
        language: in which the failures of the report are told; the target's when "".
    """

    target: str
    source: str = ""
    filename: str = ""
    media_type: str = ""
    terms: Sequence[Term] = ()
    strict: bool = False
    use_memory: bool = True
    output: str = ""
    language: str = ""


@dataclass(slots=True)
class _Tally:
    """What is counted on the way, and what is kept of each finished unit."""

    segments: int = 0
    flagged: int = 0
    kept: int = 0
    memory: int = 0
    approximate: int = 0

    def add(self, unit: TranslatedUnit) -> None:
        self.segments += len(unit.segments)
        self.flagged += sum(segment.status == "flagged" for segment in unit.segments)
        self.kept += sum(segment.status == "kept" for segment in unit.segments)
        self.memory += sum(segment.status == "memory" for segment in unit.segments)
        self.approximate += not unit.exact


def translate_document(
    content: bytes,
    order: Order,
    translator: Translator,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    saved: Saved | None = None,
    save: Save | None = None,
) -> TranslatedDocument:
    """Translate a file.

    Args:
        content: the file. order: what is asked for.
        progress: called with (units done, units in all).
        saved, save: work done before a kill, and where to put it; the same file and order give the same keys.

    Raises:
        UnusableDocument: the file cannot be read. NoModel, UnsupportedPair, Overloaded, Cancelled: of the engine.
    """
    form = detect_format(content, filename=order.filename, media_type=order.media_type)
    media_type = _written_as(form, order.output)
    document = read(content, filename=order.filename, media_type=order.media_type)
    units = document.units
    source = order.source or told_language([unit.text for unit in units], translator)
    path = translator.path(source, order.target) if source != order.target else None
    done, tally, flags = _resumed(saved or {}, len(units))
    _tell(progress, len(done), len(units))
    waiting: dict[int, Marked] = {}
    kept = tally.segments
    fresh: list[dict[str, Any]] = []

    def keep() -> None:
        if save is not None and waiting:
            save(f"units-{min(waiting):08d}", _packed(waiting, fresh, tally))
        done.update(waiting)
        flags.extend(fresh)
        waiting.clear()
        fresh.clear()

    results = translate_marked(
        translator,
        units,
        source,
        order.target,
        terms=order.terms,
        strict=order.strict,
        use_memory=order.use_memory,
        skip=frozenset(done),
        cancelled=cancelled,
    )
    for unit in results:
        waiting[unit.index] = unit.marked
        tally.add(unit)
        fresh.extend(_flags(unit, order.language or order.target))
        if tally.segments - kept >= SAVE_EVERY:
            keep()
            kept = tally.segments
            _tell(progress, len(done), len(units))
    keep()
    _tell(progress, len(done), len(units))
    written = _written(document, done, flags, order)
    report = {**asdict(tally), "source": source, "target": order.target, "flags": flags[:MOST_FLAGS]}
    report["models"] = list(path.models) if path else []
    report["pivot"] = path.pivot if path else ""
    report["quality"] = path.quality if path else ""
    report["licences"] = list(path.licences) if path else []
    return TranslatedDocument(written, media_type, report)


def _written_as(form: Format, output: str) -> str:
    """The media type of what is written: the format's own, or one of those that it can only be written as."""
    if output and output not in form.outputs:
        known = ", ".join(form.outputs) or "none but its own"
        raise InvalidInput(
            f"A file of the format {form.name} cannot be written as {output[:20]}.", hint=f"Known: {known}."
        )
    name = output or (form.outputs[0] if form.outputs else form.name)
    return next(known.media_types[0] for known in FORMATS if known.name == name)


def told_language(texts: Iterable[str], translator: Translator) -> str:
    """The language that texts seem to be in, among those that can be translated from; English where none is told."""
    sample = ""
    for text in texts:
        sample += text + "\n"
        if len(sample) >= DETECTED_FROM:
            break
    among = sorted({source for source, _ in translator.engine.pairs()})
    found = detect(sample[:DETECTED_FROM], among or None)
    return found[0][0] if found else "en"


def _written(document: Document, done: Mapping[int, Marked], flags: Sequence[Mapping[str, Any]], order: Order) -> bytes:
    translated = [done[index] for index in range(len(document.units))]
    flagged = frozenset(int(flag["unit"]) for flag in flags)
    rebuild_flagged = getattr(document, "rebuild_flagged", None)
    if rebuild_flagged is not None:
        rebuilt: bytes = rebuild_flagged(translated, order.target, flagged)
        return rebuilt
    return document.rebuild(translated, order.target, order.output)


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _flags(unit: TranslatedUnit, language: str) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit.index,
            "source": segment.source,
            "target": segment.attempt if segment.status == "kept" else segment.target,
            "status": segment.status,
            "failures": [_failure(failure, language) for failure in segment.verdict.failures],
        }
        for segment in unit.segments
        if segment.status in {"flagged", "kept"}
    ]


def _failure(failure: Failure, language: str) -> dict[str, Any]:
    """In the shape of `api.translation_shapes.FailureOut`."""
    spans = {"source_span": failure.source_span, "target_span": failure.target_span}
    told = {name: None if span is None else {"start": span.start, "end": span.end} for name, span in spans.items()}
    return {"check": failure.check, **told, "message": message(failure, language)}


def _packed(units: Mapping[int, Marked], flags: Sequence[Mapping[str, Any]], tally: _Tally) -> bytes:
    done = {str(index): [unit.text, [[mark.offset, mark.id] for mark in unit.marks]] for index, unit in units.items()}
    return json.dumps({"units": done, "flags": list(flags), "tally": asdict(tally)}, ensure_ascii=False).encode()


def _resumed(saved: Saved, count: int) -> tuple[dict[int, Marked], _Tally, list[dict[str, Any]]]:
    """What was done before, read from what was saved in order."""
    done: dict[int, Marked] = {}
    tally, flags = _Tally(), []
    for key in sorted(saved):
        part = json.loads(saved[key])
        for index, (text, marks) in part["units"].items():
            done[int(index)] = Marked(text, tuple(Mark(*mark) for mark in marks))
        flags.extend(part["flags"])
        tally = _Tally(**part["tally"])
    return {index: unit for index, unit in done.items() if index < count}, tally, flags

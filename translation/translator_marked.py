"""Translating the units of a document: texts with inline marks, given back one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from translation.glossary import Glossary
from translation.marked import Mark, Marked
from translation.ports import Cancelled
from translation.results import Segment, Span, Term
from translation.segment import sentences
from translation.translator import CHUNK, Translator
from translation.translator_marks import inside, pieces, place, spaced
from translation.translator_methods import Task
from translation.wording import BETWEEN, marker, needs_marker

PIECE_WORDS = 12
"""Longest piece between two marks, in words, that is translated alone to find its place."""


@dataclass(frozen=True, slots=True)
class TranslatedUnit:
    """One unit of a document, translated.

    Attributes:
        index: of the unit. marked: its text in the target language, every mark in it. segments: how it came about;
            their spans count in the unit's text, the markers before flagged ones included.
        exact: whether all marks could be placed exactly.
    """

    index: int
    marked: Marked
    segments: tuple[Segment, ...]
    exact: bool


def translate_marked(
    translator: Translator,
    units: Sequence[Marked],
    source: str,
    target: str,
    *,
    terms: Iterable[Term] = (),
    strict: bool = False,
    use_memory: bool = True,
    warn: bool = True,
    skip: Collection[int] = (),
    cancelled: Cancelled | None = None,
) -> Iterator[TranslatedUnit]:
    """Translate units and give each as soon as it is done, in their order.

    Args:
        units: of a document. terms, strict, use_memory, cancelled: as for `Translator.translate`.
        warn: put a visible marker before each flagged segment.
        skip: indices of units that are done already.

    Raises:
        NoModel, UnsupportedPair, Overloaded, Cancelled: see `ports.Engine.translate`.
    """
    task = Task(source, target, Glossary(terms, source, target), strict, use_memory, cancelled)
    todo = [(index, unit) for index, unit in enumerate(units) if index not in skip]
    for batch in _batches([(index, unit, sentences(unit.text, source)) for index, unit in todo]):
        texts = [span.of(unit.text) for _, unit, spans in batch for span in spans]
        # In parts, so that one unit of many thousand segments is no more than an engine takes at once.
        parts = (texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK))
        segments = [segment for part in parts for segment in translator.settle(part, task)]
        said = _said(translator, batch, segments, task)
        at = 0
        for index, unit, spans in batch:
            mine = segments[at : at + len(spans)]
            at += len(spans)
            yield _unit(index, unit, spans, mine, said, warn, target)


_Cut = tuple[int, Marked, Sequence[Span]]


def _batches(units: Sequence[_Cut]) -> Iterator[list[_Cut]]:
    batch: list[_Cut] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += len(unit[2])
        if size >= CHUNK:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _said(translator: Translator, batch: Sequence[_Cut], segments: Sequence[Segment], task: Task) -> Mapping[str, str]:
    """Translations of the short pieces between marks; they only help to find places and are never shown."""
    wanted: dict[str, None] = {}
    at = 0
    for _, unit, spans in batch:
        for span in spans:
            marks = inside(unit.marks, span.start, span.end)
            if marks and segments[at].target != segments[at].source:
                wanted.update(dict.fromkeys(pieces(span.of(unit.text), marks)))
            at += 1
    short = [piece for piece in wanted if piece.strip() and len(piece.split()) <= PIECE_WORDS]
    if not short:
        return {}
    lines = [" ".join(piece.split()) for piece in short]
    offers = translator.engine.translate(lines, task.source, task.target, cancelled=task.cancelled)
    return {piece: offered[0].text for piece, offered in zip(short, offers, strict=True)}


def _unit(
    index: int,
    unit: Marked,
    spans: Sequence[Span],
    segments: Sequence[Segment],
    said: Mapping[str, str],
    warn: bool,
    target: str,
) -> TranslatedUnit:
    """Put the segments of a unit together, with the marks of each and of what stands between them."""
    out, marks, kept, exact, at = "", [], [], True, 0
    for span, segment in zip(spans, segments, strict=True):
        marks += _outside(unit.marks, at, span.start, len(out))
        out += unit.text[at : span.start]
        if warn and needs_marker(segment):
            out += marker(segment, target) + BETWEEN
        within = inside(unit.marks, span.start, span.end)
        placed, exactly = place(segment, within, said)
        text, placed = spaced(segment, within, placed)
        segment = replace(segment, target=text)
        marks += [Mark(len(out) + mark.offset, mark.id) for mark in placed]
        kept.append(_at(segment, span, len(out)))
        out += segment.target
        exact = exact and exactly
        at = span.end
    marks += _outside(unit.marks, at, len(unit.text), len(out))
    return TranslatedUnit(index, Marked(out + unit.text[at:], tuple(marks)), tuple(kept), exact)


def _outside(marks: Sequence[Mark], start: int, end: int, out: int) -> list[Mark]:
    """Marks between two segments, or at the edge of one: they keep their distance from the edge."""
    return [Mark(out + mark.offset - start, mark.id) for mark in marks if start <= mark.offset <= end]


def _at(segment: Segment, span: Span, start: int) -> Segment:
    return replace(segment, source_span=span, target_span=Span(start, start + len(segment.target)))

"""The right side of the translation workspace: source and translation side by side, with what was checked.

What failed a check stands out by colour, by a sign and by words, and stays marked when it is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ui.client import ApiError
from ui.html import EMPTY, Child, Html, el, join
from ui.phrases import Words
from ui.translation_answers import Failure, Place, Remembered, Segment, TranslatedText, Translation
from ui.translation_entry import language_name
from ui.translation_session import MAX_CORRECTION, Correction, TranslationSession

UNSURE = frozenset({"flagged", "kept"})


def nothing_yet(words: Words, revision: int) -> Html:
    """The panel before the first translation."""
    return el(
        "section",
        el("h2", words("translate.result")),
        el("p", words("translate.nothing"), class_="empty"),
        class_="panel translation",
        data_revision=revision,
    )


def failure(problem: ApiError, words: Words, revision: int) -> Html:
    """The panel when the API gave no translation; nothing of an older one stays."""
    return el(
        "section",
        el("h2", words("translate.result")),
        el("p", problem.detail or words(f"error.{problem.code}")),
        class_="panel translation failed",
        role="alert",
        data_revision=revision,
    )


def result(session: TranslationSession, words: Words) -> Html:
    """The translation of the session."""
    answer = session.answer
    if answer is None:
        return nothing_yet(words, session.revision)
    rows, number = [], 0
    for text in answer.translations:
        for segment in text.segments:
            rows.append(_row(number, segment, session.corrections.get(number), answer, words))
            number += 1
    return el(
        "section",
        _head(answer, words),
        _summary(session.segments(), words),
        el("p", answer.engine.notice, class_="caveat"),
        el("div", *rows, class_="segments"),
        el("textarea", plain(answer, words), class_="copy-source", readonly=True, tabindex=-1, aria_hidden="true"),
        class_="panel translation",
        aria_label=words("translate.result"),
        data_revision=session.revision,
    )


def plain(answer: Translation, words: Words) -> str:
    """The translation as text to copy: a marker stands before each segment that failed a check."""
    return "\n".join(_marked(text, words) for text in answer.translations)


def _marked(text: TranslatedText, words: Words) -> str:
    parts, at = [], 0
    for segment in text.segments:
        parts.append(text.text[at : segment.target_span.start])
        if segment.status == "flagged":
            parts.append(words("translate.marker", checks=_checks(segment.checks.failed, words)) + " ")
        elif segment.status == "kept" and not segment.attempt:  # there is no translation at all
            parts.append(words("translate.marker_kept") + " ")
        parts.append(segment.target)
        at = segment.target_span.end
    return "".join([*parts, text.text[at:]])


def _head(answer: Translation, words: Words) -> Html:
    source = language_name(answer.source, words)
    said = words("translate.detected", language=source) if answer.detected else source
    parts = [
        words("translate.from_to", source=said, target=language_name(answer.target, words)),
        words("translate.pivot", language=language_name(answer.engine.pivot, words)) if answer.engine.pivot else "",
        words("translate.by", models=", ".join(answer.engine.models)) if answer.engine.models else "",
    ]
    quality = words(f"translate.quality_{answer.engine.quality}")
    copying = {"data_done": words("translate.copied"), "data_failed": words("translate.copy_failed")}
    return el(
        "div",
        el("h2", words("translate.result")),
        el("p", " · ".join(part for part in parts if part), class_="muted"),
        el("span", quality, class_=f"quality {answer.engine.quality}") if answer.engine.models else None,
        el("button", words("translate.copy"), type="button", class_="plain-button", data_do="copy", **copying),
        class_="panel-head",
    )


def _summary(segments: Sequence[Segment], words: Words) -> Html:
    unsure = sum(segment.status in UNSURE for segment in segments)
    if unsure:
        told = words("translate.some_failed", failed=unsure, n=len(segments))
        return el("p", el("strong", f"⚠ {told}"), class_="verdict unsure", role="status")
    return el("p", words("translate.all_passed", n=len(segments)), class_="verdict", role="status")


def _row(number: int, segment: Segment, correction: Correction | None, answer: Translation, words: Words) -> Html:
    unsure = segment.status in UNSURE
    sources = [failure.source_span for failure in segment.failures]
    targets = [] if segment.status == "kept" else [failure.target_span for failure in segment.failures]
    return el(
        "article",
        el("p", _highlighted(segment.source, sources), class_="said-source", lang=answer.source),
        el(
            "div",
            el("p", _highlighted(segment.target, targets), class_="said-target", lang=_spoken(segment, answer)),
            _status(segment, words),
            _failures(segment, words) if unsure else None,
            _notes(segment, words),
            _correction(number, segment, correction, words),
        ),
        class_=f"segment {segment.status}",
        data_segment=number,
    )


def _spoken(segment: Segment, answer: Translation) -> str:
    return answer.source if segment.status == "kept" else answer.target


def _status(segment: Segment, words: Words) -> Html:
    sign = "⚠ " if segment.status in UNSURE else ""
    return el("p", f"{sign}{words(f'translate.status_{segment.status}')}", class_="status")


def _failures(segment: Segment, words: Words) -> Html:
    told = [
        el("li", f"{words.table('check_name').get(one.check, one.check)}: {one.message}") for one in segment.failures
    ]
    attempt = None
    if segment.attempt:
        attempt = el("p", el("span", words("translate.attempt"), class_="muted"), " ", el("q", segment.attempt))
    return el("div", el("h4", words("translate.why")), el("ul", *told), attempt, class_="failures")


def _notes(segment: Segment, words: Words) -> Html:
    notes: list[Child] = []
    if segment.glossary:
        terms = ", ".join(f"{term.source} → {term.target}" for term in segment.glossary)
        notes.append(words("translate.glossary_used", terms=terms))
    if segment.memory:
        notes.append(_memory(segment.memory, words))
    not_made = [check for check in segment.checks.not_made if check != "glossary"]
    if not_made:
        notes.append(words("translate.not_made", checks=_checks(not_made, words)))
    if segment.score is not None:
        notes.append(words("translate.score", score=round(100 * segment.score)))
    return el("ul", *(el("li", note) for note in notes), class_="notes") if notes else EMPTY


def _memory(memory: Remembered, words: Words) -> Html:
    by = words("translate.approved_by", who=memory.approved_by) if memory.approved_by else ""
    if memory.used and memory.score >= 100:
        return el("span", by)
    like = words("translate.suggestion", score=round(memory.score))
    of = words("translate.suggestion_use", text=memory.source)
    shown = None if memory.used else el("q", memory.target)
    return el("span", join([like, shown, of, by or None], " "))


def _correction(number: int, segment: Segment, correction: Correction | None, words: Words) -> Html:
    if correction is not None and correction.stored:
        return el("p", words("translate.approved"), class_="approved", role="status")
    text = correction.text if correction else segment.attempt or segment.target
    again = bool(correction and correction.failures)
    field = f"correction-{number}"
    return el(
        "details",
        el("summary", words("translate.correct")),
        el("label", words("translate.corrected_label"), for_=field),
        el("textarea", text, id=field, rows=3, maxlength=MAX_CORRECTION, autocomplete="off"),
        _refused(correction.failures, words) if correction and correction.failures else None,
        el(
            "button",
            words("translate.approve_anyway" if again else "translate.approve"),
            type="button",
            class_="plain-button",
            data_do="approve",
            data_confirm=again,
        ),
        class_="correct",
        open=again,
    )


def _refused(failures: Iterable[Failure], words: Words) -> Html:
    told = [el("li", failure.message) for failure in failures]
    return el("div", el("p", words("translate.approve_failed")), el("ul", *told), class_="failures", role="alert")


def _checks(checks: Iterable[str], words: Words) -> str:
    names = words.table("check_name")
    return ", ".join(names.get(check, check) for check in checks)


def _highlighted(text: str, places: Sequence[Place | None]) -> Html:
    """The text with the places that failed marked."""
    edges = sorted({(place.start, min(place.end, len(text))) for place in places if place is not None})
    parts: list[Child] = []
    at = 0
    for start, end in edges:
        if start < at or end <= start:
            continue
        parts += [text[at:start], el("mark", text[start:end])]
        at = end
    return join([*parts, text[at:]])

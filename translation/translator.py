"""The translator: text in, checked text out.

    translator = Translator(engine, names=names, memory=memory)
    (translated,) = translator.translate(["Prendre 1 comprimé par jour."], "fr", "en")

A text is cut into segments. Each is looked up among approved translations, then translated by one method after another
until one passes every check. What passes none is given back flagged with what failed, or left in the source language
(strict). Nothing that failed a check is given back without its failures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from translation.glossary import Glossary
from translation.ports import Cancelled, Engine, Match, Memory, Names, Path
from translation.protect import Said, settle
from translation.results import MemoryUse, Segment, Span, Status, Term, Translated, Verdict
from translation.segment import sentences
from translation.translator_memory import target_for
from translation.translator_methods import METHODS, Attempt, Method, Task, Tools, Work
from translation.verify import verify
from translation.words import nothing_to_translate

FIRST_CHUNK = 8
"""Segments of the first batch of a stream, so that a reader soon sees something; each batch doubles, up to `CHUNK`."""
CHUNK = 256


@dataclass(frozen=True, slots=True)
class Streamed:
    """A segment of a stream.

    Attributes:
        text: index of the text that it belongs to. index: of the segment in it. count: segments of that text.
    """

    text: int
    index: int
    count: int
    segment: Segment


class Translator:
    """Translates texts segment by segment, and checks each.

    Args:
        engine: runs the models.
        names: finds medicines; without it the check `medicine` is not made, which every verdict says.
        memory: approved translations.
        said: names medicines in the target language, for masks.
        methods: ways to translate, in the order in which they are tried.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        names: Names | None = None,
        memory: Memory | None = None,
        said: Said | None = None,
        methods: Sequence[Method] = METHODS,
    ) -> None:
        self.engine = engine
        self._tools = Tools(engine, names, said)
        self._memory = memory
        self._methods = tuple(methods)

    def path(self, source: str, target: str) -> Path:
        """How a pair is translated; see `ports.Engine.path`."""
        return self.engine.path(source, target)

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        *,
        terms: Iterable[Term] = (),
        strict: bool = False,
        use_memory: bool = True,
        cancelled: Cancelled | None = None,
    ) -> list[Translated]:
        """Translate texts.

        Args:
            texts: any texts; what stands between their segments is kept.
            source, target: language codes. terms: glossary entries for this pair.
            strict: leave a segment that passes no check in the source language.
            use_memory: use approved translations. cancelled: asked between batches.

        Raises:
            NoModel, UnsupportedPair, Overloaded, Cancelled: see `ports.Engine.translate`.
        """
        task = Task(source, target, Glossary(terms, source, target), strict, use_memory, cancelled)
        spans = [sentences(text, source) for text in texts]
        segments: list[list[Segment]] = [[] for _ in texts]
        for streamed in self._segments(texts, spans, task, CHUNK):
            segments[streamed.text].append(streamed.segment)
        return [assembled(text, mine) for text, mine in zip(texts, segments, strict=True)]

    def stream(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        *,
        terms: Iterable[Term] = (),
        strict: bool = False,
        use_memory: bool = True,
        cancelled: Cancelled | None = None,
    ) -> Iterator[Streamed]:
        """Translate texts and give each segment as soon as it is done, in their order; arguments as `translate`."""
        task = Task(source, target, Glossary(terms, source, target), strict, use_memory, cancelled)
        self.engine.path(source, target)  # an impossible pair is refused before the first segment
        yield from self._segments(texts, [sentences(text, source) for text in texts], task, FIRST_CHUNK)

    def count(self, texts: Sequence[str], source: str) -> int:
        """How many segments texts have."""
        return sum(len(sentences(text, source)) for text in texts)

    def _segments(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], task: Task, first: int
    ) -> Iterator[Streamed]:
        places = ((at, index, span) for at, mine in enumerate(spans) for index, span in enumerate(mine))
        size, text, out, end = first, -1, 0, 0
        while chunk := list(islice(places, size)):
            settled = self.settle([span.of(texts[at]) for at, _, span in chunk], task)
            for (at, index, span), one in zip(chunk, settled, strict=True):
                if at != text:
                    text, out, end = at, 0, 0
                start = out + span.start - end
                segment = replace(one, source_span=span, target_span=Span(start, start + len(one.target)))
                out, end = segment.target_span.end, span.end
                yield Streamed(at, index, len(spans[at]), segment)
            size = min(2 * size, CHUNK)

    def settle(self, segments: Sequence[str], task: Task) -> list[Segment]:
        """Translate segments, each on its own; the same text is translated once."""
        done: dict[str, Segment] = {}
        todo = list(dict.fromkeys(segments))
        if task.source == task.target:
            return [_same_language(text, task.target) for text in segments]
        for text in todo:
            if nothing_to_translate(text, task.source):
                done[text] = self._copy(text, task)
        matches = self._matches([text for text in todo if text not in done], task)
        for text, match in matches.items():
            if match is not None and (used := self._remembered(text, match, task)) is not None:
                done[text] = used
        works = [Work(text, task, self._tools) for text in todo if text not in done]
        self._work(works, task)
        path = self.engine.path(task.source, task.target) if works else None
        for work in works:
            done[work.text] = _settled(work, path.name if path else "", matches.get(work.text))
        return [done[text] for text in segments]

    def _work(self, works: Sequence[Work], task: Task) -> None:
        left = list(works)
        for method in self._methods:
            if not left:
                return
            method(self._tools, task, left)
            left = [work for work in left if work.passed is None]

    def _copy(self, text: str, task: Task) -> Segment:
        target = settle(text, text, task.source, task.target)
        verdict = verify(text, target, task.source, task.target, names=self._tools.names)
        # Nothing in it is a word: its language, length and share of translated text cannot be judged.
        judged = {"language", "length", "untranslated", "repetition"}
        failures = tuple(failure for failure in verdict.failures if failure.check not in judged)
        return _copied(text, target, replace(verdict, failures=failures))

    def _matches(self, texts: Sequence[str], task: Task) -> dict[str, Match | None]:
        if self._memory is None or not task.use_memory or not texts:
            return {}
        return dict(zip(texts, self._memory.matches(texts, task.source, task.target), strict=True))

    def _remembered(self, text: str, match: Match, task: Task) -> Segment | None:
        """The segment as approved. One that fails a check is used only where its text is the same, and flagged."""
        target = target_for(text, match, task.source, task.target)
        if target is None:
            return None
        attempt = Work(text, task, self._tools).checked(target, 1.0)
        if not attempt.verdict.ok and match.score < 100:
            return None
        use = MemoryUse(match.id, match.source, match.target, match.score, True, match.approved_by)
        status: Status = "memory" if attempt.verdict.ok else "flagged"
        return Segment(text, target, _NOWHERE, _NOWHERE, status, "", attempt.verdict, use, attempt.terms)


_NOWHERE = Span(0, 0)
"""The place of a segment that has not been put into its text yet."""


def assembled(text: str, segments: Sequence[Segment]) -> Translated:
    """A text with its segments in place; what stands between them is kept."""
    parts, at = [], 0
    for segment in segments:
        parts += [text[at : segment.source_span.start], segment.target]
        at = segment.source_span.end
    return Translated("".join(chain(parts, [text[at:]])), tuple(segments))


def _same_language(text: str, language: str) -> Segment:
    """A segment that needs no translation; flagged where it is in another language than was said or told."""
    found = verify(text, text, language, language)
    failures = tuple(failure for failure in found.failures if failure.check == "language")
    return _copied(text, text, Verdict(failures, tuple(check for check in found.made if check == "language")))


def _copied(text: str, target: str, verdict: Verdict) -> Segment:
    return Segment(text, target, _NOWHERE, _NOWHERE, "copied" if verdict.ok else "flagged", "", verdict)


def _settled(work: Work, engine: str, match: Match | None) -> Segment:
    suggested = (
        None
        if match is None
        else MemoryUse(match.id, match.source, match.target, match.score, False, match.approved_by)
    )
    attempt = work.passed or work.best or work.checked("", 0.0)
    status = _status(work, attempt)
    kept = status == "kept"
    return Segment(
        work.text,
        work.text if kept else attempt.text,
        _NOWHERE,
        _NOWHERE,
        status,
        engine,
        attempt.verdict,
        suggested,
        attempt.terms,
        attempt.text if kept else "",
        attempt.score,
    )


def _status(work: Work, attempt: Attempt) -> Status:
    if work.passed is not None:
        return "translated"
    return "kept" if work.task.strict or not attempt.text else "flagged"  # an empty answer must not swallow the source

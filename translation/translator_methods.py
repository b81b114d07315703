"""Ways to translate a segment, from the plainest to the most careful; each is tried on what the one before left over.

The order was chosen on measurements (docs/performance.md): most segments pass as the model first says them, and asking
for more hypotheses costs only where they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf, log

from translation.glossary import Found, Glossary
from translation.ports import Cancelled, Engine, Hypothesis, Mention, Names
from translation.protect import Masked, Said, mask, settle, settle_names, unmask
from translation.results import Span, Term, Verdict
from translation.segment import clauses
from translation.verify import verify
from translation.words import unreadable

HYPOTHESES = 8
MASKED_HYPOTHESES = 4
FARTHEST = 7.0
"""How much less likely than the first a wording may be, as a logarithm: a thousand times."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all segments of one call share.

    Attributes:
        source, target: languages. glossary: terms to hold to. strict: leave what fails in the source language.
        use_memory: whether approved translations are looked for. cancelled: asked between batches.
    """

    source: str
    target: str
    glossary: Glossary
    strict: bool = False
    use_memory: bool = True
    cancelled: Cancelled | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """What the methods work with."""

    engine: Engine
    names: Names | None = None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate translation, checked."""

    text: str
    score: float
    verdict: Verdict
    terms: tuple[Term, ...]


@dataclass(slots=True)
class Work:
    """One segment on its way.

    Attributes:
        text: the source. passed: the first attempt that passed every check. best: the one that failed least.
    """

    text: str
    task: Task
    tools: Tools
    passed: Attempt | None = None
    best: Attempt | None = None
    _seen: set[str] = field(default_factory=set)
    _mentions: Sequence[Mention] | None = None

    @property
    def line(self) -> str:
        """The source as a model takes it: one line."""
        return " ".join(self.text.split())

    def found(self) -> tuple[Found, ...]:
        """Glossary terms met in the source."""
        return self.task.glossary.find(self.text)

    def mentions(self) -> Sequence[Mention]:
        """Medicines named in the source line."""
        if self._mentions is None:
            self._mentions = self.tools.names.mentions(self.line, self.task.source) if self.tools.names else ()
        return self._mentions

    def consider(self, text: str, score: float) -> bool:
        """Check a candidate and keep it if it is the best so far.

        Args:
            text: a translation. score: the model's probability per token.

        Returns:
            Whether it passed every check.
        """
        task = self.task
        named = settle_names(text.strip(), self.line, task.target, self.mentions(), self.tools.said)
        settled = settle(self.line, named, task.source, task.target)
        settled = self.text if settled == self.line else settled  # a copy keeps its own line ends
        if not settled or settled in self._seen or unreadable(settled, self.text):
            return False
        self._seen.add(settled)
        attempt = self.checked(settled, score)
        if attempt.verdict.ok:
            self.passed = attempt
        if self.best is None or _rank(attempt) < _rank(self.best):
            self.best = attempt
        return attempt.verdict.ok

    def checked(self, text: str, score: float) -> Attempt:
        """A candidate with its verdict."""
        task = self.task
        terms = task.glossary.wanted(self.found(), text)
        verdict = verify(self.text, text, task.source, task.target, names=self.tools.names, terms=terms)
        return Attempt(text, score, verdict, terms)


def _rank(attempt: Attempt) -> tuple[int, float]:
    return len(attempt.verdict.failures), -attempt.score


Method = Callable[[Tools, Task, Sequence[Work]], None]
"""Tries its way on each segment and lets it consider what came of it."""


def plain(tools: Tools, task: Task, works: Sequence[Work]) -> None:
    """As the model says it first."""
    _offer(works, _run(tools, task, [work.line for work in works], 1))


def hypotheses(tools: Tools, task: Task, works: Sequence[Work]) -> None:
    """The model's other wordings, best first."""
    _offer(works, _run(tools, task, [work.line for work in works], HYPOTHESES))


def masked(tools: Tools, task: Task, works: Sequence[Work]) -> None:
    """With masks in place of what must not change."""
    pairs: list[tuple[Work, Masked]] = []
    for work in works:
        found = task.glossary.find(work.line)
        hidden = mask(work.line, task.source, task.target, found=found, mentions=work.mentions(), said=tools.said)
        if hidden is not None:
            pairs.append((work, hidden))
    offers = _run(tools, task, [hidden.text for _, hidden in pairs], MASKED_HYPOTHESES)
    for (work, hidden), offered in zip(pairs, offers, strict=True):
        for hypothesis in meant(offered):
            text = unmask(hypothesis.text, hidden)
            if text is not None and work.consider(text, hypothesis.score):
                break


def in_clauses(tools: Tools, task: Task, works: Sequence[Work]) -> None:
    """In smaller pieces, each by the wording that passes its own checks, joined again."""
    cut = [(work, spans) for work in works if len(spans := clauses(work.text, task.source)) > 1]
    pieces = [Work(span.of(work.text), task, tools) for work, spans in cut for span in spans]
    _offer(pieces, _run(tools, task, [piece.line for piece in pieces], HYPOTHESES))
    at = 0
    for work, spans in cut:
        mine = pieces[at : at + len(spans)]
        at += len(spans)
        chosen = [piece.passed or piece.best for piece in mine]
        if all(chosen):
            kept = [attempt for attempt in chosen if attempt is not None]
            work.consider(_joined(work.text, spans, kept), min(attempt.score for attempt in kept))


METHODS: tuple[Method, ...] = (plain, hypotheses, masked, in_clauses)


def meant(offered: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The hypotheses that the model means: not those that only fill its beam.

    Whoever takes the first of many wordings that passes also takes the one that garbles what a check looks for
    ("mustnot"). To the model such a wording is far less likely than its first.
    """
    if not offered:
        return []
    least = _likelihood(offered[0]) - FARTHEST
    return [hypothesis for hypothesis in offered if _likelihood(hypothesis) >= least]


def _likelihood(hypothesis: Hypothesis) -> float:
    """The logarithm of the probability of the whole."""
    return hypothesis.tokens * log(hypothesis.score) if hypothesis.score > 0 else -inf


def _run(tools: Tools, task: Task, texts: Sequence[str], count: int) -> list[list[Hypothesis]]:
    if not texts:
        return []
    return tools.engine.translate(texts, task.source, task.target, hypotheses=count, cancelled=task.cancelled)


def _offer(works: Sequence[Work], offers: Sequence[Sequence[Hypothesis]]) -> None:
    for work, offered in zip(works, offers, strict=True):
        for hypothesis in meant(offered):
            if work.consider(hypothesis.text, hypothesis.score):
                break


def _joined(text: str, spans: Sequence[Span], attempts: Sequence[Attempt]) -> str:
    """Translated clauses with what stood between them."""
    parts, at = [], 0
    for span, attempt in zip(spans, attempts, strict=True):
        parts += [text[at : span.start], attempt.text]
        at = span.end
    return "".join([*parts, text[at:]])

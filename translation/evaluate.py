"""How good a translator is on a set: chrF, BLEU, and how many segments are wrong in what matters.

A set is a file of lines `text<TAB>text`, in UTF-8. Its name says the languages of its two columns (`x.en-fr.tsv`), and
where it runs from the second to the first, that too (`x.fr2en.en-fr.tsv`).

Two things are measured beside each other: the model's own best output, and what the service gives with its checks. A
critical error is a segment in which a check of `translation.verify` fails. What the service gives is wrong only where
it fails a check and does not say so; that rate must be zero.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from medinfo.errors import InvalidInput, UnusableSource
from translation.ports import Engine, Names
from translation.results import CHECKS, Verdict
from translation.translator import Translator
from translation.verify import verify

LARGEST_SET = 50_000_000
"""Bytes."""
MOST_SEGMENTS = 20_000
LONGEST_SEGMENT = 10_000
"""Characters of one side of a segment."""
BATCH = 64
"""Segments between two tellings of the progress."""

Progress = Callable[[int, int], None]
Told = Callable[[int], None]

_COLUMNS = re.compile(r"\.([a-z]{2,3})-([a-z]{2,3})\.[^.]+$")
_DIRECTION = re.compile(r"\.([a-z]{2,3})2([a-z]{2,3})\.")
_CHINESE = {"zh", "ja"}


@dataclass(frozen=True, slots=True)
class Scores:
    """How near a translation is to the reference, and how often it is wrong.

    Attributes:
        bleu, chrf: 0 to 100.
        errors: share of segments, 0 to 1, in which a check fails. by_check: the same for each check that ever fails.
    """

    bleu: float
    chrf: float
    errors: float
    by_check: dict[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one set. Rates are shares of segments, 0 to 1.

    Attributes:
        set: file name. source, target: languages. segments: how many. model: names of the models, joined.
        raw: of the model's own best output. service: of what the service gives, flagged segments included.
        flagged: share that the service flags. unflagged_errors: share in which a check fails and it says nothing.
        reference_errors: share in which a check fails on the reference itself: the floor of what can be told.
        not_made: checks that could not be made, such as `medicine` without names.
        signatures: of sacrebleu, by metric. seconds: time of the service; raw_seconds: of the model alone.
    """

    set: str
    source: str
    target: str
    segments: int
    model: str
    raw: Scores
    service: Scores
    flagged: float
    unflagged_errors: float
    reference_errors: float
    not_made: tuple[str, ...]
    signatures: dict[str, str]
    seconds: float
    raw_seconds: float

    def json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The report as lines for a terminal."""
        rows = [("", "model alone", "service"), *_rows(self)]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        head = f"{self.set}: {self.source} to {self.target}, {self.segments} segments, {self.model}"
        notes = [
            f"Critical errors without a flag: {_percent(self.unflagged_errors)}.",
            f"Checks that fail on the reference itself: {_percent(self.reference_errors)} of segments.",
            *([f"Checks not made: {', '.join(self.not_made)}."] if self.not_made else []),
            *(f"{metric}: {signature}" for metric, signature in self.signatures.items()),
        ]
        body = ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return [head, "", *body, "", *notes]


@dataclass(frozen=True, slots=True)
class Pair:
    """One segment of a set."""

    source: str
    reference: str


def read_set(file: Path, source: str = "", target: str = "", limit: int = 0) -> tuple[list[Pair], str, str]:
    """Read a set.

    Args:
        source, target: languages, where the name does not say or the other direction is wanted; either alone tells
            the other one. limit: the first so many segments; 0 for all.

    Returns:
        the segments, the source's language and the target's.

    Raises:
        UnusableSource: it is no such file. InvalidInput: the languages are not known, or not those of the file.
    """
    first, second, swapped = _languages(file, source, target)
    pairs = []
    for number, line in enumerate(_text(file).split("\n"), 1):
        if not line.strip():
            continue
        columns = line.rstrip("\r").split("\t")
        if len(columns) != 2:
            raise UnusableSource(f"{file.name}, line {number}: {len(columns)} columns instead of 2.")
        if max(map(len, columns)) > LONGEST_SEGMENT:
            raise UnusableSource(f"{file.name}, line {number}: longer than {LONGEST_SEGMENT} characters.")
        if all(column.strip() for column in columns):
            pairs.append(Pair(*(reversed(columns) if swapped else columns)))
        if len(pairs) == limit:
            break
    if not 0 < len(pairs) <= MOST_SEGMENTS:
        raise UnusableSource(f"{file.name} has {len(pairs)} segments; between 1 and {MOST_SEGMENTS} are evaluated.")
    return (pairs, second, first) if swapped else (pairs, first, second)


def evaluate(
    file: Path,
    engine: Engine,
    *,
    source: str = "",
    target: str = "",
    limit: int = 0,
    names: Names | None = None,
    translator: Translator | None = None,
    progress: Progress | None = None,
) -> Report:
    """Translate a set raw and through the safety layer, and measure both.

    Args:
        file: the set. source, target, limit: see `read_set`.
        engine: translates raw. translator: with the safety layer; one without memory on the same engine if not given.
        names: medicines in running text, so that their check is made.
        progress: told how many segments are done, and how many there are: twice those of the set.

    Raises:
        UnusableSource, InvalidInput: see `read_set`; also without sacrebleu (extra `models`).
        NoModel, UnsupportedPair: see `translation.ports.Engine`.
    """
    metrics = _Metrics()
    pairs, source, target = read_set(file, source, target, limit)
    path = engine.path(source, target)
    sources = [pair.source for pair in pairs]
    checked = Translator(engine, names=names) if translator is None else translator
    told = progress or _quiet
    raw, raw_seconds = _timed(
        sources, lambda texts: _raw(engine, texts, source, target), lambda done: told(done, 2 * len(pairs))
    )
    given, seconds = _timed(
        sources, lambda texts: checked.translate(texts, source, target, use_memory=False),
        lambda done: told(len(pairs) + done, 2 * len(pairs)),
    )  # fmt: skip

    def checks(outputs: Sequence[str]) -> list[Verdict]:
        return [verify(one, text, source, target, names=names) for one, text in zip(sources, outputs, strict=True)]

    references = [pair.reference for pair in pairs]
    texts = [one.text for one in given]
    after, before = checks(texts), checks(raw)
    silent = [not verdict.ok and one.ok for verdict, one in zip(after, given, strict=True)]
    return Report(
        set=file.name,
        source=source,
        target=target,
        segments=len(pairs),
        model=path.name,
        raw=metrics.scores(raw, references, before, target),
        service=metrics.scores(texts, references, after, target),
        flagged=_share(not one.ok for one in given),
        unflagged_errors=_share(silent),
        reference_errors=_share(not verdict.ok for verdict in checks(references)),
        not_made=before[0].not_made,
        signatures=metrics.signatures,
        seconds=round(seconds, 3),
        raw_seconds=round(raw_seconds, 3),
    )


def _raw(engine: Engine, texts: Sequence[str], source: str, target: str) -> list[str]:
    """The model's best output, whatever it is; an engine takes one line at a time."""
    return [found[0].text for found in engine.translate([" ".join(text.split()) for text in texts], source, target)]


def _timed(texts: Sequence[str], work: Callable[[Sequence[str]], list[Any]], told: Told) -> tuple[list[Any], float]:
    start = time.perf_counter()
    out: list[Any] = []
    for at in range(0, len(texts), BATCH):
        out += work(texts[at : at + BATCH])
        told(len(out))
    return out, time.perf_counter() - start


class _Metrics:
    """BLEU and chrF of sacrebleu, with the signatures under which they can be compared."""

    def __init__(self) -> None:
        try:
            import sacrebleu.metrics as metrics
        except ImportError as problem:
            raise InvalidInput(
                "Measuring needs sacrebleu, which is not installed.",
                hint="Install it: pip install 'medinfo[models]', or sacrebleu alone.",
            ) from problem
        self._metrics = metrics
        self.signatures: dict[str, str] = {}

    def scores(self, outputs: list[str], references: list[str], verdicts: list[Verdict], target: str) -> Scores:
        """All that is measured of one translation of a set."""
        tokens = "char" if target in _CHINESE else "13a"
        values = {}
        for name, metric in (("BLEU", self._metrics.BLEU(tokenize=tokens)), ("chrF", self._metrics.CHRF())):
            values[name] = float(metric.corpus_score(outputs, [references]).score)
            self.signatures[name] = str(metric.get_signature())
        failed = Counter(check for verdict in verdicts for check in verdict.failed)
        return Scores(
            bleu=round(values["BLEU"], 2),
            chrf=round(values["chrF"], 2),
            errors=_share(not verdict.ok for verdict in verdicts),
            by_check={check: failed[check] / len(verdicts) for check in CHECKS if failed[check]},
        )


def _languages(file: Path, source: str, target: str) -> tuple[str, str, bool]:
    """The languages of the two columns, and whether the set runs from the second to the first."""
    columns, direction = _COLUMNS.search(file.name), _DIRECTION.search(file.name)
    if not columns:
        if not source or not target or source == target:
            raise InvalidInput(
                f"The name {file.name!r} does not say which languages it holds.",
                hint="Name it like x.en-fr.tsv, or give both: --from en --to fr",
            )
        return source, target, False
    first, second = columns.groups()
    told = (source, target) if source or target else direction.groups() if direction else (first, second)
    if all(not want or want == have for want, have in zip(told, (first, second), strict=True)):
        return first, second, False
    if all(not want or want == have for want, have in zip(told, (second, first), strict=True)):
        return first, second, True
    raise InvalidInput(f"{file.name} holds {first} and {second}, not {' and '.join(one for one in told if one)}.")


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_SET:
            raise UnusableSource(f"{file.name} is larger than {LARGEST_SET // 1_000_000} MB.")
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnusableSource(f"{file.name} cannot be read as UTF-8 text.") from problem


def _rows(report: Report) -> list[tuple[str, str, str]]:
    raw, service = report.raw, report.service
    failing = [check for check in CHECKS if check in raw.by_check or check in service.by_check]
    return [
        ("BLEU", f"{raw.bleu:.1f}", f"{service.bleu:.1f}"),
        ("chrF", f"{raw.chrf:.1f}", f"{service.chrf:.1f}"),
        ("segments with a critical error", _percent(raw.errors), _percent(service.errors)),
        *((f"  {check}", _percent(raw.by_check.get(check, 0)), _percent(service.by_check.get(check, 0)))
          for check in failing),
        ("flagged", "-", _percent(report.flagged)),
        ("without a flag", _percent(raw.errors), _percent(report.unflagged_errors)),
        ("seconds", f"{report.raw_seconds:.1f}", f"{report.seconds:.1f}"),
    ]  # fmt: skip


def _share(found: Iterable[bool]) -> float:
    all_of = list(found)
    return sum(all_of) / len(all_of) if all_of else 0.0


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _quiet(_done: int, _total: int) -> None:
    """Nobody asked to be told."""

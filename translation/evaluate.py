"""How good a translator is on a set: chrF, BLEU, and how many segments are wrong in what matters.

A set is a file of lines `text<TAB>text`, in UTF-8. Its name says the languages of its two columns (`x.en-fr.tsv`), and
where it runs from the second to the first, that too (`x.fr2en.en-fr.tsv`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translation.ports import Engine, Names


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one set. Rates are shares of segments, 0 to 1.

    Attributes:
        set: file name. source, target: languages. segments: how many. model: names of the models, joined.
        bleu, chrf: 0 to 100. signatures: of sacrebleu, by metric.
        raw_errors: share where a check fails on the model's own output. by_check: the same for each check.
        unflagged_errors: share where a check fails on what the service gives and it does not say so.
        flagged: share that the service flags or keeps back. seconds: time taken.
    """

    set: str
    source: str
    target: str
    segments: int
    model: str
    bleu: float
    chrf: float
    signatures: dict[str, str]
    raw_errors: float
    by_check: dict[str, float]
    service_bleu: float
    service_chrf: float
    service_errors: float
    unflagged_errors: float
    flagged: float
    seconds: float

    def json(self) -> dict[str, Any]:
        """The report as plain values."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """The report as lines for a terminal."""
        raise NotImplementedError


def evaluate(
    file: Path,
    engine: Engine,
    *,
    source: str = "",
    target: str = "",
    limit: int = 0,
    names: Names | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Translate a set raw and through the safety layer, and measure both.

    Args:
        file: the set. source, target: languages, where the file's name does not say or another direction is wanted.
        limit: the first so many segments; 0 for all.
        names: medicines in running text, so that their check is made.
        progress: told how many segments are done, and how many there are.

    Raises:
        UnusableSource: the file is no such set. InvalidInput: the languages are not known.
        NoModel, UnsupportedPair: see `translation.ports.Engine`.
    """
    raise NotImplementedError

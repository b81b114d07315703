"""Which way to translate a segment pays: how many segments of a set pass every check, by the order of methods.

    python tests/benchmarks/translation_methods.py MODELS_FOLDER SET.en-fr.tsv SOURCE TARGET [segments]

The set is a file of `english<TAB>other` lines. Each order of methods is run on the same segments; printed are the
segments that pass, the chrF of all that comes back, the model's calls and the seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

from translation.engine import CTranslateEngine
from translation.ports import Cancelled, Engine, Hypothesis
from translation.ports import Path as Way
from translation.settings import EngineSettings
from translation.translator import Translator
from translation.translator_methods import Method, hypotheses, in_clauses, masked, plain

ORDERS: dict[str, tuple[Method, ...]] = {
    "plain": (plain,),
    "plain, wordings": (plain, hypotheses),
    "plain, masked": (plain, masked),
    "masked": (masked,),
    "masked, plain, wordings": (masked, plain, hypotheses),
    "plain, wordings, masked": (plain, hypotheses, masked),
    "plain, wordings, masked, clauses": (plain, hypotheses, masked, in_clauses),
}


class Counting:
    """An engine that counts what goes through it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.segments = 0
        self.pairs = engine.pairs
        self.path = engine.path

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, hypotheses: int = 1, cancelled: Cancelled | None = None
    ) -> list[list[Hypothesis]]:
        """Translate and count; see `translation.ports.Engine`."""
        self.segments += len(texts) * hypotheses
        return self._engine.translate(texts, source, target, hypotheses=hypotheses, cancelled=cancelled)


def main(models: str, file: str, source: str, target: str, count: str = "200") -> None:
    """Run every order and print a table."""
    rows = [line.split("\t") for line in Path(file).read_text("utf-8").splitlines()]
    pairs = [(row[0], row[1]) if source == "en" else (row[1], row[0]) for row in rows if len(row) == 2][: int(count)]
    engine = CTranslateEngine(EngineSettings(models=Path(models)))
    way: Way = engine.path(source, target)
    print(f"{way.name}, {Path(file).name}, {source} to {target}, {len(pairs)} segments")
    print(f"{'methods':36} {'passed':>7} {'chrF':>6} {'calls':>7} {'seconds':>8}")
    for name, methods in ORDERS.items():
        counting = Counting(engine)
        started = time.perf_counter()
        done = Translator(counting, methods=methods).translate([text for text, _ in pairs], source, target)
        seconds = time.perf_counter() - started
        passed = sum(translated.ok for translated in done) / len(done)
        chrf = sacrebleu.corpus_chrf([translated.text for translated in done], [[text for _, text in pairs]]).score
        print(f"{name:36} {passed:7.1%} {chrf:6.1f} {counting.segments:7} {seconds:8.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""CTranslate2 through our engine beside CTranslate2 alone and transformers: one thread, the same weights, on CPU.

    python -m tests.benchmarks.translation_cpu            a model of the size of OPUS-MT, batch 32, beam 4
    python -m tests.benchmarks.translation_cpu --tiny     the same on a tiny model, to try the script
    python -m tests.benchmarks.translation_cpu --service  what the checks around the engine cost, in time a segment

Needs torch and transformers (extra `models`); the last form does not. See `translation_models` for how random weights
are made to be fair. Everything runs in turns, round by round; of each the best round counts, in tokens a second of
processor time, which other work on the machine disturbs least; the clock stands beside it. Reported, never asserted.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.translation_models import (
    LENGTH,
    TINY,
    Measured,
    Size,
    best,
    build,
    engine_work,
    ids_of,
    quiet,
    raw_work,
    texts,
    timed,
    transformers_work,
)
from translation.engine import CTranslateEngine
from translation.engine_manifest import write_manifest
from translation.ports import Hypothesis
from translation.ports import Path as Route
from translation.settings import EngineSettings
from translation.tokenisers import open_tokeniser

BEAM, BATCH, LONGEST = 4, 32, 200


def main() -> None:
    """Measure what was asked for and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tiny", action="store_true")
    asked.add_argument("--service", action="store_true")
    asked.add_argument("--segments", type=int, default=64)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--without-transformers", action="store_true", help="engine and CTranslate2 alone")
    given = asked.parse_args()
    quiet()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if given.service:
        service()
        return
    models(TINY if given.tiny else Size(), given.segments, given.rounds, not given.without_transformers)


def models(size: Size, segments: int, rounds: int, baselines: bool) -> None:
    """Tokens a second of each way to run the same weights."""
    from translation.convert import to_ctranslate2

    with tempfile.TemporaryDirectory() as aside:
        made = build(Path(aside) / "source", size)
        placed = Path(aside) / "models" / "bench-fr-en"
        placed.parent.mkdir()
        to_ctranslate2(made, placed, "marian", "int8")
        write_manifest(placed, family="marian", pairs=[("fr", "en")], licence="none", quantisation="int8")
        encode = open_tokeniser(placed).encode
        lines = texts(segments, encode)
        tokens = [[*encode(line), "</s>"] for line in lines]
        ways = _ways(placed, lines, tokens)
        if baselines:
            ways |= _baselines(made, tokens)
        taken: dict[str, list[Measured]] = {name: [] for name in ways}
        for work in ways.values():
            work()
        for _ in range(rounds):
            for name, work in ways.items():
                taken[name].append(timed(work, segments))
                print(f"  {name}: {taken[name][-1].processor_rate:.0f}", flush=True)
    print(f"{size}; {segments} segments, batch {BATCH}, beam {BEAM}, one thread, {rounds} rounds in turns")
    _table({name: best(found) for name, found in taken.items()})


def _ways(placed: Path, lines: Sequence[str], tokens: Sequence[Sequence[str]]) -> dict[str, Callable[[], int]]:
    import ctranslate2

    alone = ctranslate2.Translator(str(placed), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
    raw = raw_work(alone, tokens, BATCH, BEAM, LONGEST)
    settings = EngineSettings(placed.parent, device="cpu", threads=1, beam=BEAM, batch_tokens=BATCH * LENGTH)
    engine = CTranslateEngine(settings)
    return {"CTranslate2 int8 alone": raw, "CTranslate2 int8 through our engine": engine_work(engine, lines, raw())}


def _baselines(made: Path, tokens: Sequence[Sequence[str]]) -> dict[str, Callable[[], int]]:
    import torch
    from transformers import MarianMTModel

    torch.set_num_threads(1)
    numbers = ids_of(made, tokens)
    plain = MarianMTModel.from_pretrained(str(made)).eval()
    dynamic = _dynamic(MarianMTModel.from_pretrained(str(made)).eval())
    return {
        "transformers float32": transformers_work(plain, numbers, BATCH, BEAM, LONGEST),
        "transformers dynamic int8": transformers_work(dynamic, numbers, BATCH, BEAM, LONGEST),
    }


def _dynamic(model: Any) -> Any:
    """Every linear layer in int8, quantised as it runs; torch announces that this will move elsewhere."""
    import warnings

    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.ao.quantization.quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8)


def _table(taken: dict[str, Measured]) -> None:
    first = next(iter(taken.values())).processor_rate
    print(f"{'':40}{'tokens/s of processor':>22}{'by the clock':>14}{'of the first':>14}{'tokens/segment':>16}")
    for name, one in taken.items():
        print(
            f"{name:40}{one.processor_rate:>22.0f}{one.rate:>14.0f}{100 * one.processor_rate / first:>13.0f}%"
            f"{one.tokens / one.segments:>16.1f}"
        )


class Oracle:
    """An engine that knows the references: what it costs is nothing, so that the rest is the service's own."""

    def __init__(self, known: dict[str, str], pair: tuple[str, str]) -> None:
        self._known, self._pair = known, pair

    def pairs(self) -> frozenset[tuple[str, str]]:
        """See `translation.ports.Engine`."""
        return frozenset({self._pair})

    def path(self, source: str, target: str) -> Route:
        """See `translation.ports.Engine`."""
        return Route(("oracle",), "", "medical", ("none",))

    def translate(self, lines: Sequence[str], *_: Any, **__: Any) -> list[list[Hypothesis]]:
        """See `translation.ports.Engine`; what it does not know comes back as it is."""
        return [[Hypothesis(self._known.get(line, line), 1.0, 1)] for line in lines]


def service() -> None:
    """What cutting, checking and retrying cost a segment, on published pairs, beside what a model takes."""
    from api import translation_wiring
    from api.wiring import open_catalogue
    from medinfo.settings import Settings
    from translation.evaluate import read_set

    catalogue = open_catalogue(Settings())
    names = translation_wiring.open_names(catalogue)
    for name in ("medline18.fr2en.en-fr.tsv", "tico19-dev.en-fr.tsv", "tico19-dev.en-es.tsv"):
        file = Settings().reference_data / "translation" / "dev" / name
        if not file.is_file():
            print(f"{file} is not there")
            continue
        pairs, source, target = read_set(file)
        oracle = Oracle({one.source: one.reference for one in pairs}, (source, target))
        translator = translation_wiring.open_translator(oracle, catalogue, names, None)
        lines = [one.source for one in pairs]
        translator.translate(lines[:20], source, target)
        start, clock = time.process_time(), time.perf_counter()
        given = translator.translate(lines, source, target)
        taken, clock = time.process_time() - start, time.perf_counter() - clock
        segments = sum(len(one.segments) for one in given)
        passed = sum(one.ok for one in given)
        print(
            f"{name}: {len(lines)} texts, {segments} segments, {1000 * taken / segments:.2f} ms of processor a segment"
            f" ({1000 * clock / segments:.2f} ms by the clock), {passed} texts passed at once or in a retry"
        )


if __name__ == "__main__":
    main()

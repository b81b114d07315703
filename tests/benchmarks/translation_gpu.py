"""Tokens a second on a GPU: our engine, CTranslate2 alone and transformers, the same weights and texts, float16.

    python -m tests.benchmarks.translation_gpu             on a machine with a GPU; under ten minutes
    python -m tests.benchmarks.translation_gpu --cpu       the same on a tiny model on CPU, to try the script

Needs torch for the machine's CUDA and transformers (extra `models`); downloads nothing. Prints a table for
docs/performance.md that names the machine. See `translation_models` for how random weights are made to be fair.

CTranslate2 is built for CUDA 12 and opens `libcublas.so.12`. Where torch brings CUDA 13, its library is linked under
that name in a temporary folder and the script starts itself again with that folder on the library path: all that
CTranslate2 needs of it is there. Only float16 is measured: int8 is not known to work with that library.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
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
    build,
    engine_work,
    ids_of,
    quiet,
    raw_work,
    texts,
    timed,
    transformers_work,
)

BEAM, LONGEST = 4, 200
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
BUDGET_S = 540.0
"""After so many seconds no further measurement is begun."""
LINKED = "MEDINFO_CUBLAS_LINKED"


def main() -> None:
    """Measure every way at every batch size and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cpu", action="store_true", help="a tiny model on CPU, to try the script")
    asked.add_argument("--seconds", type=float, default=2.0, help="that each measurement lasts at least")
    asked.add_argument("--batches", type=int, nargs="+", default=list(BATCHES))
    given = asked.parse_args()
    if not given.cpu and not os.environ.get(LINKED):
        with tempfile.TemporaryDirectory(prefix="medinfo-cublas-") as links:
            sys.exit(again(links))
    if not given.cpu and not gpus():
        sys.exit("There is no GPU that CTranslate2 and torch can use. Try the script with --cpu.")
    quiet()
    start = time.perf_counter()
    device = "cpu" if given.cpu else "cuda"
    with tempfile.TemporaryDirectory() as aside:
        ways = Ways(Path(aside), TINY if given.cpu else Size(), device)
        print(machine(device), flush=True)
        print(f"{ways.size}; beam {BEAM}, {ways.compute_type}; tokens written a second by the clock\n")
        print("| batch | CTranslate2 alone | through our engine | of it | transformers | engine over transformers |")
        print("|---|---|---|---|---|---|")
        for batch in given.batches:
            if time.perf_counter() - start > BUDGET_S:
                print(f"\nStopped before batch {batch}: {BUDGET_S:.0f} seconds are over.")
                break
            print(row(batch, [one.rate for one in ways.measure(batch, given.seconds)]), flush=True)
        ways.close()
    print(f"\nTaken in {time.perf_counter() - start:.0f} seconds.")


def row(batch: int, rates: Sequence[float]) -> str:
    """One line of the table."""
    alone, engine, theirs = rates
    return (
        f"| {batch} | {alone:,.0f} | {engine:,.0f} | {100 * engine / alone:.0f}% | {theirs:,.0f}"
        f" | {engine / theirs:.1f} |"
    )


class Ways:
    """The ways to run one model, each ready.

    Args:
        aside: folder for the model. size: of the model. device: cuda or cpu.
    """

    def __init__(self, aside: Path, size: Size, device: str) -> None:
        from translation.convert import to_ctranslate2
        from translation.engine_manifest import write_manifest
        from translation.tokenisers import open_tokeniser

        self.size, self.device = size, device
        self.compute_type = "float16" if device == "cuda" else "float32"
        self._made = build(aside / "source", size)
        self._placed = aside / "models" / "bench-fr-en"
        self._placed.parent.mkdir()
        to_ctranslate2(self._made, self._placed, "marian", "float16")
        write_manifest(self._placed, family="marian", pairs=[("fr", "en")], licence="none", quantisation="float16")
        self._tokeniser = open_tokeniser(self._placed)
        self._alone = self._translator()
        self._theirs = self._transformers()

    def measure(self, batch: int, seconds: float) -> list[Measured]:
        """CTranslate2 alone, our engine, transformers, at a batch size."""
        lines = texts(4 * batch, self._tokeniser.encode, seed=batch)
        tokens = [[*self._tokeniser.encode(line), "</s>"] for line in lines]
        raw = raw_work(self._alone, tokens, batch, BEAM, LONGEST)
        engine, work = self._engine(lines, batch, raw())
        theirs = transformers_work(self._theirs, ids_of(self._made, tokens), batch, BEAM, LONGEST)
        try:
            return [self._taken(one, len(lines), seconds) for one in (raw, work, theirs)]
        finally:
            engine.close()

    def close(self) -> None:
        """Let go of the model that CTranslate2 holds."""
        self._alone.unload_model()

    def _taken(self, work: Callable[[], int], segments: int, seconds: float) -> Measured:
        work()
        return timed(work, segments, least=seconds)

    def _translator(self) -> Any:
        import ctranslate2

        return ctranslate2.Translator(
            str(self._placed), device=self.device, compute_type=self.compute_type, inter_threads=1, intra_threads=1
        )

    def _engine(self, lines: Sequence[str], batch: int, expected: int) -> tuple[Any, Callable[[], int]]:
        from translation.engine import CTranslateEngine
        from translation.settings import EngineSettings

        most = batch * LENGTH
        settings = EngineSettings(
            self._placed.parent, device="cuda" if self.device == "cuda" else "cpu", compute_type=self.compute_type,
            threads=1, beam=BEAM, batch_tokens=most, queue_tokens=max(200_000, 100 * most), gpus=(0,),
        )  # fmt: skip
        engine = CTranslateEngine(settings)
        return engine, engine_work(engine, lines, expected)

    def _transformers(self) -> Any:
        import torch
        from transformers import MarianMTModel

        if self.device == "cpu":
            torch.set_num_threads(1)
        kind = torch.float16 if self.device == "cuda" else torch.float32
        return MarianMTModel.from_pretrained(str(self._made), dtype=kind).to(self.device).eval()


def gpus() -> bool:
    """Whether both libraries find a GPU."""
    import ctranslate2
    import torch

    return bool(ctranslate2.get_cuda_device_count() and torch.cuda.is_available())


def machine(device: str) -> str:
    """What it runs on, for the table."""
    import ctranslate2
    import torch
    import transformers

    what = torch.cuda.get_device_name(0) if device == "cuda" else "CPU"
    return (
        f"{what}; torch {torch.__version__}, CUDA {torch.version.cuda}; transformers {transformers.__version__};"
        f" CTranslate2 {ctranslate2.__version__}"
    )


def again(links: str) -> int:
    """Start this script again where CTranslate2 finds a cuBLAS.

    Args:
        links: an empty folder for links.

    Returns:
        its exit status.
    """
    paths = [links, *map(str, link_cublas(Path(links), cublas_folders())), os.environ.get("LD_LIBRARY_PATH", "")]
    environment = os.environ | {LINKED: "1", "LD_LIBRARY_PATH": ":".join(filter(None, paths))}
    command = [sys.executable, "-m", "tests.benchmarks.translation_gpu", *sys.argv[1:]]
    return subprocess.run(command, env=environment).returncode


def cublas_folders() -> list[Path]:
    """Folders in which torch's packages keep cuBLAS: `nvidia/cu13/lib`, `nvidia/cublas/lib`, or torch's own."""
    places = []
    for name in ("nvidia", "torch"):
        spec = importlib.util.find_spec(name)
        places += [Path(one) for one in (spec.submodule_search_locations or [])] if spec else []
    return sorted({file.parent for place in places for file in place.rglob("libcublas.so.1[0-9]")})


def link_cublas(links: Path, folders: Sequence[Path]) -> list[Path]:
    """Link cuBLAS of CUDA 13 under the name of 12, unless there is one of 12.

    Returns:
        the folders to search.
    """
    if not any((folder / "libcublas.so.12").exists() for folder in folders):
        for folder in folders:
            for name in ("libcublas", "libcublasLt"):
                if (folder / f"{name}.so.13").exists() and not (links / f"{name}.so.12").exists():
                    (links / f"{name}.so.12").symlink_to(folder / f"{name}.so.13")
    return list(folders)


if __name__ == "__main__":
    main()

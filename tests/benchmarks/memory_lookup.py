"""How long a lookup in the translation memory takes, with many entries: `python -m tests.benchmarks.memory_lookup`.

Fills a SQLite file in a temporary folder with published pairs of segments, then looks up texts that are stored, texts
of which a tenth of the words was changed, and texts that are not stored; and compares what is found with a comparison
against every entry.
"""

from __future__ import annotations

import argparse
import lzma
import random
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from medinfo.settings import Settings
from medinfo.storage.database import Database
from medinfo.storage.memory import CUTOFF, TranslationMemory
from medinfo.storage.text import normal

ASKED = 300


def pairs(most: int) -> list[tuple[str, str]]:
    """Published pairs, each source once."""
    folder = Settings().reference_data / "translation" / "parallel-en-fr"
    found: dict[str, str] = {}
    for name in ("medline", "laws"):
        with lzma.open(folder / f"{name}.en-fr.tsv.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                source, _, target = line.rstrip("\n").partition("\t")
                if 0 < len(source.strip()) <= 1000 and 0 < len(target.strip()) <= 1000:
                    found.setdefault(normal(source), target)
                if len(found) >= most:
                    return list(found.items())
    return list(found.items())


def changed(text: str, chance: random.Random) -> str:
    """The text with a tenth of its words replaced, one at least."""
    words = text.split()
    for _ in range(max(1, len(words) // 10)):
        words[chance.randrange(len(words))] = chance.choice(["other", "seven", "daily", "patients"])
    return " ".join(words)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=20_000)
    entries = parser.parse_args().entries
    chance = random.Random(1)
    all_pairs = pairs(entries + ASKED)
    stored, unseen = all_pairs[:entries], [source for source, _ in all_pairs[entries:]]
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/memory.sqlite")
        memory = TranslationMemory(database)
        began = time.perf_counter()
        for source, target in stored:
            memory.approve(source, target, "en", "fr")
        print(f"{entries} entries, {(time.perf_counter() - began) / entries * 1000:.2f} ms to approve one,", end=" ")
        print(f"{Path(folder, 'memory.sqlite').stat().st_size / 2**20:.0f} MB")
        same = [source for source, _ in chance.sample(stored, ASKED)]
        near = [changed(text, chance) for text in same]
        for name, texts in (("stored", same), ("changed", near), ("not stored", unseen)):
            began = time.perf_counter()
            matches = memory.matches(texts, "en", "fr")
            each = (time.perf_counter() - began) / len(texts) * 1000
            print(f"{name}: {each:.2f} ms a text, {sum(match is not None for match in matches)} of {len(texts)} found")
        missed = 0
        sources = [source for source, _ in stored]
        for text, match in zip(near, memory.matches(near, "en", "fr"), strict=True):
            best = process.extractOne(normal(text), sources, scorer=fuzz.ratio, score_cutoff=CUTOFF)
            missed += best is not None and (match is None or match.score < best[1] - 0.11)
        print(f"of {len(near)} changed texts the best match was missed for {missed}")
        database.close()


if __name__ == "__main__":
    main()

"""How well misspelled names are resolved: precision and recall by population, edits and kind of error, and times.

    python tests/benchmarks/resolver_quality.py [names per population]

Precision: of the answers given without asking, how many are right. Recall: of all misspelled names, how many are
answered so, and right. A text that the error has turned into another known name counts as wrong when it is answered.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from held_apart import held_apart
from typing_errors import KINDS, MIN_LETTERS, misspell

from medinfo.medicines.catalogue import Catalogue
from medinfo.medicines.model import Resolution
from medinfo.medicines.tables import NameRow, SubstanceRow, read_table


@dataclass
class Score:
    """Counts of outcomes, and times in seconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        answered = self.outcomes["right"] + self.outcomes["wrong"]
        return self.outcomes["right"] / answered if answered else 1.0

    @property
    def recall(self) -> float:
        return self.outcomes["right"] / max(1, self.outcomes.total())

    def __add__(self, other: Score) -> Score:
        return Score(self.outcomes + other.outcomes, self.times + other.times, self.wrong + other.wrong)

    def __str__(self) -> str:
        median = statistics.median(self.times) * 1e6 if self.times else 0.0
        counts = ", ".join(f"{outcome} {count}" for outcome, count in self.outcomes.most_common())
        return f"precision {self.precision:.2%}, recall {self.recall:.2%} ({counts}), median {median:.0f} µs"


def populations() -> dict[str, list[str]]:
    """Names of the embedded tables: INNs of medicines in use, and brands."""
    inns = {
        name.lower()
        for row in read_table(SubstanceRow)
        if row.atc
        for name in (row.en, row.fr, row.es, row.de, row.it, row.pt)
        if name
    }
    brands = {row.name.lower() for row in read_table(NameRow) if row.kind == "brand"}
    return {"INN": sorted(filter(_long, inns)), "brand": sorted(filter(_long, brands))}


def measure(catalogue: Catalogue, names: Iterable[str], *, edits: int = 1) -> dict[str, Score]:
    """Misspell each name once by each kind of error, and resolve it. The errors fall the same way every time."""
    scores = {kind: Score() for kind in KINDS}
    for name in names:
        meant = catalogue.resolve(name)
        if meant.status != "resolved" or meant.how != "exact" or not meant.substances:
            continue
        for kind, score in scores.items():
            chance = random.Random(f"{name} {kind} {edits}")
            typed: str | None = name
            for _ in range(edits):
                typed = misspell(typed, kind, chance) if typed else None
            if typed:
                _note(score, catalogue, meant, typed, name)
    return scores


def total(scores: dict[str, Score]) -> Score:
    """All kinds of error together."""
    return sum(scores.values(), Score())


def _note(score: Score, catalogue: Catalogue, meant: Resolution, typed: str, name: str) -> None:
    start = time.perf_counter()
    found = catalogue.resolve(typed)
    score.times.append(time.perf_counter() - start)
    if found.status != "resolved":
        score.outcomes[found.status] += 1
    elif {each.id for each in found.substances} == {each.id for each in meant.substances}:
        score.outcomes["right"] += 1
    else:
        score.outcomes["wrong"] += 1
        score.wrong.append(f"{name} -> {typed}: {found.how} {found.matched}")


def sample(names: Sequence[str], count: int) -> list[str]:
    """A fixed choice of names."""
    return sorted(random.Random(20230915).sample(names, min(count, len(names))))


def _long(name: str) -> bool:
    return sum(char.isalpha() for char in name) >= MIN_LETTERS


def report(catalogue: Catalogue, reference: Path | None, count: int) -> str:
    """All figures as text. The catalogue must be a new one: it remembers what it has resolved, and times would lie."""
    lines = []
    groups = populations()
    if reference is not None:
        groups |= {folder: list(filter(_long, names)) for folder, names in held_apart(reference).items()}
    for group, names in groups.items():
        chosen = sample(names, count)
        exact = Score()
        for name in chosen:
            start = time.perf_counter()
            found = catalogue.resolve(name)
            exact.times.append(time.perf_counter() - start)
            exact.outcomes[f"{found.status} {found.how}".strip()] += 1
        lines.append(f"{group}: {len(chosen)} names as written: {dict(exact.outcomes)}, ")
        lines[-1] += f"median {statistics.median(exact.times) * 1e6:.0f} µs"
        for edits in (1, 2):
            scores = measure(catalogue, chosen, edits=edits)
            lines.append(f"  {edits} error(s): {total(scores)}")
            lines += [f"      wrong: {each}" for each in total(scores).wrong[:10]]
            lines += [f"    {kind}: {score}" for kind, score in scores.items() if edits == 1]
    return "\n".join(lines)


if __name__ == "__main__":
    from medinfo.settings import Settings

    settings = Settings()
    folder = settings.reference_data if settings.reference_data.is_dir() else None
    print(report(Catalogue.open(settings.data_dir), folder, int(sys.argv[1]) if len(sys.argv) > 1 else 1000))

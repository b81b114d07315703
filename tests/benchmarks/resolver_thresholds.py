"""How the thresholds of `medinfo.medicines.fuzzy` were chosen, and what they give on names held out of the choice.

    python tests/benchmarks/resolver_thresholds.py [names per population]

Names are halved by a checksum: one half serves to choose, the other is looked at once. For every margin it prints
precision and recall on generated errors, and how many names would be taken for another medicine if our tables did not
hold them: each name typed right, with everything of its own meaning hidden.
"""

from __future__ import annotations

import random
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))
from resolver_quality import populations, sample
from typing_errors import KINDS, misspell

from medinfo.medicines import fuzzy
from medinfo.medicines.answers import meanings
from medinfo.medicines.catalogue_tables import compile_tables
from medinfo.medicines.compiled import Arrays
from medinfo.medicines.entries import Tables
from medinfo.medicines.fuzzy import Misspelling
from medinfo.medicines.known import Known
from medinfo.medicines.normalise import fold, key, tokens
from medinfo.medicines.resolve import Resolver
from medinfo.medicines.tables import NameRow, PackRow, ProductRow, SubstanceRow, read_table
from medinfo.medicines.words import Words

MARGINS = (1.0, 0.75, 0.5, 0.25)


def halves(count: int) -> tuple[list[str], list[str]]:
    """Names to choose on, and names held out."""
    parts: tuple[list[str], list[str]] = ([], [])
    for names in populations().values():
        for half in (0, 1):
            parts[half].extend(sample([name for name in names if zlib.crc32(name.encode()) % 2 == half], count))
    return parts


def misspelled(resolver: Resolver, names: Sequence[str]) -> Counter[str]:
    """Outcomes of one generated error of each kind in each name."""
    outcomes: Counter[str] = Counter()
    for name in names:
        meant = resolver.resolve(name)
        if meant.status != "resolved" or meant.how != "exact" or not meant.substances:
            continue
        for kind in KINDS:
            typed = misspell(name, kind, random.Random(f"{name} {kind} 1"))
            found = resolver.resolve(typed) if typed else None
            if found is None:
                continue
            same = {each.id for each in found.substances} == {each.id for each in meant.substances}
            outcomes["asked" if found.status != "resolved" else "right" if same else "wrong"] += 1
    return outcomes


def not_known(known: Known, words: Words, names: Sequence[str]) -> tuple[int, int]:
    """How many names would be taken for another medicine if their own meaning were not known, and of how many."""
    taken = count = 0
    judge = Misspelling(known, words)
    for name in names:
        folded = fold(name)
        own = set(meanings(known.exact(key(folded))))
        near = [each for each in judge.near(key(folded)) if not each.meanings & own]
        count += 1
        with patch.object(judge, "near", lambda _, near=near: near):
            taken += judge.judge(key(folded), tokens(folded)).accepted is not None
    return taken, count


def tables() -> Arrays:
    """The embedded tables, compiled."""
    rows = (read_table(row) for row in (SubstanceRow, NameRow, ProductRow, PackRow))
    return compile_tables(Tables(*rows))


def main(count: int) -> None:
    """Print the figures."""
    words = Words.load()
    known = Known(tables())
    for half, names in zip(("to choose on", "held out"), halves(count), strict=True):
        for margin in MARGINS:
            with patch.object(fuzzy, "MARGIN", margin):
                found = misspelled(Resolver(known, words), names)
                taken, of = not_known(known, words, names)
            answered = found["right"] + found["wrong"]
            print(
                f"{half}, {len(names)} names, margin {margin}: precision {found['right'] / answered:.3%}, "
                f"recall {found['right'] / found.total():.2%} of {found.total()} errors; "
                f"not known, yet taken for another: {taken} of {of} ({taken / of:.2%})"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)

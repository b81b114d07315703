"""How well our categories cover a thesaurus: `python -m interactions.importers.ansm_thesaurus.categories_report PDF`.

Prints, for each controlled list, how many pairs each category holds and what share of all pairs that is, then the
shares that our targets speak of: pairs in no category, the largest category, pairs whose affected side is named.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from interactions.importers.ansm_thesaurus.categories import Categories, categorise, vocabulary
from interactions.importers.ansm_thesaurus.categories_advice import SEE_SOURCE
from interactions.importers.ansm_thesaurus.document import Pair
from interactions.importers.ansm_thesaurus.parse import parse_thesaurus
from medinfo.errors import UserError


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts over all pairs of one thesaurus.

    Attributes:
        pairs: number of pairs.
        with_advice: pairs whose source text gives management.
        counts: per list (`effect`, `mechanism`, `advice`) the pairs that each category holds, zero included.
        uncategorised: pairs without any effect, and pairs with a management text without any advice.
        affected: pairs by affected side (`a`, `b`, `both`, "").
    """

    pairs: int
    with_advice: int
    counts: dict[str, Counter[str]]
    uncategorised: dict[str, int]
    affected: Counter[str]

    def share(self, count: int) -> float:
        """A count as a share of all pairs, 0 to 1."""
        return count / self.pairs if self.pairs else 0.0


def measure(pairs: Sequence[Pair]) -> Coverage:
    """Categorise all pairs and count."""
    found = [categorise(pair.mechanism, pair.advice, pair.levels, pair.a, pair.b) for pair in pairs]
    counts = {kind: Counter(dict.fromkeys(sorted(slugs), 0)) for kind, slugs in vocabulary().items()}
    for categories in found:
        for kind, slugs in _lists(categories).items():
            counts[kind].update(slugs)
    return Coverage(
        pairs=len(pairs),
        with_advice=sum(bool(pair.advice) for pair in pairs),
        counts=counts,
        uncategorised={kind: counts[kind][SEE_SOURCE] for kind in ("effect", "advice")},
        affected=Counter(categories.affected for categories in found),
    )


def report(coverage: Coverage) -> Iterator[str]:
    """The lines of the report."""
    yield f"{coverage.pairs} pairs, {coverage.with_advice} with management text"
    for kind, counts in coverage.counts.items():
        yield f"\n{kind}: {len(counts)} categories"
        for slug, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {slug:44} {count:5} {coverage.share(count):6.1%}"
    yield ""
    for kind, count in coverage.uncategorised.items():
        yield f"{kind} in no category: {count} ({coverage.share(count):.1%})"
    for kind, counts in coverage.counts.items():
        slug, count = counts.most_common(1)[0]
        yield f"largest {kind}: {slug} {count} ({coverage.share(count):.1%})"
    named = coverage.pairs - coverage.affected[""]
    yield f"affected side named: {named} ({coverage.share(named):.1%}), both: {coverage.affected['both']}"


def main(arguments: Sequence[str]) -> int:
    """Print the report for the PDF named on the command line; 0 on success, 2 on a user's error."""
    if len(arguments) != 1:
        sys.stderr.write("usage: categories_report PDF\n")
        return 2
    try:
        thesaurus = parse_thesaurus(Path(arguments[0]))
    except UserError as error:
        sys.stderr.write(f"{error.detail}\n")
        return 2
    sys.stdout.write("\n".join(report(measure(thesaurus.pairs))) + "\n")
    return 0


def _lists(categories: Categories) -> dict[str, tuple[str, ...]]:
    return {"effect": categories.effects, "mechanism": categories.mechanisms, "advice": categories.advice}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

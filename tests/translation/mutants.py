"""Mutants of references, run through the checks: figures per operator and per language.

    python -m tests.translation.mutants [FOLDER] [--show OPERATOR | --speed]

FOLDER holds `translation/dev` of the reference data. A mutant is made only of a reference that passes every check
untouched, so that what is caught is the fault and nothing else.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.translation.mutations import OPERATORS, Case
from translation.ports import Names
from translation.verify import verify

FILES = {
    "tico19-dev.en-fr.tsv": "fr",
    "medline18.en2fr.en-fr.tsv": "fr",
    "medline18.fr2en.en-fr.tsv": "fr",
    "tico19-dev.en-es.tsv": "es",
    "tico19-dev.en-pt.tsv": "pt",
}
DOSES = Path(__file__).with_name("dose_pairs.tsv")
"""Sentences of ours with doses, since published sets hold few: English, French, Spanish, Portuguese."""
DIFFERING = Path(__file__).with_name("references_that_differ.tsv")
MOST_SHARE = 0.1
SEED = 20261124


@dataclass
class Figures:
    """What came of a run: counts by (operator, language), and the mutants that were missed."""

    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, Case, str]] = field(default_factory=list)
    references: Counter[str] = field(default_factory=Counter)
    flagged: list[Case] = field(default_factory=list)


def cases(folder: Path) -> Iterator[Case]:
    """All references of the development sets."""
    for name, language in FILES.items():
        for number, line in enumerate((folder / name).read_text("utf-8").splitlines(), 1):
            source, target = line.split("\t")[:2]
            yield Case(source, target, language, name, number)


def own_cases() -> Iterator[Case]:
    """Our own sentences."""
    header, *lines = DOSES.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 2):
        texts = dict(zip(header.split("\t"), line.split("\t"), strict=True))
        for language in ("fr", "es", "pt"):
            yield Case(texts["en"], texts[language], language, DOSES.name, number)


def differing() -> set[tuple[str, int]]:
    """References whose text really differs from their source, by file and line."""
    rows = [line.split("\t") for line in DIFFERING.read_text("utf-8").splitlines()[1:]] if DIFFERING.exists() else []
    return {(row[0], int(row[1])) for row in rows}


def mutants(case: Case, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """One mutant for each operator that can be applied: (operator, target)."""
    for name, make in OPERATORS.items():
        rng = random.Random(f"{seed}:{name}:{case.file}:{case.line}")
        made = [text for text in make(case, rng) if text != case.target]
        if made:
            yield name, rng.choice(made)


def balanced(found: list[tuple[str, Case, str]]) -> list[tuple[str, Case, str]]:
    """No operator above its share: of those with more, a fixed sample stays."""
    counts = Counter(name for name, _, _ in found)
    most = max(counts.values())
    while most > MOST_SHARE * sum(min(count, most) for count in counts.values()):
        most -= 1
    kept = []
    for name in counts:
        own = [one for one in found if one[0] == name]
        kept += random.Random(f"{SEED}:{name}").sample(own, most) if len(own) > most else own
    return kept


def run(sample: Sequence[Case], names: Names | None, *, balance: bool = True) -> Figures:
    """Check references and mutants.

    Args:
        balance: leave no operator above its share of the whole.
    """
    figures, found = Figures(), []
    for case in sample:
        figures.references[case.language] += 1
        if not verify(case.source, case.target, "en", case.language, names=names).ok:
            figures.flagged.append(case)
            continue
        found += [(name, case, text) for name, text in mutants(case)]
    for name, case, text in balanced(found) if balance else found:
        figures.made[name, case.language] += 1
        if verify(case.source, text, "en", case.language, names=names).ok:
            figures.missed.append((name, case, text))
        else:
            figures.caught[name, case.language] += 1
    return figures


def report(figures: Figures) -> str:
    """The figures as a table in Markdown."""
    languages = sorted(figures.references)
    lines = ["| fault | " + " | ".join(languages) + " | all | caught |", "|---|" + "---|" * (len(languages) + 2)]
    for name in OPERATORS:
        cells = [f"{figures.caught[name, one]}/{figures.made[name, one]}" for one in languages]
        caught, made = (sum(table[name, one] for one in languages) for table in (figures.caught, figures.made))
        share = f"{100 * caught / made:.1f}%" if made else "-"
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {caught}/{made} | {share} |")
    caught, made = sum(figures.caught.values()), sum(figures.made.values())
    lines.append(f"| all | {' | '.join('' for _ in languages)} | {caught}/{made} | {100 * caught / made:.2f}% |")
    listed = differing()
    false = [case for case in figures.flagged if (case.file, case.line) not in listed]
    total = sum(figures.references.values())
    lines.append(f"\nReferences {total}, flagged {len(figures.flagged)}, of them listed as differing ")
    lines.append(f"{len(figures.flagged) - len(false)}, false alarms {len(false)} ({100 * len(false) / total:.2f}%)")
    for one in languages:
        own = sum(case.language == one for case in false)
        lines.append(f"{one}: {own}/{figures.references[one]} ({100 * own / figures.references[one]:.2f}%)")
    return "\n".join(lines)


def speed(sample: Sequence[Case]) -> str:
    """Processor time for a pair whose source has 20 to 30 words, the best of five rounds, without names."""
    pairs = [case for case in sample if 20 <= len(case.source.split()) <= 30]
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for case in pairs:
            verify(case.source, case.target, "en", case.language)
        best = min(best, time.process_time() - began)
    return f"{1000 * best / len(pairs):.2f} ms for a pair of 20 to 30 words ({len(pairs)} pairs)"


def main(arguments: Sequence[str]) -> None:
    """Run all and print the figures."""
    from tests.translation.names import names_for_mutants

    folder = Path(arguments[0] if arguments and not arguments[0].startswith("-") else "../shared/data")
    sample = list(cases(folder / "translation" / "dev"))
    if "--speed" in arguments:
        print(speed(sample))
        return
    figures = run(sample, names_for_mutants())
    print(report(figures))
    print("\nOur own sentences with doses:\n")
    own = run(list(own_cases()), names_for_mutants(), balance=False)
    print(report(own))
    figures.missed += own.missed
    if "--show" in arguments:
        wanted = arguments[arguments.index("--show") + 1]
        for name, case, text in figures.missed:
            if name == wanted or wanted == "all":
                print(f"\n{name} {case.file}:{case.line}\n  {case.source}\n  {case.target}\n  {text}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Hold the test coverage to its floors: lines of everything, every branch of what decides safety.

    python scripts/coverage_floor.py build/coverage.json

The floors stand in pyproject.toml, `[tool.medinfo.coverage]`. Without the reference data many tests skip, so there
the figures are shown and not held.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from medinfo.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent


def missed(report: dict[str, Any], lines: float, safety: list[str]) -> list[str]:
    """What is below its floor, one sentence each.

    Args:
        report: the parsed JSON report of coverage.py, measured with branches.
        lines: least share of lines, in percent.
        safety: files of which every line and branch must be met.
    """
    totals = report["totals"]
    share = 100 * totals["covered_lines"] / max(totals["num_statements"], 1)
    found = [] if share >= lines else [f"{share:.1f}% of lines are met, the floor is {lines}%"]
    for name in safety:
        measured = report["files"].get(name)
        if measured is None:
            found.append(f"{name}: not measured")
        elif measured["missing_lines"] or measured["missing_branches"]:
            found.append(f"{name}: not met: lines {measured['missing_lines']}, branches {measured['missing_branches']}")
    return found


def main(path: str) -> int:
    """Print what is below its floor.

    Returns:
        1 if something is, and the reference data is there; else 0.
    """
    floors = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["medinfo"]["coverage"]
    found = missed(json.loads(Path(path).read_text("utf-8")), floors["lines"], floors["every-branch"])
    for line in found:
        sys.stdout.write(f"coverage: {line}\n")
    if found and not Settings().reference_data.is_dir():
        sys.stdout.write("coverage: not held, since the reference data is absent and its tests were skipped\n")
        return 0
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

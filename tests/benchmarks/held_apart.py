"""Names from the folders of reference data that no table is made from: prescriptions, labels, case reports, reports."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MEDICATION = {"MedicationRequest", "Medication", "MedicationAdministration", "MedicationStatement"}


def held_apart(reference: Path) -> dict[str, list[str]]:
    """Folder to the different names in it, sorted.

    Args:
        reference: the folder of reference data.
    """
    found = {
        "fhir": _prescribed(reference / "fhir"),
        "leaflets/us-spl": _labels(reference / "leaflets" / "us-spl"),
        "adverse-events/phee": _phee(reference / "adverse-events"),
        "signals/caers": _caers(reference / "signals" / "caers.csv"),
    }
    return {folder: sorted({name.strip() for name in names if name.strip()}) for folder, names in found.items()}


def _prescribed(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.json")):
        yield from _medications(json.loads(file.read_text("utf-8")))


def _medications(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _medications(item)
    elif isinstance(node, dict):
        if node.get("resourceType") in _MEDICATION:
            for field in ("medicationCodeableConcept", "code"):
                concept = node.get(field) or {}
                yield from (text for text in [concept.get("text")] if text)
                yield from (coding["display"] for coding in concept.get("coding", ()) if coding.get("display"))
        for item in node.values():
            yield from _medications(item)


def _labels(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.json")):
        yield from (section["label_id"] for section in json.loads(file.read_text("utf-8")))


def _phee(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("phee-*.txt")):
        words: list[str] = []
        for line in [*file.read_text("utf-8").splitlines(), ""]:
            word, _, label = line.rpartition(" ")
            if label.endswith("Treatment.Drug"):
                words.append(word)
            elif words:
                yield " ".join(words)
                words = []


def _caers(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from (row["var1"] for row in csv.DictReader(lines))

"""Published translations state the same as their sources: what does not agree is a real difference, or our defect."""

from __future__ import annotations

from collections import Counter

import pytest

from translation.facts.extract import extract

SETS = [
    ("tico19-dev.en-es", "es", 0.965), ("tico19-dev.en-fr", "fr", 0.965), ("tico19-dev.en-pt", "pt", 0.95),
    ("medline18.en2fr.en-fr", "fr", 0.95), ("medline18.fr2en.en-fr", "fr", 0.91),
]  # fmt: skip


def _stated(text: str, language: str) -> Counter[object]:
    return Counter((fact.kind, fact.value) for fact in extract(text, language))


@pytest.mark.parametrize(("name", "language", "share"), SETS, ids=[name for name, _, _ in SETS])
def test_sources_and_references_state_the_same(reference_data, name, language, share):
    file = reference_data / "translation" / "dev" / f"{name}.tsv"
    pairs = [line.split("\t")[:2] for line in file.read_text("utf-8").split("\n") if "\t" in line]
    agreeing = sum(_stated(source, "en") == _stated(target, language) for source, target in pairs)
    assert agreeing >= share * len(pairs)

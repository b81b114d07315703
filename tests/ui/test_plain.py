from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ui.phrases import Words, load_words
from ui.plain import plain_text

Make = Callable[..., Any]


def test_the_text_says_what_the_page_says(make: Make, words: Words) -> None:
    copied = plain_text(make(not_listed={"text": "not listed text", "pairs": [["ibuprofen", "warfarin"]]}), words)
    for said in (
        "1. Advil – ibuprofen",
        "1. WORD OF AVOID – ibuprofen × warfarin (NATIVE avoid)",
        "warfarin: line 2 “Coumadin”",
        "Effect: effect text",
        "Mechanism: mechanism text",
        "Advice: advice text",
        "Why: ibuprofen → NSAIDs × oral anticoagulants ← warfarin",
        "Source: AGENCY, Reference of interactions, edition 2023-09, pages 47, 112",
        "old edition warning",
        "not listed text",
        "- ibuprofen × warfarin",
        "- allergies text",
        "notice text",
    ):
        assert said in copied


def test_what_was_not_checked_is_in_the_text(make: Make, make_medicine: Make, words: Words) -> None:
    lines = [
        make_medicine(0, "amiodaronne", ("amiodarone",), how="fuzzy", matched="amiodarone"),
        make_medicine(1, "xqzzy", status="unknown", how="", matched=""),
        make_medicine(2, "Arnica", homeopathic=True),
    ]
    missing = {"input": 1, "text": "xqzzy", "substance": None, "reason": "unknown", "message": "not known"}
    copied = plain_text(make(medicines=lines, interactions=[], not_covered=[missing]), words)
    assert "1. amiodaronne – amiodarone, read as “amiodarone” [Spelling corrected]" in copied
    assert "2. xqzzy – Not recognised – not checked" in copied
    assert "! 2. xqzzy: not known" in copied
    assert "3. Arnica – Homeopathic product: no substance is checked" in copied
    assert "not a statement that they are safe" in copied


def test_conditions_are_in_the_text(make: Make, make_finding: Make, words: Words) -> None:
    branches = [
        {"level": "avoid", "native_level": "N", "condition": "from 3 g", "applies": None, "decided_by": ["dose"]},
        {"level": "consider", "native_level": "N", "condition": "", "applies": True, "decided_by": []},
    ]
    copied = plain_text(make(interactions=[make_finding("a", "b", "avoid", branches=branches)]), words)
    assert ": from 3 g [Not known: dose]" in copied
    assert "no condition [holds]" in copied


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "it", "pt"])
def test_the_text_speaks_every_language(language: str, make: Make) -> None:
    words = load_words()[language]
    copied = plain_text(make(interactions=[]), words)
    assert copied.startswith(words("copy.heading"))
    assert words("copy.none") in copied

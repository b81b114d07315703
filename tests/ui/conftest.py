"""A hand-made answer in the API's own shape, and small ways to vary it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.shapes import CheckOut
from ui.answers import Answer
from ui.phrases import Words, load_words

SOURCE = {
    "id": "some-source",
    "publisher": "AGENCY",
    "title": "Reference of interactions",
    "edition": "2023-09",
    "page": 47,
    "pages": [47, 112],
}


def _party(id: str, *inputs: int) -> dict[str, Any]:
    return {"id": id, "name": id, "inputs": list(inputs)}


def _phrase(text: str) -> dict[str, Any]:
    return {"codes": ["some"] if text else [], "text": text}


def finding(a: str, b: str, level: str, **changes: Any) -> dict[str, Any]:
    """One finding between two substances, in JSON."""
    return {
        "id": f"{a}--{b}",
        "between": [_party(a, 0), _party(b, 1)],
        "level": level,
        "level_text": f"word of {level}",
        "native_level": f"NATIVE {level}",
        "branches": [
            {"level": level, "native_level": "NATIVE", "condition": "", "applies": True, "decided_by": []},
        ],
        "effect": _phrase("effect text"),
        "mechanism": _phrase("mechanism text"),
        "advice": _phrase("advice text"),
        "sources": [SOURCE],
        "path": [
            {"kind": "substance", "id": a, "name": a},
            {"kind": "class", "id": "nsaids", "name": "NSAIDs"},
            {"kind": "interaction", "id": "x", "name": "x"},
            {"kind": "class", "id": "anticoagulants", "name": "oral anticoagulants"},
            {"kind": "substance", "id": b, "name": b},
        ],
        **changes,
    }


def medicine(index: int, text: str, substances: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """One line, in JSON: resolved exactly unless changed."""
    return {
        "input": index,
        "text": text,
        "status": "resolved",
        "how": "exact",
        "matched": text,
        "substances": [{"id": name, "name": name, "atc": [], "rxnorm": []} for name in substances],
        "archived": False,
        "homeopathic": False,
        "route": [],
        "candidates": [],
        **changes,
    }


@pytest.fixture
def make() -> Callable[..., Answer]:
    """Build an answer; keyword arguments replace fields. It is held to the API's shape first."""

    def _make(**changes: Any) -> Answer:
        whole = {
            "language": "en",
            "medicines": [medicine(0, "Advil", ("ibuprofen",)), medicine(1, "Coumadin", ("warfarin",))],
            "interactions": [finding("ibuprofen", "warfarin", "avoid")],
            "duplicates": [],
            "not_applicable": [],
            "not_covered": [],
            "not_listed": {"text": "not listed text", "pairs": []},
            "not_checked": [{"code": "allergy", "text": "allergies text"}],
            "notice": "notice text",
            "knowledge": {
                "sources": [
                    {
                        **{key: SOURCE[key] for key in ("id", "publisher", "title", "edition")},
                        "imported": False,
                        "age_months": 38,
                        "outdated": True,
                        "warning": "old edition warning",
                    }
                ]
            },
            **changes,
        }
        return Answer.model_validate_json(CheckOut.model_validate(whole).model_dump_json())

    return _make


@pytest.fixture
def make_finding() -> Callable[..., dict[str, Any]]:
    return finding


@pytest.fixture
def make_medicine() -> Callable[..., dict[str, Any]]:
    return medicine


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words()["en"]

"""Dates of a treatment: a wrong one is refused and named, a right one never takes a finding away."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

CHECK = "/v1/interactions/check"


def _asked(period: dict[str, Any], language: str = "en") -> dict[str, Any]:
    return {"medicines": [{"name": "warfarin"}, {"name": "ibuprofen", "period": period}], "language": language}


@pytest.mark.parametrize(
    "period",
    [
        {"start": "2026-13-45"},
        {"end": "2026-02-30"},
        {"start": "tomorrow"},
        {"start": ""},
        {"start": " 2026-01-05"},
        {"start": "05/01/2026"},
        {"start": "2026-1-5"},
        {"start": "0000"},
        {"start": "\u0662\u0660\u0662\u0666"},
        {"start": "2026-02-01", "end": "2025-01-01"},
        {"start": "2026-02", "end": "2026-01"},
    ],
)
def test_a_period_without_dates_is_refused_and_named(client: TestClient, period: dict[str, Any]) -> None:
    response = client.post(CHECK, json=_asked(period))
    assert (response.status_code, response.json()["code"]) == (422, "invalid-input")
    assert [error["field"] for error in response.json()["errors"]] == ["medicines.1.period"]


def test_the_refusal_of_a_period_speaks_the_callers_language(client: TestClient) -> None:
    problem = client.post(CHECK, json=_asked({"start": "demain"}, "fr")).json()
    assert problem["errors"] == [{"field": "medicines.1.period", "message": "Une valeur est hors de ses limites."}]


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"start": None, "end": None},
        {"start": "2026-01-05", "end": None},
        {"start": "2020", "end": "2020"},
        {"start": "2026-01-05", "end": "2026-01"},
        {"start": "2026-01-05T08:00:00+01:00", "end": "2026-01-05"},
        {"start": "1999-12-31", "end": "2000-01-01"},
    ],
)
def test_a_period_is_taken_and_takes_no_finding_away(client: TestClient, period: dict[str, Any]) -> None:
    response = client.post(CHECK, json=_asked(period))
    assert response.status_code == 200
    assert len(response.json()["interactions"]) == 1

"""The checks alone, on anybody's translation; needs no model."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.translation_shapes import VerifyOut
from medinfo.phrases import LANGUAGES

VERIFY = "/v1/translations/verify"


def _asked(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "source_language": "fr", "target_language": "en", **more}


def _verdict(response: Any) -> VerifyOut:
    assert response.status_code == 200, response.text
    return VerifyOut.model_validate_json(response.content, extra="forbid")


def test_a_dose_that_grew_tenfold_is_told_with_both_places(client: TestClient) -> None:
    source, target = "Prendre 5 mg par jour.", "Take 50 mg a day."
    found = _verdict(client.post(VERIFY, json=_asked(source, target)))
    (failure,) = found.failures
    assert (found.ok, failure.check, found.checks.failed) == (False, "dose", ["dose"])
    assert failure.source_span is not None
    assert failure.target_span is not None
    assert source[failure.source_span.start : failure.source_span.end] == "5 mg"
    assert target[failure.target_span.start : failure.target_span.end] == "50 mg"


def test_a_faithful_translation_passes_and_says_what_was_not_checked(client: TestClient) -> None:
    found = _verdict(client.post(VERIFY, json=_asked("Prendre 5 mg par jour.", "Take 5 mg a day.")))
    assert found.ok
    assert "dose" in found.checks.passed
    assert found.checks.not_made == ["glossary"]


def test_the_same_medicine_by_its_other_name_passes_and_another_one_fails(client: TestClient) -> None:
    same = _verdict(client.post(VERIFY, json=_asked("Prendre du paracétamol.", "Take acetaminophen.")))
    other = _verdict(client.post(VERIFY, json=_asked("Prendre du paracétamol.", "Take ibuprofen.")))
    assert (same.ok, other.checks.failed) == (True, ["medicine"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_failures_are_told_in_the_language_of_the_caller(client: TestClient, language: str) -> None:
    asked = _asked("Prendre 5 mg par jour.", "Take 50 mg a day.")
    found = _verdict(client.post(VERIFY, json=asked, headers={"Accept-Language": language}))
    english = _verdict(client.post(VERIFY, json=asked))
    assert "50 mg" in found.failures[0].message
    assert (found.failures[0].message == english.failures[0].message) is (language == "en")


def test_what_cannot_be_checked_in_a_language_without_tables_is_said(client: TestClient) -> None:
    asked = {"source": "Принимать 5 мг.", "target": "Take 5 mg.", "source_language": "ru", "target_language": "en"}
    found = _verdict(client.post(VERIFY, json=asked))
    assert {"negation", "frequency"} <= set(found.checks.not_made)
    assert not {"negation", "frequency"} & set(found.checks.passed)


def test_a_region_is_taken_and_not_looked_at(client: TestClient) -> None:
    asked = {"source": "Tomar 5 mg.", "target": "Take 5 mg.", "source_language": "pt-BR", "target_language": "EN-gb"}
    assert _verdict(client.post(VERIFY, json=asked)).ok


def test_terms_of_a_glossary_are_checked(bare: TestClient) -> None:
    dictionary = {"source_lang": "fr", "target_lang": "en", "entries": "toux\tcough"}
    made = bare.post("/v1/glossaries", json={"name": "signs", "dictionaries": [dictionary]}).json()
    asked = _asked("Contre la toux.", "Against the sneeze.", glossary=made["glossary_id"])
    found = _verdict(bare.post(VERIFY, json=asked))
    assert "glossary" in found.checks.failed
    assert bare.post(VERIFY, json=_asked("a", "b", glossary="none")).json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "x" * 100_001}, "source"),
        ({"source_language": "french"}, "source_language"),
        ({"target_language": ""}, "target_language"),
        ({"target": None}, "target"),
        ({"strict": True}, "strict"),
    ],
)
def test_an_invalid_field_is_named(client: TestClient, change: dict[str, Any], field: str) -> None:
    response = client.post(VERIFY, json=_asked("a", "b") | change)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")
    assert [error["field"] for error in response.json()["errors"]] == [field]

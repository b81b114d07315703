"""The check over HTTP, on the embedded knowledge, in the documented shape."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.shapes import CheckOut
from medinfo.phrases import LANGUAGES


def _check(client: TestClient, *medicines: str | dict[str, Any], language: str = "en") -> CheckOut:
    items = [{"name": item} if isinstance(item, str) else item for item in medicines]
    response = client.post("/v1/interactions/check", json={"medicines": items, "language": language})
    assert response.status_code == 200, response.text
    return CheckOut.model_validate_json(response.content, extra="forbid", strict=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_told_in_every_language_with_source_and_page(client: TestClient, language: str) -> None:
    answer = _check(client, "warfarine", "ibuprofène", language=language)
    (finding,) = answer.interactions
    assert (answer.language, finding.level) == (language, "avoid")
    assert finding.sources[0].page == finding.sources[0].pages[0] > 2
    assert all((finding.level_text, finding.effect.text, finding.advice.text, answer.notice))


def test_nothing_is_hidden_of_what_is_not_known(client: TestClient) -> None:
    answer = _check(client, "warfarin", "qwrtzpsdf")
    assert [(gap.input, gap.reason) for gap in answer.not_covered] == [(1, "unknown")]
    assert {item.code for item in answer.not_checked} == {"allergy", "disease", "dose_range", "pregnancy"}
    assert answer.knowledge.sources[0].warning


def test_a_pair_without_a_finding_is_said_to_be_not_listed(client: TestClient) -> None:
    answer = _check(client, "paracetamol", "amoxicillin")
    assert answer.interactions == []
    assert answer.not_listed.pairs == [("amoxicillin", "paracetamol")]
    assert "2023-09" in answer.not_listed.text


def test_codes_resolve_like_names(client: TestClient) -> None:
    codes = [{"code": {"system": "atc", "value": "B01AA03"}}, {"code": {"system": "rxnorm", "value": "5640"}}]
    by_code, by_name = _check(client, *codes), _check(client, "warfarin", "ibuprofen")
    assert [f.id for f in by_code.interactions] == [f.id for f in by_name.interactions] != []
    assert [medicine.how for medicine in by_code.medicines] == ["code", "code"]


def test_one_substance_in_two_medicines_is_a_duplicate(client: TestClient) -> None:
    answer = _check(client, "Doliprane", "Codoliprane")
    assert [(item.substance, item.inputs) for item in answer.duplicates] == [("paracetamol", [0, 1])]


def test_a_hundred_medicines_are_answered(client: TestClient) -> None:
    assert len(_check(client, *["warfarin", "ibuprofen"] * 50).medicines) == 100


def test_the_same_question_gets_the_same_bytes(client: TestClient) -> None:
    body = {"medicines": [{"name": "warfarin"}, {"name": "ibuprofen"}, {"name": "amiodarone"}]}
    first, second = (client.post("/v1/interactions/check", json=body).content for _ in range(2))
    assert first == second

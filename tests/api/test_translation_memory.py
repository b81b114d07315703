"""Approved translations over HTTP, with a real database."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from api.translation_shapes import ApprovedListOut, ApprovedOut

MEMORY = "/v1/translation-memory"


def _asked(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "source_language": "fr", "target_language": "en", **more}


def test_a_translation_that_passes_is_stored_with_who_approved_it(bare: TestClient) -> None:
    asked = _asked("Prendre 5 mg.", "Take 5 mg.")
    response = bare.post(MEMORY, json=asked, headers={"X-Medinfo-Actor": "dr.ng"})
    assert response.status_code == 201, response.text
    made = ApprovedOut.model_validate_json(response.content, extra="forbid")
    assert (made.source, made.target, made.approved_by, made.failures) == ("Prendre 5 mg.", "Take 5 mg.", "dr.ng", [])
    assert response.headers["location"] == f"{MEMORY}/{made.id}"
    assert ApprovedOut.model_validate_json(bare.get(f"{MEMORY}/{made.id}").content) == made


def test_one_that_fails_is_refused_with_what_failed_and_stored_only_when_confirmed(bare: TestClient) -> None:
    asked = _asked("Prendre 7 mg.", "Take 70 mg.")
    refused = bare.post(MEMORY, json=asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "failed-checks")
    assert [failure["check"] for failure in refused.json()["failures"]] == ["dose"]
    assert all(entry["source"] != "Prendre 7 mg." for entry in bare.get(MEMORY).json()["entries"])
    confirmed = bare.post(MEMORY, json={**asked, "confirm": True})
    assert confirmed.status_code == 201
    assert [failure.check for failure in ApprovedOut.model_validate_json(confirmed.content).failures] == ["dose"]


def test_pages_follow_each_other_without_gaps(bare: TestClient) -> None:
    sources = [f"Prendre {number} gouttes." for number in range(3, 8)]
    for source in sources:
        assert bare.post(
            MEMORY, json=_asked(source, source.replace("Prendre", "Take").replace("gouttes", "drops"))
        ).is_success
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": 2, "source": "fr", "target": "en", **({"cursor": cursor} if cursor else {})}
        page = ApprovedListOut.model_validate_json(bare.get(MEMORY, params=query).content, extra="forbid")
        assert len(page.entries) <= 2
        seen += [entry.source for entry in page.entries]
        cursor = page.next
        if cursor is None:
            break
    assert [source for source in seen if source in sources] == sources[::-1]
    assert len(set(seen)) == len(seen)
    assert bare.get(MEMORY, params={"source": "pt"}).json() == {"entries": [], "next": None}


def test_a_withdrawn_approval_is_gone(bare: TestClient) -> None:
    id = bare.post(MEMORY, json=_asked("Boire 1 verre.", "Drink 1 glass.")).json()["id"]
    assert bare.delete(f"{MEMORY}/{id}").status_code == 204
    assert bare.delete(f"{MEMORY}/{id}").json()["code"] == "not-found"
    assert bare.get(f"{MEMORY}/{id}").status_code == 404


def test_what_is_out_of_bounds_is_refused(bare: TestClient) -> None:
    assert bare.get(MEMORY, params={"cursor": "nonsense!"}).status_code == 422
    assert bare.get(MEMORY, params={"limit": 201}).status_code == 422
    assert bare.post(MEMORY, json=_asked("x" * 5001, "x")).status_code == 422
    assert bare.post(MEMORY, json=_asked("a", "a", target_language="fr")).status_code == 422

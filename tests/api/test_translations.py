"""Translating text over HTTP, with a real model of a few words."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.translation_languages import LanguagesOut
from api.translation_shapes import SegmentOut, TranslationOut

TRANSLATE = "/v1/translations"
FAITHFUL = "Prendre 2 comprimés par jour."
WRONG = "Ne jamais boire le matin."
"""The model says "always" for "jamais"."""


def _translated(response: Any) -> TranslationOut:
    assert response.status_code == 200, response.text
    return TranslationOut.model_validate_json(response.content, extra="forbid")


def _ask(client: TestClient, text: Any, **more: Any) -> Any:
    return client.post(TRANSLATE, json={"text": text, "source": "fr", "target": "en", **more})


def _events(client: TestClient, asked: dict[str, Any]) -> list[tuple[str, Any]]:
    response = client.post(TRANSLATE, json=asked, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream"), response.text
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block and not block.startswith(":")]
    return [(name.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_a_text_is_translated_and_each_segment_says_what_it_passed(translating: TestClient) -> None:
    found = _translated(_ask(translating, f"{FAITHFUL}\n\nBoire de la eau."))
    (text,) = found.translations
    assert text.text == "Take 2 tablets a day.\n\nDrink of the water."
    assert (found.ok, text.ok, found.engine.models, found.engine.pivot) == (True, True, ["word-fr-en"], None)
    first = text.segments[0]
    assert (first.status, first.engine, first.failures) == ("translated", "word-fr-en", [])
    assert "number" in first.checks.passed
    assert text.text[first.target_span.start : first.target_span.end] == first.target


def test_a_lost_prohibition_is_flagged_and_told(translating: TestClient) -> None:
    found = _translated(_ask(translating, [FAITHFUL, WRONG]))
    assert (found.ok, [text.ok for text in found.translations]) == (False, [True, False])
    (segment,) = found.translations[1].segments
    assert (segment.status, segment.target) == ("flagged", found.translations[1].text)
    assert "negation" in [failure.check for failure in segment.failures]
    assert all(failure.message for failure in segment.failures)


def test_a_strict_translation_keeps_what_fails_in_its_own_language(translating: TestClient) -> None:
    found = _translated(_ask(translating, WRONG, strict=True))
    (segment,) = found.translations[0].segments
    assert (found.ok, segment.status, found.translations[0].text) == (False, "kept", WRONG)
    assert "always" in segment.attempt


def test_the_language_is_detected_where_none_is_named(translating: TestClient) -> None:
    found = _translated(translating.post(TRANSLATE, json={"text": FAITHFUL, "target": "en"}))
    assert found.detected is not None
    assert (found.source, found.detected.language) == ("fr", "fr")
    assert 0.5 < found.detected.confidence <= 1
    assert _translated(_ask(translating, FAITHFUL)).detected is None


def test_a_text_whose_language_cannot_be_told_is_refused(translating: TestClient) -> None:
    for text in ("12 34", "OK"):
        response = translating.post(TRANSLATE, json={"text": text, "target": "en"})
        assert (response.status_code, response.json()["code"]) == (422, "undetected-language")


def test_the_notice_is_in_the_language_of_the_caller(translating: TestClient) -> None:
    response = translating.post(
        TRANSLATE, json={"text": FAITHFUL, "target": "en", "source": "fr"}, headers={"Accept-Language": "de"}
    )
    assert "Übersetzung" in _translated(response).engine.notice


def test_terms_of_a_glossary_are_looked_for(translating: TestClient) -> None:
    dictionaries = [{"source_lang": "fr", "target_lang": "en", "entries": "toux\tcough"}]
    made = translating.post("/v1/glossaries", json={"name": "signs", "dictionaries": dictionaries}).json()
    found = _translated(_ask(translating, "La toux.", glossary={"id": made["glossary_id"], "version": 1}))
    (segment,) = found.translations[0].segments
    assert [(term.source, term.target) for term in segment.glossary] == [("toux", "cough")]
    assert "glossary" in segment.checks.passed
    wrong_pair = _ask(translating, "x", glossary=made["glossary_id"], source="en", target="fr")
    assert wrong_pair.status_code == 422


def test_an_approved_translation_is_used_first_and_said_so(translating: TestClient) -> None:
    source, target = "Boire le matin.", "Drink each morning."
    approved = {"source": source, "target": target, "source_language": "fr", "target_language": "en"}
    made = translating.post("/v1/translation-memory", json=approved, headers={"X-Medinfo-Actor": "ana"})
    assert made.status_code == 201, made.text
    (segment,) = _translated(_ask(translating, source)).translations[0].segments
    assert (segment.status, segment.target) == ("memory", target)
    assert segment.memory is not None
    assert (segment.memory.used, segment.memory.approved_by, segment.memory.score) == (True, "ana", 100)
    (without,) = _translated(_ask(translating, source, memory=False)).translations[0].segments
    assert (without.status, without.memory) == ("translated", None)


def test_events_tell_each_segment_as_it_is_done(translating: TestClient) -> None:
    found = _events(translating, {"text": [f"{FAITHFUL} Bonjour le monde.", WRONG], "source": "fr", "target": "en"})
    names = [name for name, _ in found]
    assert names == ["start", *["segment", "progress"] * 3, "done"]
    assert (found[0][1]["texts"], found[0][1]["engine"]["models"]) == (2, ["word-fr-en"])
    places = [(data["text"], data["index"], data["count"]) for name, data in found if name == "segment"]
    assert places == [(0, 0, 2), (0, 1, 2), (1, 0, 1)]
    for name, data in found:
        if name == "segment":
            SegmentOut.model_validate(data["segment"], extra="forbid")
    assert [data for name, data in found if name == "progress"][-1] == {"done": 3, "total": 3}
    assert found[-1][1] == {"ok": False, "segments": 3, "unsure": 1}


def test_what_can_be_refused_is_refused_before_the_first_event(bare: TestClient) -> None:
    asked = {"text": FAITHFUL, "source": "fr", "target": "en"}
    response = bare.post(TRANSLATE, json=asked, headers={"Accept": "text/event-stream"})
    assert (response.status_code, response.json()["code"]) == (503, "no-model")


@pytest.mark.parametrize(
    ("pair", "command"),
    [(("fr", "en"), "medinfo models install opus-mt-fr-en"), (("en", "fr"), "medinfo models install opus-mt-en-fr")],
)
def test_without_a_model_the_answer_names_the_one_command_that_installs_one(
    bare: TestClient, pair: tuple[str, str], command: str
) -> None:
    asked = {"text": "Bonjour", "source": pair[0], "target": pair[1]}
    for language in ("en", "fr", "pt"):
        response = bare.post(TRANSLATE, json=asked, headers={"Accept-Language": language})
        assert (response.status_code, response.json()["code"]) == (503, "no-model")
        assert command in response.json()["detail"]
    undetected = bare.post(TRANSLATE, json={"text": "Bonjour", "target": pair[1]})
    assert undetected.json()["code"] == "no-model"


def test_a_pair_that_no_model_serves_is_422(translating: TestClient) -> None:
    response = _ask(translating, "Hola", source="es", target="it")
    assert (response.status_code, response.json()["code"]) == (422, "unsupported-pair")
    spoken = translating.post(
        TRANSLATE, json={"text": "Hola", "source": "es", "target": "it"}, headers={"Accept-Language": "fr"}
    )
    assert "es" in spoken.json()["detail"]
    assert "{source}" not in spoken.json()["detail"]


@pytest.mark.parametrize("text", ["", "  \n", ["", " "]])
def test_no_text_is_422(translating: TestClient, text: Any) -> None:
    assert _ask(translating, text).status_code == 422


def test_an_empty_text_among_others_stays_in_its_place(translating: TestClient) -> None:
    found = _translated(_ask(translating, ["", FAITHFUL, " "]))
    assert [text.text for text in found.translations] == ["", "Take 2 tablets a day.", " "]


def test_the_same_language_twice_is_422(translating: TestClient) -> None:
    assert _ask(translating, "Bonjour", target="fr-CA").json()["code"] == "invalid-input"


def test_ten_megabytes_are_refused_before_they_are_read(translating: TestClient) -> None:
    body = orjson.dumps({"text": "x" * 10_000_000, "source": "fr", "target": "en"})
    response = translating.post(TRANSLATE, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (413, "body-too-large")


def test_a_million_characters_are_the_most(translating: TestClient) -> None:
    assert _ask(translating, ["x" * 500_001] * 2).status_code == 422
    assert _ask(translating, "x" * 1_000_001).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "a", "text": "b", "source": "fr", "target": "en"}',
        b'{"text": "\xff", "source": "fr", "target": "en"}',
        b'["a"',
    ],
)
def test_a_body_that_is_not_plain_json_is_400(translating: TestClient, body: bytes) -> None:
    response = translating.post(TRANSLATE, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "malformed-json")


@pytest.mark.parametrize("change", [{"text": 3}, {"target": 3}, {"target": "english"}, {"strict": "maybe"}, {"x": 1}])
def test_a_wrong_type_is_named(translating: TestClient, change: dict[str, Any]) -> None:
    response = translating.post(TRANSLATE, json={"text": "a", "source": "fr", "target": "en", **change})
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")
    assert next(iter(change)) in response.json()["errors"][0]["field"]


def test_a_lone_surrogate_is_refused(translating: TestClient) -> None:
    body = b'{"text": "\\ud800", "source": "fr", "target": "en"}'
    response = translating.post(TRANSLATE, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422


def test_the_languages_are_those_of_the_installed_models(translating: TestClient, bare: TestClient) -> None:
    found = LanguagesOut.model_validate_json(translating.get(f"{TRANSLATE}/languages").content, extra="forbid")
    assert [(pair.source, pair.target, pair.quality) for pair in found.pairs] == [("fr", "en", "general")]
    assert found.install is None
    none = LanguagesOut.model_validate_json(bare.get(f"{TRANSLATE}/languages").content, extra="forbid")
    assert none.pairs == []
    assert none.install is not None
    assert none.install.startswith("medinfo models install ")


def _counts(client: TestClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    return {
        name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line.startswith("medinfo_tr"))
    }


def test_what_was_translated_is_counted(translating: TestClient) -> None:
    _ask(translating, [FAITHFUL, WRONG])
    before = _counts(translating)
    _ask(translating, [FAITHFUL, WRONG])
    after = _counts(translating)
    for name in ('segments_total{status="translated"}', "flagged_total"):
        assert after[f"medinfo_translation_{name}"] == before[f"medinfo_translation_{name}"] + 1
    assert after["medinfo_translation_tokens_total"] > before["medinfo_translation_tokens_total"]
    assert after['medinfo_translation_model_bytes{model="word-fr-en"}'] > 0
    assert after["medinfo_translation_queue_tokens"] == 0

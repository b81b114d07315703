"""Glossaries over HTTP, with a real database."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.translation_shapes import DictionaryOut, EntriesOut, GlossariesOut, GlossaryOut

GLOSSARIES = "/v1/glossaries"


def _dictionary(entries: str, source: str = "en", target: str = "fr", **more: Any) -> dict[str, Any]:
    return {"source_lang": source, "target_lang": target, "entries": entries, **more}


def _created(client: TestClient, *dictionaries: dict[str, Any], name: str = "ward") -> GlossaryOut:
    response = client.post(GLOSSARIES, json={"name": name, "dictionaries": list(dictionaries)})
    assert response.status_code == 201, response.text
    made = GlossaryOut.model_validate_json(response.content, extra="forbid")
    assert response.headers["location"] == f"{GLOSSARIES}/{made.glossary_id}"
    return made


def _entries(client: TestClient, id: str, **query: Any) -> str:
    response = client.get(f"{GLOSSARIES}/{id}/entries", params={"source_lang": "en", "target_lang": "fr", **query})
    assert response.status_code == 200, response.text
    (found,) = EntriesOut.model_validate_json(response.content, extra="forbid").dictionaries
    assert (found.source_lang, found.target_lang, found.entries_format) == ("en", "fr", "tsv")
    return found.entries


def test_a_glossary_is_made_listed_and_read(bare: TestClient) -> None:
    made = _created(bare, _dictionary("cough\ttoux\nfever\tfièvre"), _dictionary("cough\ttos", target="es-419"))
    assert (made.version, made.name) == (1, "ward")
    assert [(d.source_lang, d.target_lang, d.entry_count) for d in made.dictionaries] == [
        ("en", "es", 1),
        ("en", "fr", 2),
    ]
    listed = GlossariesOut.model_validate_json(bare.get(GLOSSARIES).content, extra="forbid").glossaries
    assert made in listed
    assert GlossaryOut.model_validate_json(bare.get(f"{GLOSSARIES}/{made.glossary_id}").content) == made
    assert _entries(bare, made.glossary_id) == "cough\ttoux\nfever\tfièvre\n"


def test_entries_may_be_csv(bare: TestClient) -> None:
    made = _created(bare, _dictionary('"cough, dry",toux sèche,EN,FR\nfever,fièvre', entries_format="csv"))
    assert _entries(bare, made.glossary_id) == "cough, dry\ttoux sèche\nfever\tfièvre\n"


def test_a_change_merges_and_every_version_stays_readable(bare: TestClient) -> None:
    id = _created(bare, _dictionary("cough\ttoux\nfever\tfièvre")).glossary_id
    changed = bare.patch(
        f"{GLOSSARIES}/{id}", json={"name": "icu", "dictionaries": [_dictionary("fever\ttempérature\npain\tdouleur")]}
    )
    assert changed.status_code == 200, changed.text
    assert (changed.json()["name"], changed.json()["version"]) == ("icu", 2)
    assert _entries(bare, id) == "cough\ttoux\nfever\ttempérature\npain\tdouleur\n"
    assert _entries(bare, id, version=1) == "cough\ttoux\nfever\tfièvre\n"
    assert bare.get(f"{GLOSSARIES}/{id}", params={"version": 1}).json()["name"] == "ward"
    assert bare.get(f"{GLOSSARIES}/{id}", params={"version": 3}).status_code == 404


def test_a_dictionary_is_replaced_added_and_taken_out(bare: TestClient) -> None:
    id = _created(bare, _dictionary("cough\ttoux\nfever\tfièvre")).glossary_id
    put = bare.put(f"{GLOSSARIES}/{id}/dictionaries", json=_dictionary("pain\tdouleur"))
    assert put.status_code == 200, put.text
    assert DictionaryOut.model_validate_json(put.content, extra="forbid").entry_count == 1
    assert _entries(bare, id) == "pain\tdouleur\n"
    added = bare.put(f"{GLOSSARIES}/{id}/dictionaries", json=_dictionary("pain\tdolor", target="es"))
    assert added.json() == {"source_lang": "en", "target_lang": "es", "entry_count": 1}
    query = {"source_lang": "EN", "target_lang": "FR"}
    gone = bare.delete(f"{GLOSSARIES}/{id}/dictionaries", params=query)
    assert (gone.status_code, gone.content) == (204, b"")
    assert bare.get(f"{GLOSSARIES}/{id}/entries", params=query).status_code == 404
    assert bare.delete(f"{GLOSSARIES}/{id}/dictionaries", params=query).status_code == 404


def test_a_deleted_glossary_is_gone(bare: TestClient) -> None:
    id = _created(bare, _dictionary("cough\ttoux")).glossary_id
    assert bare.delete(f"{GLOSSARIES}/{id}").status_code == 204
    for response in (bare.get(f"{GLOSSARIES}/{id}"), bare.delete(f"{GLOSSARIES}/{id}")):
        assert (response.status_code, response.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("cough", "Line 1"),
        ("cough\ttoux\n\nfever", "Line 3"),
        ("cough\ttoux\ncough\trhume", "on line 1 already"),
        ("cough\t", "Line 1"),
        ("", "at least one entry"),
    ],
)
def test_entries_that_cannot_be_used_are_told_by_their_line(bare: TestClient, entries: str, told: str) -> None:
    before = bare.get(GLOSSARIES).json()
    response = bare.post(GLOSSARIES, json={"name": "x", "dictionaries": [_dictionary(entries)]})
    assert (response.status_code, response.json()["code"]) == (422, "invalid-input")
    assert told in response.json()["detail"]
    assert bare.get(GLOSSARIES).json() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x"}, "dictionaries"),
        ({"name": "x", "dictionaries": []}, "dictionaries"),
        ({"name": "", "dictionaries": [_dictionary("a\tb")]}, "name"),
        ({"name": "x", "dictionaries": [_dictionary("a\tb", source="english")]}, "dictionaries.0.source_lang"),
        (
            {"name": "x", "dictionaries": [_dictionary("a\tb", entries_format="xlsx")]},
            "dictionaries.0.entries_format",
        ),
    ],
)
def test_an_invalid_field_is_named(bare: TestClient, body: dict[str, Any], field: str) -> None:
    response = bare.post(GLOSSARIES, json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid-request")
    assert field in [error["field"] for error in response.json()["errors"]]

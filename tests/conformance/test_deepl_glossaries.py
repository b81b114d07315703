"""DeepL's glossaries, number by number (deepl_glossaries.md), against a service that really runs."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

TABLE = Path(__file__).with_name("deepl_glossaries.md")
BASE = "/v1/glossaries"
SHOWN = {"glossary_id", "name", "creation_time", "dictionaries", "version"}


@pytest.fixture(scope="module")
def http(service: str) -> Any:
    with httpx.Client(base_url=service, trust_env=False, timeout=60) as client:
        yield client


def _pair(entries: str, source: str = "en", target: str = "de", form: str = "tsv") -> dict[str, str]:
    return {"source_lang": source, "target_lang": target, "entries": entries, "entries_format": form}


def _create(http: httpx.Client, *dictionaries: dict[str, str]) -> dict[str, Any]:
    response = http.post(BASE, json={"name": "My glossary", "dictionaries": list(dictionaries)})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def _entries(http: httpx.Client, id: str, target: str = "de") -> str:
    response = http.get(f"{BASE}/{id}/entries", params={"source_lang": "en", "target_lang": target})
    assert response.status_code == 200, response.text
    (found,) = response.json()["dictionaries"]
    assert found["entries_format"] == "tsv"
    return str(found["entries"])


def test_dg_01_create(http: httpx.Client) -> None:
    made = _create(http, _pair("Hello\tGuten Tag"), _pair("Hello\tBonjour", target="fr"))
    assert set(made) == SHOWN
    assert made["name"] == "My glossary"
    assert datetime.fromisoformat(made["creation_time"]).tzinfo is not None
    assert sorted(made["dictionaries"], key=str) == [
        {"source_lang": "en", "target_lang": "de", "entry_count": 1},
        {"source_lang": "en", "target_lang": "fr", "entry_count": 1},
    ]


def test_dg_02_list(http: httpx.Client) -> None:
    made = _create(http, _pair("a\tb"))
    assert made in http.get(BASE).json()["glossaries"]


def test_dg_03_one(http: httpx.Client) -> None:
    made = _create(http, _pair("a\tb"))
    assert http.get(f"{BASE}/{made['glossary_id']}").json() == made


def test_dg_04_entries(http: httpx.Client) -> None:
    made = _create(http, _pair("Hello\tGuten Tag\nGoodbye\tAuf Wiedersehen"))
    assert sorted(_entries(http, made["glossary_id"]).splitlines()) == ["Goodbye\tAuf Wiedersehen", "Hello\tGuten Tag"]


def test_dg_05_rename(http: httpx.Client) -> None:
    id = _create(http, _pair("a\tb"))["glossary_id"]
    response = http.patch(f"{BASE}/{id}", json={"name": "Other"})
    assert (response.status_code, response.json()["name"]) == (200, "Other")
    assert _entries(http, id) == "a\tb\n"


def test_dg_06_merge(http: httpx.Client) -> None:
    id = _create(http, _pair("a\tb\nc\td"))["glossary_id"]
    response = http.patch(f"{BASE}/{id}", json={"dictionaries": [_pair("c\te\nf\tg")]})
    assert response.status_code == 200
    assert sorted(_entries(http, id).splitlines()) == ["a\tb", "c\te", "f\tg"]


def test_dg_07_replace(http: httpx.Client) -> None:
    id = _create(http, _pair("a\tb\nc\td"))["glossary_id"]
    response = http.put(f"{BASE}/{id}/dictionaries", json=_pair("x\ty"))
    assert response.status_code == 200
    assert response.json() == {"source_lang": "en", "target_lang": "de", "entry_count": 1}
    assert _entries(http, id) == "x\ty\n"


def test_dg_08_delete_a_dictionary(http: httpx.Client) -> None:
    id = _create(http, _pair("a\tb"), _pair("a\tb", target="fr"))["glossary_id"]
    response = http.delete(f"{BASE}/{id}/dictionaries", params={"source_lang": "en", "target_lang": "de"})
    assert (response.status_code, response.content) == (204, b"")
    assert [each["target_lang"] for each in http.get(f"{BASE}/{id}").json()["dictionaries"]] == ["fr"]


def test_dg_09_delete(http: httpx.Client) -> None:
    id = _create(http, _pair("a\tb"))["glossary_id"]
    response = http.delete(f"{BASE}/{id}")
    assert (response.status_code, response.content) == (204, b"")
    assert http.get(f"{BASE}/{id}").status_code == 404


def test_dg_10_csv(http: httpx.Client) -> None:
    made = _create(http, _pair('"Hello, you",Hallo Du,en,de\nGoodbye,Tschüss\n', form="csv"))
    assert sorted(_entries(http, made["glossary_id"]).splitlines()) == ["Goodbye\tTschüss", "Hello, you\tHallo Du"]


@pytest.mark.parametrize("entries", ["a\tb\na\tc", "a\tb\na\tb"])
def test_dg_11_a_term_twice(http: httpx.Client, entries: str) -> None:
    response = http.post(BASE, json={"name": "x", "dictionaries": [_pair(entries)]})
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("entries", ["\tb", "a\t", " \t "])
def test_dg_12_an_empty_term(http: httpx.Client, entries: str) -> None:
    response = http.post(BASE, json={"name": "x", "dictionaries": [_pair(entries)]})
    assert 400 <= response.status_code < 500


def test_dg_13_languages_as_deepl_writes_them(http: httpx.Client) -> None:
    made = _create(http, _pair("a\tb", source="EN", target="pt-BR"))
    assert made["dictionaries"] == [{"source_lang": "en", "target_lang": "pt", "entry_count": 1}]
    response = http.get(f"{BASE}/{made['glossary_id']}/entries", params={"source_lang": "EN", "target_lang": "PT-PT"})
    assert response.status_code == 200


def test_dg_14_not_there(http: httpx.Client) -> None:
    query = {"source_lang": "en", "target_lang": "de"}
    for response in (
        http.get(f"{BASE}/none"),
        http.patch(f"{BASE}/none", json={"name": "x"}),
        http.delete(f"{BASE}/none"),
        http.get(f"{BASE}/none/entries", params=query),
        http.put(f"{BASE}/none/dictionaries", json=_pair("a\tb")),
        http.delete(f"{BASE}/none/dictionaries", params=query),
    ):
        assert response.status_code == 404, response.text


def test_every_number_of_the_table_has_its_test() -> None:
    numbers = set(re.findall(r"^\| DG-(\d\d) ", TABLE.read_text("utf-8"), re.MULTILINE))
    tested = {name.split("_")[2] for name in globals() if name.startswith("test_dg_")}
    assert numbers == tested

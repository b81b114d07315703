"""LibreTranslate's protocol, number by number (libretranslate.md), against a service that really runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from libretranslatepy import LibreTranslateAPI

TABLE = Path(__file__).with_name("libretranslate.md")
FRENCH = {"source": "fr", "target": "en"}


@pytest.fixture(scope="module")
def http(service: str) -> Any:
    with httpx.Client(base_url=service, trust_env=False, timeout=60) as client:
        yield client


def _ok(response: httpx.Response) -> Any:
    assert response.status_code == 200, response.text
    return response.json()


def _error(response: httpx.Response, status: int = 400) -> str:
    assert response.status_code == status, response.text
    assert list(response.json()) == ["error"]
    return str(response.json()["error"])


def test_lt_01_a_form_is_translated(http: httpx.Client) -> None:
    assert _ok(http.post("/translate", data={"q": "bonjour le monde", **FRENCH}))["translatedText"] == "hello the world"


def test_lt_02_json_is_translated(http: httpx.Client) -> None:
    assert _ok(http.post("/translate", json={"q": "bonjour le monde", **FRENCH}))["translatedText"] == "hello the world"


def test_lt_03_a_list_comes_back_as_a_list(http: httpx.Client) -> None:
    found = _ok(http.post("/translate", json={"q": ["monde", "", "bonjour"], **FRENCH}))
    assert found["translatedText"] == ["world", "", "hello"]


def test_lt_04_the_language_is_detected(http: httpx.Client) -> None:
    asked = {"q": "Prendre 2 comprimés par jour", "source": "auto", "target": "en"}
    found = _ok(http.post("/translate", json=asked))
    assert found["translatedText"] == "Take 2 tablets a day"
    assert found["detectedLanguage"]["language"] == "fr"
    assert 50 < found["detectedLanguage"]["confidence"] <= 100
    several = _ok(http.post("/translate", json={**asked, "q": [asked["q"]] * 2}))
    assert [one["language"] for one in several["detectedLanguage"]] == ["fr", "fr"]


def test_lt_05_html_keeps_its_tags(http: httpx.Client) -> None:
    asked = {"q": '<p class="monde">bonjour <b>le monde</b></p>', "format": "html", **FRENCH}
    assert _ok(http.post("/translate", json=asked))["translatedText"] == '<p class="monde">hello <b>the world</b></p>'


def test_lt_06_other_translations_are_given(http: httpx.Client) -> None:
    found = _ok(http.post("/translate", json={"q": "douleur", "alternatives": 1, **FRENCH}))
    assert (found["translatedText"], found["alternatives"]) == ("pain", ["ache"])
    several = _ok(http.post("/translate", json={"q": ["douleur", "monde"], "alternatives": 1, **FRENCH}))
    assert len(several["alternatives"]) == 2
    assert all(len(each) <= 1 for each in several["alternatives"])


@pytest.mark.parametrize("missing", ["q", "source", "target"])
@pytest.mark.parametrize("empty", [True, False])
def test_lt_07_a_missing_parameter_is_named(http: httpx.Client, missing: str, empty: bool) -> None:
    asked = {"q": "monde", **FRENCH} | ({missing: ""} if empty else {})
    if not empty:
        del asked[missing]
    assert missing in _error(http.post("/translate", json=asked))
    assert missing in _error(http.post("/translate", data=asked))


def test_lt_08_a_language_that_is_not_served_is_an_error(http: httpx.Client) -> None:
    assert "xx" in _error(http.post("/translate", json={"q": "monde", "source": "fr", "target": "xx"}))
    assert "es" in _error(http.post("/translate", json={"q": "monde", "source": "es", "target": "en"}))


def test_lt_09_another_format_is_an_error(http: httpx.Client) -> None:
    _error(http.post("/translate", json={"q": "monde", "format": "pdf", **FRENCH}))


def test_lt_10_the_same_language_gives_the_text_itself(http: httpx.Client) -> None:
    found = _ok(http.post("/translate", json={"q": "monde", "source": "fr", "target": "fr"}))
    assert found["translatedText"] == "monde"


def test_lt_11_a_key_is_ignored(http: httpx.Client) -> None:
    asked = {"q": "monde", "api_key": "abc", **FRENCH}
    assert _ok(http.post("/translate", data=asked))["translatedText"] == "world"


@pytest.mark.parametrize("form", ["json", "data"])
def test_lt_12_languages_are_detected(http: httpx.Client, form: str) -> None:
    asked: Any = {form: {"q": "The patient takes two tablets every morning"}}
    found = _ok(http.post("/detect", **asked))
    assert found[0]["language"] == "en"
    assert [set(one) for one in found] == [{"language", "confidence"}] * len(found)
    assert [one["confidence"] for one in found] == sorted((one["confidence"] for one in found), reverse=True)


def test_lt_13_nothing_to_detect_is_an_error(http: httpx.Client) -> None:
    assert "q" in _error(http.post("/detect", json={}))


def test_lt_14_languages_are_listed(http: httpx.Client) -> None:
    assert _ok(http.get("/languages")) == [
        {"code": "en", "name": "English", "targets": []},
        {"code": "fr", "name": "French", "targets": ["en"]},
    ]


def test_lt_15_a_client_can_ask_what_it_may_do(http: httpx.Client) -> None:
    found = _ok(http.get("/frontend/settings"))
    assert (found["apiKeys"], found["keyRequired"], found["suggestions"], found["filesTranslation"]) == (
        False,
        False,
        False,
        True,
    )
    assert found["charLimit"] > 0
    assert ".docx" in found["supportedFilesFormat"]
    assert (found["language"]["source"]["code"], found["language"]["target"]["code"]) == ("fr", "en")


def test_lt_16_it_says_that_it_lives(http: httpx.Client) -> None:
    assert _ok(http.get("/health")) == {"status": "ok"}


def test_lt_17_a_file_is_translated(http: httpx.Client) -> None:
    found = _ok(http.post("/translate_file", files={"file": ("a.txt", b"bonjour le monde\n")}, data=FRENCH))
    file = http.get(found["translatedFileUrl"])
    assert (file.status_code, file.text) == (200, "hello the world\n")
    assert file.headers["content-disposition"].startswith("attachment")


def test_lt_18_no_file_is_an_error(http: httpx.Client) -> None:
    assert "file" in _error(http.post("/translate_file", files={"other": b"x"}, data=FRENCH))


def test_lt_19_too_much_is_413(http: httpx.Client) -> None:
    _error(http.post("/translate", json={"q": "x" * 10_000_000, **FRENCH}), 413)


def test_lt_20_a_file_that_is_not_there_is_404(http: httpx.Client) -> None:
    _error(http.get("/download_file/none"), 404)


def test_lt_21_a_real_client_works_unchanged(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    client = LibreTranslateAPI(service)
    assert client.translate("Prendre 2 comprimés par jour", "fr", "en") == "Take 2 tablets a day"
    assert client.detect("Le patient prend deux comprimés")[0]["language"] == "fr"
    assert [language["code"] for language in client.languages()] == ["en", "fr"]


def test_what_failed_a_check_is_marked_in_the_text_and_told_beside_it(http: httpx.Client) -> None:
    found = _ok(http.post("/translate", json={"q": "bonjour. Ne jamais boire.", **FRENCH}))
    assert found["ok"] is False
    assert re.search(r"hello\. \[.*negation.*\] Do always drink\.", found["translatedText"])
    (flag,) = found["flags"]
    assert (flag["source"], flag["status"]) == ("Ne jamais boire.", "flagged")
    html = _ok(http.post("/translate", json={"q": "<p>Ne jamais boire.</p>", "format": "html", **FRENCH}))
    assert (html["ok"], len(html["flags"])) == (False, 1)
    assert "negation" in html["translatedText"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"q": "a"', "application/json"),
        (b"[1]", "application/json"),
        (b'{"q": 3, "source": "fr", "target": "en"}', "application/json"),
        (b'{"q": ["a", 3], "source": "fr", "target": "en"}', "application/json"),
        (b'{"q": "\\ud800", "source": "fr", "target": "en"}', "application/json"),
        (b'{"q": "a", "source": "fr", "target": "en", "alternatives": "many"}', "application/json"),
        (b"q=a", "text/plain"),
    ],
)
def test_a_body_that_cannot_be_used_is_an_error_in_the_same_shape(http: httpx.Client, body: bytes, kind: str) -> None:
    _error(http.post("/translate", content=body, headers={"Content-Type": kind}))


@pytest.mark.parametrize("body", ["q=médecin&source=fr&target=en", "q=m%C3%A9decin&source=fr&target=en"])
def test_a_form_holds_its_text_as_it_is_or_escaped(http: httpx.Client, body: str) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert _ok(http.post("/translate", content=body.encode(), headers=kind))["translatedText"] == "médecin"
    assert "UTF-8" in _error(http.post("/translate", content=body.encode("latin-1") + b"&q=%FF", headers=kind))


def test_what_cannot_be_written_as_text_is_an_error_in_a_list_too(http: httpx.Client) -> None:
    kind = {"content-type": "application/json"}
    for q in ('"\\ud800"', '["monde", "\\ud800"]'):
        body = f'{{"q": {q}, "source": "fr", "target": "en"}}'
        assert "UTF-8" in _error(http.post("/translate", content=body, headers=kind))
        assert "UTF-8" in _error(http.post("/detect", content=body, headers=kind))


def test_no_language_is_told_for_the_target(http: httpx.Client) -> None:
    assert "target" in _error(http.post("/translate", json={"q": "monde", "source": "fr", "target": "auto"}))


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_text_of_a_batch_that_is_in_another_language_than_the_rest_is_marked(http: httpx.Client, form: str) -> None:
    texts = ["Do not take the tablets with water. Call the doctor if the pain is still there.",
             "Ne pas dépasser la dose de deux comprimés par jour dans les repas."]  # fmt: skip
    found = _ok(http.post("/translate", json={"q": texts, "source": "auto", "target": "en", "format": form}))
    assert found["translatedText"][0] == texts[0]
    assert found["translatedText"][1].startswith("[⚠")
    assert found["translatedText"][1].endswith(texts[1])
    assert (found["ok"], found["flags"][1][0]["failures"][0]["check"]) == (False, "language")


def test_every_number_of_the_table_has_its_test() -> None:
    numbers = set(re.findall(r"^\| LT-(\d\d) ", TABLE.read_text("utf-8"), re.MULTILINE))
    tested = {name.split("_")[2] for name in globals() if name.startswith("test_lt_")}
    assert numbers == tested

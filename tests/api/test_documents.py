"""Files as jobs, over HTTP, with a real model and a real database."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.translation_shapes import JobOut

DOCUMENTS = "/v1/translations/documents"
TEXT = "Prendre 2 comprimés par jour.\nNe jamais boire le matin.\n"


def _send(client: TestClient, content: bytes, name: str = "leaflet.txt", **fields: Any) -> Any:
    data = {"source": "fr", "target": "en", **fields}
    return client.post(
        DOCUMENTS, files={"file": (name, content)}, data={k: v for k, v in data.items() if v is not None}
    )


def _job(response: Any) -> JobOut:
    return JobOut.model_validate_json(response.content, extra="forbid")


def _ended(client: TestClient, id: str) -> JobOut:
    for _ in range(600):
        job = _job(client.get(f"/v1/jobs/{id}"))
        if job.state in {"done", "failed", "cancelled"}:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def test_a_file_is_translated_as_a_job_and_its_flags_are_told(translating: TestClient) -> None:
    response = _send(translating, TEXT.encode(), "notice été.txt")
    assert response.status_code == 202, response.text
    job = _job(response)
    assert response.headers["location"] == f"/v1/jobs/{job.id}"
    assert (job.filename, job.result, job.report) == ("notice été.txt", None, None)
    done = _ended(translating, job.id)
    assert (done.state, done.result, done.error) == ("done", f"/v1/jobs/{job.id}/result", None)
    assert done.report is not None
    assert (done.report["segments"], done.report["flagged"], done.report["kept"]) == (2, 1, 0)
    assert done.report["engine"]["models"] == ["word-fr-en"]
    assert done.report["approximate"] == 0
    (flag,) = done.report["flags"]
    assert (flag["source"], flag["status"]) == ("Ne jamais boire le matin.", "flagged")
    assert "negation" in [failure["check"] for failure in flag["failures"]]


def test_the_result_is_a_file_to_save_and_carries_a_visible_marker(translating: TestClient) -> None:
    id = _job(_send(translating, TEXT.encode(), "../notice été.txt")).id
    _ended(translating, id)
    result = translating.get(f"/v1/jobs/{id}/result")
    assert result.status_code == 200
    assert result.text.startswith("Take 2 tablets a day.\n[")
    assert "negation" in result.text
    assert result.headers["content-type"].startswith("text/plain")
    assert result.headers["x-content-type-options"] == "nosniff"
    disposition = result.headers["content-disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''notice%20%C3%A9t%C3%A9.en.txt" in disposition
    assert "/" not in disposition.split(";")[1]


def test_html_with_a_script_comes_back_as_it_was_and_is_never_shown_as_a_page(translating: TestClient) -> None:
    page = "<p>Bonjour le <b>monde</b></p><script>alert('Bonjour')</script>"
    id = _job(_send(translating, page.encode(), "page.html")).id
    _ended(translating, id)
    result = translating.get(f"/v1/jobs/{id}/result")
    assert result.text == "<p>Hello the <b>world</b></p><script>alert('Bonjour')</script>"
    assert result.headers["content-disposition"].startswith("attachment")
    assert result.headers["content-security-policy"] == "sandbox"


def test_a_strict_job_keeps_what_fails(translating: TestClient) -> None:
    id = _job(_send(translating, TEXT.encode(), strict="true")).id
    done = _ended(translating, id)
    assert done.report is not None
    assert (done.report["flagged"], done.report["kept"]) == (0, 1)
    assert "Ne jamais boire le matin." in translating.get(f"/v1/jobs/{id}/result").text


def test_a_glossary_is_pinned_to_its_version(translating: TestClient) -> None:
    entries = {"source_lang": "fr", "target_lang": "en", "entries": "toux\tcough"}
    made = translating.post("/v1/glossaries", json={"name": "x", "dictionaries": [entries]}).json()
    id = _job(_send(translating, b"La toux.", glossary=made["glossary_id"])).id
    assert _ended(translating, id).state == "done"
    assert _send(translating, b"x", glossary="none").status_code == 404
    assert _send(translating, b"x", glossary=made["glossary_id"], source="fr", target="es").status_code == 422
    text = b"Boire de la eau pour tous les jours et la toux."
    detected = _job(_send(translating, text, source=None, glossary=made["glossary_id"])).id
    assert (_ended(translating, detected).report or {})["source"] == "fr"


def test_a_file_whose_language_cannot_be_told_is_not_guessed(translating: TestClient) -> None:
    job = _ended(translating, _job(_send(translating, b"12 mg\n", source=None)).id)
    assert (job.state, (job.error or {})["code"]) == ("failed", "undetected-language")


def test_events_follow_a_job_to_its_end(translating: TestClient) -> None:
    id = _job(_send(translating, TEXT.encode())).id
    response = translating.get(f"/v1/jobs/{id}/events")
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block and not block.startswith(":")]
    found = [(name.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))) for name, data in blocks]
    assert {name for name, _ in found[:-1]} == {"job"}
    assert found[-1] == ("end", {"state": "done"})
    assert JobOut.model_validate(found[-2][1], extra="forbid").state == "done"


def test_a_finished_job_can_be_deleted_at_once(translating: TestClient) -> None:
    id = _job(_send(translating, TEXT.encode())).id
    _ended(translating, id)
    assert translating.delete(f"/v1/jobs/{id}").status_code == 204
    for path in (f"/v1/jobs/{id}", f"/v1/jobs/{id}/result", f"/v1/jobs/{id}/events"):
        assert translating.get(path).status_code == 404, path


def test_a_job_can_be_cancelled_and_has_no_result(translating: TestClient) -> None:
    long = "".join(f"Prendre {number} comprimés par jour pendant {number} jours.\n" for number in range(3, 5000))
    id = _job(_send(translating, long.encode())).id
    assert translating.get(f"/v1/jobs/{id}/result").json()["code"] == "no-result"
    assert translating.delete(f"/v1/jobs/{id}").status_code == 200
    assert _ended(translating, id).state == "cancelled"
    assert translating.get(f"/v1/jobs/{id}/result").status_code == 409


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 120_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK\x03\x04 no archive", "x.docx"), (b"\xff\xfe\xfd\xfc\x00", "x.txt"), (b"{", "x.json"), (b"<x", "x.xlf")],
)
def test_a_broken_file_fails_with_a_clear_answer(translating: TestClient, content: bytes, name: str) -> None:
    response = _send(translating, content, name)
    if response.status_code == 202:
        job = _ended(translating, _job(response).id)
        assert job.state == "failed"
        assert job.error is not None
        assert job.error["code"] == "unusable-document"
        assert "{" not in job.error["detail"]
    else:
        assert (response.status_code, response.json()["code"]) == (422, "unusable-document")


def test_a_bomb_is_refused_unexploded(translating: TestClient) -> None:
    response = _send(translating, _bomb(), "bomb.docx")
    job = _ended(translating, _job(response).id)
    assert (job.state, (job.error or {})["code"]) == ("failed", "unusable-document")


def test_what_cannot_be_done_is_refused_before_it_becomes_a_job(translating: TestClient, bare: TestClient) -> None:
    assert _send(translating, b"").json()["code"] == "unusable-document"
    assert _send(translating, b"x", source="es", target="it").json()["code"] == "unsupported-pair"
    assert _send(translating, b"x", target="it", source=None).json()["code"] == "unsupported-pair"
    assert _send(translating, b"x", output="html").json()["code"] == "invalid-input"
    assert _send(translating, b"MZ\x90", "program.exe").status_code in {202, 422}
    assert _send(bare, b"Bonjour").json()["code"] == "no-model"
    missing = translating.post(DOCUMENTS, data={"target": "en"}, files={"other": b"x"})
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (422, "file")
    assert _send(translating, b"x", target="english").json()["errors"][0]["field"] == "target"


def test_eleven_megabytes_are_413_and_ten_and_a_bit_are_refused_by_name(translating: TestClient) -> None:
    assert _send(translating, b"x" * 11_000_000).json()["code"] == "body-too-large"
    assert _send(translating, b"x" * 10_000_001).json()["code"] == "unusable-document"


def test_only_forms_are_taken_and_none_from_other_sites(translating: TestClient) -> None:
    assert translating.post(DOCUMENTS, json={"target": "en"}).json()["code"] == "unsupported-media-type"
    files, data = {"file": ("a.txt", b"Bonjour")}, {"source": "fr", "target": "en"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        response = translating.post(DOCUMENTS, files=files, data=data, headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, "foreign-origin")
    same = translating.post(DOCUMENTS, files=files, data=data, headers={"Origin": "http://127.0.0.1"})
    assert same.status_code == 202


def test_a_job_that_is_not_there_is_404(bare: TestClient) -> None:
    for path in ("/v1/jobs/none", "/v1/jobs/none/result", "/v1/jobs/none/events"):
        assert bare.get(path).json()["code"] == "not-found"
    assert bare.delete("/v1/jobs/none").json()["code"] == "not-found"

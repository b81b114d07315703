"""The translation workspace's panels: what failed stands out, nothing typed becomes markup, nothing is lost."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from ui.client import ApiError
from ui.phrases import LANGUAGES, Words, load_words
from ui.translation_answers import Failure, Glossary, Job, Languages, Translation
from ui.translation_entry import entry, language_name
from ui.translation_result import failure, plain, result
from ui.translation_session import MAX_FILE, MAX_TEXT, Correction, TranslationSession, wish
from ui.workspaces.translate import TranslateWorkspace

WORDS = load_words()
BOTH = Languages.model_validate(
    {"pairs": [{"source": "fr", "target": "en"}, {"source": "en", "target": "fr"}], "install": None}
)
NONE = Languages.model_validate({"pairs": [], "install": "medinfo models install opus-mt-fr-en"})


def segment(status: str = "translated", **changes: Any) -> dict[str, Any]:
    made = {
        "source": "Ne pas <b>", "target": "Do <i>", "status": status, "memory": None, "glossary": [],
        "checks": {"passed": ["number"], "failed": [], "not_made": []}, "failures": [], "attempt": "", "score": 0.5,
        "source_span": {"start": 0, "end": 10}, "target_span": {"start": 0, "end": 6},
    }  # fmt: skip
    return made | changes


FLAGGED = segment(
    "flagged",
    checks={"passed": [], "failed": ["negation"], "not_made": ["medicine", "glossary"]},
    failures=[
        {
            "check": "negation",
            "source_span": {"start": 0, "end": 6},
            "target_span": None,
            "message": "A negation <lost>",
        },
        {"check": "number", "source_span": {"start": 2, "end": 4}, "target_span": None, "message": "inside"},
    ],
)


def answer(*segments: dict[str, Any], text: str = "Do <i>", **changes: Any) -> Translation:
    engine = {"models": ["m1"], "pivot": None, "quality": "provisional", "notice": "take care"}
    made: dict[str, Any] = {
        "source": "fr", "detected": {"language": "fr", "confidence": 1.0}, "target": "en", "ok": True, "engine": engine,
        "translations": [{"text": text, "ok": True, "segments": list(segments)}],
    }  # fmt: skip
    return Translation.model_validate(made | changes)


def shown(translation: Translation, words: Words = WORDS["en"], **corrections: Correction) -> str:
    session = TranslationSession(answer=translation)
    session.corrections = {int(number.removeprefix("n")): made for number, made in corrections.items()}
    return result(session, words)


def test_texts_never_become_markup() -> None:
    page = shown(answer(FLAGGED))
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<lost>" not in page


def test_what_failed_is_marked_named_and_counted() -> None:
    page = shown(answer(FLAGGED, segment()))
    assert "<mark>Ne pas</mark>" in page
    assert "CHECK THIS" in page
    assert "1 of 2 segments need checking." in page
    assert "Not checked here: medicine" in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ["translated", "memory", "copied", "flagged", "kept"])
def test_every_status_has_words_in_every_language(language: str, status: str) -> None:
    assert WORDS[language](f"translate.status_{status}") in shown(answer(segment(status)), WORDS[language])


def test_a_kept_segment_shows_the_rejected_translation_and_no_false_marks() -> None:
    kept = FLAGGED | {"status": "kept", "target": "Ne pas <b>", "attempt": "Do."}
    page = shown(answer(kept))
    assert "<q>Do.</q>" in page
    assert page.count("<mark>") == 1
    assert 'class="said-target" lang="fr"' in page


def test_the_copied_text_carries_a_marker_and_what_stands_between_segments() -> None:
    first = FLAGGED | {"target_span": {"start": 1, "end": 7}}
    second = segment(target_span={"start": 9, "end": 15})
    assert plain(answer(first, second, text=" Do <i>\n\nDo <i>."), WORDS["en"]) == (
        " [⚠ CHECK THIS: negation] Do <i>\n\nDo <i>."
    )


def test_memory_glossary_pivot_and_detection_are_told() -> None:
    memory = {"source": "old", "target": "alt", "score": 80.0, "used": False, "approved_by": "ana"}
    used = memory | {"used": True, "score": 100.0}
    engine = {"models": ["a", "b"], "pivot": "en", "quality": "medical", "notice": "n"}
    rows = [segment(memory=memory, glossary=[{"source": "foie", "target": "liver"}]), segment("memory", memory=used)]
    page = shown(answer(*rows, engine=engine, detected=None))
    for told in ("by way of English", "a, b", "Medical model", "<q>alt</q>", "approved by ana", "foie → liver"):
        assert told in page
    assert "detected" not in page


def test_a_correction_that_failed_asks_again_and_one_that_was_stored_says_so() -> None:
    failed = Correction("x", (Failure(check="number", source_span=None, target_span=None, message="20?"),))
    page = shown(answer(segment(), segment()), n0=failed, n1=Correction("y", stored=True))
    assert "Approve all the same" in page
    assert "data-confirm" in page
    assert "20?" in page
    assert "It will be used from now on" in page


def test_a_failure_shows_nothing_of_an_older_translation() -> None:
    assert "does not answer" in failure(ApiError("unreachable"), WORDS["en"], 3)
    assert "because &lt;" in failure(ApiError("refused", "because <"), WORDS["en"], 3)


def test_without_a_model_the_form_says_how_to_get_one() -> None:
    page = entry(TranslationSession(languages=NONE), WORDS["fr"])
    assert "medinfo models install opus-mt-fr-en" in page
    assert "textarea" not in page
    assert "down &lt;" in entry(TranslationSession(), WORDS["fr"], "down <")


def test_the_form_offers_what_can_be_translated() -> None:
    session = TranslationSession(language="fr", languages=BOTH)
    session.glossaries = (Glossary.model_validate({"glossary_id": "g1", "name": "<g>", "dictionaries": []}),)
    page = entry(session, WORDS["fr"])
    assert '<option value="fr" selected>français</option>' in page
    assert "&lt;g&gt;" in page
    assert language_name("xx", WORDS["fr"]) == "xx"


def test_values_from_the_browser_are_bounded_and_of_the_right_type() -> None:
    assert len(wish({"text": "x" * (MAX_TEXT + 5), "strict": "yes", "target": 3}).text) == MAX_TEXT
    assert wish({"strict": "yes"}).strict is False
    session = TranslationSession()
    assert not session.ask({"value": "text"})
    assert not session.ask({"value": {"text": "  ", "target": "en"}})
    session.speak("xx")
    assert session.language == "en"
    assert deepcopy(TranslationSession(language="de")).language == "de"


class Client:
    """Answers as the API does, or fails."""

    def __init__(self) -> None:
        self.fails: ApiError | None = None
        self.failures: list[Failure] = []
        self.sent: list[Mapping[str, Any]] = []
        self.told = Job(id="j1", state="running", done=1, total=4, error=None, report=None, result=None)

    def _do(self, value: Any) -> Any:
        if self.fails is not None:
            raise self.fails
        return value

    async def languages(self, language: str) -> Languages:
        return self._do(BOTH)  # type: ignore[no-any-return]

    async def glossaries(self, language: str) -> list[Glossary]:
        return []

    async def translate(self, body: Mapping[str, Any], language: str) -> Translation:
        self.sent.append(body)
        return self._do(answer(segment()))  # type: ignore[no-any-return]

    async def approve(self, body: Mapping[str, Any], language: str) -> list[Failure]:
        self.sent.append(body)
        return self._do(self.failures)  # type: ignore[no-any-return]

    async def send_file(self, name: str, content: bytes, fields: Mapping[str, str], language: str) -> Job:
        self.sent.append({"name": name, "content": content, **fields})
        return self._do(self.told)  # type: ignore[no-any-return]

    async def job(self, identifier: str, language: str, *, stop: bool = False) -> Job | None:
        return None if stop else self._do(self.told)


ASK = {"act": "translate", "value": {"text": "Ne pas.", "source": "", "target": "en", "strict": True}, "language": "en"}


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def workspace(client: Client) -> TranslateWorkspace:
    return TranslateWorkspace(client)  # type: ignore[arg-type]


def test_a_text_is_asked_for_as_it_was_typed(workspace: TranslateWorkspace, client: Client) -> None:
    session = TranslationSession()
    page = asyncio.run(workspace.act(session, ASK))
    assert client.sent == [{"text": "Ne pas.", "target": "en", "strict": True}]
    assert "Do &lt;i&gt;" in page
    assert "passed" in page


def test_when_the_api_fails_nothing_older_is_shown(workspace: TranslateWorkspace, client: Client) -> None:
    session = TranslationSession()
    asyncio.run(workspace.act(session, ASK))
    client.fails = ApiError("timeout")
    page = asyncio.run(workspace.act(session, ASK))
    assert "took too long" in page
    assert "Do &lt;i&gt;" not in page
    assert session.answer is None


def test_a_correction_is_confirmed_only_for_the_text_whose_failures_were_shown(
    workspace: TranslateWorkspace, client: Client
) -> None:
    session = TranslationSession()
    asyncio.run(workspace.act(session, ASK))
    client.failures = [Failure(check="number", source_span=None, target_span=None, message="20?")]
    for text, confirmed in (("Take 20.", False), ("Take 30.", False), ("Take 30.", True)):
        act = {"act": "approve", "segment": 0, "value": text, "confirm": True, "language": "en"}
        asyncio.run(workspace.act(session, act))
        assert (client.sent[-1]["target"], client.sent[-1]["confirm"]) == (text, confirmed)


@pytest.mark.parametrize("changes", [{"segment": 9}, {"segment": "0"}, {"value": " "}, {"value": None}])
def test_a_correction_of_nothing_changes_nothing(
    workspace: TranslateWorkspace, client: Client, changes: dict[str, object]
) -> None:
    session = TranslationSession()
    asyncio.run(workspace.act(session, ASK))
    before = len(client.sent)
    act = {"act": "approve", "segment": 0, "value": "x", "language": "en"} | changes
    assert "Do &lt;i&gt;" in asyncio.run(workspace.act(session, act))
    assert len(client.sent) == before


def test_the_page_speaks_the_language_asked_for_and_asks_again_in_a_new_one(
    workspace: TranslateWorkspace, client: Client
) -> None:
    session = TranslationSession()
    form, panel = asyncio.run(workspace.open(session, "fr", None))
    assert "Traduire" in form
    assert "apparaît ici" in panel
    asyncio.run(workspace.act(session, ASK | {"language": "fr"}))
    form, panel = asyncio.run(workspace.switch(session, "es"))
    assert "Traducir" in form
    assert "superaron" in panel
    client.fails = ApiError("unreachable")
    form, panel = asyncio.run(workspace.switch(session, "de"))
    assert "textarea" not in form
    assert WORDS["de"]("error.unreachable") in panel


def test_an_unknown_act_shows_what_was_there(workspace: TranslateWorkspace) -> None:
    assert "appears here" in asyncio.run(workspace.act(TranslationSession(), {"act": "other"}))
    assert "appears here" in asyncio.run(workspace.act(TranslationSession(), ASK | {"value": {}}))


def file(raw: bytes = b"abc", /, **changes: object) -> dict[str, object]:
    sent = {"name": "a.txt", "content": base64.b64encode(raw).decode(), "wish": ASK["value"], "language": "en"}
    return sent | changes


def test_a_file_is_sent_as_it_is_and_followed(workspace: TranslateWorkspace, client: Client) -> None:
    told = asyncio.run(workspace.send_file(file(b"\x00\xff")))
    assert client.sent == [{"name": "a.txt", "content": b"\x00\xff", "target": "en", "strict": "true"}]
    assert told == {"state": "running", "id": "j1", "done": 1, "total": 4, "message": "1 of 4 parts"}
    report = {"segments": 5, "flagged": 1, "kept": 1}
    client.told = client.told.model_copy(update={"state": "done", "report": report, "result": "/v1/jobs/j1/result"})
    told = asyncio.run(workspace.follow({"id": "j1", "language": "en"}))
    assert told["result"] == "/v1/jobs/j1/result"
    assert "2 of 5 segments need checking" in told["message"]
    client.told = client.told.model_copy(update={"report": {"segments": 5}})
    assert "All 5" in asyncio.run(workspace.follow({"id": "j1"}))["message"]


@pytest.mark.parametrize(
    ("state", "error", "message"),
    [("failed", {"detail": "broken"}, "broken"), ("failed", None, "could not be"), ("cancelled", None, "Stopped")],
)
def test_a_job_that_ended_otherwise_is_told(
    workspace: TranslateWorkspace, client: Client, state: str, error: dict[str, str] | None, message: str
) -> None:
    client.told = client.told.model_copy(update={"state": state, "error": error})
    assert message in asyncio.run(workspace.follow({"id": "j1", "language": "en"}))["message"]


def test_a_job_can_be_stopped(workspace: TranslateWorkspace) -> None:
    assert asyncio.run(workspace.follow({"id": "j1", "stop": True}))["state"] == "cancelled"


@pytest.mark.parametrize(
    "changes",
    [{"name": 3}, {"content": None}, {"wish": "x"}, {"content": "%%%"}, {"content": "a" * (MAX_FILE * 4 // 3 + 8)}],
)
def test_a_file_that_is_none_is_refused(
    workspace: TranslateWorkspace, client: Client, changes: dict[str, object]
) -> None:
    assert asyncio.run(workspace.send_file(file(**changes)))["state"] == "failed"
    assert client.sent == []


def test_what_the_api_says_of_a_file_is_told(workspace: TranslateWorkspace, client: Client) -> None:
    client.fails = ApiError("refused", "no such format")
    assert asyncio.run(workspace.send_file(file()))["message"] == "no such format"
    assert asyncio.run(workspace.follow({"id": None}))["message"] == "no such format"


def test_a_defect_of_ours_shows_no_text_and_logs_none(
    workspace: TranslateWorkspace, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.fails = KeyError("Ne pas secret")  # type: ignore[assignment]
    page = asyncio.run(workspace.act(TranslationSession(), ASK))
    assert "met an error" in page
    assert "secret" not in page + caplog.text

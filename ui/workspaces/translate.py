"""The workspace of translation: the text at the left, its translation sentence by sentence at the right."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Mapping
from traceback import format_tb
from typing import Any

import gradio as gr

from ui.client import ApiClient, ApiError
from ui.html import Html
from ui.phrases import DEFAULT_LANGUAGE, Words, choose_language, load_words
from ui.translation_answers import Job
from ui.translation_entry import entry
from ui.translation_result import failure, nothing_yet, result
from ui.translation_session import MAX_CORRECTION, MAX_FILE, Correction, TranslationSession, wish
from ui.workspaces.check import EVENT, act_of, hosted

_log = logging.getLogger(__name__)

Panels = tuple[Html, Html]
_LONGEST_NAME = 200


class TranslateWorkspace:
    """Translation.

    Args:
        client: the way to the API.
    """

    def __init__(self, client: ApiClient) -> None:
        self._client = client
        self._words = load_words()

    async def open(self, session: TranslationSession, asked: str | None, accept_language: str | None) -> Panels:
        """The page was opened: both panels, in the language that the address or the browser asks for."""
        async with session.lock:
            session.speak(choose_language(asked, accept_language))
            problem = await self._look(session)
            words = self._words[session.language]
            return entry(session, words, problem), nothing_yet(words, session.revision)

    async def switch(self, session: TranslationSession, language: object) -> Panels:
        """Another language was chosen: both panels in it; what is said of a translation is asked for again."""
        async with session.lock:
            session.speak(language)
            session.revision += 1
            problem = await self._look(session)
            words = self._words[session.language]
            shown = await self._translated(session) if session.answer else nothing_yet(words, session.revision)
            return entry(session, words, problem), shown

    async def act(self, session: TranslationSession, act: Mapping[str, object]) -> Html:
        """A person asked for a translation, or approved one: the right panel after it."""
        async with session.lock:
            session.speak(act.get("language"))
            words = self._words[session.language]
            if act.get("act") == "translate":
                if not session.ask(act):
                    return nothing_yet(words, session.revision)
                return await self._translated(session)
            if act.get("act") == "approve":
                session.revision += 1
                return await self._shown(session, self._approve(session, act))
            return result(session, words)

    async def send_file(self, data: Mapping[str, object]) -> dict[str, Any]:
        """Give a file to be translated: how far it is, as `_told` says it."""
        words = self._spoken(data)
        name, content, given = data.get("name"), data.get("content"), data.get("wish")
        if not isinstance(name, str) or not isinstance(content, str) or not isinstance(given, Mapping):
            return {"state": "failed", "message": words("error.failed")}
        if len(content) > MAX_FILE * 4 // 3 + 4:
            return {"state": "failed", "message": words("translate.file_too_large")}
        try:
            file = base64.b64decode(content, validate=True)
            fields = wish(given).fields()
            return _told(await self._client.send_file(name[-_LONGEST_NAME:], file, fields, words.language), words)
        except (binascii.Error, ValueError):
            return {"state": "failed", "message": words("error.failed")}
        except ApiError as problem:
            return {"state": "failed", "message": problem.detail or words(f"error.{problem.code}")}

    async def follow(self, data: Mapping[str, object]) -> dict[str, Any]:
        """How far a file is; `stop` stops it."""
        words = self._spoken(data)
        identifier = data.get("id")
        try:
            stop = data.get("stop") is True
            job = await self._client.job(identifier if isinstance(identifier, str) else "", words.language, stop=stop)
        except ApiError as problem:
            return {"state": "failed", "message": problem.detail or words(f"error.{problem.code}")}
        return {"state": "cancelled", "message": words("translate.file_stopped")} if job is None else _told(job, words)

    def _spoken(self, data: Mapping[str, object]) -> Words:
        language = data.get("language")
        return self._words.get(language if isinstance(language, str) else "") or self._words[DEFAULT_LANGUAGE]

    async def _look(self, session: TranslationSession) -> str:
        """Ask what can be translated; what the API says when it cannot tell."""
        try:
            session.languages = await self._client.languages(session.language)
            session.glossaries = tuple(await self._client.glossaries(session.language))
        except ApiError as problem:
            session.languages = None
            return problem.detail or self._words[session.language](f"error.{problem.code}")
        return ""

    async def _translated(self, session: TranslationSession) -> Html:
        async def ask() -> None:
            session.answer = await self._client.translate(session.wish.request(), session.language)

        return await self._shown(session, ask())

    async def _approve(self, session: TranslationSession, act: Mapping[str, object]) -> None:
        number, text = act.get("segment"), act.get("value")
        segments = session.segments()
        if session.answer is None or not isinstance(number, int) or not 0 <= number < len(segments):
            return
        if not isinstance(text, str) or not text.strip():
            return
        correction = text.strip()[:MAX_CORRECTION]
        # Failures are accepted only for the very text that they were shown for.
        before = session.corrections.get(number)
        confirm = act.get("confirm") is True and before is not None and before.text == correction
        body = {
            "source": segments[number].source,
            "target": correction,
            "source_language": session.answer.source,
            "target_language": session.answer.target,
            "confirm": confirm,
        }
        failures = await self._client.approve(body, session.language)
        session.corrections[number] = Correction(correction, tuple(failures), not failures)

    async def _shown(self, session: TranslationSession, doing: Any) -> Html:
        """The right panel after something was done. Whatever goes wrong, no older translation looks like the answer."""
        words = self._words[session.language]
        try:
            await doing
            return result(session, words)
        except ApiError as error:
            problem = error
        except Exception as error:  # a defect of ours: tell where, but not the message, which may hold text
            trace = "".join(format_tb(error.__traceback__))
            _log.error("the translation could not be shown: %s\n%s", type(error).__name__, trace)
            problem = ApiError("failed")
        return failure(problem, words, session.revision)


def _told(job: Job, words: Words) -> dict[str, Any]:
    """A job as the page's script shows it, as text and never as markup."""
    told: dict[str, Any] = {"state": job.state, "id": job.id, "done": job.done, "total": job.total or 0}
    if job.state == "failed":
        detail = (job.error or {}).get("detail")
        told["message"] = detail if isinstance(detail, str) else words("translate.file_failed")
    elif job.state == "cancelled":
        told["message"] = words("translate.file_stopped")
    elif job.state == "done":
        told["message"] = f"{words('translate.file_done')} {_checked(job.report or {}, words)}"
        told["result"] = job.result or ""
    else:
        told["message"] = words("translate.file_progress", done=job.done, total=job.total or "…")
    return told


def _checked(report: Mapping[str, Any], words: Words) -> str:
    unsure = int(report.get("flagged", 0)) + int(report.get("kept", 0))
    count = int(report.get("segments", 0))
    if unsure:
        return words("translate.file_flagged", flagged=unsure, n=count)
    return words("translate.file_checked", n=count)


def lay_out(blocks: gr.Blocks, workspace: TranslateWorkspace, words: Words, top: Any) -> None:
    """Place the panels and connect them; to be called inside `with blocks`.

    Args:
        blocks: the page. workspace: what the events call. words: the language of the first moment.
        top: the bar, whose language switch concerns this workspace too.
    """
    session = gr.State(TranslationSession())
    with gr.Row(elem_classes="workspace translate-workspace"):
        with gr.Column(elem_classes="left", min_width=0):
            functions = [workspace.send_file, workspace.follow]
            form = hosted("translate_entry.js", Html(""), "translate-panel", [_named(one) for one in functions])
        with gr.Column(elem_classes="right", min_width=0):
            answer = hosted("translate_result.js", nothing_yet(words, 0), "translation-panel")

    async def opened(state: TranslationSession, request: gr.Request) -> Any:
        return await workspace.open(state, request.query_params.get("lang"), request.headers.get("accept-language"))

    async def acted(state: TranslationSession, event: gr.EventData) -> Any:
        return await workspace.act(state, act_of(event))

    async def switched(state: TranslationSession, event: gr.EventData) -> Any:
        return await workspace.switch(state, act_of(event).get("value"))

    top.act(switched, inputs=session, outputs=[form, answer], **EVENT)
    for one in (form, answer):
        one.act(acted, inputs=session, outputs=answer, **EVENT)
    blocks.load(opened, inputs=session, outputs=[form, answer], **EVENT)


def _named(function: Any) -> Any:
    """A plain function with the name by which the page's script calls it."""

    async def called(data: dict[str, object]) -> Any:
        return await function(data)

    called.__name__ = function.__name__
    return called

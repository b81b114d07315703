"""The workspace of the interaction check: the list at the left, the result at the right, both from one session."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.resources import files
from traceback import format_tb
from typing import Any

import gradio as gr

from ui.answers import Answer
from ui.client import ApiClient, ApiError
from ui.drawing import draw
from ui.entry import MAX_HITS, bar, entry, suggestion
from ui.html import EMPTY, Html
from ui.listing import listing
from ui.phrases import Words, choose_language, load_words
from ui.result import failure, nothing_yet, result
from ui.session import MAX_TEXT, Session, split_list

_log = logging.getLogger(__name__)

EVENT: Mapping[str, Any] = {
    "queue": True,
    "show_progress": "hidden",
    "trigger_mode": "multiple",  # the default drops an act while another one runs
    "concurrency_limit": None,  # acts of one session wait for each other by its lock, never for other sessions
    "api_visibility": "private",
}

Panels = tuple[Html, Html, Html]


class CheckWorkspace:
    """The interaction check.

    Args:
        client: the way to the API.
    """

    def __init__(self, client: ApiClient) -> None:
        self._client = client
        self._words = load_words()

    async def open(self, session: Session, asked: str | None, accept_language: str | None) -> tuple[Html, ...]:
        """The page was opened: all panels, in the language that the address or the browser asks for."""
        async with session.lock:
            session.start(choose_language(asked, accept_language))
            return await self._page(session)

    async def act(self, session: Session, act: Mapping[str, object]) -> Panels:
        """An act of a person on the list: the list, the result and the picture after it."""
        async with session.lock:
            session.apply(await self._settled(session, act))
            return await self._panels(session)

    async def switch(self, session: Session, act: Mapping[str, object]) -> tuple[Html, ...]:
        """Another language was chosen: all panels in it."""
        async with session.lock:
            session.apply(act)
            return await self._page(session)

    async def suggest(self, typed: object, language: object) -> list[dict[str, str]] | None:
        """Suggestions for what is typed; None when the API does not answer, which must not look like no known name."""
        words = self._words.get(language if isinstance(language, str) else "") or self._words["en"]
        if not isinstance(typed, str) or not typed.strip():
            return []
        try:
            hits = await self._client.suggest(typed.strip()[:MAX_TEXT], words.language)
        except ApiError:
            return None
        return [suggestion(hit, words) for hit in hits[:MAX_HITS]]

    async def _settled(self, session: Session, act: Mapping[str, object]) -> Mapping[str, object]:
        """`typed` becomes `add` or `paste`: a comma separates medicines unless a known name holds it."""
        value = act.get("value")
        if act.get("act") != "typed" or not isinstance(value, str):
            return act
        several = len(split_list(value)) > 1 and not await self._known(value, session.language)
        return {**act, "act": "paste" if several else "add"}

    async def _known(self, name: str, language: str) -> bool:
        try:
            hits = await self._client.suggest(name.strip()[:MAX_TEXT], language)
        except ApiError:
            return False
        return any(hit.name.casefold() == name.strip().casefold() for hit in hits)

    async def _page(self, session: Session) -> tuple[Html, ...]:
        words = self._words[session.language]
        return (bar(words), entry(words), *await self._panels(session))

    async def _panels(self, session: Session) -> Panels:
        """The list, the result and the picture. Whatever goes wrong, no older result stays on the page."""
        words = self._words[session.language]
        if not session.lines:
            return listing(session, None, words), nothing_yet(words, session.revision), EMPTY
        try:
            answer = await self._client.check([line.request() for line in session.lines], session.language)
            _require_whole(answer, session)
            return listing(session, answer, words), result(answer, words, session.revision), draw(answer, words)
        except ApiError as error:
            problem = error
        except Exception as error:  # a defect of ours: tell where, but not the message, which may hold names
            _log.error(
                "the result could not be shown: %s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__))
            )
            problem = ApiError("failed")
        return listing(session, None, words), failure(problem, words, session.revision), EMPTY


def lay_out(blocks: gr.Blocks, workspace: CheckWorkspace, words: Words) -> Any:
    """Place the panels and connect them; to be called inside `with blocks`. Gives the bar, which others need too.

    Args:
        blocks: the page.
        workspace: what the events call.
        words: the language of the first moment, before the browser's is known.
    """
    session = gr.State(Session())

    async def suggest(data: dict[str, object]) -> list[dict[str, str]] | None:
        return await workspace.suggest(data.get("typed"), data.get("language"))

    top = hosted("bar.js", bar(words), "top")
    with gr.Row(elem_classes="workspace check-workspace"):
        with gr.Column(elem_classes="left", min_width=0):
            box = hosted("entry.js", entry(words), "entry-panel", [suggest])
            lines = hosted("lines.js", EMPTY, "lines-panel")
            graph = hosted(None, EMPTY, "picture-panel")
        with gr.Column(elem_classes="right", min_width=0):
            answer = hosted("result.js", EMPTY, "result-panel")
    panels = [lines, answer, graph]

    async def opened(state: Session, request: gr.Request) -> Any:
        return await workspace.open(state, request.query_params.get("lang"), request.headers.get("accept-language"))

    async def acted(state: Session, event: gr.EventData) -> Any:
        return await workspace.act(state, act_of(event))

    async def switched(state: Session, event: gr.EventData) -> Any:
        return await workspace.switch(state, act_of(event))

    # Gradio finds the special arguments by their types, which it reads from the annotations.
    top.act(switched, inputs=session, outputs=[top, box, *panels], **EVENT)
    for panel in (box, lines, answer):
        panel.act(acted, inputs=session, outputs=panels, **EVENT)
    blocks.load(opened, inputs=session, outputs=[top, box, *panels], **EVENT)
    return top


def hosted(script: str | None, value: Html, name: str, functions: list[Any] | None = None) -> Any:
    """A place of the page whose content and script are ours.

    Args:
        script: its file in `ui/data`. value: what it shows first. name: its id. functions: what its script may call.
    """
    code = (
        "".join(files("ui").joinpath("data", name).read_text("utf-8") for name in ("acts.js", script))
        if script
        else None
    )
    return gr.HTML(
        value,
        js_on_load=code,
        apply_default_css=False,
        elem_id=name,
        elem_classes="panel-host",
        server_functions=functions,
    )


def act_of(event: gr.EventData) -> Mapping[str, object]:
    """What the page's script says of an event; nothing where that is not of the expected shape."""
    data = event._data
    return data if isinstance(data, dict) else {}


def _require_whole(answer: Answer, session: Session) -> None:
    """An answer that leaves out a line is no answer: the missing line would look checked."""
    if sorted(medicine.input for medicine in answer.medicines) != list(range(len(session.lines))):
        raise ApiError("unreadable")

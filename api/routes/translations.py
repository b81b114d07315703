"""Translating text: one answer, or a stream of events."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from api import events, examples, views
from api import translation_asking as asking
from api import translation_views as shown
from api.depends import translation, translation_with_names
from api.problems import documented, language_of
from api.strict import StrictRoute
from api.translation_asking import Plan
from api.translation_languages import LanguagesOut, languages
from api.translation_service import Translation
from api.translation_shapes import TranslationIn, TranslationOut
from api.work import while_connected

router = APIRouter(tags=["translation"], route_class=StrictRoute)
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {events.MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "The translations, or events."}
}


@router.post(
    "/v1/translations",
    response_model=TranslationOut,
    responses={**documented(400, 404, 413, 415, 422, 503), **_EVENTS},
    summary="Translate text",
)
async def translate(
    request: Request, asked: Annotated[TranslationIn, Body(openapi_examples=examples.TRANSLATION)]
) -> Response:
    """Translate texts segment by segment, and say of each which checks it passed.

    With `Accept: text/event-stream` the answer is a stream: `start`, then for each segment `segment` and `progress`,
    then `done`, or `error` with problem details. Closing the connection stops the work.
    """
    parts = await translation_with_names(request)
    spoken = language_of(request.scope)
    if events.wanted(request):
        plan = await parts.quick.run(asking.plan, parts, asked)
        return events.stream(request, parts.translating, partial(_stream, parts, asked, plan, spoken))
    return views.answer(await while_connected(request, parts.translating, partial(_translate, parts, asked, spoken)))


@router.get(
    "/v1/translations/languages",
    response_model=LanguagesOut,
    responses=documented(503),
    summary="Languages that can be translated",
)
async def available(request: Request) -> Response:
    """The pairs of languages that installed models translate, with model, quality and licence."""
    parts = translation(request)
    return views.answer(await parts.quick.run(languages, parts.engine, language_of(request.scope)))


def _translate(parts: Translation, asked: TranslationIn, spoken: str, cancelled: Callable[[], bool]) -> dict[str, Any]:
    """The answer, in the shape of `TranslationOut`."""
    plan = asking.plan(parts, asked)
    found = parts.translator().translate(
        plan.texts,
        plan.source,
        plan.target,
        terms=plan.terms,
        strict=asked.strict,
        use_memory=asked.memory,
        cancelled=cancelled,
    )
    for text in found:
        for segment in text.segments:
            parts.metrics.segment(segment.status)
    return {
        "source": plan.source,
        "detected": plan.detected,
        "target": plan.target,
        "ok": all(text.ok for text in found),
        "engine": shown.engine(plan.path, spoken),
        "translations": [shown.translated(text, spoken) for text in found],
    }


def _stream(
    parts: Translation,
    asked: TranslationIn,
    plan: Plan,
    spoken: str,
    emit: events.Emit,
    cancelled: Callable[[], bool],
) -> None:
    """The events of a translation."""
    translator = parts.translator()
    head = {"source": plan.source, "detected": plan.detected, "target": plan.target}
    emit("start", {**head, "engine": shown.engine(plan.path, spoken), "texts": len(plan.texts)})
    done, unsure, total = 0, 0, translator.count(plan.texts, plan.source)
    for one in translator.stream(
        plan.texts,
        plan.source,
        plan.target,
        terms=plan.terms,
        strict=asked.strict,
        use_memory=asked.memory,
        cancelled=cancelled,
    ):
        done += 1
        unsure += one.segment.status in shown.UNSURE
        parts.metrics.segment(one.segment.status)
        place = {"text": one.text, "index": one.index, "count": one.count}
        emit("segment", {**place, "segment": shown.segment(one.segment, spoken)})
        emit("progress", {"done": done, "total": total})
    emit("done", {"ok": unsure == 0, "segments": done, "unsure": unsure})

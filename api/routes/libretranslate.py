"""LibreTranslate's protocol at the root, so that its clients work unchanged. Errors are `{"error": ...}`."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import libretranslate as libre
from api import translation_asking as asking
from api import views
from api.depends import translation, translation_with_names
from api.document_intake import Asked as AskedDocument
from api.document_intake import submit
from api.problems import language_of
from api.routes.documents import MAX_BYTES
from api.routes.jobs import LOOK_SECONDS, download, made
from api.translation_service import Translation
from api.translation_wiring import sample
from api.work import while_connected
from medinfo.errors import Cancelled, UserError

router = APIRouter(tags=["LibreTranslate"])


@router.post("/translate", summary="Translate text, as LibreTranslate does")
async def translate(request: Request) -> Response:
    """JSON or form: `q` (a text or a list), `source` (or `auto`), `target`, `format` (text, html), `alternatives`."""
    asked = libre.read(await libre.values(request))
    parts = await translation_with_names(request)
    work = partial(libre.translate, parts, asked, language_of(request.scope))
    return views.answer(await while_connected(request, parts.translating, work))


@router.post("/detect", summary="Detect a language, as LibreTranslate does")
async def detect(request: Request) -> Response:
    """The languages that `q` may be in, best first, with a confidence from 0 to 100."""
    given = await libre.values(request)
    texts = libre.texts_of(given) if isinstance(given.get("q"), list) else (libre.text_of(given, "q"),)
    parts = translation(request)

    def work() -> list[dict[str, Any]]:
        from translation.detect import detect

        found = detect(sample(texts))
        return [{"language": code, "confidence": round(100 * sure, 1)} for code, sure in found[:5] if sure >= 0.001]

    return views.answer(await parts.quick.run(work))


@router.get("/languages", summary="Languages, as LibreTranslate lists them")
async def languages(request: Request) -> Response:
    """What installed models translate."""
    parts = translation(request)
    return views.answer(await parts.quick.run(lambda: libre.languages(parts.engine())))


@router.get("/frontend/settings", summary="What a client of LibreTranslate may ask for")
async def frontend(request: Request) -> Response:
    """Limits, files, and the pair that comes first."""
    parts = translation(request)

    def work() -> dict[str, Any]:
        from translation.documents import FORMATS

        found = libre.languages(parts.engine())
        first = next((one for one in found if one["targets"]), None)
        by_code = {one["code"]: one for one in found}
        pair = (first, by_code[first["targets"][0]]) if first else (None, None)
        told = [None if one is None else {"code": one["code"], "name": one["name"]} for one in pair]
        return {
            "charLimit": asking.MAX_CHARACTERS,
            "frontendTimeout": 500,
            "apiKeys": False,
            "keyRequired": False,
            "suggestions": False,
            "filesTranslation": True,
            "supportedFilesFormat": [extension for form in FORMATS for extension in form.extensions],
            "language": {"source": told[0], "target": told[1]},
        }

    return views.answer(await parts.quick.run(work))


@router.get("/health", summary="Whether it lives, as LibreTranslate says it")
async def health() -> Response:
    """The process answers."""
    return views.answer({"status": "ok"})


@router.post("/translate_file", summary="Translate a file, as LibreTranslate does")
async def translate_file(request: Request) -> Response:
    """Form: `file`, `source` (or `auto`), `target`. Answers once the file is translated, with where to get it."""
    given = await libre.values(request)
    file = libre.upload(given)
    source = libre.language_of(given, "source")
    asked = AskedDocument(
        content=await file.read(MAX_BYTES + 1),
        filename=file.filename or "",
        media_type=file.content_type or "",
        source=None if source == libre.AUTO else source,
        target=libre.language_of(given, "target"),
        glossary=None,
        strict=False,
        output="",
        language=language_of(request.scope),
    )
    parts = await translation_with_names(request)
    job = await parts.quick.run(submit, parts, asked)
    state = await _ended(request, parts, job.id)
    if state != "done":
        raise Cancelled("The file was not translated.", hint=f"See /v1/jobs/{job.id}.")
    return views.answer({"translatedFileUrl": f"{request.base_url}download_file/{quote(job.id)}"})


@router.get("/download_file/{id}", summary="A translated file")
async def download_file(request: Request, id: str) -> Response:
    """The translated file."""
    parts = translation(request)
    return download(await parts.quick.run(made, parts, id[:64]))


async def _ended(request: Request, parts: Translation, id: str) -> str:
    """Wait for a job; a caller who goes takes it along."""
    jobs = parts.store().jobs
    while True:
        found = await parts.quick.run(jobs.get, id)
        if found.state in {"done", "failed", "cancelled"}:
            if found.error:
                raise _failed(found.error.code, found.error.params)
            return found.state
        if await request.is_disconnected():
            await parts.quick.run(jobs.cancel, id)
            raise Cancelled("The caller has gone.")
        await asyncio.sleep(LOOK_SECONDS / 5)


def _failed(code: str, params: Any) -> UserError:
    """The error of a job, raised again."""
    error = UserError("The file could not be translated.", hint=f"Reason: {code}.", params=params)
    error.code = code
    return error

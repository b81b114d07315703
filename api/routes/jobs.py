"""Long pieces of work: how far they are, stopping them, what they made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api import events, job_views, views
from api.depends import translation
from api.problems import documented, language_of, of_error
from api.refusals import NoResult
from api.translation_service import Translation
from api.translation_shapes import JobOut
from medinfo.errors import InvalidInput, MedinfoError

if TYPE_CHECKING:
    from medinfo.storage.job_rows import JobResult

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])

Id = Annotated[str, Path(min_length=1, max_length=64, description="Id of a job; who knows it may read its result.")]
LOOK_SECONDS = 0.5
"""Between two looks at a job whose events somebody reads."""
_FINISHED = frozenset({"done", "failed", "cancelled"})


@router.get("/{id}", response_model=JobOut, responses=documented(404, 422, 503), summary="One job")
async def one(request: Request, id: Id) -> Response:
    """How far a job is; once it is done, what came of it."""
    parts, spoken = translation(request), language_of(request.scope)
    return views.answer(await parts.quick.run(lambda: job_views.current(parts.store().jobs, id, spoken)))


@router.delete("/{id}", response_model=JobOut, responses=documented(404, 422, 503), summary="Cancel or delete a job")
async def cancel(request: Request, id: Id) -> Response:
    """Stop a job that waits or runs (200, the job); delete a finished one with its result at once (204)."""
    parts, spoken = translation(request), language_of(request.scope)

    def work() -> dict[str, Any] | None:
        jobs = parts.store().jobs
        if jobs.get(id).state in _FINISHED:
            jobs.delete(id)
            return None
        jobs.cancel(id)
        return job_views.current(jobs, id, spoken)

    told = await parts.quick.run(work)
    return Response(status_code=204) if told is None else views.answer(told)


@router.get(
    "/{id}/events",
    responses={**documented(404, 422, 503), 200: {"content": {events.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    summary="Events of a job",
)
async def follow(request: Request, id: Id) -> Response:
    """The job as event `job` whenever it changed, until it has ended; then `end`."""
    parts, spoken = translation(request), language_of(request.scope)
    first = await parts.quick.run(lambda: job_views.current(parts.store().jobs, id, spoken))
    return events.polled(_changes(request, parts, id, first))


async def _changes(
    request: Request, parts: Translation, id: str, told: dict[str, Any]
) -> AsyncIterator[tuple[str, Any]]:
    yield "job", told
    silent = 0.0
    while told["state"] not in _FINISHED:
        await asyncio.sleep(LOOK_SECONDS)
        silent += LOOK_SECONDS
        try:
            now = await parts.quick.run(lambda: job_views.current(parts.store().jobs, id, language_of(request.scope)))
        except MedinfoError as error:  # deleted meanwhile
            yield "error", of_error(request.scope, error)
            return
        if now != told:
            told, silent = now, 0.0
            yield "job", told
        elif silent >= events.KEEP_ALIVE:
            silent = 0.0
            yield "", None
    yield "end", {"state": told["state"]}


@router.get(
    "/{id}/result",
    responses={
        **documented(404, 409, 422, 503),
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    },
    summary="What a job made",
)
async def result(request: Request, id: Id) -> Response:
    """The translated file, to be saved: no browser shows it as a page of this service."""
    parts = translation(request)
    return download(await parts.quick.run(lambda: made(parts, id)))


def made(parts: Translation, id: str) -> JobResult:
    """What a job made. Blocking.

    Raises:
        NotFound: no such job. NoResult: it has made nothing (yet).
    """
    jobs = parts.store().jobs
    state = jobs.get(id).state
    if state != "done":
        raise NoResult(f"The job is {state}; it has no result.", params={"state": state})
    return jobs.result(id)


def download(found: JobResult) -> Response:
    """A file as an attachment; that its type is not guessed is said of every answer."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in found.filename
    )
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.filename, safe='')}",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    return Response(found.content, media_type=_plain(found.media_type), headers=headers)


def _plain(media_type: str) -> str:
    """The media type, if it is one that a header can hold."""
    if not media_type.isascii() or not media_type.isprintable() or len(media_type) > 100:
        raise InvalidInput("The result has no media type.")
    return media_type

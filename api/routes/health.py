"""Whether the process lives, whether it is ready, and its metrics."""

from __future__ import annotations

import contextlib
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.metrics import CONTENT_TYPE
from api.problems import documented, problem
from api.shapes import EditionOut
from medinfo.errors import UserError

router = APIRouter(tags=["health"])


class LiveOut(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"


class ReadyOut(BaseModel):
    """The knowledge is loaded; `sources` are the editions in use."""

    status: Literal["ready"] = "ready"
    sources: list[EditionOut]


@router.get("/health/live")
async def live() -> LiveOut:
    """Whether the process lives."""
    return LiveOut()


@router.get("/health/ready", response_model=ReadyOut, responses=documented(503))
async def ready(request: Request) -> Response | ReadyOut:
    """Whether tables are compiled and the index is built, and on which editions answers rest."""
    snapshot = request.app.state.service.look()  # whoever is not ready gets no other requests that would look
    if snapshot is None:
        return problem(request.scope, 503, "not-ready", headers={"Retry-After": "1"})
    return ReadyOut(sources=snapshot.editions("en"))


@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Metrics in Prometheus' text form."""
    service, told, shared = request.app.state.service, request.app.state.metrics, request.app.state.translation
    with contextlib.suppress(UserError):  # a database that is away takes the count of jobs with it, not the rest
        await shared.quick.run(shared.observe)
    if service.ready is not None:
        for edition in service.ready.editions("en"):
            told.knowledge(edition["id"], edition["age_months"])
    return Response(told.text(), media_type=CONTENT_TYPE)

"""What answers rest on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import views
from api.depends import Spoken, current
from api.problems import documented
from api.shapes import KnowledgeOut

router = APIRouter(tags=["knowledge"])


@router.get("/v1/knowledge", response_model=KnowledgeOut, responses=documented(422, 503), summary="Sources in use")
async def knowledge(request: Request, language: Spoken = "en") -> Response:
    """The sources in use, their editions and ages, with a warning where one is older than twelve months."""
    return views.answer(views.knowledge(await current(request), language))

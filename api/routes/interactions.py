"""The interaction check."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from api import examples, problems, views
from api.depends import current
from api.problems import documented
from api.shapes import CheckIn, CheckOut
from api.strict import StrictRoute
from medinfo.errors import UserError

router = APIRouter(tags=["interactions"], route_class=StrictRoute)


@router.post(
    "/v1/interactions/check",
    response_model=CheckOut,
    responses=documented(400, 413, 415, 422, 503),
    summary="Check a list of medicines",
)
async def check(request: Request, asked: Annotated[CheckIn, Body(openapi_examples=examples.CHECK)]) -> Response:
    """Find every interaction that the sources state between the medicines of the list.

    A check of 20 medicines takes well under 5 ms, so it runs right here: a thread would cost more than it saves.
    The answer is written as it is built; tests hold it to the documented shape.
    """
    snapshot = await current(request)
    try:
        return views.answer(views.check(snapshot, asked))
    except UserError as error:
        return problems.of(request.scope, error, language=asked.language, fields=views.refusals(snapshot, asked))

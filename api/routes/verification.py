"""The checks alone, on anybody's translation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import translation_asking as asking
from api import translation_views as shown
from api import views
from api.depends import translation_with_names
from api.problems import documented, language_of
from api.strict import StrictRoute
from api.translation_shapes import VerifyIn, VerifyOut
from api.work import while_connected

router = APIRouter(tags=["translation"], route_class=StrictRoute)


@router.post(
    "/v1/translations/verify",
    response_model=VerifyOut,
    responses=documented(400, 404, 413, 415, 422, 503),
    summary="Check a translation",
)
async def verify(request: Request, asked: VerifyIn) -> Response:
    """Compare a translation with its source: numbers, doses, units, medicines, negations, and the rest.

    Needs no model. `checks.not_made` names what could not be checked for these languages: it did not pass.
    """
    parts = await translation_with_names(request)
    spoken = language_of(request.scope)

    def work(_cancelled: object) -> dict[str, Any]:
        from translation.verify import verify

        source, target = shown.primary(asked.source_language), shown.primary(asked.target_language)
        terms = asking.terms(parts, asked.glossary, source, target)
        found = verify(asked.source, asked.target, source, target, names=parts.names(), terms=terms)
        return shown.verdict(found, spoken)

    return views.answer(await while_connected(request, parts.quick, work))

"""Medicines: type-ahead, and all that is known of one substance."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api import views
from api.depends import Spoken, current
from api.problems import documented
from api.shapes import MedicineDetailOut, MedicineSearchOut

router = APIRouter(prefix="/v1/medicines", tags=["medicines"])

Typed = Annotated[str, Query(min_length=1, max_length=200, description="What was typed so far.", examples=["warf"])]
Most = Annotated[int, Query(ge=1, le=50, description="Most hits to return.")]
Id = Annotated[str, Path(min_length=1, max_length=100, description="Id of a substance.", examples=["warfarin"])]


@router.get("", response_model=MedicineSearchOut, responses=documented(422, 503), summary="Search medicines by name")
async def search(request: Request, q: Typed, limit: Most = 10, language: Spoken = "en") -> Response:
    """Medicines whose names begin with or resemble what was typed, best first."""
    return views.answer(views.search(await current(request), q, limit, language))


@router.get("/{id}", response_model=MedicineDetailOut, responses=documented(404, 422, 503), summary="One substance")
async def detail(request: Request, id: Id, language: Spoken = "en") -> Response:
    """All that is known of one substance: names, codes, the classes that sources put it in, some brands."""
    return views.answer(views.detail(await current(request), id, language))

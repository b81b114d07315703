"""Translations that a person approved; they are used first from then on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api import translation_views as shown
from api import views
from api.depends import translation, translation_with_names
from api.problems import documented, language_of
from api.refusals import FailedChecks
from api.strict import StrictRoute
from api.translation_shapes import ApprovedIn, ApprovedListOut, ApprovedOut, Tag

router = APIRouter(prefix="/v1/translation-memory", tags=["translation memory"], route_class=StrictRoute)

Id = Annotated[str, Path(min_length=1, max_length=64, description="Id of an approved translation.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]
Most = Annotated[int, Query(ge=1, le=200, description="Entries of a page.")]
Spoken = Annotated[Tag | None, Query(description="Only those of this language.")]


@router.post(
    "",
    status_code=201,
    response_model=ApprovedOut,
    responses=documented(400, 409, 413, 415, 422, 503),
    summary="Approve a translation",
)
async def approve(request: Request, asked: ApprovedIn) -> Response:
    """Store a translation of one segment that a person stands by.

    It is checked first. What fails a check is refused with what failed, unless `confirm` says that the person has read
    that; the failures are stored beside it, and it stays flagged wherever it is used.
    """
    parts = await translation_with_names(request)
    spoken, actor = language_of(request.scope), str(request.state.actor)
    source, target = shown.primary(asked.source_language), shown.primary(asked.target_language)

    def work() -> dict[str, Any]:
        from translation.verify import verify

        found = verify(asked.source, asked.target, source, target, names=parts.names())
        failures = [shown.failure(one, spoken) for one in found.failures]
        if failures and not asked.confirm:
            raise FailedChecks(failures)
        memory = parts.store().memory
        return _shown(memory.approve(asked.source, asked.target, source, target, actor=actor, failures=failures))

    made = await parts.quick.run(work)
    answer = views.answer(made)
    answer.status_code = 201
    answer.headers["Location"] = f"/v1/translation-memory/{made['id']}"
    return answer


@router.get("", response_model=ApprovedListOut, responses=documented(422, 503), summary="Approved translations")
async def page(
    request: Request, cursor: Cursor = None, limit: Most = 50, source: Spoken = None, target: Spoken = None
) -> Response:
    """Approved translations, newest first, page by page."""
    parts = translation(request)
    pair = {"source_language": shown.primary(source or ""), "target_language": shown.primary(target or "")}
    found = await parts.quick.run(lambda: parts.store().memory.page(cursor, limit, **pair))
    return views.answer({"entries": [_shown(one) for one in found.entries], "next": found.next})


@router.get("/{id}", response_model=ApprovedOut, responses=documented(404, 422, 503), summary="One of them")
async def one(request: Request, id: Id) -> Response:
    """One approved translation."""
    parts = translation(request)
    return views.answer(await parts.quick.run(lambda: _shown(parts.store().memory.get(id))))


@router.delete("/{id}", status_code=204, responses=documented(404, 422, 503), summary="Withdraw an approval")
async def delete(request: Request, id: Id) -> Response:
    """Delete an approved translation; it is used no more."""
    parts = translation(request)
    await parts.quick.run(lambda: parts.store().memory.delete(id))
    return Response(status_code=204)


def _shown(found: Any) -> dict[str, Any]:
    """In the shape of `ApprovedOut`."""
    return {
        "id": found.id,
        "source": found.source,
        "target": found.target,
        "source_language": found.source_language,
        "target_language": found.target_language,
        "approved_by": found.approved_by,
        "approved_at": found.approved_at.isoformat().replace("+00:00", "Z"),
        "failures": [dict(each) for each in found.failures],
    }

"""Translating a file: taken at once, done as a job."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from api import job_views, views
from api.depends import translation
from api.document_intake import Asked, submit
from api.problems import documented, language_of
from api.translation_shapes import JobOut, Tag

router = APIRouter(tags=["translation"])

MAX_BYTES = 10_000_000
Document = Annotated[UploadFile, File(description="Text, Markdown, HTML, JSON, DOCX, XLIFF 2, FHIR or PDF; 10 MB.")]
Glossary = Annotated[str | None, Form(min_length=1, max_length=64, description="Id of a glossary.")]
Output = Annotated[str, Form(max_length=20, description="`docx` or `html`, for a PDF.")]


@router.post(
    "/v1/translations/documents",
    status_code=202,
    response_model=JobOut,
    responses=documented(400, 403, 404, 413, 415, 422, 503),
    summary="Translate a file",
)
async def translate(
    request: Request,
    file: Document,
    target: Annotated[Tag, Form()],
    source: Annotated[Tag | None, Form()] = None,
    glossary: Glossary = None,
    strict: Annotated[bool, Form()] = False,
    output: Output = "",
) -> Response:
    """Take a file and translate it as a job; see its state at `Location`.

    Markup, codes and layout stay as they are. Before a segment that failed a check stands a visible marker.
    """
    parts = translation(request)
    asked = Asked(
        content=await file.read(MAX_BYTES + 1),
        filename=file.filename or "",
        media_type=file.content_type or "",
        source=source,
        target=target,
        glossary=glossary,
        strict=strict,
        output=output,
        language=language_of(request.scope),
    )

    def work() -> dict[str, Any]:
        return job_views.job(submit(parts, asked), None, asked.language)

    told = await parts.quick.run(work)
    answer = views.answer(told)
    answer.status_code = 202
    answer.headers["Location"] = f"/v1/jobs/{told['id']}"
    return answer

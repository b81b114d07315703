"""Jobs in the shape of `api.translation_shapes.JobOut`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from api import problems
from api.translation_jobs import report

if TYPE_CHECKING:
    from medinfo.phrases import Language
    from medinfo.storage.job_rows import Job
    from medinfo.storage.jobs import Jobs


def job(found: Job, told: Mapping[str, Any] | None, language: Language | str) -> dict[str, Any]:
    """A job.

    Args:
        told: the report of its result, None where there is none. language: of the caller.
    """
    return {
        "id": found.id,
        "kind": found.kind,
        "state": found.state,
        "done": found.done,
        "total": found.total,
        "created_at": found.created_at.isoformat().replace("+00:00", "Z"),
        "filename": found.params.get("filename") or None,
        "error": problems.of_code(found.error.code, found.error.params, language) if found.error else None,
        "report": None if told is None else report(told, language),
        "result": f"/v1/jobs/{found.id}/result" if found.state == "done" else None,
    }


def current(jobs: Jobs, id: str, language: Language | str) -> dict[str, Any]:
    """A job as it is now. Blocking.

    Raises:
        NotFound: no such job.
    """
    found = jobs.get(id)
    return job(found, jobs.report(id) if found.state == "done" else None, language)

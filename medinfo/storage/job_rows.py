"""What a job is, and how it stands in its row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, delete, update

from medinfo.errors import InvalidInput, UserError
from medinfo.storage.schema import job_checkpoints, job_contents, jobs

State = Literal["waiting", "running", "done", "failed", "cancelled"]
FINISHED: tuple[State, ...] = ("done", "failed", "cancelled")

MAX_JSON = 10_000_000
"""Characters of the parameters or the report of a job, as JSON."""
_MAX_PARAM = 200


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job failed: a code with the phrase `error.<code>` and its values. Never what the job worked on."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """A long piece of work.

    Attributes:
        id: unguessable: who knows it may read and cancel the job. kind: which handler does it.
        params: what the caller asked for, JSON values. done, total: parts of it; total None while it is not known.
        attempts: how often it was begun. cancelling: it is to stop, and has not yet.
        error: why it failed. Times are in UTC.
    """

    id: str
    kind: str
    state: State
    params: Mapping[str, Any]
    done: int
    total: int | None
    attempts: int
    created_at: datetime
    finished_at: datetime | None = None
    cancelling: bool = False
    error: JobError | None = None


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job made.

    Attributes:
        content: bytes of a document, or whatever the kind promises. media_type, filename: of the content.
        report: JSON values that say what happened.
    """

    content: bytes
    media_type: str = "application/octet-stream"
    filename: str = ""
    report: Mapping[str, Any] = field(default_factory=dict)


def to_json(value: Mapping[str, Any], what: str) -> str:
    """A mapping as JSON.

    Raises:
        InvalidInput: it is too large, or holds what JSON cannot.
    """
    try:
        told = json.dumps(dict(value), ensure_ascii=True, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(f"{what} cannot be told in JSON.") from error
    if len(told) > MAX_JSON:
        raise InvalidInput(f"{what} is too large.", params={"max": MAX_JSON})
    return told


def error_of(error: BaseException) -> JobError:
    """What is kept of an exception: the code and short values of one of ours, nothing of any other's text."""
    if not isinstance(error, UserError):
        return JobError("internal")
    short = {
        name[:_MAX_PARAM]: value if isinstance(value, int) else value[:_MAX_PARAM]
        for name, value in error.params.items()
    }
    return JobError(error.code, short)


def from_row(row: RowMapping) -> Job:
    """A job from its row."""
    code = row["error_code"]
    return Job(
        row["id"],
        row["kind"],
        row["state"],
        json.loads(row["params"]),
        row["done"],
        row["total"],
        row["attempts"],
        datetime.fromtimestamp(row["created_at"], UTC),
        None if row["finished_at"] is None else datetime.fromtimestamp(row["finished_at"], UTC),
        bool(row["cancel_asked"]) and row["state"] == "running",
        JobError(code, json.loads(row["error_params"] or "{}")) if code else None,
    )


def end(
    connection: Connection, number: int, state: State, now: float, *, size: int = 0, error: JobError | None = None
) -> None:
    """Mark a job as finished and delete what it worked on: content and checkpoints may hold a patient's data."""
    values = {
        "state": state,
        "finished_at": now,
        "size": size,
        "lease": None,
        "lease_until": None,
        "error_code": error.code if error else None,
        "error_params": to_json(error.params, "The error") if error else None,
    }
    connection.execute(update(jobs).where(jobs.c.number == number).values(values))
    connection.execute(delete(job_contents).where(job_contents.c.job == number))
    connection.execute(delete(job_checkpoints).where(job_checkpoints.c.job == number))

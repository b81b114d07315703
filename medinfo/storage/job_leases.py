"""The runner's side of jobs: taking one for a while, keeping it, giving it back or ending it.

Each time that a job is taken it gets a new lease, a random word. Every write names it, so that a process that slept
through its time can write nothing into a job that another has taken.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, or_, select, update

from medinfo.errors import Cancelled, InvalidInput
from medinfo.storage.job_rows import Job, JobError, JobResult, end, from_row, to_json
from medinfo.storage.jobs import Jobs
from medinfo.storage.schema import job_checkpoints, job_contents, job_results, jobs

MAX_ATTEMPTS = 3
"""How often a job is begun: one that brings its process down is given up after this."""
MAX_RESULT = 64 * 2**20
MAX_SAVED = 64 * 2**20
"""Bytes of all saved parts of a job."""
MAX_KEYS = 20_000
_INTERRUPTED = JobError("interrupted")


class LeaseLost(Cancelled):
    """Another runner has the job now, or it was deleted: stop, and write nothing."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that was taken.

    Attributes:
        job: as it was then. number: of its row. word: the lease. content: what to work on.
        saved: parts that an earlier attempt saved.
    """

    job: Job
    number: int
    word: str
    content: bytes
    saved: Mapping[str, bytes]


class Leases:
    """Takes jobs, and writes into those that it took.

    Args:
        jobs: all jobs. seconds: how long a lease holds without a heartbeat. max_attempts: see `MAX_ATTEMPTS`.
    """

    def __init__(self, jobs: Jobs, *, seconds: float = 60.0, max_attempts: int = MAX_ATTEMPTS) -> None:
        self._jobs = jobs
        self._seconds = seconds
        self._max_attempts = max_attempts

    def claim(self, kinds: Collection[str]) -> Lease | None:
        """Take the oldest job that waits, or whose lease has run out; None where there is none.

        Args:
            kinds: only these.
        """
        ready = self._ready(kinds)
        with self._jobs.database.read() as connection:  # looking takes no turn of the one writer
            if connection.execute(select(jobs.c.number).where(ready).limit(1)).first() is None:
                return None
        while True:
            with self._jobs.database.write() as connection:
                query = select(jobs).where(ready).order_by(jobs.c.number).limit(1)
                row = connection.execute(query.with_for_update(skip_locked=True)).mappings().first()
                if row is None:
                    return None
                if not self._given_up(connection, row):
                    return self._take(connection, row)

    def heartbeat(self, lease: Lease, done: int, total: int | None) -> bool:
        """Keep a lease, and store how far the job is; True if the job is to stop.

        Raises:
            LeaseLost: it was lost.
        """
        values = {"lease_until": self._jobs.clock() + self._seconds, "done": done, "total": total}
        with self._jobs.database.write() as connection:
            found = connection.execute(update(jobs).where(_held(lease)).values(values).returning(jobs.c.cancel_asked))
            row = found.first()
        if row is None:
            raise LeaseLost("The lease was lost.")
        return bool(row[0])

    def asked_to_stop(self, lease: Lease) -> bool:
        """Whether the job is to stop: somebody cancelled it, or another runner has it. Only reads."""
        with self._jobs.database.read() as connection:
            row = connection.execute(select(jobs.c.cancel_asked).where(_held(lease))).first()
        return row is None or bool(row[0])

    def save(self, lease: Lease, key: str, value: bytes) -> None:
        """Keep a part of the work for the next attempt, should this one be cut off.

        Raises:
            LeaseLost: the lease was lost.
        """
        where = and_(job_checkpoints.c.job == lease.number, job_checkpoints.c.key == key)
        with self._jobs.database.write() as connection:
            _require(connection, lease)
            connection.execute(delete(job_checkpoints).where(where))
            connection.execute(insert(job_checkpoints).values(job=lease.number, key=key, value=value))

    def finish(self, lease: Lease, result: JobResult, done: int, total: int | None) -> None:
        """End a job with its result; one that was cancelled meanwhile ends without.

        Raises:
            LeaseLost: the lease was lost. InvalidInput: the result is too large.
        """
        if len(result.content) > MAX_RESULT:
            raise InvalidInput(f"A result holds at most {MAX_RESULT // 2**20} MB.", params={"max": MAX_RESULT})
        report = to_json(result.report, "The report")
        values = {"media_type": result.media_type, "filename": result.filename, "report": report}
        with self._jobs.database.write() as connection:
            row = _require(connection, lease)
            if row["cancel_asked"]:
                end(connection, lease.number, "cancelled", self._jobs.clock())
                return
            connection.execute(insert(job_results).values(job=lease.number, content=result.content, **values))
            connection.execute(update(jobs).where(_held(lease)).values(done=done, total=total))
            size = len(result.content) + len(report)
            end(connection, lease.number, "done", self._jobs.clock(), size=size)

    def fail(self, lease: Lease, error: JobError) -> None:
        """End a job with an error, or as cancelled if it was.

        Raises:
            LeaseLost: the lease was lost.
        """
        with self._jobs.database.write() as connection:
            row = _require(connection, lease)
            if row["cancel_asked"]:
                end(connection, lease.number, "cancelled", self._jobs.clock())
            else:
                end(connection, lease.number, "failed", self._jobs.clock(), error=error)

    def release(
        self, lease: Lease, *, wait: float = 0.0, counted: bool = False, error: JobError = _INTERRUPTED
    ) -> None:
        """Give a job back to the queue with what it saved.

        Args:
            wait: seconds before it may be taken again. counted: whether this was an attempt, which may be its last.
            error: what it then ends with.

        Raises:
            LeaseLost: the lease was lost.
        """
        now = self._jobs.clock()
        with self._jobs.database.write() as connection:
            row = _require(connection, lease)
            if row["cancel_asked"]:
                end(connection, lease.number, "cancelled", now)
            elif counted and row["attempts"] >= self._max_attempts:
                end(connection, lease.number, "failed", now, error=error)
            else:
                attempts = row["attempts"] - (not counted)
                free = {"state": "waiting", "lease": None, "lease_until": None, "not_before": now + wait}
                connection.execute(update(jobs).where(_held(lease)).values(**free, attempts=attempts))

    def _ready(self, kinds: Collection[str]) -> ColumnElement[bool]:
        now, column = self._jobs.clock(), jobs.c
        waits = and_(column.state == "waiting", column.not_before <= now)
        left = and_(column.state == "running", column.lease_until < now)
        return and_(column.kind.in_(sorted(kinds)), or_(waits, left))

    def _given_up(self, connection: Connection, row: RowMapping) -> bool:
        if row["cancel_asked"]:
            end(connection, row["number"], "cancelled", self._jobs.clock())
            return True
        if row["attempts"] >= self._max_attempts:
            end(connection, row["number"], "failed", self._jobs.clock(), error=_INTERRUPTED)
            return True
        return False

    def _take(self, connection: Connection, row: RowMapping) -> Lease:
        number, word = row["number"], secrets.token_hex(16)
        taken = {"state": "running", "lease": word, "lease_until": self._jobs.clock() + self._seconds}
        here = jobs.c.number == number
        connection.execute(update(jobs).where(here).values(**taken, attempts=row["attempts"] + 1))
        content = connection.scalar(select(job_contents.c.content).where(job_contents.c.job == number))
        saved = connection.execute(
            select(job_checkpoints.c.key, job_checkpoints.c.value).where(job_checkpoints.c.job == number)
        )
        job = from_row(connection.execute(select(jobs).where(here)).mappings().one())
        return Lease(job, number, word, bytes(content or b""), dict(saved.all()))


def _held(lease: Lease) -> ColumnElement[bool]:
    return and_(jobs.c.number == lease.number, jobs.c.lease == lease.word, jobs.c.state == "running")


def _require(connection: Connection, lease: Lease) -> RowMapping:
    row = connection.execute(select(jobs).where(_held(lease)).with_for_update()).mappings().first()
    if row is None:
        raise LeaseLost("The lease was lost.")
    return row

"""Jobs: long pieces of work as rows, which survive the process that does them.

    waiting -> running -> done | failed | cancelled
       |          `-> waiting            the process stopped or died; saved parts are kept
       `-> cancelled

What a job worked on is deleted as soon as it is finished, its result and the row after the retention time.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from medinfo.errors import InvalidInput, NotFound, Overloaded
from medinfo.storage.database import Database
from medinfo.storage.job_rows import FINISHED, Job, JobResult, end, from_row, to_json
from medinfo.storage.schema import job_contents, job_results, jobs

MAX_CONTENT = 16 * 2**20
"""Bytes that one job may work on."""
MAX_WAITING = 200
"""Jobs that may wait or run; past it a caller is told to come back."""
MAX_STORED = 4 * 2**30
"""Bytes of contents and results of all jobs together."""
_BUSY_SECONDS = 30
_KIND = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Jobs:
    """All jobs of a database. Threads can share it.

    Args:
        database: where they are. clock: seconds since 1970; runners of one database need clocks that agree to within
            a few seconds. max_waiting, max_stored: jobs and bytes past which no more are taken.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], float] = time.time,
        max_waiting: int = MAX_WAITING,
        max_stored: int = MAX_STORED,
    ) -> None:
        self.database = database
        self.clock = clock
        self._max_waiting = max_waiting
        self._max_stored = max_stored
        self._news = threading.Condition()

    def submit(self, kind: str, params: Mapping[str, Any], content: bytes) -> Job:
        """Put a job into the queue.

        Args:
            kind: name of the handler. params: JSON values for it. content: what it works on, at most 16 MB.

        Raises:
            InvalidInput: something is out of its bounds. Overloaded: the queue or the store is full.
        """
        if not _KIND.fullmatch(kind):
            raise InvalidInput(f"{kind[:80]!r} is not the name of a kind of job.")
        if len(content) > MAX_CONTENT:
            raise InvalidInput(f"A job takes at most {MAX_CONTENT // 2**20} MB.", params={"max": MAX_CONTENT})
        now = self.clock()
        row = {
            "id": secrets.token_urlsafe(24),
            "kind": kind,
            "state": "waiting",
            "params": to_json(params, "What is asked of the job"),
            "size": len(content),
            "done": 0,
            "attempts": 0,
            "created_at": now,
            "not_before": now,
            "cancel_asked": False,
        }
        with self.database.write() as connection:
            self._check_room(connection, len(content))
            number = connection.scalar(insert(jobs).values(row).returning(jobs.c.number))
            connection.execute(insert(job_contents).values(job=number, content=content))
            job = from_row(_row(connection, str(row["id"])))
        self.tell()
        return job

    def get(self, id: str) -> Job:
        """A job by its id.

        Raises:
            NotFound: no such job, or it was deleted.
        """
        with self.database.read() as connection:
            return from_row(_row(connection, id))

    def result(self, id: str) -> JobResult:
        """What a job made.

        Raises:
            NotFound: no such job, or it has no result: it has not ended, has failed or was cancelled.
        """
        query = select(job_results).join(jobs).where(jobs.c.id == id)
        with self.database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("There is no result of such a job.")
        return JobResult(row["content"], row["media_type"], row["filename"], json.loads(row["report"]))

    def report(self, id: str) -> Mapping[str, Any] | None:
        """What a job's result says of itself, without its content; None where there is no result."""
        query = select(job_results.c.report).join(jobs).where(jobs.c.id == id)
        with self.database.read() as connection:
            told = connection.scalar(query)
        return None if told is None else dict(json.loads(told))

    def cancel(self, id: str) -> Job:
        """Stop a job: at once where it waits, at its next step where it runs. A finished one stays as it is.

        Raises:
            NotFound: no such job.
        """
        with self.database.write() as connection:
            row = _row(connection, id, lock=True)
            if row["state"] == "waiting":
                end(connection, row["number"], "cancelled", self.clock())
            elif row["state"] == "running":
                connection.execute(update(jobs).where(jobs.c.number == row["number"]).values(cancel_asked=True))
            job = from_row(_row(connection, id))
        self.tell()
        return job

    def delete(self, id: str) -> None:
        """Delete a finished job with its result.

        Raises:
            NotFound: no such job. InvalidInput: it has not finished; cancel it first.
        """
        with self.database.write() as connection:
            row = _row(connection, id, lock=True)
            if row["state"] not in FINISHED:
                raise InvalidInput("The job has not finished.", hint="Cancel it first.")
            connection.execute(delete(jobs).where(jobs.c.number == row["number"]))
        self.database.forget()

    def purge(self, older_than: timedelta) -> int:
        """Delete jobs that finished longer ago than this, with their results; how many they were."""
        before = self.clock() - older_than.total_seconds()
        with self.database.write() as connection:
            gone = connection.execute(delete(jobs).where(jobs.c.finished_at <= before)).rowcount
        if gone:
            self.database.forget()
        return gone

    def counts(self) -> Mapping[str, int]:
        """How many jobs are in each state that any is in."""
        with self.database.read() as connection:
            return dict(connection.execute(_COUNTS).all())

    def tell(self) -> None:
        """Wake those of this process that wait for something to happen."""
        with self._news:
            self._news.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait until a job was submitted or cancelled in this process, or this long."""
        with self._news:
            self._news.wait(seconds)

    def _check_room(self, connection: Connection, size: int) -> None:
        counts: dict[str, int] = dict(connection.execute(_COUNTS).all())
        if counts.get("waiting", 0) + counts.get("running", 0) >= self._max_waiting:
            raise Overloaded("Too many jobs are waiting.", retry_after=_BUSY_SECONDS)
        if (connection.scalar(select(func.coalesce(func.sum(jobs.c.size), 0))) or 0) + size > self._max_stored:
            raise Overloaded(
                "The store of jobs is full.", retry_after=_BUSY_SECONDS, hint="Delete results that are not needed."
            )


_COUNTS = select(jobs.c.state, func.count()).group_by(jobs.c.state)


def _row(connection: Connection, id: str, *, lock: bool = False) -> RowMapping:
    query = select(jobs).where(jobs.c.id == id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NotFound("There is no such job, or it was deleted.")
    return row

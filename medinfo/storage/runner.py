"""Runs jobs in threads of this process, as many at once as there are workers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from medinfo import logs
from medinfo.errors import InvalidInput, Overloaded
from medinfo.storage.job_context import JobContext
from medinfo.storage.job_leases import Lease, LeaseLost, Leases
from medinfo.storage.job_rows import JobError, JobResult, error_of
from medinfo.storage.jobs import Jobs

Handler = Callable[[JobContext], JobResult]
"""Does one job. It asks `cancelled()` often, and then raises `medinfo.errors.Cancelled`; it may be called again for
the same job with what it saved before. An error of ours that it raises is kept as its code and values."""

_PURGE_SECONDS = 600.0
_TROUBLE_SECONDS = 5.0
_log = logs.get(__name__)


class Runner:
    """Runs jobs from `start` to `close`.

    Args:
        jobs: where they are. handlers: by kind; jobs of other kinds are left to other runners.
        workers: jobs done side by side. lease_seconds: a job whose process died is taken over after so long.
        retention: finished jobs are deleted after this; None leaves that to others.
        poll_seconds: how often to look for jobs that other processes submitted.
        beat_seconds: how often to look whether a job was cancelled, and to store how far it is.
    """

    def __init__(
        self,
        jobs: Jobs,
        handlers: Mapping[str, Handler],
        workers: int = 1,
        *,
        lease_seconds: float = 60.0,
        retention: timedelta | None = None,
        poll_seconds: float = 1.0,
        beat_seconds: float = 0.5,
    ) -> None:
        if workers < 1:
            raise InvalidInput("A runner needs at least one worker.")
        self._jobs = jobs
        self._handlers = dict(handlers)
        self._leases = Leases(jobs, seconds=lease_seconds)
        self._beats = beat_seconds, lease_seconds / 4
        self._poll = poll_seconds
        self._retention = retention
        self._stopping = threading.Event()
        self._next_purge = 0.0
        self._threads = [
            threading.Thread(target=self._work, name=f"jobs-{number}", daemon=True) for number in range(workers)
        ]

    def start(self) -> None:
        """Begin to take jobs."""
        for thread in self._threads:
            thread.start()

    def close(self, timeout: float = 10.0) -> None:
        """Take no more jobs, tell those that run to stop, and wait for them; they go back into the queue.

        Args:
            timeout: seconds to wait for all of them; what does not stop is taken over when its lease has run out.
        """
        self._stopping.set()
        self._jobs.tell()
        end = time.monotonic() + timeout
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def run_one(self) -> bool:
        """Do one job in this thread, if any is ready; whether there was one."""
        lease = self._leases.claim(self._handlers)
        if lease is None:
            return False
        with JobContext(lease, self._leases, self._stopping, *self._beats) as context:
            outcome = self._outcome(context, lease)
        if not context.lost:
            self._settle(context, lease, outcome)
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._purge()
                busy = self.run_one()
            except Exception:
                _log.exception("jobs-trouble")
                self._stopping.wait(_TROUBLE_SECONDS)
            else:
                if not busy and not self._stopping.is_set():
                    self._jobs.wait(self._poll)

    def _outcome(self, context: JobContext, lease: Lease) -> JobResult | BaseException:
        try:
            return self._handlers[lease.job.kind](context)
        except BaseException as error:  # whatever it is, the worker goes on
            return error

    def _settle(self, context: JobContext, lease: Lease, outcome: JobResult | BaseException) -> None:
        try:
            if isinstance(outcome, JobResult):
                self._finish(context, lease, outcome)
            elif self._stopping.is_set():
                self._leases.release(lease)
            elif isinstance(outcome, Overloaded):
                self._leases.release(lease, wait=outcome.retry_after, counted=True, error=error_of(outcome))
            elif isinstance(outcome, SQLAlchemyError):
                _log.warning("job-storage-trouble", kind=lease.job.kind, error_type=type(outcome).__name__)
                self._leases.release(lease, wait=_TROUBLE_SECONDS, counted=True, error=JobError("storage-unavailable"))
            else:
                self._fail(lease, outcome)
        except LeaseLost:
            _log.warning("job-lease-lost", kind=lease.job.kind)

    def _finish(self, context: JobContext, lease: Lease, result: JobResult) -> None:
        try:
            self._leases.finish(lease, result, *context.done)
        except InvalidInput as error:
            self._fail(lease, error)

    def _fail(self, lease: Lease, error: BaseException) -> None:
        told = error_of(error)
        if told.code == "internal":
            _log.error("job-failed", kind=lease.job.kind, exc_info=error)
        self._leases.fail(lease, told)

    def _purge(self) -> None:
        now = time.monotonic()
        if self._retention is not None and now >= self._next_purge:
            self._next_purge = now + _PURGE_SECONDS
            if gone := self._jobs.purge(self._retention):
                _log.info("jobs-purged", count=gone)

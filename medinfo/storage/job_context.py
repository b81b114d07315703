"""What a handler sees of the job that it does, and the thread that keeps the job's lease meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from types import MappingProxyType, TracebackType
from typing import Any, Self

from medinfo import logs
from medinfo.errors import InvalidInput
from medinfo.storage.job_leases import MAX_KEYS, MAX_SAVED, Lease, LeaseLost, Leases

_MAX_KEY = 200
_log = logs.get(__name__)


class JobContext:
    """One job being done.

    Args:
        lease: the job. leases: keeps it. stopping: set when the runner is to stop.
        look: seconds between looks at whether to stop, and between writes of progress. renew: between heartbeats.
    """

    def __init__(
        self, lease: Lease, leases: Leases, stopping: threading.Event, look: float = 0.5, renew: float = 15.0
    ) -> None:
        self._lease = lease
        self._leases = leases
        self._stopping = stopping
        self._look = look
        self._renew = renew
        self._stop = threading.Event()
        self._over = threading.Event()
        self._saved = dict(lease.saved)
        self._size = sum(map(len, self._saved.values()))
        self._thread = threading.Thread(target=self._keep, name="job-heartbeat", daemon=True)
        self.done: tuple[int, int | None] = lease.job.done, lease.job.total
        self.lost = False

    @property
    def params(self) -> Mapping[str, Any]:
        """What was asked for."""
        return self._lease.job.params

    @property
    def content(self) -> bytes:
        """What to work on."""
        return self._lease.content

    def progress(self, done: int, total: int | None) -> None:
        """Say how far the work is; costs nothing, it is stored now and then."""
        self.done = done, total

    def cancelled(self) -> bool:
        """Whether to stop now: raise `medinfo.errors.Cancelled`."""
        return self._stop.is_set() or self._stopping.is_set()

    def saved(self) -> Mapping[str, bytes]:
        """What this job saved so far, earlier attempts included."""
        return MappingProxyType(self._saved)

    def save(self, key: str, value: bytes) -> None:
        """Keep a part of the work, so that the job goes on there after its process died. Each is one write.

        Args:
            key: at most 200 characters; the same key again replaces the part.

        Raises:
            Cancelled: another runner has the job now. InvalidInput: too much is saved.
        """
        size = self._size + len(value) - len(self._saved.get(key, b""))
        if (
            not 0 < len(key) <= _MAX_KEY
            or size > MAX_SAVED
            or (key not in self._saved and len(self._saved) >= MAX_KEYS)
        ):
            raise InvalidInput("A job saved more than can be kept.", params={"max": MAX_SAVED})
        self._leases.save(self._lease, key, value)
        self._saved[key], self._size = value, size

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        stored, next_beat = self.done, time.monotonic() + self._renew
        while not self._over.wait(self._look):
            try:
                if self.done != stored or time.monotonic() >= next_beat:
                    now, next_beat = self.done, time.monotonic() + self._renew
                    stop = self._leases.heartbeat(self._lease, *now)
                    stored = now
                else:
                    stop = self._leases.asked_to_stop(self._lease)
            except LeaseLost:
                self.lost = True
                self._stop.set()
                return
            except Exception:  # the database may be back at the next look; if not, the lease runs out
                _log.exception("job-heartbeat-failed")
                continue
            if stop:
                self._stop.set()

"""Blocking work of requests: in bounded pools of threads, never on the event loop, stopped when the caller goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, ParamSpec, TypeVar

from fastapi import Request

from medinfo.errors import Overloaded

T = TypeVar("T")
P = ParamSpec("P")


class Pool:
    """A few threads and a short queue before them.

    Args:
        name: of its threads.
        threads: work done at the same time.
        waiting: work that may wait for a thread; past it callers are told to come back.
        retry_after: seconds after which they may.
    """

    def __init__(self, name: str, threads: int, waiting: int, *, retry_after: int = 5) -> None:
        self._most = threads + waiting
        self._retry_after = retry_after
        self._taken = 0
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)  # none is started before it is needed

    @property
    def taken(self) -> int:
        """Pieces of work that run or wait."""
        return self._taken

    def start(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> asyncio.Future[T]:
        """Begin with a piece of work.

        Raises:
            Overloaded: too much waits already.
        """
        with self._lock:
            if self._taken >= self._most:
                raise Overloaded("More requests are waiting than can be taken.", retry_after=self._retry_after)
            self._taken += 1
        # The copied context carries the request id into the log lines of the thread.
        work = self._threads.submit(copy_context().run, partial(function, *args, **kwargs))
        work.add_done_callback(self._ended)
        return asyncio.wrap_future(work)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do a piece of work and wait for it.

        Raises:
            Overloaded: too much waits already.
        """
        return await self.start(function, *args, **kwargs)

    def close(self) -> None:
        """Take nothing more; what waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ended(self, _: Future[T]) -> None:
        with self._lock:
            self._taken -= 1


async def while_connected(request: Request, pool: Pool, function: Callable[[Callable[[], bool]], T]) -> T:
    """Do a piece of work, and ask it to stop when the caller closes the connection.

    Args:
        function: gets a callable that says whether to stop; it raises `medinfo.errors.Cancelled` then.

    Raises:
        Overloaded: too much waits already. Also what `function` raises.
    """
    gone = threading.Event()
    work = pool.start(function, gone.is_set)
    watch = asyncio.create_task(_until_gone(request))
    try:
        waited: set[asyncio.Future[Any]] = {work, watch}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            gone.set()
        return await work
    finally:
        gone.set()
        watch.cancel()


async def _until_gone(request: Request) -> None:
    """Return when the connection is closed; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass

"""Server-sent events from blocking work: what a thread gives is sent at once; closing the connection stops it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import StreamingResponse

from api.problems import details, language_of, of_error
from api.work import Pool
from medinfo import logs
from medinfo.errors import Cancelled, MedinfoError

MEDIA_TYPE = "text/event-stream"
KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment is sent, so that nothing between us and the caller closes the line."""
_COMMENT = b": still working\n\n"

Emit = Callable[[str, Any], None]
"""Called from the thread with the name and the data of an event."""
Produce = Callable[[Emit, Callable[[], bool]], None]
"""Blocking work that emits events; asks the second argument whether to stop."""


def event(name: str, data: Any) -> bytes:
    """An event in its form on the wire."""
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"


def wanted(request: Request) -> bool:
    """Whether the caller asks for events."""
    accepted = request.headers.get("accept", "")
    return any(part.partition(";")[0].strip().lower() == MEDIA_TYPE for part in accepted.split(","))


def stream(request: Request, pool: Pool, produce: Produce) -> StreamingResponse:
    """The events of blocking work as a response.

    A failure after the first byte cannot change the status any more: it is the event `error`, with problem details.

    Raises:
        Overloaded: too much waits already.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()  # bounded by what was asked, whose size is bounded
    gone = threading.Event()

    def emit(name: str, data: Any) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, event(name, data))

    def work() -> None:
        try:
            produce(emit, gone.is_set)
        except Cancelled as error:
            if not gone.is_set():
                emit("error", of_error(request.scope, error))
        except MedinfoError as error:
            emit("error", of_error(request.scope, error))
        except Exception:
            logs.get("api.events").exception("unforeseen")
            emit("error", details(request.scope, 500, "internal", language=language_of(request.scope)))
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    pool.start(work)
    return _response(_sent(queue, gone))


def polled(events: AsyncIterator[tuple[str, Any]]) -> StreamingResponse:
    """Events that are looked for on the event loop, as a response."""

    async def sent() -> AsyncIterator[bytes]:
        async for name, data in events:
            yield event(name, data) if name else _COMMENT

    return _response(sent())


def _response(sent: AsyncIterator[bytes]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(sent, media_type=MEDIA_TYPE, headers=headers)


async def _sent(queue: asyncio.Queue[bytes | None], gone: threading.Event) -> AsyncIterator[bytes]:
    try:
        while True:
            try:
                block = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
            except TimeoutError:
                block = _COMMENT
            if block is None:
                return
            yield block
    finally:
        gone.set()

"""Blocking work in bounded pools, and its events."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import Request

from api import events
from api.problems import of
from api.work import Pool, while_connected
from medinfo.errors import Cancelled, Overloaded

SCOPE: dict[str, Any] = {"type": "http", "method": "POST", "path": "/v1/x", "headers": [], "query_string": b""}


def _request(gone: asyncio.Event) -> Request:
    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    return Request(SCOPE, receive)


def _stops(cancelled: Callable[[], bool]) -> str:
    """Work that ends only when it is asked to stop."""
    for _ in range(10_000):
        if cancelled():
            raise Cancelled("Stopped.")
        threading.Event().wait(0.001)
    return "never stopped"


def test_work_runs_in_a_thread_of_the_pool_and_carries_the_context() -> None:
    from contextvars import ContextVar

    number: ContextVar[int] = ContextVar("number", default=0)

    async def scenario() -> tuple[str, int]:
        pool = Pool("mine", 1, 0)
        number.set(7)
        try:
            return await pool.run(lambda: (threading.current_thread().name, number.get()))
        finally:
            pool.close()

    name, seen = asyncio.run(scenario())
    assert name.startswith("mine")
    assert seen == 7


def test_past_its_bound_a_pool_refuses_and_takes_work_again_later() -> None:
    async def scenario() -> None:
        pool, gate = Pool("small", 1, 1, retry_after=9), threading.Event()
        held = [pool.start(gate.wait, 10) for _ in range(2)]
        with pytest.raises(Overloaded) as refused:
            pool.start(gate.wait, 10)
        assert refused.value.retry_after == 9
        gate.set()
        await asyncio.gather(*held)
        assert await pool.run(lambda: 1) == 1
        assert pool.taken == 0
        pool.close()

    asyncio.run(scenario())


def test_an_overloaded_service_says_when_to_come_back() -> None:
    response = of(SCOPE, Overloaded("Full.", retry_after=9))
    assert (response.status_code, response.headers["retry-after"]) == (503, "9")
    french = of({**SCOPE, "headers": [(b"accept-language", b"fr")]}, Overloaded("Full.", retry_after=9))
    assert b"9 secondes" in bytes(french.body)


def test_a_caller_who_goes_takes_the_work_along() -> None:
    async def scenario() -> None:
        gone, pool = asyncio.Event(), Pool("w", 1, 0)
        work = asyncio.create_task(while_connected(_request(gone), pool, _stops))
        await asyncio.sleep(0.01)
        assert not work.done()
        gone.set()
        with pytest.raises(Cancelled):
            await work
        assert pool.taken == 0
        pool.close()

    asyncio.run(scenario())


def test_a_request_that_is_cancelled_stops_its_work() -> None:
    async def scenario() -> None:
        pool = Pool("w", 1, 0)
        stopped = threading.Event()

        def work(cancelled: Callable[[], bool]) -> None:
            try:
                _stops(cancelled)
            finally:
                stopped.set()

        task = asyncio.create_task(while_connected(_request(asyncio.Event()), pool, work))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(stopped.wait, 10)
        pool.close()

    asyncio.run(scenario())


def test_a_result_comes_back_and_an_error_too() -> None:
    async def scenario() -> None:
        pool = Pool("w", 1, 0)
        request = _request(asyncio.Event())
        assert await while_connected(request, pool, lambda cancelled: cancelled()) is False
        with pytest.raises(ZeroDivisionError):
            await while_connected(request, pool, lambda _: 1 / 0)
        pool.close()

    asyncio.run(scenario())


def _sent(produce: events.Produce) -> list[bytes]:
    async def scenario() -> list[bytes]:
        pool = Pool("e", 1, 0)
        response = events.stream(_request(asyncio.Event()), pool, produce)
        found = [bytes(block) async for block in response.body_iterator]  # type: ignore[arg-type]
        pool.close()
        return found

    return asyncio.run(scenario())


def test_events_come_in_their_order() -> None:
    def produce(emit: events.Emit, _: object) -> None:
        emit("a", {"n": 1})
        emit("b", "é\n")

    assert _sent(produce) == [b'event: a\ndata: {"n":1}\n\n', 'event: b\ndata: "é\\n"\n\n'.encode()]


def test_an_error_after_the_first_event_is_an_event_with_problem_details() -> None:
    def produce(emit: events.Emit, _: object) -> None:
        emit("a", 1)
        raise Overloaded("Full.")

    assert _sent(produce)[1].startswith(b'event: error\ndata: {"type":"urn:medinfo:problem:overloaded"')


def test_an_unforeseen_error_is_told_without_its_text() -> None:
    def produce(emit: events.Emit, _: object) -> None:
        raise RuntimeError("SECRET")

    (sent,) = _sent(produce)
    assert b'"code":"internal"' in sent
    assert b"SECRET" not in sent


def test_a_reader_who_goes_stops_the_producer() -> None:
    async def scenario() -> None:
        pool = Pool("e", 1, 0)

        def produce(emit: events.Emit, cancelled: Callable[[], bool]) -> None:
            emit("a", 1)
            _stops(cancelled)

        body: Any = events.stream(_request(asyncio.Event()), pool, produce).body_iterator
        assert (await anext(body)).startswith(b"event: a")
        await body.aclose()
        for _ in range(1000):
            if pool.taken == 0:
                break
            await asyncio.sleep(0.01)
        assert pool.taken == 0
        pool.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/event-stream", True),
        ("application/json, Text/Event-Stream;q=0.9", True),
        ("*/*", False),
        ("", False),
        ("text/event-streams", False),
    ],
)
def test_events_are_sent_to_who_asks_for_them(accept: str, wanted: bool) -> None:
    request = Request({**SCOPE, "headers": [(b"accept", accept.encode())]})
    assert events.wanted(request) is wanted

"""The client against a real server on loopback."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui.answers import Answer
from ui.client import ApiClient, ApiError

Make = Callable[..., Answer]
HIT = {"name": "Advil", "substances": [{"id": "ibuprofen", "name": "ibuprofen"}], "kind": "brand", "archived": False}


class Api:
    """A small API whose answer each test sets."""

    def __init__(self) -> None:
        self.answer: Callable[[], Awaitable[Response]] = self._nothing
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.language = ""
        self.url = ""

    async def _nothing(self) -> Response:
        return JSONResponse({})

    def says(self, content: Any, status: int = 200) -> None:
        async def answer() -> Response:
            return JSONResponse(content, status_code=status)

        self.answer = answer

    async def serve(self, request: Request) -> Response:
        body = await request.json() if request.method == "POST" else None
        self.asked.append((request.url.path, dict(request.query_params), body))
        self.language = request.headers["accept-language"]
        return await self.answer()


@pytest.fixture(scope="module")
def server() -> Iterator[Api]:
    served = Api()
    app = Starlette(routes=[Route("/{path:path}", served.serve, methods=["GET", "POST"])])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        served.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        running = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        yield served
        running.should_exit = True
        thread.join(10)


@pytest.fixture
def api(server: Api) -> Api:
    server.asked.clear()
    server.says({})
    return server


def call(url: str, ask: Callable[[ApiClient], Awaitable[Any]], timeout: float = 10.0) -> Any:
    async def run() -> Any:
        client = ApiClient(url, timeout=httpx.Timeout(timeout))
        try:
            return await ask(client)
        finally:
            await client.aclose()

    return asyncio.run(run())


def check(client: ApiClient) -> Awaitable[Answer]:
    return client.check([{"name": "Advil", "dose": "400 mg"}], "fr")


def test_a_list_goes_out_as_the_api_takes_it_and_comes_back_as_an_answer(api: Api, make: Make) -> None:
    expected = make()
    api.says(expected.model_dump())
    assert call(api.url, check) == expected
    body = {"medicines": [{"name": "Advil", "dose": "400 mg"}], "language": "fr"}
    assert api.asked == [("/v1/interactions/check", {}, body)]


def test_the_api_is_asked_in_the_language_of_the_person(api: Api, make: Make) -> None:
    api.says(make().model_dump())
    call(api.url, check)
    assert api.language == "fr"


def test_suggestions_come_in_the_order_of_the_api(api: Api) -> None:
    api.says({"q": "ad", "hits": [HIT, {**HIT, "name": "Advilmed"}]})
    hits = call(api.url, lambda client: client.suggest("ad & more", "es"))
    assert [hit.name for hit in hits] == ["Advil", "Advilmed"]
    assert api.asked == [("/v1/medicines", {"q": "ad & more", "language": "es"}, None)]


@pytest.mark.parametrize(
    ("status", "code"), [(400, "refused"), (413, "refused"), (422, "refused"), (500, "failed"), (503, "failed")]
)
def test_a_problem_is_told_with_what_the_api_says(status: int, code: str, api: Api) -> None:
    api.says({"title": "t", "status": status, "detail": "said by the API"}, status)
    with pytest.raises(ApiError) as caught:
        call(api.url, check)
    assert (caught.value.code, caught.value.detail) == (code, "said by the API")


@pytest.mark.parametrize("content", ["text", ["list"], {"detail": {"not": "text"}}, {}])
def test_a_problem_of_another_shape_is_told_without_a_detail(content: Any, api: Api) -> None:
    api.says(content, 422)
    with pytest.raises(ApiError) as caught:
        call(api.url, check)
    assert (caught.value.code, caught.value.detail) == ("refused", "")


def test_an_error_page_of_something_in_between_is_a_failure(api: Api) -> None:
    async def page() -> Response:
        return PlainTextResponse("<html>Bad gateway</html>", status_code=502)

    api.answer = page
    with pytest.raises(ApiError) as caught:
        call(api.url, check)
    assert (caught.value.code, caught.value.detail) == ("failed", "")


@pytest.mark.parametrize(
    "field", ["interactions", "not_covered", "not_checked", "medicines", "knowledge", "not_listed"]
)
def test_an_answer_that_lacks_a_part_is_refused_as_a_whole(field: str, api: Api, make: Make) -> None:
    content = make().model_dump()
    del content[field]
    api.says(content)
    with pytest.raises(ApiError) as caught:
        call(api.url, check)
    assert caught.value.code == "unreadable"


def test_an_answer_with_new_fields_is_read(api: Api, make: Make) -> None:
    api.says({**make().model_dump(), "field_of_tomorrow": 1})
    assert call(api.url, check) == make()


def test_a_redirection_is_not_followed(api: Api) -> None:
    async def away() -> Response:
        return Response(status_code=307, headers={"location": "http://example.invalid/"})

    api.answer = away
    with pytest.raises(ApiError) as caught:
        call(api.url, check)
    assert caught.value.code == "failed"


def test_a_slow_api_is_not_waited_for(api: Api) -> None:
    done = threading.Event()

    async def slow() -> Response:
        while not done.is_set():
            await asyncio.sleep(0.01)
        return JSONResponse({})

    api.answer = slow
    try:
        with pytest.raises(ApiError) as caught:
            call(api.url, check, timeout=0.1)
    finally:
        done.set()
    assert caught.value.code == "timeout"


def test_an_api_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        with pytest.raises(ApiError) as caught:
            call(f"http://127.0.0.1:{taken.getsockname()[1]}", check)
    assert caught.value.code == "unreachable"


def test_no_proxy_of_the_environment_is_used(api: Api, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    api.says(make().model_dump())
    assert call(api.url, check) == make()


def test_what_a_person_typed_is_in_no_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="uvicorn.access")  # the log of this test's server, not of the client
    with caplog.at_level(logging.DEBUG):
        api.says({"q": "", "hits": []})
        call(api.url, lambda client: client.suggest("secretmedicine", "en"))
        api.says({"secretmedicine": 1})
        with pytest.raises(ApiError) as caught:
            call(api.url, lambda client: client.check([{"name": "secretmedicine"}], "en"))
    assert "secretmedicine" not in caplog.text
    assert "secretmedicine" not in str(caught.value)

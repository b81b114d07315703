"""Bodies of JSON, read strictly: UTF-8, no field twice, no NaN."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class StrictRequest(Request):
    """A request whose JSON says one thing only."""

    async def json(self) -> Any:
        """The body.

        Raises:
            json.JSONDecodeError: it is not JSON, is not in UTF-8, or has a field twice: which of the two is meant?
        """
        if not hasattr(self, "_json"):
            self._json = loads(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """A route whose JSON body is read by `StrictRequest`; pass it to a router as `route_class`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a strict request."""
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def loads(body: bytes) -> Any:
    """JSON as a value.

    Raises:
        json.JSONDecodeError: see `StrictRequest.json`.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise json.JSONDecodeError("not UTF-8", "", error.start) from error
    return json.loads(text, object_pairs_hook=_once, parse_constant=_never)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise json.JSONDecodeError("a field stands twice", "", 0)
    return found


def _never(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", "", 0)

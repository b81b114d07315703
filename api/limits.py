"""What a request may be before any route sees it: its host, its content type, the size of its body."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

MEGABYTE = 1_000_000
DEFAULT_BODY = MEGABYTE
BODY_LIMITS: Mapping[str, int] = {"/v1/interactions/check": MEGABYTE}
"""Largest body in bytes by path; `DEFAULT_BODY` elsewhere."""

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return None


class HostGuard:
    """Answer only under names of this machine.

    A service on loopback can be reached by any page in the user's browser that makes its own name resolve to
    127.0.0.1; such a request carries that name as its host.

    Args:
        names: host names without port; None lets every host through (the address is public by choice).
    """

    def __init__(self, app: ASGIApp, names: frozenset[str] | None = None) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 421."""
        if self._names is None or scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        host = (_header(scope, b"host") or "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name in self._names:
            return await self._app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        await problem(scope, 421, "invalid-host")(scope, receive, send)


class BodyGuard:
    """Refuse a body that is not JSON by its type, or larger than its path takes. Streamed bodies are counted.

    Only paths below `prefix` are looked at for their content type; the size is looked at everywhere.
    """

    def __init__(self, app: ASGIApp, prefix: str = "/v1/") -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 413 or 415."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            return await self._app(scope, receive, send)
        limit = BODY_LIMITS.get(scope["path"], DEFAULT_BODY)
        if _declared(scope) > limit:
            return await problem(scope, 413, "body-too-large")(scope, receive, send)
        if scope["path"].startswith(self._prefix) and not _is_json(_header(scope, b"content-type")):
            return await problem(scope, 415, "unsupported-media-type")(scope, receive, send)
        await self._app(scope, _counted(receive, limit), send)


def _declared(scope: Scope) -> int:
    length = _header(scope, b"content-length") or ""
    return int(length) if length.isascii() and length.isdigit() else 0


def _is_json(content_type: str | None) -> bool:
    media = (content_type or "").partition(";")[0].strip().lower()
    return media == "application/json" or (media.startswith("application/") and media.endswith("+json"))


def _counted(receive: Receive, limit: int) -> Receive:
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise HTTPException(413)
        return message

    return counting

"""What a request may be before any route sees it: its host, its content type, where its form comes from, its size."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from medinfo.settings import LOOPBACK_NAMES

__all__ = ["LOOPBACK_NAMES", "MEGABYTE", "BodyGuard", "BodyRule", "HostGuard", "rule_of"]

MEGABYTE = 1_000_000
JSON = "application/json"
MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class BodyRule:
    """What the body of a request to one address may be.

    Attributes:
        limit: bytes at most. kinds: media types; empty for any.
    """

    limit: int
    kinds: tuple[str, ...]


_SCREEN = BodyRule(MEGABYTE, ())
_API = BodyRule(MEGABYTE, (JSON,))
_RULES: dict[str, BodyRule] = {
    # A million characters, of which most languages need one or two bytes each.
    "/v1/translations": BodyRule(5 * MEGABYTE, (JSON,)),
    "/v1/translations/verify": BodyRule(2 * MEGABYTE, (JSON,)),
    # The document itself may have 10 MB; the form around it has some bytes of its own.
    "/v1/translations/documents": BodyRule(10 * MEGABYTE + 20_000, (MULTIPART,)),
    "/translate": BodyRule(5 * MEGABYTE, (JSON, URLENCODED, MULTIPART)),
    "/detect": BodyRule(MEGABYTE, (JSON, URLENCODED, MULTIPART)),
    "/translate_file": BodyRule(10 * MEGABYTE + 20_000, (MULTIPART,)),
    # The screen sends a document of 10 MB in base64.
    **{f"/gradio_api/component_server{end}": BodyRule(14 * MEGABYTE, (JSON,)) for end in ("", "/")},
}
_GLOSSARIES = BodyRule(10 * MEGABYTE, (JSON,))


def rule_of(path: str) -> BodyRule:
    """What is taken at a path."""
    if path in _RULES:
        return _RULES[path]
    if path.startswith("/v1/glossaries"):
        return _GLOSSARIES
    return _API if path.startswith("/v1/") else _SCREEN


def _header(scope: Scope, name: bytes) -> str | None:
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return None


class HostGuard:
    """Answer only under names of this machine, or those that a setting allows.

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
    """Refuse a body of a type or a size that its path does not take. Streamed bodies are counted.

    A form, unlike JSON, can be sent here by any page of any web site that the user's browser shows, without asking
    first. Browsers say where a form comes from: one from elsewhere is refused.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403, 413 or 415."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            return await self._app(scope, receive, send)
        rule = rule_of(scope["path"])
        if _declared(scope) > rule.limit:
            return await problem(scope, 413, "body-too-large")(scope, receive, send)
        if rule.kinds and not (scope["method"] == "DELETE" and _is_empty(scope)):
            kind = _kind(_header(scope, b"content-type"))
            if kind not in rule.kinds:
                expected = {"expected": " / ".join(rule.kinds)}
                return await problem(scope, 415, "unsupported-media-type", params=expected)(scope, receive, send)
            if kind != JSON and _is_foreign(scope):
                return await problem(scope, 403, "foreign-origin")(scope, receive, send)
        await self._app(scope, _counted(receive, rule.limit), send)


def _declared(scope: Scope) -> int:
    length = _header(scope, b"content-length") or ""
    return int(length) if length.isascii() and length.isdigit() else 0


def _is_empty(scope: Scope) -> bool:
    return _declared(scope) == 0 and _header(scope, b"transfer-encoding") is None


def _kind(content_type: str | None) -> str:
    """The media type without its parameters; every kind of JSON is `application/json`."""
    media = (content_type or "").partition(";")[0].strip().lower()
    return JSON if media.startswith("application/") and media.endswith("+json") else media


def _is_foreign(scope: Scope) -> bool:
    """Whether a browser says that the request comes from a page of another host."""
    origin = _header(scope, b"origin")
    if origin is None:  # no browser, or one that says it in its own words
        return _header(scope, b"sec-fetch-site") in {"cross-site", "same-site"}
    return urlsplit(origin).netloc.lower() != (_header(scope, b"host") or "").lower()


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

"""What surrounds each request: its id, who says to act, one log line, its metrics, and the last net for exceptions."""

from __future__ import annotations

import re
from time import perf_counter
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from api.metrics import Metrics
from api.problems import problem
from medinfo import logs

_GUARDS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
"""Headers of every answer: no guessing of types, no frame of another page around the screen, no address passed on."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ACTOR = re.compile(r"[A-Za-z0-9._@:-]{1,64}")


class RequestContext:
    """Give each request an id and an actor, log and count it, and turn what nobody caught into a problem.

    The id is the caller's `X-Request-Id` if it is well-formed, else a new one; it is in the answer's header, in
    problems and on each log line. The actor is `X-Medinfo-Actor`, by default `local`, and not verified by anybody.
    A log line names the route's template, never the path or the query, which hold what was typed.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._log = logs.get("api.request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = dict(scope["headers"])
        request_id = _well_formed(_ID, headers.get(b"x-request-id")) or uuid4().hex
        actor = _well_formed(_ACTOR, headers.get(b"x-medinfo-actor", b"local"))
        scope.setdefault("state", {}).update(request_id=request_id, actor=actor)
        started = perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode()), *_GUARDS]
            await send(message)

        with bound_contextvars(request_id=request_id):
            try:
                if actor is None:
                    refusal = problem(scope, 400, "invalid-header", params={"header": "X-Medinfo-Actor"})
                    await refusal(scope, receive, answer)
                else:
                    await self._app(scope, receive, answer)
            except Exception:
                self._log.exception("unforeseen", route=_route(scope))
                if status == 0:
                    await problem(scope, 500, "internal")(scope, receive, answer)
                status = 500
            finally:
                self._tell(scope, status, perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.count(scope["method"], route, status, seconds)
        if route not in {"/health", "/health/live", "/health/ready", "/metrics", "screen"}:
            actor = scope["state"]["actor"]
            self._log.info(
                "request",
                method=scope["method"] if scope["method"] in _METHODS else "other",
                route=route,
                status=status,
                ms=round(seconds * 1000, 2),
                actor=actor,
                actor_verified=False,
            )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _well_formed(form: re.Pattern[str], value: bytes | None) -> str | None:
    text = (value or b"").decode("latin-1")
    return text if form.fullmatch(text) else None


def _route(scope: Scope) -> str:
    """The route's template (`/v1/medicines/{id}`), `screen` for the mounted screen, `none` where no route matched."""
    route = scope.get("route")
    template = getattr(route, "path_format", None) or getattr(route, "path", None)
    if template is None:
        return "none"
    return str(template) if str(template).startswith(_OURS) else "screen"


_OURS = (
    "/v1/",
    "/health",
    "/metrics",
    "/openapi",
    "/translate",
    "/detect",
    "/languages",
    "/download_file/",
    "/frontend/settings",
)

"""One shape for all errors: RFC 9457 problem details with a stable `code`, in the caller's language.

No answer holds internals: an unforeseen exception becomes `internal` with the request id and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import parse_qs

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from api.refusals import FailedChecks
from api.shapes import Problem
from medinfo.errors import MedinfoError, Overloaded, UserError
from medinfo.phrases import LANGUAGES, Language, Phrases

MEDIA_TYPE = "application/problem+json"
Documented = dict[int | str, dict[str, Any]]

_BY_STATUS = {
    400: "malformed-json",  # the framework raises it for a body that it cannot parse, and for nothing else
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "unsupported-media-type",
    503: "not-ready",
}
_UNSAID: Mapping[str, object] = {
    "command": "medinfo models list", "source": "?", "target": "?", "seconds": 5,
    "header": "", "expected": "application/json",
}  # fmt: skip
"""Values of phrases that whoever raised an error did not give."""
_CODES: dict[str, tuple[str, Callable[[Mapping[str, Any]], dict[str, object]]]] = {
    "missing": ("missing", lambda _: {}),
    "extra_forbidden": ("unexpected", lambda _: {}),
    "string_too_short": ("too-short", lambda c: {"limit": c["min_length"]}),
    "string_too_long": ("too-long", lambda c: {"limit": c["max_length"]}),
    "too_short": ("too-few", lambda c: {"limit": c["min_length"]}),
    "too_long": ("too-many", lambda c: {"limit": c["max_length"]}),
    "greater_than_equal": ("at-least", lambda c: {"limit": c["ge"]}),
    "less_than_equal": ("at-most", lambda c: {"limit": c["le"]}),
    "literal_error": ("not-one-of", lambda c: {"expected": c["expected"].replace("'", "").replace(" or ", ", ")}),
    "value_error": ("exactly-one", lambda _: {}),
}


@cache
def phrases() -> Phrases:
    """The phrases of errors, read once."""
    return Phrases.load("medinfo")


def problem(
    scope: Scope,
    status: int,
    code: str,
    *,
    detail: str = "",
    language: Language | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, object] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Response:
    """A problem as a response.

    Args:
        scope: of the request; gives the language, the path and the request id.
        code: stable code, with phrases `error.<code>.title` and `error.<code>.detail`.
        detail: a sentence that says more than the phrase does.
        language: when known better than from the request's query and headers.
        errors: one `{"field": ..., "message": ...}` per field.
        params: values for the phrase. extra: further members of the problem.
    """
    spoken = language or language_of(scope)
    if is_plain(scope.get("path", "")):
        sentence = detail or phrases().text(spoken, f"error.{code}.detail", **{**_UNSAID, **(params or {})})
        return _plain(status, sentence, headers or {})
    body = details(scope, status, code, detail=detail, language=spoken, params=params) | dict(extra or {})
    if errors is not None:
        body["errors"] = errors
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={**(headers or {}), "Content-Language": spoken, "Cache-Control": "no-store"},
    )


_PLAIN = frozenset({"/translate", "/detect", "/languages", "/translate_file", "/frontend/settings"})


def is_plain(path: str) -> bool:
    """Whether errors at this path have the shape of LibreTranslate's protocol."""
    return path in _PLAIN or path.startswith("/download_file/")


def _plain(status: int, told: str, headers: Mapping[str, str]) -> Response:
    """An error as LibreTranslate's clients read it; they know one status for whatever is wrong with a request."""
    return Response(
        orjson.dumps({"error": told}),
        status_code=400 if status in {415, 422} else status,
        media_type="application/json",
        headers={**headers, "Cache-Control": "no-store"},
    )


def details(
    scope: Scope,
    status: int,
    code: str,
    *,
    detail: str = "",
    language: Language,
    params: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """A problem as a value; see `problem`."""
    told = detail or phrases().text(language, f"error.{code}.detail", **{**_UNSAID, **(params or {})})
    return {
        "type": f"urn:medinfo:problem:{code}",
        "title": phrases().text(language, f"error.{code}.title"),
        "status": status,
        "code": code,
        "detail": told,
        "instance": scope.get("path"),
        "request_id": scope.get("state", {}).get("request_id"),
    }


def language_of(scope: Scope) -> Language:
    """The caller's language: the query's `language`, else the best of Accept-Language, else English."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("language", [""])[0]
    if (known := _known(asked)) is not None:
        return known
    for name, value in scope.get("headers", ()):
        if name == b"accept-language":
            return _accepted(value.decode("latin-1"))
    return "en"


def _known(tag: str) -> Language | None:
    primary = tag.strip().lower().partition("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def _accepted(header: str) -> Language:
    """The language of ours with the highest weight in an Accept-Language header."""
    best: tuple[float, Language] = (0.0, "en")
    for part in header[:500].split(","):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        known = _known(tag)
        if known is not None and quality > best[0]:
            best = (quality, known)
    return best[1]


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return problem(request.scope, 400, "malformed-json")
    body = error.body if isinstance(error.body, dict) else {}
    spoken = _known(str(body.get("language", ""))) or language_of(request.scope)
    errors = [{"field": _field(item["loc"]), "message": _message(spoken, item)} for item in found[:100]]
    return problem(request.scope, 422, "invalid-request", language=spoken, errors=errors)


def _field(loc: tuple[int | str, ...]) -> str:
    """`medicines.0.name`: where in the body, or the name of the parameter."""
    return ".".join(str(step) for step in loc[1:])


def _message(language: Language, item: Mapping[str, Any]) -> str:
    kind = str(item["type"])
    if kind in _CODES:
        name, params = _CODES[kind]
        return phrases().text(language, f"validation.{name}", **params(item.get("ctx", {})))
    name = "wrong-type" if kind.endswith(("_type", "_parsing", "_unicode")) else "other"
    return phrases().text(language, f"validation.{name}")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _BY_STATUS.get(error.status_code, "bad-request" if error.status_code < 500 else "internal")
    if error.status_code == 400 and "json" not in request.headers.get("content-type", "json"):
        code = "bad-request"  # a form
    return problem(request.scope, error.status_code, code, headers=error.headers)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MedinfoError)
    return of(request.scope, error)


def of(
    scope: Scope,
    error: MedinfoError,
    *,
    language: Language | None = None,
    fields: Sequence[tuple[str, MedinfoError]] = (),
) -> Response:
    """One of our errors as a response.

    Args:
        language: when known better than from the request's query and headers.
        fields: which fields it is about, each with its own error.
    """
    spoken = language or language_of(scope)
    errors = [{"field": field, "message": told(spoken, each)} for field, each in fields]
    return problem(
        scope,
        error.status,
        error.code,
        detail=told(spoken, error),
        language=spoken,
        errors=errors or None,
        headers={"Retry-After": str(error.retry_after)} if isinstance(error, Overloaded) else None,
        extra={"failures": error.failures} if isinstance(error, FailedChecks) else None,
    )


def told(language: Language, error: MedinfoError) -> str:
    """What an English caller reads says exactly what is wrong; other languages have our phrase for the code."""
    if language == "en" and isinstance(error, UserError):
        return f"{error.detail} {error.hint}".strip()
    return phrases().text(language, f"error.{error.code}.detail", **{**_UNSAID, **error.params})


def of_error(scope: Scope, error: MedinfoError) -> dict[str, Any]:
    """One of our errors as the value of a problem, for where no response can be sent any more: among events."""
    spoken = language_of(scope)
    return details(scope, error.status, error.code, detail=told(spoken, error), language=spoken)


def of_code(code: str, params: Mapping[str, object], language: str) -> dict[str, Any]:
    """A problem that was kept as its code and values, such as that of a job that failed."""
    known = code if phrases().has(language, f"error.{code}.title") else "internal"
    return {
        "type": f"urn:medinfo:problem:{known}",
        "title": phrases().text(language, f"error.{known}.title"),
        "code": known,
        "detail": phrases().text(language, f"error.{known}.detail", **{**_UNSAID, **params}),
    }


def install(app: FastAPI) -> None:
    """Make every error of the application a problem, and document its shape."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(MedinfoError, _ours)
    make = app.openapi

    def openapi() -> dict[str, Any]:
        document = make()
        schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents


def documented(*statuses: Literal[400, 403, 404, 409, 413, 415, 422, 503]) -> Documented:
    """The `responses` of a route for OpenAPI: these statuses answer with a problem."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}

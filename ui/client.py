"""The screen's only way to data: the API, over HTTP."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from ui.answers import Answer, Hit, Hits
from ui.translation_answers import Approved, Failure, Glossaries, Glossary, Job, Languages, Refused, Translation

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
"""Seconds. A check takes milliseconds; ten seconds mean that something is wrong."""
SLOW = httpx.Timeout(300.0, connect=3.0)
"""Seconds for a translation: a model is loaded on first use, and long texts take their time."""
_JOB = re.compile(r"[A-Za-z0-9_-]{1,64}")

_Model = TypeVar("_Model", bound=BaseModel)


class ApiError(Exception):
    """The API gave no answer that can be shown.

    Args:
        code: `unreachable`, `timeout`, `refused`, `failed` or `unreadable`;
            the screen's phrase is `error.<code>`.
        detail: what the API says of it in the caller's language, or "".
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class ApiClient:
    """Calls the API.

    Args:
        base_url: where the API listens, such as `http://127.0.0.1:8000`.
        timeout: limits for connecting and reading.
    """

    def __init__(self, base_url: str, *, timeout: httpx.Timeout = TIMEOUT) -> None:
        # httpx logs each address it calls at INFO, and the type-ahead's address holds what a person typed.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        # trust_env off: a proxy of the environment must never see a patient's list. One client serves the page's life.
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, trust_env=False, follow_redirects=False)

    async def check(self, medicines: Sequence[Mapping[str, str]], language: str) -> Answer:
        """Check a list of medicines together.

        Args:
            medicines: each with `name` and, where known, `route` and `dose`.
            language: one of the six.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        body = {"medicines": list(medicines), "language": language}
        return await self._call(Answer, "POST", "/v1/interactions/check", language, json=body)

    async def suggest(self, typed: str, language: str) -> list[Hit]:
        """Known names that begin like, or are near to, what is typed.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        params = {"q": typed, "language": language}
        return (await self._call(Hits, "GET", "/v1/medicines", language, params=params)).hits

    async def languages(self, language: str) -> Languages:
        """The pairs of languages that can be translated.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        return await self._call(Languages, "GET", "/v1/translations/languages", language)

    async def glossaries(self, language: str) -> list[Glossary]:
        """All glossaries.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        return (await self._call(Glossaries, "GET", "/v1/glossaries", language)).glossaries

    async def translate(self, body: Mapping[str, object], language: str) -> Translation:
        """Translate a text.

        Args:
            body: as the API takes it. language: of the messages.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        return await self._call(Translation, "POST", "/v1/translations", language, json=body, timeout=SLOW)

    async def approve(self, body: Mapping[str, object], language: str) -> list[Failure]:
        """Store a translation that a person approves.

        Returns:
            Nothing when it was stored; what failed when it was not.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        response = await self._send("POST", "/v1/translation-memory", language, json=body)
        if response.status_code == httpx.codes.CONFLICT:
            return _read(Refused, response).failures
        _read(Approved, _good(response))
        return []

    async def send_file(self, name: str, content: bytes, fields: Mapping[str, str], language: str) -> Job:
        """Give a file to be translated.

        Args:
            name, content: of the file. fields: the other fields of the form.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        files = {"file": (name, content)}
        return await self._call(
            Job, "POST", "/v1/translations/documents", language, data=dict(fields), files=files, timeout=SLOW
        )

    async def job(self, identifier: str, language: str, *, stop: bool = False) -> Job | None:
        """How far a job is; with `stop`, stop it or delete what it made.

        Returns:
            None when it was deleted.

        Raises:
            ApiError: no answer, or one that cannot be shown.
        """
        if not _JOB.fullmatch(identifier):
            raise ApiError("refused")
        response = _good(await self._send("DELETE" if stop else "GET", f"/v1/jobs/{identifier}", language))
        return None if response.status_code == httpx.codes.NO_CONTENT else _read(Job, response)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _call(self, model: type[_Model], method: str, path: str, language: str, **content: Any) -> _Model:
        return _read(model, _good(await self._send(method, path, language, **content)))

    async def _send(self, method: str, path: str, language: str, **content: Any) -> httpx.Response:
        try:
            return await self._http.request(method, path, headers={"Accept-Language": language}, **content)
        except httpx.TimeoutException:
            raise ApiError("timeout") from None
        except httpx.HTTPError:
            raise ApiError("unreachable") from None


def _good(response: httpx.Response) -> httpx.Response:
    if not response.is_success:
        raise _refusal(response)
    return response


def _read(model: type[_Model], response: httpx.Response) -> _Model:
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        # The error would repeat the answer, and with it the patient's list: drop it.
        raise ApiError("unreadable") from None


def _refusal(response: httpx.Response) -> ApiError:
    code = "refused" if response.is_client_error else "failed"
    try:
        problem = response.json()
    except ValueError:
        return ApiError(code)
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return ApiError(code, detail if isinstance(detail, str) else "")

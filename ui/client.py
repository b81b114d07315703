"""The screen's only way to data: the API, over HTTP."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from ui.answers import Answer, Hit, Hits

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
"""Seconds. A check takes milliseconds; ten seconds mean that something is wrong."""

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

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _call(self, model: type[_Model], method: str, path: str, language: str, **content: Any) -> _Model:
        try:
            response = await self._http.request(method, path, headers={"Accept-Language": language}, **content)
        except httpx.TimeoutException:
            raise ApiError("timeout") from None
        except httpx.HTTPError:
            raise ApiError("unreachable") from None
        if response.status_code != httpx.codes.OK:
            raise _refusal(response)
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

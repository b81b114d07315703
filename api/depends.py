"""What several routes ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from api.shapes import LanguageCode
from api.wiring import Snapshot

Spoken = Annotated[LanguageCode, Query(description="Language of names and phrases.")]
"""The `language` parameter of a GET route."""


async def current(request: Request) -> Snapshot:
    """The knowledge that this request works with from beginning to end.

    A call, and not a dependency of the framework: resolving one costs as much as the check itself.

    Raises:
        KnowledgeError: none could be loaded.
    """
    snapshot: Snapshot = await request.app.state.service.current()
    return snapshot

"""What several routes ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from api.shapes import LanguageCode
from api.translation_service import Translation
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


def translation(request: Request) -> Translation:
    """The parts of translation that requests share."""
    found: Translation = request.app.state.translation
    return found


async def translation_with_names(request: Request) -> Translation:
    """The same, once the names of medicines are known.

    Raises:
        KnowledgeError: none could be loaded; without names no translation could be checked for medicines.
    """
    await current(request)
    return translation(request)

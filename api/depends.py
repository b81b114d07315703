"""What routes ask for, as one annotated name each."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from api.shapes import LanguageCode
from api.wiring import Snapshot


async def _snapshot(request: Request) -> Snapshot:
    snapshot: Snapshot = await request.app.state.service.current()
    return snapshot


Current = Annotated[Snapshot, Depends(_snapshot)]
"""The knowledge that this request works with from beginning to end."""

Spoken = Annotated[LanguageCode, Query(description="Language of names and phrases.")]
"""The `language` parameter of a GET route."""

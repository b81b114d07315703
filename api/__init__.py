"""The outer surface: the HTTP API and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from medinfo.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, ready to be served.

    Args:
        settings: read from the environment when left out.
    """
    from api.app import build  # here, so that importing `api` costs nothing
    from medinfo.settings import Settings

    return build(settings or Settings())

"""Mount the screen at `/`, behind all routes of the API: the only file that imports `ui` and Gradio."""

from __future__ import annotations

import os
from typing import Any

from fastapi import FastAPI
from starlette.routing import Match, Mount
from starlette.types import Scope

from api.addresses import own_url
from medinfo.settings import Settings

API_PREFIXES = ("/v1/", "/health/", "/metrics", "/openapi.json")


class ScreenMount(Mount):
    """A mount that leaves the API's paths alone, so that what is wrong there is answered in the API's own shape."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As a mount matches, but never below a prefix of the API."""
        if scope.get("path", "").startswith(API_PREFIXES):
            return Match.NONE, {}
        return super().matches(scope)


def mount(app: FastAPI, settings: Settings) -> None:
    """Build the screen and mount it. Nothing of it calls another host, and nothing that is typed is kept."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when it is imported
    import gradio as gr

    from ui import app as screen

    options: dict[str, Any] = {
        name: getattr(screen, name)() for name in ("theme", "css", "head", "js") if hasattr(screen, name)
    }
    gr.mount_gradio_app(
        app,
        screen.build(own_url(settings)),
        path="/",
        footer_links=[],
        run_history=False,  # Gradio would keep each call, with what was typed, in the browser
        ssr_mode=False,
        mcp_server=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        **options,
    )
    mounted = app.router.routes.pop()
    assert isinstance(mounted, Mount)
    app.router.routes.append(ScreenMount("/", app=mounted.app))

"""Mount the screen at `/`, behind all routes of the API: the only file that imports `ui` and Gradio."""

from __future__ import annotations

import os
from typing import Any

from fastapi import FastAPI
from starlette.routing import Match, Mount
from starlette.types import Scope

from api.addresses import own_url
from medinfo.settings import Settings

PAGES = frozenset({"/", "/config", "/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json"})
ASSETS = ("/assets/", "/static/", "/svelte/", "/gradio_api/heartbeat/")
CALLS = frozenset(
    f"/gradio_api/{name}"
    for name in ("queue/join", "queue/data", "component_server", "component_server/", "cancel", "reset", "info")
)
"""What the screen needs of Gradio. The rest takes files from any page in the browser, hands files out, writes what a
session holds to the disk, or fetches other addresses: none of that is for us."""


class ScreenMount(Mount):
    """A mount of what the screen needs and nothing else: all other paths are answered in the API's own shape."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As a mount matches, but only the paths that the screen needs."""
        path = scope.get("path", "")
        if path in PAGES or path in CALLS or path.startswith(ASSETS):
            return super().matches(scope)
        return Match.NONE, {}


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

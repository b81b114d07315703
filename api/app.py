"""The application, put together: middlewares, routes, errors, the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from api import problems
from api.context import RequestContext
from api.limits import BodyGuard, HostGuard
from api.metrics import Metrics
from api.routes import health, interactions, knowledge, medicines
from api.wiring import Service
from medinfo.settings import Settings

_DESCRIPTION = """\
Checks a list of medicines for interactions, and says of every statement where it stands.

An answer without findings is not a statement of safety: read `not_covered`, `not_listed` and `not_checked`.
"""


def build(settings: Settings) -> FastAPI:
    """The application for these settings.

    Raises:
        UnsafeConfiguration: the settings would let others in without sign-in.
    """
    settings.require_safe()
    metrics = Metrics()
    app = FastAPI(
        title="Medinfo",
        version=version("medinfo"),
        description=_DESCRIPTION,
        docs_url=None,  # the pages that FastAPI offers load scripts from another host
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        lifespan=_lifespan,
        middleware=[
            Middleware(RequestContext, metrics=metrics),
            Middleware(HostGuard, names=settings.host_names),
            Middleware(BodyGuard),
        ],
    )
    app.state.settings = settings
    app.state.metrics = metrics
    app.state.service = Service(settings)
    problems.install(app)
    for room in (interactions, medicines, knowledge, health):
        app.include_router(room.router)
    if settings.ui:
        from api.screen import mount

        mount(app, settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the knowledge in the background: live at once, ready when it is there."""
    loading = asyncio.create_task(_load(app))
    yield
    loading.cancel()


async def _load(app: FastAPI) -> None:
    try:
        await app.state.service.current()
    except Exception:  # told in the log by the service, and by /health/ready
        return

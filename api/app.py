"""The application, put together: middlewares, routes, errors, the screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware

from api import problems
from api.context import RequestContext
from api.limits import BodyGuard, HostGuard
from api.metrics import Metrics
from api.routes import (
    documents,
    glossaries,
    health,
    interactions,
    jobs,
    knowledge,
    libretranslate,
    medicines,
    translation_memory,
    translations,
    verification,
)
from api.translation_metrics import TranslationMetrics
from api.translation_service import Translation
from api.wiring import Service, open_catalogue
from medinfo.settings import Settings

if TYPE_CHECKING:
    from medinfo.medicines.catalogue import Catalogue

_LOADING_LOOKS, _LOOK_SECONDS = 300, 0.2
_ROOMS = (
    interactions,
    medicines,
    knowledge,
    verification,
    documents,
    translations,
    jobs,
    glossaries,
    translation_memory,
    libretranslate,
    health,
)
_DESCRIPTION = """\
Checks a list of medicines for interactions, and says of every statement where it stands. Translates medical text, and
says which segments did not keep their numbers, doses, medicines or negations.

An answer without findings is not a statement of safety: read `not_covered`, `not_listed` and `not_checked`. A
translation with `ok: false` must be read by a person: see `failures` of its segments.
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
    app.state.service = service = Service(settings)
    app.state.translation = Translation(
        settings, partial(_catalogue, settings, service), TranslationMetrics(metrics.registry)
    )
    problems.install(app)
    for room in _ROOMS:
        app.include_router(room.router)
    if settings.ui:
        from api.screen import mount

        mount(app, settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the knowledge in the background: live at once, ready when it is there."""
    tasks = [asyncio.create_task(_load(app))]
    translation: Translation = app.state.translation
    if translation.may_resume():
        tasks.append(asyncio.create_task(asyncio.to_thread(translation.resume)))
    yield
    for task in tasks:
        task.cancel()
    await asyncio.to_thread(translation.close)


async def _load(app: FastAPI) -> None:
    try:
        await app.state.service.current()
    except Exception:  # told in the log by the service, and by /health/ready
        return


def _catalogue(settings: Settings, service: Service) -> Catalogue:
    """The names in use; called in threads, which can wait for the first of them."""
    for _ in range(_LOADING_LOOKS):
        if (snapshot := service.ready) is not None:
            return snapshot.catalogue
        time.sleep(_LOOK_SECONDS)
    return open_catalogue(settings)

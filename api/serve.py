"""Run the service: logs, one socket, one process."""

from __future__ import annotations

import contextlib
import socket

import uvicorn

from api import create_app
from api.addresses import is_v6, own_url
from medinfo import logs
from medinfo.errors import InvalidInput
from medinfo.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until interrupted.

    The socket is taken before the application is built, since the screen must know the port that it will call.

    Raises:
        UnsafeConfiguration: the address can be reached by others, and that was not asked for.
        InvalidInput: the address cannot be listened on.
    """
    settings.require_safe()
    logs.configure(production=settings.environment == "production", level=settings.log_level)
    listener = _listen(settings)
    bound = settings.model_copy(update={"port": listener.getsockname()[1]})
    app = create_app(bound)
    # Uvicorn's own access log writes query strings, which hold what was typed; the application writes its own.
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10)
    logs.get("api.serve").info("serving", url=own_url(bound), port=bound.port, screen=bound.ui)
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how a person ends it, not a failure
        uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if is_v6(settings.host) else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise InvalidInput(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror or error}.",
            hint="Another process may use the port: set MEDINFO_PORT.",
        ) from error
    return listener

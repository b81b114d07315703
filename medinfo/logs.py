"""Structured logs: JSON lines in production, readable lines in a terminal.

What may be logged: counts, codes of our own, durations, status codes, route templates. What may not: a patient's
data, a medicine's name as typed, the text of a question, a query string, the message of an unforeseen exception
(it may quote what was typed). So a foreign exception is logged as its type and the places it passed, never its text.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

QUIET = ("httpx", "httpcore", "httpx2", "httpcore2", "urllib3", "asyncio", "uvicorn.access", "multipart")
"""Loggers that write addresses with their query strings, or nothing of use: held to warnings."""


def without_message(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace `exc_info` by the exception's type and places (`file:line function`), leaving its text out."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error_type"] = type(error).__name__
        event["places"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return event


def _foreign(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mark a line of another library, and drop what our formatter added only for itself."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["logger"] = record.name
    return event


def _hand_over(logger: Any, name: str, event: MutableMapping[str, Any]) -> tuple[tuple[Any], dict[str, Any]]:
    """Give the line to the standard library, which else would add the exception's text to it by itself."""
    args, options = structlog.stdlib.ProcessorFormatter.wrap_for_formatter(logger, name, event)
    return args, {**options, "exc_info": False}


_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_message,
)


def configure(*, production: bool, level: str = "info", stream: TextIO | None = None) -> None:
    """Set up logging for this process: our own lines and those of libraries, in one form, to one stream.

    Args:
        production: JSON lines; else lines for a person.
        level: `debug`, `info`, `warning` or `error`.
        stream: where to write; standard error by default.
    """
    target = stream or sys.stderr
    renderer: Processor = (
        structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=target.isatty())
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[_foreign, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        foreign_pre_chain=_SHARED,
        keep_exc_info=False,
        keep_stack_info=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose lines carry the request id of the request being served.

    What it writes is safe to keep also where `configure` was not called, as under another server.

    Args:
        name: dotted module name.
    """
    logger: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.filter_by_level, *_SHARED, _hand_over],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return logger

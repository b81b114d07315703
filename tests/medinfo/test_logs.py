from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from medinfo import logs

SECRET = "Zolpidem for Mrs Example"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield io.StringIO()
    root.handlers[:], root.level = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_production_writes_one_json_object_a_line(stream: io.StringIO) -> None:
    logs.configure(production=True, stream=stream)
    logs.get("medinfo.test").info("check", medicines=3, ms=0.4)
    (line,) = _lines(stream)
    assert (line["event"], line["medicines"], line["level"], line["logger"]) == ("check", 3, "info", "medinfo.test")
    assert line["timestamp"].endswith("Z")


def test_a_terminal_gets_a_readable_line(stream: io.StringIO) -> None:
    logs.configure(production=False, stream=stream)
    logs.get("medinfo.test").info("check", medicines=3)
    assert "check" in stream.getvalue()
    assert "medicines=3" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_each_line_of_a_request_carries_its_id_also_those_of_libraries(stream: io.StringIO) -> None:
    logs.configure(production=True, stream=stream)
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        logs.get("medinfo.test").info("ours")
        logging.getLogger("uvicorn.error").warning("theirs")
    assert [line["request_id"] for line in _lines(stream)] == ["abc", "abc"]


@pytest.mark.parametrize("production", [True, False])
def test_an_exception_is_logged_by_type_and_place_without_its_text(stream: io.StringIO, production: bool) -> None:
    logs.configure(production=production, stream=stream)
    for write in (logs.get("medinfo.test").exception, logging.getLogger("uvicorn.error").exception):
        try:
            int(SECRET)
        except ValueError:
            write("failed")
    assert SECRET not in stream.getvalue()
    assert stream.getvalue().count("ValueError") == 2
    assert stream.getvalue().count("test_logs.py") == 2


def test_lines_below_the_level_are_not_written(stream: io.StringIO) -> None:
    logs.configure(production=True, level="warning", stream=stream)
    logs.get("medinfo.test").info("quiet")
    logs.get("medinfo.test").warning("loud")
    assert [line["event"] for line in _lines(stream)] == ["loud"]


@pytest.mark.parametrize("name", ["httpx", "httpcore", "uvicorn.access"])
def test_libraries_that_write_addresses_are_held_to_warnings(stream: io.StringIO, name: str) -> None:
    logs.configure(production=True, stream=stream)
    logging.getLogger(name).info('HTTP Request: GET http://127.0.0.1/v1/medicines?q="%s"', SECRET)
    assert stream.getvalue() == ""


def test_setting_up_twice_writes_each_line_once(stream: io.StringIO) -> None:
    logs.configure(production=True, stream=stream)
    logs.configure(production=True, stream=stream)
    logs.get("medinfo.test").info("once")
    assert len(_lines(stream)) == 1


def test_a_process_that_set_nothing_up_still_writes_no_exception_text(
    stream: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        int(SECRET)
    except ValueError:
        logs.get("medinfo.test").exception("failed")
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text

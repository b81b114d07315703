"""A database per test: a SQLite file, and with the mark `postgres` a server that the tests start themselves."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medinfo.storage.database import Database

_NUMBERS = itertools.count()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'medinfo.sqlite'}"
    make: Callable[[], str] = request.getfixturevalue("new_postgres_database")
    return make()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database.open(url)
    yield opened
    opened.close()


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def new_postgres_database() -> Iterator[Callable[[], str]]:
    """Makes databases on a real server, which runs as long as the tests do; skips where there is none to start."""
    psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server to start (initdb was not found)")
    folder = Path(tempfile.mkdtemp(prefix="medinfo-postgres-"))
    owner = _server_user()
    if owner:
        shutil.chown(folder, owner)
    run = {"user": owner, "extra_groups": []} if owner else {}
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "medinfo", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **run)
    port = _free_port()
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off"]
    options = [part for setting in settings for part in ("-c", setting)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder, **run)
    address = f"postgresql://medinfo@127.0.0.1:{port}"
    try:
        _wait(lambda: psycopg.connect(f"{address}/postgres", connect_timeout=2).close(), server, folder / "log")

        def make() -> str:
            name = f"test_{next(_NUMBERS)}"  # a schema is a database of its own to who sees no other, and made at once
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA {name}")
            return f"{address}/postgres?options=-csearch_path%3D{name}"

        yield make
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
        server.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the server's programs: Debian keeps them out of the path."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _server_user() -> str | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(connect: Callable[[], None], server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            return connect()
        except Exception:
            if server.poll() is not None:
                pytest.fail(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
            time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not answer: {log.read_text()[-2000:]}")

"""The one place that opens the database: a SQLite file, or PostgreSQL by URL.

SQLite: WAL mode, a connection a thread at a time, one writer (`BEGIN IMMEDIATE`; threads of one process wait in line
for it), foreign keys on, every commit synced, deleted content overwritten, the file readable by its owner alone.
PostgreSQL: psycopg, row locks where one row decides. Both are migrated to the newest schema when they are opened.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from medinfo.errors import Overloaded, StorageUnavailable
from medinfo.storage.migrate import migrate

BUSY_SECONDS = 10.0
"""How long a writer waits for the one before it; then it gets `Overloaded`."""
MAX_CONNECTIONS = 64
_KEPT_CONNECTIONS = 8
_MIGRATIONS = 0x6D65_6469_6E66  # key of our advisory lock: any number that no other user of the server takes
_WRITES = "medinfo_writes"


class Database:
    """An open database. Threads can share it; a process that forks opens its own.

    Args:
        engine: to a database at the newest schema; `Database.open` makes it so.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = threading.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str) -> Database:
        """Open a database and bring it to the newest schema; processes that start together wait for the first.

        Args:
            url: `sqlite:////folder/file.db` (made if it is not there, with its folder), or
                `postgresql://user:password@host/name`.

        Raises:
            StorageUnavailable: the URL is none of these, the database cannot be reached or read, it was written by a
                newer version, or the extra `postgres` is not installed.
        """
        parsed = _parsed(url)
        try:
            engine = _open_sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _open_postgres(parsed)
        except (DBAPIError, OSError) as error:
            raise StorageUnavailable(
                f"The database {parsed.render_as_string(hide_password=True)} cannot be opened.",
                hint="Check its address, that its server runs, and that its file and folder can be written.",
            ) from error
        return cls(engine)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads; SQLite shows it one state from its first query on."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end, undone when an exception passes. Keep it short.

        Raises:
            Overloaded: another writer held the database for too long.
        """
        with self._turn(), _waited(), self._engine.connect() as connection:
            writing = connection.execution_options(**{_WRITES: True})
            with writing.begin():
                yield writing

    def forget(self) -> None:
        """Overwrite what was deleted in SQLite's log of changes too, where nobody reads it just now.

        PostgreSQL's own vacuum does the like there.
        """
        if self._writer is not None:
            with self._turn(), self._engine.connect() as connection:
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite's own waiting polls and is not fair, so threads of one process stand in line for its one writer.
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=BUSY_SECONDS):
            raise Overloaded("The database is busy.")
        try:
            yield
        finally:
            self._writer.release()


@contextlib.contextmanager
def _waited() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise Overloaded("The database is busy.") from error
        raise


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageUnavailable("The address of the database is not a URL.", hint=_FORMS) from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"} and parsed.database not in {None, "", ":memory:"}:
        return parsed.set(drivername="sqlite+pysqlite", query={})
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise StorageUnavailable("The address of the database is neither a SQLite file nor PostgreSQL.", hint=_FORMS)


_FORMS = "Give sqlite:////folder/medinfo.db or postgresql://user:password@host/name."


def _open_sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=_KEPT_CONNECTIONS,
        max_overflow=MAX_CONNECTIONS - _KEPT_CONNECTIONS,
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,  # an error must not quote what was stored
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    with _closed_on_error(engine), _locked(path):
        _keep_private(path)
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode=WAL").close()
            with connection.execution_options(**{_WRITES: True}).begin():
                migrate(connection)
    return engine


def _open_postgres(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_size=_KEPT_CONNECTIONS,
            max_overflow=MAX_CONNECTIONS - _KEPT_CONNECTIONS,
            pool_pre_ping=True,
            connect_args={"connect_timeout": int(BUSY_SECONDS)},
            hide_parameters=True,
        )
    except ImportError as error:
        raise StorageUnavailable(
            "PostgreSQL needs psycopg, which is not installed.", hint="Install medinfo with the extra `postgres`."
        ) from error
    with _closed_on_error(engine), engine.connect() as connection, connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATIONS})
        migrate(connection)
    return engine


@contextlib.contextmanager
def _closed_on_error(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _keep_private(path: Path) -> None:
    """Make the file before SQLite does; its log and shared memory then take the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction by itself: _begin_sqlite does
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

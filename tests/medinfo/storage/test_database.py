"""The database: opened by several at once, migrated, private, one writer at a time."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from medinfo.errors import Overloaded, StorageUnavailable
from medinfo.storage import database as module
from medinfo.storage.database import Database
from medinfo.storage.schema import glossaries, glossary_versions, metadata


def row(identifier: str) -> dict[str, object]:
    return {"id": identifier, "version": 1, "created_at": 1.0}


def ids(database: Database) -> list[str]:
    with database.read() as connection:
        return sorted(connection.scalars(select(glossaries.c.id)))


def test_the_migrations_make_just_the_tables_that_the_code_uses(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_was_written_is_there_when_it_is_opened_again(database: Database, url: str) -> None:
    with database.write() as connection:
        connection.execute(insert(glossaries).values(row("one")))
    again = Database.open(url)
    assert ids(again) == ["one"]
    assert again.dialect in url
    again.close()


def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    def broken() -> None:
        with database.write() as connection:
            connection.execute(insert(glossaries).values(row("one")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert ids(database) == []


def test_a_row_needs_the_row_that_it_refers_to(database: Database) -> None:
    orphan = {"glossary_id": "nobody", "version": 1, "name": "x", "created_at": 1.0}
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        connection.execute(insert(glossary_versions).values(orphan))
    assert "nobody" not in str(caught.value).split("DETAIL")[0]  # statements do not quote what was stored


def test_many_threads_write_one_after_the_other(database: Database) -> None:
    def work(number: int) -> None:
        for step in range(10):
            with database.write() as connection:
                connection.execute(insert(glossaries).values(row(f"{number}-{step}")))
            ids(database)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids(database)) == 80


def _open(url: str, name: str, failures: multiprocessing.Queue[str]) -> None:
    try:
        opened = Database.open(url)
        with opened.write() as connection:
            connection.execute(insert(glossaries).values(row(name)))
        opened.close()
    except BaseException as error:
        failures.put(repr(error))


def test_processes_that_start_together_on_nothing_do_not_collide(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    failures = spawn.Queue()
    processes = [spawn.Process(target=_open, args=(url, f"p{number}", failures)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert failures.empty(), failures.get()
    opened = Database.open(url)
    assert ids(opened) == ["p0", "p1", "p2", "p3"]
    opened.close()


def test_a_database_of_a_newer_version_is_refused(database: Database, url: str) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageUnavailable, match="newer version"):
        Database.open(url)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "medinfo.sqlite"


def test_a_sqlite_file_is_for_its_owner_alone(path: Path) -> None:
    path.parent.mkdir()
    path.touch(0o644)
    opened = Database.open(f"sqlite:///{path}")
    with opened.write() as connection:
        connection.execute(insert(glossaries).values(row("one")))
        files = sorted(path.parent.iterdir())
        assert len(files) >= 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    opened.close()


def test_sqlite_keeps_a_log_of_changes_and_syncs_each(path: Path) -> None:
    opened = Database.open(f"sqlite:///{path}")
    with opened.read() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert found == ["wal", 2, 1, 1, module.BUSY_SECONDS * 1000]
    opened.close()


def test_what_is_deleted_is_gone_from_the_files_too(path: Path) -> None:
    secret = "a-patient-of-ours"
    opened = Database.open(f"sqlite:///{path}")
    with opened.write() as connection:
        connection.execute(insert(glossaries).values(row(secret)))
    assert any(secret.encode() in file.read_bytes() for file in path.parent.iterdir())
    with opened.write() as connection:
        connection.execute(glossaries.delete())
    opened.forget()
    assert not any(secret.encode() in file.read_bytes() for file in path.parent.iterdir())
    opened.close()


def test_trouble_that_is_no_waiting_is_not_told_as_such(database: Database) -> None:
    with pytest.raises(DBAPIError), database.write() as connection:
        connection.execute(text("SELECT * FROM there_is_no_such_table"))


def test_a_reader_is_not_held_up_by_a_writer(path: Path) -> None:
    opened = Database.open(f"sqlite:///{path}")
    with opened.write() as connection:
        connection.execute(insert(glossaries).values(row("one")))
        assert ids(opened) == []
    assert ids(opened) == ["one"]
    opened.close()


def test_a_writer_that_waits_too_long_for_another_process_is_told_to_come_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    opened = Database.open(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Overloaded), opened.write():
        pass
    other.execute("ROLLBACK")
    other.close()
    with opened.write() as connection:
        connection.execute(insert(glossaries).values(row("one")))
    assert ids(opened) == ["one"]
    opened.close()


def test_a_writer_that_waits_too_long_for_another_thread_is_told_to_come_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    opened = Database.open(f"sqlite:///{path}")
    with opened.write(), pytest.raises(Overloaded), opened.write():
        pass
    opened.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "no url at all"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(StorageUnavailable):
        Database.open(url)


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, but something that somebody needs" * 100)
    before = path.read_bytes()
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        Database.open(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnavailable, match="cannot be opened"):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'medinfo.sqlite'}")


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with pytest.raises(StorageUnavailable) as caught:
        Database.open("postgresql://user:hunter2@127.0.0.1:1/name")
    assert "127.0.0.1" in caught.value.detail
    assert "hunter2" not in caught.value.detail


def test_a_missing_driver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageUnavailable, match="psycopg") as caught:
        Database.open("postgres://user@127.0.0.1/name")
    assert "postgres" in caught.value.hint

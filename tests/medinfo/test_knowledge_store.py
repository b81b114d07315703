"""Imported editions: stored once, activated at once or not at all, never half."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from medinfo import knowledge_store
from medinfo.errors import InvalidInput, KnowledgeError, NotFound
from medinfo.knowledge_store import KnowledgeStore

SOURCE = "essay-source"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


@pytest.fixture
def store(root: Path) -> KnowledgeStore:
    return KnowledgeStore(root)


def active(store: KnowledgeStore) -> str | None:
    stored = store.active(SOURCE)
    return stored.edition if stored else None


def test_an_empty_store_has_nothing_and_makes_no_folder(store: KnowledgeStore, root: Path) -> None:
    assert store.active(SOURCE) is None
    assert store.editions(SOURCE) == ()
    assert store.sources() == ()
    assert store.stamp() == KnowledgeStore(root).stamp()
    assert not root.exists()


def test_the_first_edition_is_used_at_once_and_read_back(store: KnowledgeStore) -> None:
    stored = store.add(SOURCE, "2023-09", b"content")
    assert (stored.edition, stored.active, stored.read()) == ("2023-09", True, b"content")
    assert store.active(SOURCE) == stored
    assert store.sources() == (SOURCE,)


def test_a_newer_edition_is_used_and_an_older_one_only_stored(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"two")
    assert not store.add(SOURCE, "2019-09", b"one").active
    assert active(store) == "2023-09"
    assert store.add(SOURCE, "2024-01", b"three").active
    assert [stored.edition for stored in store.editions(SOURCE)] == ["2019-09", "2023-09", "2024-01"]
    assert [stored.active for stored in store.editions(SOURCE)] == [False, False, True]


def test_activation_can_be_asked_for_and_declined(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"two")
    assert store.add(SOURCE, "2019-09", b"one", activate=True).active
    assert not store.add(SOURCE, "2025-01", b"three", activate=False).active
    assert active(store) == "2019-09"


def test_the_same_content_again_changes_nothing(store: KnowledgeStore, root: Path) -> None:
    store.add(SOURCE, "2023-09", b"content")
    store.add(SOURCE, "2024-01", b"newer")
    store.activate(SOURCE, "2023-09")
    state = (root / SOURCE / "state.json").stat()
    store.add(SOURCE, "2024-01", b"newer")
    assert active(store) == "2023-09"
    assert (root / SOURCE / "state.json").stat().st_mtime_ns == state.st_mtime_ns


def test_new_content_of_an_edition_takes_the_place_of_the_old(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"as published")
    store.add(SOURCE, "2023-09", b"as corrected")
    assert [stored.read() for stored in store.editions(SOURCE)] == [b"as corrected"]
    back = store.rollback(SOURCE)
    assert back is not None
    assert back.read() == b"as published"


def test_rollback_goes_back_step_by_step_to_the_embedded_tables(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"one")
    store.add(SOURCE, "2024-01", b"two")
    back = store.rollback(SOURCE)
    assert back is not None
    assert back.edition == "2023-09"
    assert store.rollback(SOURCE) is None
    with pytest.raises(NotFound, match="in use before"):
        store.rollback(SOURCE)
    assert len(store.editions(SOURCE)) == 2


def test_deactivation_keeps_what_is_stored(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"one")
    store.deactivate(SOURCE)
    assert active(store) is None
    assert store.activate(SOURCE, "2023-09").read() == b"one"


def test_after_a_deactivation_only_a_new_edition_is_used_at_once(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"one")
    store.deactivate(SOURCE)
    assert not store.add(SOURCE, "2019-09", b"older").active
    assert not store.add(SOURCE, "2023-09", b"one").active
    assert store.add(SOURCE, "2024-01", b"newer").active


def test_an_edition_that_is_not_stored_cannot_be_activated(store: KnowledgeStore) -> None:
    with pytest.raises(NotFound, match="no edition 2023-09"):
        store.activate(SOURCE, "2023-09")


def test_the_stamp_changes_with_the_activation_alone(store: KnowledgeStore, root: Path) -> None:
    store.add(SOURCE, "2023-09", b"one")
    first = store.stamp()
    store.add(SOURCE, "2019-09", b"older")
    assert store.stamp() == first
    store.activate(SOURCE, "2019-09")
    assert store.stamp() != first
    store.rollback(SOURCE)
    assert KnowledgeStore(root).stamp() == first


def test_sources_do_not_mix(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2023-09", b"one")
    first = store.stamp()
    store.add("other", "2024-02-29", b"two")
    assert store.stamp() != first
    assert active(store) == "2023-09"
    assert store.sources() == (SOURCE, "other")


@pytest.mark.parametrize("source", ["", "..", "a/b", "A", "a--b", "-a", "a" * 65, "é", "a\n", "a.b"])
def test_names_of_sources_are_slugs(store: KnowledgeStore, root: Path, source: str) -> None:
    with pytest.raises(InvalidInput, match="name of a source"):
        store.add(source, "2023-09", b"content")
    with pytest.raises(InvalidInput):
        store.active(source)
    assert not root.exists()


@pytest.mark.parametrize("edition", ["", "2023", "2023-13", "2023-00", "2023-02-30", "../..", "2023-09\n", "٢٠٢٣-٠٩"])
def test_editions_are_dates(store: KnowledgeStore, root: Path, edition: str) -> None:
    with pytest.raises(InvalidInput, match="edition"):
        store.add(SOURCE, edition, b"content")
    assert not root.exists()


def test_sizes_are_bounded(store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_store, "MAX_BYTES", 10)
    store.add(SOURCE, "2023-09", b"x" * 10)
    for content in (b"", b"x" * 11):
        with pytest.raises(InvalidInput):
            store.add(SOURCE, "2023-09", content)
    monkeypatch.setattr(knowledge_store, "MAX_BYTES", 9)
    stored = store.active(SOURCE)
    assert stored is not None
    with pytest.raises(KnowledgeError, match="larger"):
        stored.read()


def test_the_number_of_editions_is_bounded(store: KnowledgeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_store, "MAX_EDITIONS", 2)
    store.add(SOURCE, "2021-01", b"one")
    store.add(SOURCE, "2022-01", b"two")
    store.add(SOURCE, "2022-01", b"two, corrected")
    with pytest.raises(InvalidInput, match="stored already"):
        store.add(SOURCE, "2023-01", b"three")


@pytest.mark.parametrize("damage", [b"", b"contenu", b"content and more"])
def test_a_damaged_file_is_refused_and_the_edition_before_stays_readable(store: KnowledgeStore, damage: bytes) -> None:
    store.add(SOURCE, "2022-01", b"before")
    stored = store.add(SOURCE, "2023-09", b"content")
    stored.path.write_bytes(damage)
    with pytest.raises(KnowledgeError, match="altered or cut off") as caught:
        stored.read()
    assert "2023-09" in caught.value.detail
    back = store.rollback(SOURCE)
    assert back is not None
    assert back.read() == b"before"
    with pytest.raises(KnowledgeError):
        store.activate(SOURCE, "2023-09")
    assert active(store) == "2022-01"


def test_a_missing_file_is_refused_and_importing_again_heals(store: KnowledgeStore) -> None:
    stored = store.add(SOURCE, "2023-09", b"content")
    stored.path.unlink()
    with pytest.raises(KnowledgeError, match="cannot be read"):
        stored.read()
    assert store.add(SOURCE, "2023-09", b"content").read() == b"content"


def test_rollback_to_a_damaged_file_changes_nothing(store: KnowledgeStore) -> None:
    store.add(SOURCE, "2022-01", b"before").path.write_bytes(b"damaged")
    store.add(SOURCE, "2023-09", b"content")
    with pytest.raises(KnowledgeError):
        store.rollback(SOURCE)
    assert active(store) == "2023-09"


@pytest.mark.parametrize(
    "state",
    [
        "",
        "{",
        "[]",
        '{"format": 1}',
        '{"format": 2, "editions": {}, "active": "", "history": []}',
        '{"format": 1, "editions": {"2023-09": "../../etc/passwd"}, "active": "", "history": []}',
        json.dumps({"format": 1, "editions": {}, "active": "/etc/passwd", "history": []}),
        json.dumps(
            {"format": 1, "editions": {"2022-01": f"2023-09_{'a' * 64}.knowledge"}, "active": "", "history": []}
        ),
    ],
)
def test_a_damaged_state_is_said_and_changes_the_stamp(store: KnowledgeStore, root: Path, state: str) -> None:
    store.add(SOURCE, "2023-09", b"content")
    before = store.stamp()
    (root / SOURCE / "state.json").write_text(state)
    with pytest.raises(KnowledgeError, match="list of imported editions") as caught:
        store.active(SOURCE)
    assert "import again" in caught.value.hint
    assert store.stamp() != before


def test_what_a_killed_writer_left_is_cleaned_and_never_read(store: KnowledgeStore, root: Path) -> None:
    store.add(SOURCE, "2022-01", b"one")
    (root / SOURCE / ".incoming-abc").write_bytes(b"half")
    orphan = root / SOURCE / f"2023-09_{'0' * 64}.knowledge"
    orphan.write_bytes(b"renamed, but never in the state")
    assert [stored.edition for stored in store.editions(SOURCE)] == ["2022-01"]
    store.add(SOURCE, "2022-02", b"two")
    assert not orphan.exists()
    assert not (root / SOURCE / ".incoming-abc").exists()


@pytest.mark.parametrize("at", [1, 2])
def test_a_failure_while_renaming_leaves_the_state_before(
    store: KnowledgeStore, root: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    store.add(SOURCE, "2022-01", b"one")
    calls = 0
    rename = Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        store.add(SOURCE, "2023-09", b"two")
    monkeypatch.undo()
    assert active(store) == "2022-01"
    assert not list((root / SOURCE).glob(".incoming-*"))
    assert store.add(SOURCE, "2023-09", b"two").read() == b"two"


def add_many(root: Path, first: int) -> None:
    store = KnowledgeStore(root)
    for month in range(1, 13):
        store.add(SOURCE, f"20{first:02d}-{month:02d}", f"content {first} {month}".encode() * 1000)


def test_two_processes_import_at_once(store: KnowledgeStore, root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=add_many, args=(root, first)) for first in (10, 20)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    stored = store.editions(SOURCE)
    assert len(stored) == 24
    assert all(edition.read().startswith(b"content") for edition in stored)
    assert active(store) == "2020-12"


def add_until_killed(root: Path) -> None:
    store = KnowledgeStore(root)
    number = 0
    while True:
        number += 1
        store.add(SOURCE, f"{2000 + number % 20}-01", os.urandom(200_000), activate=True)


def test_a_writer_killed_at_any_moment_leaves_a_readable_store(store: KnowledgeStore, root: Path) -> None:
    context = multiprocessing.get_context("spawn")
    store.add(SOURCE, "1999-01", b"before")
    for _ in range(3):
        process = context.Process(target=add_until_killed, args=(root,))
        before = store.stamp()
        process.start()
        while store.stamp() == before:
            process.join(0.01)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        stored = store.active(SOURCE)
        assert stored is not None
        assert len(stored.read()) == 200_000
        assert store.add(SOURCE, "2030-01", b"after", activate=True).read() == b"after"

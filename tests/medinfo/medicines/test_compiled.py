"""Compiled tables: written once, mapped from then on, rebuilt when damaged."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from medinfo.medicines import compiled
from medinfo.medicines.compiled import Arrays, Index, Strings, open_or_build, pack_index, pack_strings


def build() -> Arrays:
    return pack_index("names", ["", "a", "é", "warfarin"])


def never() -> Arrays:
    raise AssertionError("the tables are compiled already")


def kept(root: Path) -> list[str]:
    """What stands in a folder of compiled tables, the lock apart."""
    return [path.name for path in root.iterdir() if path.name != ".lock"]


def test_texts_come_back_by_number() -> None:
    strings = Strings(pack_strings("x", ["", "a", "é€"]), "x")
    assert [strings[number] for number in range(len(strings))] == ["", "a", "é€"]


def test_a_text_is_found_and_another_is_not() -> None:
    texts = [f"name {number}" for number in range(500)]
    index = Index(pack_index("x", texts), "x")
    assert [index.find(text) for text in texts] == list(range(500))
    assert index.find("name 500") is None
    assert index.find("\ud800") is None


def test_a_second_process_maps_what_the_first_has_built(tmp_path: Path) -> None:
    open_or_build(tmp_path, "digest", build)
    arrays = open_or_build(tmp_path, "digest", never)
    assert isinstance(arrays["names.bytes"], np.memmap)
    assert Index(arrays, "names").find("warfarin") == 3


def test_nothing_is_left_aside(tmp_path: Path) -> None:
    open_or_build(tmp_path, "digest", build)
    assert kept(tmp_path) == ["digest"]


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "manifest", "manifest shape"])
def test_a_damaged_folder_is_built_anew(tmp_path: Path, damage: str) -> None:
    open_or_build(tmp_path, "digest", build)
    file = tmp_path / "digest" / "names.bytes.npy"
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif damage == "changed":
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    elif damage == "gone":
        file.unlink()
    elif damage == "manifest":
        (tmp_path / "digest" / "manifest.json").write_text("{", "utf-8")
    else:
        (tmp_path / "digest" / "manifest.json").write_text(json.dumps([1]), "utf-8")
    assert Index(open_or_build(tmp_path, "digest", build), "names").find("warfarin") == 3
    assert Index(open_or_build(tmp_path, "digest", never), "names").find("warfarin") == 3


def test_many_at_once_all_get_the_tables(tmp_path: Path) -> None:
    found: list[int | None] = []

    def work() -> None:
        found.append(Index(open_or_build(tmp_path, "digest", build), "names").find("é"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 8
    assert kept(tmp_path) == ["digest"]


def test_a_folder_that_cannot_be_kept_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_write", lambda *_: None)
    with pytest.raises(OSError, match="cannot be kept"):
        open_or_build(tmp_path, "digest", build)


def test_those_who_wait_map_what_the_first_has_built(tmp_path: Path) -> None:
    """However many start together, the tables are built once."""
    started, built = threading.Barrier(6), []

    def slowly() -> Arrays:
        built.append(1)
        time.sleep(0.05)
        return build()

    def work() -> None:
        started.wait()
        open_or_build(tmp_path, "digest", slowly)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == [1]

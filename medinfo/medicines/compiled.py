"""Compiled tables: arrays on disk that a process only maps.

A compiled folder holds one `.npy` file per array and a `manifest.json` with the size and hash of each. It is written
aside and renamed into place, so that other processes see all of it or nothing; one that is damaged is built anew.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]

_MANIFEST = "manifest.json"
_EMPTY = 0  # a slot of a hash table that points nowhere


def view(array: Array) -> memoryview:
    """The array for reading single items, which is several times faster than through numpy."""
    plain: Any = np.asarray(array)
    return memoryview(plain)


class Strings:
    """Many short texts in one block of bytes, by number.

    Args:
        arrays: the arrays of a compiled folder. name: the name that `pack_strings` was given.
    """

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._bytes = view(arrays[f"{name}.bytes"])
        self._offsets = view(arrays[f"{name}.offsets"])

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> str:
        return str(self.raw(number), "utf-8")

    def raw(self, number: int) -> memoryview:
        """The bytes of one text."""
        return self._bytes[self._offsets[number] : self._offsets[number + 1]]


def pack_strings(name: str, texts: Iterable[str]) -> dict[str, Array]:
    """The arrays that `Strings` reads."""
    encoded = [text.encode("utf-8") for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    return {f"{name}.bytes": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.offsets": offsets}


class Index:
    """Texts found by an open-addressing hash table: text to number.

    Args:
        arrays, name: as for `Strings`; packed by `pack_index`.
    """

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.texts = Strings(arrays, name)
        self._slots = view(arrays[f"{name}.slots"])
        self._mask = len(self._slots) - 1

    def find(self, text: str) -> int | None:
        """Number of a text, or None."""
        wanted = text.encode("utf-8", "surrogatepass")
        slot = zlib.crc32(wanted) & self._mask
        while (number := self._slots[slot]) != _EMPTY:
            if self.texts.raw(number - 1) == wanted:
                return int(number) - 1
            slot = (slot + 1) & self._mask
        return None


def pack_index(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """The arrays that `Index` reads. The texts must differ; their order gives their numbers."""
    mask = (1 << max(3, (2 * len(texts)).bit_length())) - 1
    slots = [_EMPTY] * (mask + 1)
    for number, text in enumerate(texts, 1):
        slot = zlib.crc32(text.encode("utf-8")) & mask
        while slots[slot] != _EMPTY:
            slot = (slot + 1) & mask
        slots[slot] = number
    return {**pack_strings(name, texts), f"{name}.slots": np.array(slots, np.uint32)}


def open_or_build(root: Path, digest: str, build: Callable[[], Arrays]) -> Arrays:
    """The mapped arrays of one compiled folder; builds it first if it is absent or damaged.

    Args:
        root: folder of all compiled tables; made if absent.
        digest: name of the compiled folder: a hash of all that it is built from.
        build: makes the arrays.

    Raises:
        OSError: the folder cannot be written.
    """
    folder = root / digest
    arrays = _map(folder)
    if arrays is None:
        with _locked(root):
            arrays = _map(folder)  # another process may have built them while this one waited
            if arrays is None:
                _write(root, folder, build())
                arrays = _map(folder)
        if arrays is None:
            raise OSError(f"compiled tables cannot be kept in {root}")
    return arrays


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the folder of compiled tables: one process or thread builds, the others wait and map what it built."""
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _map(folder: Path) -> Arrays | None:
    """The arrays of a folder, or None if any of them is absent or damaged."""
    try:
        listed: dict[str, list[Any]] = json.loads((folder / _MANIFEST).read_text("utf-8"))
        for name, (size, digest) in listed.items():
            content = (folder / name).read_bytes()
            if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
                return None
        return {name.removesuffix(".npy"): np.load(folder / name, mmap_mode="r") for name in listed}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _write(root: Path, folder: Path, arrays: Arrays) -> None:
    """Write a folder aside and put it in place of a damaged one; the caller holds the lock."""
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=root))
    new, damaged = aside / "new", aside / "damaged"
    try:
        new.mkdir()
        listed: dict[str, list[Any]] = {}
        for name, array in arrays.items():
            file = new / f"{name}.npy"
            np.save(file, array, allow_pickle=False)
            content = file.read_bytes()
            listed[file.name] = [len(content), hashlib.sha256(content).hexdigest()]
        (new / _MANIFEST).write_text(json.dumps(listed), "utf-8")
        if folder.exists():
            folder.replace(damaged)
        new.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)

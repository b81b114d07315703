"""Where imported official knowledge lives: files, editions, activation.

    <root>/<source>/state.json                     which editions are stored, which is in use, which was before
    <root>/<source>/<edition>_<sha256>.knowledge   one immutable file per edition, named after its own checksum

A file is written aside, synced and renamed; then the state is, in the same way. A process killed at any moment leaves
the old state or the new one. Writers take a lock per source (released by the system if they die); readers need none.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from medinfo.errors import InvalidInput, KnowledgeError, NotFound

MAX_BYTES = 256 * 1024 * 1024
MAX_EDITIONS = 200
MAX_HISTORY = 50
FORMAT = 1

_SOURCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_FILE = re.compile(r"([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)_([0-9a-f]{64})\.knowledge")
_ASIDE = ".incoming-"


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """One imported edition of one source.

    Attributes:
        sha256: of the content. path: the immutable file. active: whether it was in use when this was made.
    """

    source: str
    edition: str
    sha256: str
    path: Path
    active: bool

    def read(self) -> bytes:
        """The content, its checksum verified.

        Raises:
            KnowledgeError: the file is gone, too large, or not what was stored.
        """
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise _damaged(self.source, self.edition, f"its file is larger than {MAX_BYTES // 2**20} MB")
            content = self.path.read_bytes()
        except OSError as error:
            raise _damaged(self.source, self.edition, "its file cannot be read") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise _damaged(self.source, self.edition, "its file was altered or cut off")
        return content


@dataclass(frozen=True, slots=True)
class _State:
    """`editions`: edition to file name; `active`: file name, "" for none; `history`: what was active, oldest first."""

    editions: dict[str, str]
    active: str = ""
    history: tuple[str, ...] = ()

    def activated(self, name: str) -> _State:
        if name == self.active:
            return self
        return _State(self.editions, name, (*self.history, self.active)[-MAX_HISTORY:])


class KnowledgeStore:
    """All imported editions below one folder.

    Args:
        root: the folder; it is made when something is first stored.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def add(self, source: str, edition: str, content: bytes, *, activate: bool | None = None) -> StoredEdition:
        """Store an edition.

        The first edition of a source is used at once, and so is one at least as new as the one in use; an older one
        is only stored. `activate` decides otherwise. The same content again changes nothing.

        Args:
            source: slug such as `ansm-thesaurus`. edition: `YYYY-MM` or `YYYY-MM-DD`. content: at most 256 MB.

        Raises:
            InvalidInput: a name or the size is out of bounds.
        """
        _check_names(source, edition)
        if not 0 < len(content) <= MAX_BYTES:
            raise InvalidInput(f"An edition holds 1 byte to {MAX_BYTES // 2**20} MB.")
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"{edition}_{sha256}.knowledge"
        with self._locked(source) as folder:
            state = self._state(source)
            if edition not in state.editions and len(state.editions) >= MAX_EDITIONS:
                raise InvalidInput(f"{MAX_EDITIONS} editions of {source} are stored already.")
            if not _is_intact(folder / name, sha256):
                _write_aside(folder / name, content)
            use = _is_newer(state, edition) and state.editions.get(edition) != name if activate is None else activate
            changed = _State({**state.editions, edition: name}, state.active, state.history)
            self._save(source, state, changed.activated(name) if use else changed)
            _clean(folder, self._state(source))
        return self._edition(source, edition)

    def editions(self, source: str) -> tuple[StoredEdition, ...]:
        """All stored editions of a source, oldest first.

        Raises:
            KnowledgeError: the state of the source is damaged.
        """
        _check_names(source)
        state = self._state(source)
        return tuple(self._stored(source, state, name) for _, name in sorted(state.editions.items()))

    def sources(self) -> tuple[str, ...]:
        """All sources of which something is stored, sorted."""
        try:
            names = [folder.name for folder in self._root.iterdir() if (folder / "state.json").is_file()]
        except FileNotFoundError:
            return ()
        return tuple(sorted(name for name in names if _SOURCE.fullmatch(name)))

    def active(self, source: str) -> StoredEdition | None:
        """The edition in use, or None: then the embedded tables are.

        Raises:
            KnowledgeError: the state of the source is damaged.
        """
        _check_names(source)
        state = self._state(source)
        return self._stored(source, state, state.active) if state.active else None

    def activate(self, source: str, edition: str) -> StoredEdition:
        """Use a stored edition from now on.

        Raises:
            NotFound: it is not stored. KnowledgeError: its file is damaged; nothing changes then.
        """
        _check_names(source, edition)
        with self._locked(source):
            state = self._state(source)
            if edition not in state.editions:
                raise NotFound(f"There is no edition {edition} of {source} in the store.")
            name = state.editions[edition]
            self._stored(source, state, name).read()
            self._save(source, state, state.activated(name))
        return self._edition(source, edition)

    def rollback(self, source: str) -> StoredEdition | None:
        """Go back to what was in use before; None means: the embedded tables.

        Raises:
            NotFound: nothing was in use before. KnowledgeError: its file is damaged; nothing changes then.
        """
        _check_names(source)
        with self._locked(source):
            state = self._state(source)
            if not state.history:
                raise NotFound(f"No other edition of {source} was in use before.")
            previous = state.history[-1]
            if previous:
                self._stored(source, state, previous).read()
            self._save(source, state, _State(state.editions, previous, state.history[:-1]))
        return self.active(source)

    def deactivate(self, source: str) -> None:
        """Use no imported edition of a source: the embedded tables serve again. What is stored stays."""
        _check_names(source)
        with self._locked(source):
            state = self._state(source)
            self._save(source, state, state.activated(""))

    def stamp(self) -> str:
        """A short text that changes when an activation changes. Cheap: one small file a source is read."""
        digest = hashlib.sha256()
        for source in self.sources():
            try:
                active = self._state(source).active
            except KnowledgeError:
                active = "damaged"
            digest.update(f"{source}\0{active}\0".encode())
        return digest.hexdigest()[:16]

    def _edition(self, source: str, edition: str) -> StoredEdition:
        state = self._state(source)
        return self._stored(source, state, state.editions[edition])

    def _stored(self, source: str, state: _State, name: str) -> StoredEdition:
        edition, _, rest = name.partition("_")
        path = self._root / source / name
        return StoredEdition(source, edition, rest.removesuffix(".knowledge"), path, name == state.active)

    def _state(self, source: str) -> _State:
        path = self._root / source / "state.json"
        try:
            return _parse_state(json.loads(path.read_bytes()))
        except FileNotFoundError:
            return _State({})
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise KnowledgeError(
                f"The list of imported editions of {source} is damaged ({path}).",
                hint=f"Remove the folder {path.parent} and import again.",
            ) from error

    def _save(self, source: str, before: _State, state: _State) -> None:
        if state == before:
            return
        value = {"format": FORMAT, "editions": state.editions, "active": state.active, "history": state.history}
        _write_aside(self._root / source / "state.json", json.dumps(value, indent=1, sort_keys=True).encode())

    @contextlib.contextmanager
    def _locked(self, source: str) -> Iterator[Path]:
        folder = self._root / source
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(handle)


def _check_names(source: str, edition: str | None = None) -> None:
    if len(source) > 64 or not _SOURCE.fullmatch(source):
        raise InvalidInput(f"{source!r} is not the name of a source.")
    if edition is None:
        return
    match = _EDITION.fullmatch(edition)
    try:
        if not match:
            raise ValueError(edition)
        date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError as error:
        raise InvalidInput(f"{edition!r} is not an edition (YYYY-MM or YYYY-MM-DD).") from error


def _is_newer(state: _State, edition: str) -> bool:
    if state.active:
        return edition >= state.active.partition("_")[0]
    return edition >= max(state.editions, default="")


def _is_intact(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _parse_state(value: Any) -> _State:
    editions, active, history = value["editions"], value["active"], tuple(value["history"])
    for name in (*editions.values(), *filter(None, (active, *history))):
        if not _FILE.fullmatch(name):
            raise ValueError(name)
    if value["format"] != FORMAT or any(not name.startswith(f"{edition}_") for edition, name in editions.items()):
        raise ValueError(value["format"])
    return _State(dict(editions), active, history)


def _write_aside(path: Path, content: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=_ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clean(folder: Path, state: _State) -> None:
    # What a killed writer left aside, and files that neither an edition nor the way back refers to.
    needed = {*state.editions.values(), state.active, *state.history}
    for path in folder.iterdir():
        if path.name.startswith(_ASIDE) or (_FILE.fullmatch(path.name) and path.name not in needed):
            path.unlink(missing_ok=True)


def _damaged(source: str, edition: str, reason: str) -> KnowledgeError:
    return KnowledgeError(
        f"The imported edition {edition} of {source} cannot be used: {reason}.",
        hint="Import it again, or go back to the edition before.",
    )

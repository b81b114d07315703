"""The folder of models: names that can stand in it, one writer of each, and models that appear whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from medinfo.errors import InvalidInput, UnusableSource
from translation.engine_manifest import MANIFEST, InstalledModel, write_manifest
from translation.results import Quality
from translation.tokenisers import open_tokeniser

DOWNLOADS, INCOMING = ".downloads", ".incoming-"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9])){0,79}")

Made = Callable[[Path], str]
"""Makes a model's files in a folder that does not exist yet, and says how its weights are stored."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written into the manifest, and said."""

    name: str
    family: str
    pairs: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    licence: str
    quality: Quality
    source: str
    revision: str


def check_name(name: str) -> str:
    """A name that a model's folder can have: it cannot lead out of the folder of models.

    Raises:
        InvalidInput: it is none.
    """
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            f"{name[:100]!r} cannot be the name of a model.",
            hint="Use lower-case letters, digits, and single `-`, `_` or `.` between them.",
        )
    return name


def put(folder: Path, plan: Plan, make: Made) -> list[str]:
    """Make a model aside, check that it can be used, and rename it into place.

    Returns:
        where it is and how large, for a person.

    Raises:
        UnusableSource: it cannot be used. InvalidInput: one of that name came in the meantime.
    """
    with tempfile.TemporaryDirectory(prefix=f"{INCOMING}{plan.name}-", dir=folder) as aside:
        made = Path(aside) / plan.name
        stored = make(made)
        _require_usable(made)
        model = write_manifest(
            made, family=plan.family, pairs=plan.pairs, languages=plan.languages, licence=plan.licence,
            quality=plan.quality, source=plan.source, revision=plan.revision, quantisation=stored,
        )  # fmt: skip
        _require_speaks(model)
        for file in made.iterdir():
            with file.open("rb") as written:
                os.fsync(written.fileno())
        require_new(folder, plan.name)
        made.rename(folder / plan.name)
    size = sum(model.sizes.values()) / 1e6
    return [
        f"Installed in {folder / plan.name}: {size:.1f} MB, weights {stored}.",
        f"The SHA-256 of each of its {len(model.sha256)} files is recorded in {MANIFEST}.",
    ]


def _require_usable(made: Path) -> None:
    import ctranslate2

    try:
        ctranslate2.Translator(str(made), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1)
    except (RuntimeError, ValueError, OSError) as problem:
        why = str(problem).splitlines()[0][:200] if str(problem) else type(problem).__name__
        raise UnusableSource(f"The model cannot be loaded by CTranslate2: {why}.") from problem


def _require_speaks(model: InstalledModel) -> None:
    try:
        open_tokeniser(model.folder).encode("1")
    except InvalidInput as problem:
        raise UnusableSource(problem.detail) from problem


def require_new(folder: Path, name: str) -> None:
    """Refuse a name that is taken.

    Raises:
        InvalidInput: a model of that name is installed.
    """
    if (folder / name).exists():
        raise InvalidInput(
            f"The model {name} is installed already.", hint=f"To replace it: medinfo models remove {name}"
        )


@contextlib.contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Only one at a time installs a model of this name; what a killed one left of it is cleared."""
    require_new(folder, name)
    downloads = folder / DOWNLOADS
    downloads.mkdir(parents=True, exist_ok=True)
    with (downloads / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InvalidInput(f"The model {name} is being installed by another process.") from None
        for left in folder.glob(f"{INCOMING}{name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        require_new(folder, name)
        yield

"""Models in memory: loaded at first use, once, and let go when nobody has used them for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medinfo import logs
from medinfo.errors import MedinfoError, UserError
from translation.devices import Place
from translation.engine_layout import Layout, read_layout
from translation.engine_manifest import InstalledModel, digest, read_manifest
from translation.engine_routes import Damaged, unusable
from translation.families import family

WEIGHTS = "model.bin"

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model in memory.

    Attributes:
        model: what it is. layout: the tokens that it is given. translator: CTranslate2's.
        size: bytes of its weights on disk, which is about what they take in memory.
    """

    model: InstalledModel
    layout: Layout
    translator: Any
    size: int


class Checksums:
    """Holds files to the digests of their manifest: sizes each time, digests once as long as a file is untouched."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, int, int]] = {}
        self._lock = threading.Lock()

    def sizes(self, model: InstalledModel) -> str:
        """What is wrong with the presence or the size of a model's files, or "". Reads no content."""
        for file in dict.fromkeys((WEIGHTS, *model.sha256, *model.sizes)):
            try:
                found = (model.folder / file).stat().st_size
            except OSError:
                return f"{file} is missing"
            expected = model.sizes.get(file, found)
            if found != expected:
                return f"{file} has {found} bytes instead of {expected}"
        return ""

    def check(self, model: InstalledModel) -> None:
        """Check a model's files.

        Raises:
            NoModel: one is missing or is not what was installed; the sentence names the model and the file.
        """
        if wrong := self.sizes(model):
            raise unusable(model.name, wrong)
        with self._lock:
            for file, expected in model.sha256.items():
                path = model.folder / file
                told = path.stat()
                stamp = (told.st_size, told.st_mtime_ns, told.st_ino)
                if self._known.get(path) == stamp:
                    continue
                if digest(path) != expected:
                    raise unusable(model.name, f"{file} is not the file that was installed")
                self._known[path] = stamp


@dataclass(eq=False)
class _Slot:
    model: InstalledModel
    users: int = 0
    used: float = 0.0
    loaded: Loaded | None = None
    loading: threading.Lock = field(default_factory=threading.Lock)


class ModelPool:
    """The models in memory.

    Args:
        place: tells where models run; asked when the first is loaded.
        idle_seconds: an unused model is let go after so long; 0 keeps it. clock: seconds.
    """

    def __init__(self, place: Callable[[], Place], idle_seconds: float, clock: Callable[[], float]) -> None:
        self._place = place
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._checksums = Checksums()
        self._slots: dict[str, _Slot] = {}
        self._lock = threading.Lock()

    @contextmanager
    def use(self, model: InstalledModel) -> Iterator[Loaded]:
        """A model, loaded if it was not; it stays in memory while it is used.

        Raises:
            NoModel: it is damaged; the sentence names it. MedinfoError: CTranslate2 cannot load it.
        """
        with self._lock:
            slot = self._slots.get(model.name)
            if slot is None or slot.model != model:
                # A model that was installed anew: who uses the former one keeps it to the end.
                slot = self._slots[model.name] = _Slot(model)
            slot.users += 1
        try:
            with slot.loading:
                if slot.loaded is None:
                    slot.loaded = self._load(model)
            yield slot.loaded
        finally:
            with self._lock:
                slot.users -= 1
                slot.used = self._clock()

    def memory(self) -> Mapping[str, int]:
        """Bytes held by each loaded model: those of its weights on disk (see `Loaded.size`)."""
        with self._lock:
            slots = list(self._slots.values())
        return {slot.model.name: slot.loaded.size for slot in slots if slot.loaded is not None}

    def unload_idle(self) -> tuple[str, ...]:
        """Let go of models that nobody uses and nobody has used for long; their names."""
        if not self._idle_seconds:
            return ()
        now = self._clock()
        return self._let_go(lambda slot: now - slot.used >= self._idle_seconds)

    def keep(self, models: Sequence[InstalledModel]) -> None:
        """Let go of models that are not among these, unless they are in use."""
        self._let_go(lambda slot: slot.model not in models)

    def close(self) -> None:
        """Let go of every model that is not in use."""
        self._let_go(lambda _: True)

    def _let_go(self, chosen: Callable[[_Slot], bool]) -> tuple[str, ...]:
        with self._lock:
            names = tuple(name for name, slot in self._slots.items() if not slot.users and chosen(slot))
            gone = [self._slots.pop(name) for name in names]
        loaded = tuple(slot.model.name for slot in gone if slot.loaded is not None)
        for name in loaded:
            log.info("model_unloaded", model=name)
        return loaded

    def _load(self, model: InstalledModel) -> Loaded:
        self._checksums.check(model)
        place = self._place()
        try:
            layout = read_layout(model, family(model.family))
        except UserError as problem:
            raise unusable(model.name, reason_of(model.name, problem)) from problem
        begun = self._clock()
        loaded = Loaded(model, layout, _translator(model, place), (model.folder / WEIGHTS).stat().st_size)
        log.info(
            "model_loaded", model=model.name, device=place.device, compute_type=place.compute_type, bytes=loaded.size,
            seconds=round(self._clock() - begun, 2),
        )  # fmt: skip
        return loaded


def _translator(model: InstalledModel, place: Place) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Translator(
            str(model.folder), device=place.device, device_index=list(place.indices), compute_type=place.compute_type,
            inter_threads=place.replicas, intra_threads=1,
        )  # fmt: skip
    except (RuntimeError, ValueError) as problem:
        raise MedinfoError(
            f"CTranslate2 cannot load the model {model.name} on {place.device}: {problem}",
            hint=f"Install it again: medinfo models install {model.name}",
        ) from problem


def scan(folder: Path) -> tuple[tuple[InstalledModel, ...], dict[str, Damaged]]:
    """The installed models that look whole, sorted by name, and by name what is wrong with the others.

    A name that starts with a dot is no model: it is one on its way.
    """
    checksums = Checksums()
    models: list[InstalledModel] = []
    damaged: dict[str, Damaged] = {}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.name.startswith(".") or not place.is_dir():
            continue
        try:
            model = read_manifest(place)
            family(model.family)
        except UserError as problem:
            damaged[place.name] = Damaged(reason_of(place.name, problem))
            continue
        if wrong := checksums.sizes(model):
            damaged[model.name] = Damaged(wrong, model)
        else:
            models.append(model)
    return tuple(models), damaged


def reason_of(name: str, problem: UserError) -> str:
    """Why a model cannot be used, as a clause."""
    return problem.detail.removeprefix(f"The model {name} ").removeprefix("cannot be used: ").rstrip(".")

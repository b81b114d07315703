"""The parts of translation that a running service holds: each made when it is first needed, and closed at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from api import translation_wiring as wiring
from api.translation_metrics import CountedEngine, TranslationMetrics
from api.work import Pool
from medinfo import logs
from medinfo.errors import Overloaded
from medinfo.settings import Settings

if TYPE_CHECKING:
    from medinfo.medicines.catalogue import Catalogue
    from medinfo.storage.database import Database
    from medinfo.storage.glossaries import Glossaries
    from medinfo.storage.jobs import Jobs
    from medinfo.storage.memory import TranslationMemory
    from medinfo.storage.runner import Runner
    from translation.engine import CTranslateEngine
    from translation.ports import Match, Names
    from translation.translator import Translator

TRANSLATING = 16
"""Requests that translate at the same time; the engine joins their segments into batches."""
QUICK = 4
"""Requests that look something up, or check a translation, at the same time."""
WORKERS = 1
"""Documents translated side by side; more of them would only share the same processors."""


@dataclass(frozen=True, slots=True)
class Store:
    """What users write."""

    database: Database
    glossaries: Glossaries
    memory: TranslationMemory
    jobs: Jobs
    runner: Runner


class LateMemory:
    """The memory of a service; its database is opened at the first look-up."""

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def matches(self, texts: Sequence[str], source: str, target: str) -> list[Match | None]:
        """See `translation.ports.Memory`."""
        found: list[Match | None] = self._store().memory.matches(texts, source, target)  # type: ignore[assignment]
        return found


class Translation:
    """Everything of translation that requests share. Threads can share it.

    Args:
        settings: where things are. catalogue: all known names, as of now; may take seconds.
        metrics: what is counted.
    """

    def __init__(self, settings: Settings, catalogue: Callable[[], Catalogue], metrics: TranslationMetrics) -> None:
        self.metrics = metrics
        self.translating = Pool("translate", TRANSLATING, waiting=4 * TRANSLATING)
        self.quick = Pool("quick", QUICK, waiting=128, retry_after=1)
        self._settings = settings
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._names_lock = threading.Lock()
        self._engine: CTranslateEngine | None = None
        self._store: Store | None = None
        self._known: tuple[Catalogue, Names, Translator] | None = None
        self._closed = False
        self._log = logs.get("api.translation")

    def engine(self) -> CTranslateEngine:
        """The engine."""
        with self._lock:
            if self._engine is None:
                self._require_open()
                self._engine = wiring.open_engine(self._settings)
            return self._engine

    def store(self) -> Store:
        """What users write; its jobs run from now on.

        Raises:
            StorageUnavailable: the database cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._require_open()
                self._store = self._opened()
                self._store.runner.start()
                self._log.info("storage opened", dialect=self._store.database.dialect)
            return self._store

    def names(self) -> Names:
        """What finds medicines in texts, by the names known now."""
        return self._current()[1]

    def translator(self) -> Translator:
        """The translator, by the names known now."""
        return self._current()[2]

    def resume(self) -> None:
        """Go on with the jobs of a process before this one, where there may be any."""
        try:
            self.store()
        except Exception:  # told again to whoever needs it
            self._log.exception("storage not opened")

    def may_resume(self) -> bool:
        """Whether a process before this one may have left jobs; looked at without opening anything."""
        file = self._settings.database_url.removeprefix("sqlite:///")
        return not self._settings.database_url.startswith("sqlite:///") or Path(file).is_file()

    def observe(self) -> None:
        """Note what is held and what waits, for the metrics; opens nothing."""
        with self._lock:
            engine, store = self._engine, self._store
        waiting, held = (0, {}) if engine is None else (engine.waiting_tokens, engine.memory())
        jobs: Mapping[str, int] = {} if store is None else store.jobs.counts()
        self.metrics.observe(waiting, held, jobs)

    def close(self) -> None:
        """Stop the jobs, which go back into the queue, and let go of all else. Nothing is opened any more."""
        with self._lock:
            self._closed = True
            engine, store = self._engine, self._store
        self.quick.close()
        self.translating.close()
        if store is not None:
            store.runner.close()  # before what its jobs work with
        if engine is not None:
            engine.close()
        if store is not None:
            store.database.close()

    def _require_open(self) -> None:
        if self._closed:
            raise Overloaded("The service is stopping.")

    def _opened(self) -> Store:
        from api.translation_jobs import KIND, handler
        from medinfo.storage.glossaries import Glossaries
        from medinfo.storage.jobs import Jobs
        from medinfo.storage.memory import TranslationMemory
        from medinfo.storage.runner import Runner

        database = wiring.open_database(self._settings)
        glossaries, jobs = Glossaries(database), Jobs(database)
        retention = timedelta(hours=self._settings.job_retention_hours)
        work = handler(self.translator, glossaries, self.metrics.segment)
        runner = Runner(jobs, {KIND: work}, WORKERS, retention=retention)
        return Store(database, glossaries, TranslationMemory(database), jobs, runner)

    def _current(self) -> tuple[Catalogue, Names, Translator]:
        catalogue, known = self._catalogue(), self._known
        if known is not None and known[0] is catalogue:
            return known
        engine = CountedEngine(self.engine(), self.metrics)
        with self._names_lock:  # made once, also where several ask at the same time
            if self._known is None or self._known[0] is not catalogue:
                names = wiring.open_names(catalogue)
                memory = LateMemory(self.store)
                self._known = catalogue, names, wiring.open_translator(engine, catalogue, names, memory)
            return self._known

"""The one place where parts are put together: settings -> store, catalogue, knowledge, checker.

A `Snapshot` is what one request works with, from beginning to end. When an import or an activation changes the
store, a new one is made in the background, at most `LOOK_EVERY` seconds after the next request came; until it is
there, requests get the one before, whose edition their answers state.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medinfo import logs
from medinfo.errors import KnowledgeError
from medinfo.settings import Settings

if TYPE_CHECKING:
    from interactions.check import Checker
    from interactions.knowledge import Knowledge
    from medinfo.knowledge_store import KnowledgeStore
    from medinfo.medicines.catalogue import Catalogue

LOOK_EVERY = 1.0
"""Seconds between two looks at the store's stamp."""

RETRY_AFTER = 10.0
"""Seconds after which knowledge that could not be loaded is tried again: it may have been mended where it lies."""

THESAURUS = "ansm-thesaurus"
"""The source whose facts are embedded."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of all knowledge.

    Attributes:
        stamp: the store's stamp that this was made from.
        knowledge: what the active edition of each source states (imported before embedded).
    """

    stamp: str
    catalogue: Catalogue
    knowledge: tuple[Knowledge, ...]
    checker: Checker

    def editions(self, language: str) -> list[dict[str, Any]]:
        """The sources in use, in the shape of `api.shapes.EditionOut`: those that an empty check rests on."""
        from interactions.rendering import render

        found: list[dict[str, Any]] = render(self.checker.check(()), language)["knowledge"]["sources"]
        return found


def open_store(settings: Settings) -> KnowledgeStore:
    """The store of imported knowledge; its folder need not exist yet."""
    from medinfo.knowledge_store import KnowledgeStore

    return KnowledgeStore(settings.data_dir / "knowledge")


def open_catalogue(settings: Settings) -> Catalogue:
    """All known names, with what was imported; compiled on the first call, which takes some seconds."""
    from medinfo.medicines.catalogue import Catalogue

    return Catalogue.open(settings.data_dir, open_store(settings))


def open_snapshot(settings: Settings) -> Snapshot:
    """Load everything that a check needs, as it stands now.

    Raises:
        KnowledgeError: tables contradict each other.
    """
    from interactions.check import Checker
    from medinfo.medicines.routes import Routes

    store = open_store(settings)
    stamp = store.stamp()
    catalogue = open_catalogue(settings)
    knowledge = active_knowledge(store)
    if knowledge.source.imported:  # what ships was held to this by a test
        require_agreement(knowledge, catalogue.substances())
    checker = Checker(knowledge, catalogue, Routes.load(), compiled=settings.data_dir / "compiled")
    return Snapshot(stamp, catalogue, (knowledge,), checker)


def active_knowledge(store: KnowledgeStore) -> Knowledge:
    """What the thesaurus states: the active imported edition, which carries the official wording, or our tables."""
    from interactions import tables
    from interactions.importers.ansm_thesaurus.store_file import knowledge_part

    active = store.active(THESAURUS)
    return tables.load_embedded() if active is None else tables.load(knowledge_part(active.read()))


def require_agreement(knowledge: Knowledge, known: Iterable[str]) -> None:
    """See that every substance of the facts is one that a name can resolve to.

    A fact about an id that no name leads to would never be found, and nobody would be told. That happens when an
    edition was imported with other tables of names than those in use.

    Args:
        known: ids of all substances.

    Raises:
        KnowledgeError: an id is not known.
    """
    missing = {member.substance for member in knowledge.members if member.substance}.difference(known)
    if missing:
        raise KnowledgeError(
            f"{knowledge.source.id} {knowledge.source.edition} speaks of {len(missing)} substances that no name leads "
            f"to, such as {min(missing)}.",
            hint="Import the official file again, or go back: medinfo knowledge rollback.",
        )


class Service:
    """Holds the current snapshot and renews it when the store changes.

    Args:
        settings: where the data are.
        clock: seconds, monotonic.
        opener: makes a snapshot; slow, so it runs in a thread.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[Settings], Snapshot] = open_snapshot,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._opener = opener
        self._snapshot: Snapshot | None = None
        self._failed: tuple[str, float] | None = None
        self._looked = float("-inf")
        self._renewal: asyncio.Task[None] | None = None
        self._log = logs.get("api.wiring")

    @property
    def ready(self) -> Snapshot | None:
        """The snapshot in use; None while the first one is being made or when it could not be made."""
        return self._snapshot

    def look(self) -> Snapshot | None:
        """The snapshot in use, or None. Where one is due, a renewal begins in the background; nobody waits for it."""
        due = self._clock() - self._looked >= LOOK_EVERY
        if due and (self._renewal is None or self._renewal.done()):
            self._renewal = asyncio.create_task(self._renew())
        return self._snapshot

    async def current(self) -> Snapshot:
        """The snapshot to work with. Only the very first one is waited for.

        Raises:
            KnowledgeError: there is none and none can be made.
        """
        if (snapshot := self.look()) is not None:
            return snapshot
        if self._renewal is not None:
            await asyncio.shield(self._renewal)  # others wait for it too
        if self._snapshot is None:
            raise KnowledgeError("No knowledge could be loaded.")
        return self._snapshot

    async def _renew(self) -> None:
        self._looked = self._clock()
        stamp = self._stamp()
        if self._is_settled(stamp):
            return
        started = time.perf_counter()
        try:
            self._snapshot = await asyncio.to_thread(self._opener, self._settings)
        except Exception:
            # What served until now is whole and states its edition in each answer; a half-loaded one would not.
            self._failed = (stamp, self._clock())
            self._log.exception("knowledge not loaded", kept=self._snapshot is not None)
            return
        self._failed = None
        editions = [f"{k.source.id} {k.source.edition}" for k in self._snapshot.knowledge]
        self._log.info("knowledge loaded", editions=editions, seconds=round(time.perf_counter() - started, 2))

    def _stamp(self) -> str:
        try:
            return open_store(self._settings).stamp()
        except OSError:  # a folder that cannot be read for a while must not stop what is loaded
            return "unreadable"

    def _is_settled(self, stamp: str) -> bool:
        if self._snapshot is not None and self._snapshot.stamp == stamp:
            return True
        failed, when = self._failed or ("", 0.0)
        return stamp == failed and self._clock() - when < RETRY_AFTER

"""A request works with one state of knowledge; a change in the store is taken up by the next ones."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from api.wiring import LOOK_EVERY, RETRY_AFTER, Service, Snapshot, open_store, require_agreement
from interactions.tables import load_embedded
from medinfo.errors import KnowledgeError
from medinfo.medicines.tables import SubstanceRow, read_table
from medinfo.settings import Settings


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Opener:
    """Opens snapshots that hold no more than the store's stamp, and can be made to fail."""

    opened: int = 0
    failing: bool = False
    gate: threading.Event | None = None
    threads: set[str] = field(default_factory=set)

    def __call__(self, settings: Settings) -> Snapshot:
        self.opened += 1
        self.threads.add(threading.current_thread().name)
        if self.gate:
            self.gate.wait(10)
        if self.failing:
            raise KnowledgeError("The tables contradict each other.")
        nothing: Any = None
        return Snapshot(open_store(settings).stamp(), nothing, (), nothing)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


async def _settled(service: Service) -> Snapshot | None:
    """What is in use once the renewal that a look begins has ended."""
    service.look()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        await task
    return service.ready


def _change(settings: Settings, content: bytes) -> None:
    open_store(settings).add("ansm-thesaurus", "2023-09", content, activate=True)


def test_requests_that_come_together_open_the_knowledge_once_and_outside_the_event_loop(settings: Settings) -> None:
    opener = Opener()

    async def scenario() -> None:
        service = Service(settings, clock=Clock(), opener=opener)
        assert service.ready is None
        found = await asyncio.gather(*(service.current() for _ in range(20)))
        assert len({id(one) for one in found}) == 1
        assert service.ready is found[0]

    asyncio.run(scenario())
    assert opener.opened == 1
    assert threading.main_thread().name not in opener.threads


def test_a_change_is_taken_up_after_a_second_and_nobody_waits_for_it(settings: Settings) -> None:
    clock, opener = Clock(), Opener()

    async def scenario() -> None:
        service = Service(settings, clock=clock, opener=opener)
        before = await service.current()
        _change(settings, b"new")
        clock.now = LOOK_EVERY * 0.9
        assert await _settled(service) is before
        clock.now, opener.gate = LOOK_EVERY, threading.Event()
        assert [await service.current() for _ in range(3)] == [before] * 3
        opener.gate.set()
        after = await _settled(service)
        assert after is not None
        assert after.stamp != before.stamp
        assert await service.current() is after

    asyncio.run(scenario())
    assert opener.opened == 2


def test_nothing_is_opened_again_while_the_store_stays_as_it_is(settings: Settings) -> None:
    clock, opener = Clock(), Opener()

    async def scenario() -> None:
        service = Service(settings, clock=clock, opener=opener)
        for second in range(10):
            clock.now = second * LOOK_EVERY
            await _settled(service)

    asyncio.run(scenario())
    assert opener.opened == 1


def test_knowledge_that_cannot_be_opened_leaves_the_one_in_use_and_is_tried_once(settings: Settings) -> None:
    clock, opener = Clock(), Opener()

    async def scenario() -> None:
        service = Service(settings, clock=clock, opener=opener)
        before = await service.current()
        opener.failing = True
        _change(settings, b"damaged")
        for second in range(1, 5):
            clock.now = second * LOOK_EVERY
            assert await _settled(service) is before
        assert opener.opened == 2
        opener.failing = False
        _change(settings, b"repaired")
        clock.now = 9 * LOOK_EVERY
        after = await _settled(service)
        assert after is not None
        assert after.stamp != before.stamp

    asyncio.run(scenario())


def test_knowledge_that_could_not_be_opened_is_tried_again_since_it_may_have_been_mended_in_place(
    settings: Settings,
) -> None:
    clock, opener = Clock(), Opener(failing=True)

    async def scenario() -> None:
        service = Service(settings, clock=clock, opener=opener)
        with pytest.raises(KnowledgeError):
            await service.current()
        opener.failing = False
        clock.now = RETRY_AFTER * 0.9
        assert await _settled(service) is None
        clock.now = RETRY_AFTER
        assert await _settled(service) is not None

    asyncio.run(scenario())
    assert opener.opened == 2


def test_a_store_that_cannot_be_read_leaves_what_is_loaded_in_use(settings: Settings) -> None:
    clock = Clock()

    async def scenario() -> None:
        service = Service(settings, clock=clock, opener=Opener())
        before = await service.current()
        (settings.data_dir / "knowledge").write_text("not a folder")
        clock.now = LOOK_EVERY
        assert await _settled(service) is before
        assert await service.current() is before

    asyncio.run(scenario())


def test_without_any_knowledge_nothing_is_answered(settings: Settings) -> None:
    async def scenario() -> None:
        service = Service(settings, clock=Clock(), opener=Opener(failing=True))
        with pytest.raises(KnowledgeError):
            await service.current()
        assert service.ready is None

    asyncio.run(scenario())


def test_every_substance_of_the_facts_that_ship_is_one_that_a_name_leads_to() -> None:
    require_agreement(load_embedded(), (row.id for row in read_table(SubstanceRow)))


def test_facts_about_a_substance_that_no_name_leads_to_are_refused() -> None:
    knowledge = load_embedded()
    known = {row.id for row in read_table(SubstanceRow)} - {"warfarin"}
    with pytest.raises(KnowledgeError, match="such as warfarin"):
        require_agreement(knowledge, known)

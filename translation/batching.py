"""Batches across callers: pieces of text that wait together are translated together.

A caller hands over its pieces and waits. Worker threads take batches: the caller that was served least leads, and
callers whose pieces are of the same lane (model and options) and of about the same length ride along. So a line of text
never waits behind a whole document, and a document still fills the batches.

What waits is bounded in tokens. A caller that has more than its share hands it over little by little; only at its first
share can it be refused.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from medinfo.errors import Cancelled, Overloaded

R = TypeVar("R")

SHARES = 4
"""A caller may hold one part in so many of the queue."""
POLL = 0.05
"""Seconds between two looks at whether a caller gave up, and at whether there is room again."""
USUAL_WAIT, LONGEST_WAIT = 5, 600
"""Seconds told to a caller that is refused: while no speed is known yet, and at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece to translate.

    Attributes:
        index: the caller's number for it. tokens: of the source. prefix: tokens that start the target.
    """

    index: int
    tokens: Sequence[str]
    prefix: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Lane(Generic[R]):
    """Where pieces of a kind are translated; only pieces of one lane share a batch.

    Attributes:
        key: equal for lanes that are the same.
        run: translates pieces and gives one result each. Its second argument is the length, in tokens, that bounds the
            sources: the same for a piece in whatever batch it comes.
    """

    key: Hashable
    run: Callable[[Sequence[Item], int], Sequence[R]]


def bounding_length(tokens: int) -> int:
    """The smallest of 8, 12, 16, 24, 32, 48, 64 ... that holds so many tokens: pieces of one such length batch well."""
    step = 8
    while True:
        for bound in (step, step + step // 2):
            if tokens <= bound:
                return bound
        step *= 2


@dataclass(eq=False)
class _Caller(Generic[R]):
    """One call: what of it waits, what came back. Guarded by the batcher's lock."""

    lane: Lane[R]
    wake: threading.Condition
    served: float = 0.0
    waiting: dict[int, list[Item]] = field(default_factory=dict)
    tokens: int = 0
    running: int = 0
    results: dict[int, R] = field(default_factory=dict)
    error: Exception | None = None
    gone: bool = False

    def add(self, items: Sequence[Item]) -> None:
        for item in items:
            self.waiting.setdefault(bounding_length(len(item.tokens)), []).append(item)
        for pieces in self.waiting.values():
            pieces.sort(key=lambda item: len(item.tokens))
        self.tokens += _tokens(items)

    def pop(self, bound: int) -> Item:
        """The longest waiting piece of a bounding length."""
        pieces = self.waiting[bound]
        item = pieces.pop()
        if not pieces:
            del self.waiting[bound]
        self.tokens -= len(item.tokens)
        self.running += 1
        return item

    def drop(self) -> int:
        """Forget what waits; how many tokens that was."""
        dropped, self.tokens, self.waiting = self.tokens, 0, {}
        return dropped


Taken = list[tuple[_Caller[R], Item]]


@dataclass(frozen=True, slots=True)
class _Batch(Generic[R]):
    lane: Lane[R]
    bound: int
    taken: Taken[R]


class Batcher(Generic[R]):
    """Forms batches and runs them on worker threads, which start with the first piece.

    Args:
        workers: batches run side by side.
        batch_tokens: source tokens of a batch, padding counted.
        queue_tokens: source tokens that may wait.
        spread: split what waits over idle workers rather than fill batches (cores do better so, one GPU does not).
        clock: seconds, for the speed that refusals tell.
        idle: called about every `idle_every` seconds, between two batches.
    """

    def __init__(
        self,
        *,
        workers: int,
        batch_tokens: int,
        queue_tokens: int,
        spread: bool = True,
        clock: Callable[[], float] = time.monotonic,
        idle: Callable[[], object] | None = None,
        idle_every: float = 15.0,
    ) -> None:
        self._workers = workers
        self._batch_tokens = batch_tokens
        self._queue_tokens = queue_tokens
        self._spread = spread
        self._clock = clock
        self._idle = idle
        self._idle_every = idle_every
        self._lock = threading.Lock()
        self._ready = threading.Condition(self._lock)
        self._callers: list[_Caller[R]] = []
        self._threads: list[threading.Thread] = []
        self._waiting = 0
        self._virtual = 0.0
        self._speed = 0.0
        self._closed = False

    @property
    def waiting_tokens(self) -> int:
        """Source tokens that wait, those being translated left out."""
        return self._waiting

    @property
    def speed(self) -> float:
        """Source tokens a second of one worker, of late; 0 while unknown."""
        return self._speed

    def run(
        self,
        lane: Lane[R],
        items: Iterable[Item],
        *,
        cancelled: Callable[[], bool] | None = None,
        admitted: bool = False,
    ) -> dict[int, R]:
        """Translate pieces; blocks until all are done.

        Args:
            lane: where. items: may be an iterator; it is read little by little. cancelled: asked while waiting.
            admitted: part of work that was let in before: it waits for room instead of being refused.

        Returns:
            The results by the items' numbers.

        Raises:
            Overloaded: too much waits already, or the batcher is closed. Cancelled: `cancelled()` was True. Whatever
            `lane.run` raised for a batch with a piece of this caller.
        """
        share = max(1, self._queue_tokens // SHARES)
        feed = iter(items)
        caller = _Caller(lane, threading.Condition(self._lock))
        try:
            if not admitted:
                self._admit(caller, _part(feed, share))
            while part := _part(feed, share):
                # Who was let in once is not refused for the rest: it waits until there is room.
                self._wait(caller, cancelled, lambda: caller.tokens <= share // 2)
                self._wait(caller, cancelled, lambda part=part: self._took(caller, part))  # type: ignore[misc]
            self._wait(caller, cancelled, lambda: not caller.tokens and not caller.running)
            return caller.results
        finally:
            self._withdraw(caller)

    def close(self, timeout: float = 10.0) -> None:
        """Refuse what comes and what waits, and wait for running batches, at most so many seconds."""
        with self._lock:
            self._closed = True
            self._ready.notify_all()
            for caller in self._callers:
                caller.wake.notify_all()
        end = time.monotonic() + timeout
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))

    def _admit(self, caller: _Caller[R], items: Sequence[Item]) -> None:
        with self._lock:
            self._refuse_when_closed()
            if not self._took(caller, items):
                raise Overloaded("Too much text waits to be translated.", retry_after=self._retry_after())

    def _took(self, caller: _Caller[R], items: Sequence[Item]) -> bool:
        """Take pieces into the queue if there is room. An empty queue has room for any piece."""
        tokens = _tokens(items)
        if self._waiting and self._waiting + tokens > self._queue_tokens:
            return False
        if not caller.waiting:
            # Who had nothing waiting has no claim on the time before.
            caller.served = max(caller.served, self._virtual)
        if caller not in self._callers:
            self._callers.append(caller)
        caller.add(items)
        self._waiting += tokens
        self._start()
        self._ready.notify_all()
        return True

    def _retry_after(self) -> int:
        if not self._speed:
            return USUAL_WAIT
        return max(1, min(LONGEST_WAIT, math.ceil(self._waiting / (self._speed * self._workers))))

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise Overloaded("The translator is shutting down.", retry_after=USUAL_WAIT)

    def _wait(self, caller: _Caller[R], cancelled: Callable[[], bool] | None, done: Callable[[], bool]) -> None:
        while True:
            # Asked outside the lock: it is the caller's code.
            if cancelled is not None and cancelled():
                raise Cancelled("The translation was cancelled.")
            with self._lock:
                for last in (False, True):
                    if caller.error is not None:
                        raise caller.error
                    self._refuse_when_closed()
                    if done():
                        return
                    if not last:
                        caller.wake.wait(POLL)

    def _withdraw(self, caller: _Caller[R]) -> None:
        with self._lock:
            caller.gone = True
            self._waiting -= caller.drop()
            if caller in self._callers:
                self._callers.remove(caller)

    def _start(self) -> None:
        while len(self._threads) < self._workers:
            number = len(self._threads)
            thread = threading.Thread(target=self._work, args=(number,), name=f"translate-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self, number: int) -> None:
        tended = time.monotonic()
        while not self._closed:
            batch = self._take()
            if batch is not None:
                self._do(batch)
            if number == 0 and self._idle is not None and time.monotonic() - tended >= self._idle_every:
                self._idle()
                tended = time.monotonic()

    def _take(self) -> _Batch[R] | None:
        """The next batch; None after a while without one, or when closed."""
        with self._lock:
            if not self._closed and (batch := self._next()) is not None:
                return batch
            if not self._closed:
                self._ready.wait(self._idle_every)
            return None if self._closed else self._next()

    def _next(self) -> _Batch[R] | None:
        waiting = sorted((caller for caller in self._callers if caller.waiting), key=lambda caller: caller.served)
        if not waiting:
            return None
        lead = waiting[0]
        self._virtual = lead.served
        bound = max(lead.waiting)
        same = [caller for caller in waiting if caller.lane.key == lead.lane.key]
        room = self._room(lead, sum(caller.tokens for caller in same))
        taken: Taken[R] = []
        widest = 0
        for caller in same:
            while bound in caller.waiting:
                widest = max(widest, len(caller.waiting[bound][-1].tokens))
                if taken and widest * (len(taken) + 1) > room:
                    break
                taken.append((caller, caller.pop(bound)))
                caller.served += len(taken[-1][1].tokens)
                self._waiting -= len(taken[-1][1].tokens)
        return _Batch(lead.lane, bound, taken)

    def _room(self, lead: _Caller[R], total: int) -> int:
        """Tokens of the next batch: less than a full one where the lead is small or where workers would stand idle."""
        room = min(self._batch_tokens, max(lead.tokens, self._batch_tokens // 4))
        if self._spread:
            even = -(-total // self._workers)
            room = min(room, max(even, self._batch_tokens // 8))
        return room

    def _do(self, batch: _Batch[R]) -> None:
        taken = [(caller, item) for caller, item in batch.taken if not caller.gone]
        if not taken:
            return
        begun = self._clock()
        try:
            items = [item for _, item in taken]
            results = batch.lane.run(items, batch.bound)
            if len(results) != len(items):
                raise ValueError(f"{len(results)} results for {len(items)} pieces")
        except Exception as error:
            self._failed(_Batch(batch.lane, batch.bound, taken), error)
            return
        self._measure(_tokens(items), self._clock() - begun)
        with self._lock:
            for (caller, item), result in zip(taken, results, strict=True):
                caller.results[item.index] = result
                caller.running -= 1
            for caller in {id(caller): caller for caller, _ in taken}.values():
                caller.wake.notify_all()

    def _measure(self, tokens: int, seconds: float) -> None:
        if seconds > 0:
            self._speed = tokens / seconds if not self._speed else 0.8 * self._speed + 0.2 * tokens / seconds

    def _failed(self, batch: _Batch[R], error: Exception) -> None:
        """Find whose fault it was: run callers apart, and halves where memory was short; then tell the caller."""
        callers = list({id(caller): caller for caller, _ in batch.taken}.values())
        parts: list[Taken[R]] = []
        if len(callers) > 1:
            parts = [[one for one in batch.taken if one[0] is caller] for caller in callers]
        elif len(batch.taken) > 1 and "out of memory" in str(error).lower():
            middle = len(batch.taken) // 2
            parts = [batch.taken[:middle], batch.taken[middle:]]
        for part in parts:
            self._do(_Batch(batch.lane, batch.bound, part))
        if not parts:
            with self._lock:
                (caller,) = callers
                caller.error = error
                caller.running -= len(batch.taken)
                caller.gone = True
                self._waiting -= caller.drop()
                caller.wake.notify_all()


def _tokens(items: Iterable[Item]) -> int:
    return sum(len(item.tokens) for item in items)


def _part(feed: Iterator[Item], tokens: int) -> list[Item]:
    """The next pieces of a feed, of at least one and about so many tokens."""
    part: list[Item] = []
    total = 0
    while total < tokens and (item := next(feed, None)) is not None:
        part.append(item)
        total += len(item.tokens)
    return part

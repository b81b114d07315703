"""Batches across callers. What is translated here is plain: each piece gives its own tokens back."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence

import pytest

from medinfo.errors import Cancelled, Overloaded
from translation.batching import Batcher, Item, Lane, bounding_length

SOON = 20.0
"""Seconds after which a test gives up waiting."""


class Gate:
    """A lane whose batches can be held back, and that remembers them."""

    def __init__(self, key: str = "a", *, is_open: bool = True) -> None:
        self.batches: list[tuple[list[str], int]] = []
        self.entered = threading.Semaphore(0)
        self.may_pass = threading.Event()
        if is_open:
            self.may_pass.set()
        self.lane: Lane[str] = Lane(key, self._run)

    def _run(self, items: Sequence[Item], bound: int) -> list[str]:
        self.batches.append(([item.tokens[0] for item in items], bound))
        self.entered.release()
        assert self.may_pass.wait(SOON)
        for item in items:
            if item.tokens[0].startswith("bad"):
                raise RuntimeError(f"cannot do {item.tokens[0]}")
        if len(items) > 2 and any(item.tokens[0].startswith("large") for item in items):
            raise RuntimeError("CUDA failed: out of memory")
        return [item.tokens[0].upper() for item in items]


class Call:
    """A call in a thread of its own: what came of it."""

    def __init__(self, batcher: Batcher[str], lane: Lane[str], items: Sequence[Item], **options) -> None:
        self.result: object = None
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._call, args=(batcher, lane, items, options), daemon=True)
        self._thread.start()

    def _call(self, batcher, lane, items, options) -> None:
        try:
            self.result = batcher.run(lane, items, **options)
        except Exception as error:
            self.error = error

    def wait(self) -> Call:
        self._thread.join(SOON)
        assert not self._thread.is_alive(), "the call hangs"
        return self


def pieces(name: str, count: int, length: int = 10) -> list[Item]:
    return [Item(number, [f"{name}{number}"] * length) for number in range(count)]


@pytest.fixture
def batcher_of() -> Iterator:
    made: list[Batcher[str]] = []

    def make(**told) -> Batcher[str]:
        chosen = {"workers": 1, "batch_tokens": 100, "queue_tokens": 10_000, "spread": False, **told}
        made.append(Batcher(**chosen))
        return made[-1]

    yield make
    for batcher in made:
        batcher.close(SOON)


def until(batcher: Batcher[str], tokens: int) -> None:
    """Wait until so many tokens wait."""
    for _ in range(int(SOON / 0.005)):
        if batcher.waiting_tokens == tokens:
            return
        threading.Event().wait(0.005)
    raise AssertionError(f"{batcher.waiting_tokens} tokens wait, not {tokens}")


def held(batcher: Batcher[str], gate: Gate) -> Call:
    """A call of one piece that occupies the only worker."""
    call = Call(batcher, gate.lane, pieces("first", 1))
    assert gate.entered.acquire(timeout=SOON)
    return call


@pytest.mark.parametrize(("tokens", "bound"), [(1, 8), (8, 8), (9, 12), (13, 16), (17, 24), (400, 512), (513, 768)])
def test_lengths_are_bounded_in_steps(tokens, bound):
    assert bounding_length(tokens) == bound


def test_every_piece_gets_its_own_result(batcher_of):
    items = [Item(number, [f"t{number}"] * (1 + number * 7 % 40)) for number in range(200)]
    found = batcher_of(workers=3).run(Gate().lane, items)
    assert found == {number: f"T{number}" for number in range(200)}


def test_nothing_to_translate_comes_back_at_once(batcher_of):
    assert batcher_of().run(Gate().lane, []) == {}


def test_a_batch_holds_no_more_tokens_than_set_padding_counted(batcher_of):
    gate = Gate()
    items = [Item(number, [str(9 + number % 4)] * (9 + number % 4)) for number in range(50)]
    batcher_of().run(gate.lane, items)
    assert max(len(batch) * max(map(int, batch)) for batch, _ in gate.batches) <= 100
    assert len(gate.batches) < 10


def test_pieces_of_one_batch_are_of_about_one_length_the_longest_first(batcher_of):
    gate = Gate()
    items = [Item(number, [str(length)] * length) for number, length in enumerate([5, 90, 6, 95, 7, 20, 21])]
    batcher_of(batch_tokens=400).run(gate.lane, items)
    assert gate.batches == [(["95", "90"], 96), (["21", "20"], 24), (["7", "6", "5"], 8)]


def test_a_piece_larger_than_a_batch_goes_alone(batcher_of):
    gate = Gate()
    assert len(batcher_of(batch_tokens=20).run(gate.lane, pieces("p", 3, length=50))) == 3
    assert [len(batch) for batch, _ in gate.batches] == [1, 1, 1]


def test_callers_share_a_batch(batcher_of):
    batcher, gate = batcher_of(), Gate(is_open=False)
    first = held(batcher, gate)
    calls = [Call(batcher, gate.lane, pieces(name, 2)) for name in "abc"]
    until(batcher, 60)
    gate.may_pass.set()
    assert [call.wait().result for call in calls] == [{0: f"{name}0".upper(), 1: f"{name}1".upper()} for name in "abc"]
    first.wait()
    assert len(gate.batches) < 5


def test_lanes_do_not_share_a_batch(batcher_of):
    batcher, gate, other = batcher_of(), Gate("a", is_open=False), Gate("b")
    first = held(batcher, gate)
    calls = [Call(batcher, gate.lane, pieces("a", 2)), Call(batcher, other.lane, pieces("b", 2))]
    until(batcher, 40)
    gate.may_pass.set()
    for call in (first, *calls):
        call.wait()
    assert other.batches == [(["b1", "b0"], 12)]


def test_a_line_does_not_wait_behind_a_document(batcher_of):
    batcher, gate = batcher_of(queue_tokens=1_000_000), Gate(is_open=False)
    first = held(batcher, gate)
    document = Call(batcher, gate.lane, pieces("doc", 10_000))
    until(batcher, 100_000)
    line = Call(batcher, gate.lane, pieces("line", 1))
    until(batcher, 100_010)
    gate.may_pass.set()
    assert line.wait().result == {0: "LINE0"}
    assert len(document.wait().result) == 10_000
    first.wait()
    where = next(number for number, (batch, _) in enumerate(gate.batches) if "line0" in batch)
    assert where <= 2


def test_two_documents_take_turns(batcher_of):
    batcher, gate = batcher_of(), Gate(is_open=False)
    first = held(batcher, gate)
    calls = [Call(batcher, gate.lane, pieces(name, 100)) for name in "ab"]
    until(batcher, 2000)
    gate.may_pass.set()
    for call in (first, *calls):
        call.wait()
    leads = [batch[0][0] for batch, _ in gate.batches[1:]]
    assert [len(list(run)) for _, run in itertools.groupby(leads)] == [1] * 20


def test_past_the_limit_a_caller_is_refused_and_told_when_to_come_back(batcher_of):
    batcher, gate = batcher_of(queue_tokens=100), Gate(is_open=False)
    calls = [held(batcher, gate)]
    for number in range(1, 5):
        calls.append(Call(batcher, gate.lane, pieces("p", 2)))
        until(batcher, 20 * number)
    with pytest.raises(Overloaded) as refused:
        batcher.run(gate.lane, pieces("late", 3))
    assert refused.value.retry_after == 5
    assert batcher.waiting_tokens == 80
    gate.may_pass.set()
    assert all(call.wait().result for call in calls)


def test_the_time_to_come_back_is_told_from_the_speed_so_far(batcher_of):
    now = itertools.count(0, 2)  # a batch lasts two seconds on this clock
    batcher, gate = batcher_of(queue_tokens=100, clock=lambda: float(next(now))), Gate(is_open=False)
    batcher.run(Gate().lane, pieces("p", 1, length=10))
    assert batcher.speed == 5.0
    calls = [held(batcher, gate)]
    for number in range(1, 5):
        calls.append(Call(batcher, gate.lane, pieces("p", 2)))
        until(batcher, 20 * number)
    with pytest.raises(Overloaded) as refused:
        batcher.run(gate.lane, pieces("late", 3))
    assert refused.value.retry_after == 16
    gate.may_pass.set()
    for call in calls:
        call.wait()


def test_work_that_was_let_in_before_waits_for_room(batcher_of):
    batcher, gate = batcher_of(queue_tokens=100), Gate(is_open=False)
    calls = [held(batcher, gate)]
    for number in range(1, 5):
        calls.append(Call(batcher, gate.lane, pieces("p", 2)))
        until(batcher, 20 * number)
    late = Call(batcher, gate.lane, pieces("late", 3), admitted=True)
    gate.may_pass.set()
    assert late.wait().result == {0: "LATE0", 1: "LATE1", 2: "LATE2"}
    for call in calls:
        call.wait()


def test_a_document_larger_than_the_queue_is_taken_little_by_little(batcher_of):
    batcher, gate = batcher_of(queue_tokens=200), Gate()
    most = 0

    def feed() -> Iterator[Item]:
        nonlocal most
        for item in pieces("doc", 500):
            most = max(most, batcher.waiting_tokens)
            yield item

    assert len(batcher.run(gate.lane, feed())) == 500
    assert most <= 200


def test_documents_leave_room_for_a_line(batcher_of):
    batcher, gate = batcher_of(queue_tokens=400), Gate(is_open=False)
    first = held(batcher, gate)
    documents = [Call(batcher, gate.lane, pieces(name, 300)) for name in "ab"]
    until(batcher, 200)
    line = Call(batcher, gate.lane, pieces("line", 1))
    until(batcher, 210)
    gate.may_pass.set()
    assert line.wait().result == {0: "LINE0"}
    assert [len(call.wait().result) for call in documents] == [300, 300]
    first.wait()


def test_a_caller_that_gives_up_takes_back_what_waits(batcher_of):
    batcher, gate, stop = batcher_of(), Gate(is_open=False), threading.Event()
    first = held(batcher, gate)
    call = Call(batcher, gate.lane, pieces("gone", 50), cancelled=stop.is_set)
    until(batcher, 500)
    stop.set()
    assert isinstance(call.wait().error, Cancelled)
    assert batcher.waiting_tokens == 0
    gate.may_pass.set()
    assert first.wait().result == {0: "FIRST0"}
    assert [batch for batch, _ in gate.batches] == [["first0"]]


def test_what_asks_whether_to_give_up_may_itself_fail(batcher_of):
    batcher, gate = batcher_of(), Gate(is_open=False)
    first = held(batcher, gate)

    def broken() -> bool:
        raise KeyError("nobody is there")

    assert isinstance(Call(batcher, gate.lane, pieces("p", 5), cancelled=broken).wait().error, KeyError)
    assert batcher.waiting_tokens == 0
    gate.may_pass.set()
    first.wait()


def test_an_error_reaches_its_own_caller_only(batcher_of):
    batcher, gate = batcher_of(batch_tokens=1000), Gate(is_open=False)
    first = held(batcher, gate)
    good = [Call(batcher, gate.lane, pieces(name, 3)) for name in "ab"]
    bad = Call(batcher, gate.lane, pieces("bad", 3))
    until(batcher, 90)
    gate.may_pass.set()
    assert str(bad.wait().error) == "cannot do bad2"
    assert [call.wait().result for call in good] == [{n: f"{name}{n}".upper() for n in range(3)} for name in "ab"]
    first.wait()
    assert any({"a0", "bad0"} <= set(batch) for batch, _ in gate.batches), "they did share a batch"
    assert batcher.run(gate.lane, pieces("after", 1)) == {0: "AFTER0"}


def test_a_batch_that_is_too_large_for_the_memory_is_halved(batcher_of):
    gate = Gate()
    found = batcher_of(batch_tokens=1000).run(gate.lane, pieces("large", 8))
    assert found == {number: f"LARGE{number}" for number in range(8)}


def test_an_error_while_pieces_are_made_reaches_the_caller_and_leaves_nothing(batcher_of):
    batcher = batcher_of(queue_tokens=40)

    def feed() -> Iterator[Item]:
        yield from pieces("p", 10)
        raise LookupError("no more")

    with pytest.raises(LookupError):
        batcher.run(Gate().lane, feed())
    assert batcher.waiting_tokens == 0


def test_a_lane_that_loses_a_piece_is_an_error(batcher_of):
    lane: Lane[str] = Lane("x", lambda items, bound: ["one"])
    with pytest.raises(ValueError, match="1 results for 2 pieces"):
        batcher_of().run(lane, pieces("p", 2))


def test_closing_frees_who_waits_and_refuses_who_comes(batcher_of):
    batcher, gate = batcher_of(), Gate(is_open=False)
    calls = [held(batcher, gate), *(Call(batcher, gate.lane, pieces("p", 5)) for _ in range(8))]
    until(batcher, 400)
    batcher.close(timeout=0.05)  # the batch in work is held back: closing does not wait for it longer
    assert all(isinstance(call.wait().error, Overloaded) for call in calls)
    with pytest.raises(Overloaded, match="shutting down"):
        batcher.run(gate.lane, pieces("late", 1))
    gate.may_pass.set()


def test_what_waits_is_spread_over_cores(batcher_of):
    gate = Gate(is_open=False)
    batcher = batcher_of(workers=2, batch_tokens=400, spread=True)
    call = Call(batcher, gate.lane, pieces("p", 20))
    for _ in range(2):
        assert gate.entered.acquire(timeout=SOON)
    gate.may_pass.set()
    assert len(call.wait().result) == 20
    assert sorted(len(batch) for batch, _ in gate.batches)[-1] == 10


def test_many_callers_at_once_all_get_theirs(batcher_of):
    batcher, gate = batcher_of(workers=4, queue_tokens=100_000), Gate()
    calls = [Call(batcher, gate.lane, pieces(f"c{number}-", 50, length=1 + number)) for number in range(16)]
    for number, call in enumerate(calls):
        assert call.wait().result == {index: f"C{number}-{index}" for index in range(50)}
    assert batcher.waiting_tokens == 0


def test_idle_work_is_called_from_time_to_time(batcher_of):
    called = threading.Event()
    batcher = batcher_of(idle=called.set, idle_every=0.01)
    batcher.run(Gate().lane, pieces("p", 1))
    assert called.wait(SOON)

"""Jobs: taken by one runner at a time, bounded, and forgotten when they are done with."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, update

from medinfo.errors import InvalidInput, NotFound, Overloaded, UnsupportedPair
from medinfo.storage import job_leases, job_rows
from medinfo.storage import jobs as jobs_module
from medinfo.storage.database import Database
from medinfo.storage.job_leases import Lease, LeaseLost, Leases
from medinfo.storage.job_rows import JobError, JobResult, error_of
from medinfo.storage.jobs import MAX_CONTENT, Jobs
from medinfo.storage.schema import job_checkpoints, job_contents, job_results
from medinfo.storage.schema import jobs as table

KINDS = ("document",)
RESULT = JobResult(b"translated", "text/plain", "out.txt", {"segments": 2, "flags": []})
HOUR = timedelta(hours=1)


@pytest.fixture
def jobs(database: Database, clock: Any) -> Jobs:
    return Jobs(database, clock=clock)


@pytest.fixture
def leases(jobs: Jobs) -> Leases:
    return Leases(jobs, seconds=60)


def claimed(leases: Leases) -> Lease:
    lease = leases.claim(KINDS)
    assert lease is not None
    return lease


def stored(database: Database) -> tuple[int, int, int]:
    """Rows of contents, results and checkpoints."""
    with database.read() as connection:
        contents, results, saved = (
            connection.scalar(select(func.count()).select_from(each))
            for each in (job_contents, job_results, job_checkpoints)
        )
    return contents or 0, results or 0, saved or 0


def test_a_job_waits_runs_and_is_done(jobs: Jobs, leases: Leases, database: Database) -> None:
    job = jobs.submit("document", {"filename": "a.txt", "target": "fr"}, b"hello")
    assert (job.state, job.params["filename"], job.done, job.total, job.attempts) == ("waiting", "a.txt", 0, None, 0)
    assert jobs.get(job.id) == job
    lease = claimed(leases)
    assert (lease.content, dict(lease.saved), lease.job.id) == (b"hello", {}, job.id)
    assert (jobs.get(job.id).state, jobs.get(job.id).attempts) == ("running", 1)
    assert not leases.heartbeat(lease, 1, 2)
    assert (jobs.get(job.id).done, jobs.get(job.id).total) == (1, 2)
    leases.finish(lease, RESULT, 2, 2)
    done = jobs.get(job.id)
    assert (done.state, done.done, done.total, done.error) == ("done", 2, 2, None)
    assert done.finished_at is not None
    assert jobs.result(job.id) == RESULT
    assert jobs.report(job.id) == RESULT.report
    assert stored(database) == (0, 1, 0)


def test_ids_cannot_be_guessed(jobs: Jobs) -> None:
    ids = {jobs.submit("document", {}, b"").id for _ in range(5)}
    assert len(ids) == 5
    assert min(map(len, ids)) >= 32


def test_the_oldest_of_the_kinds_asked_for_is_taken_first(jobs: Jobs, leases: Leases) -> None:
    other, first, second = (jobs.submit(kind, {}, b"") for kind in ("other", "document", "document"))
    assert [claimed(leases).job.id for _ in range(2)] == [first.id, second.id]
    assert leases.claim(KINDS) is None
    assert jobs.get(other.id).state == "waiting"
    assert jobs.counts() == {"waiting": 1, "running": 2}


def test_a_job_has_no_result_before_its_end(jobs: Jobs) -> None:
    job = jobs.submit("document", {}, b"")
    assert jobs.report(job.id) is None
    with pytest.raises(NotFound):
        jobs.result(job.id)


def test_a_job_that_nobody_knows_is_not_found(jobs: Jobs) -> None:
    for call in (jobs.get, jobs.result, jobs.cancel, jobs.delete):
        with pytest.raises(NotFound):
            call("nobody")
    assert jobs.report("nobody") is None


def test_a_lease_that_is_kept_is_not_taken_over(jobs: Jobs, leases: Leases, clock: Any) -> None:
    jobs.submit("document", {}, b"")
    lease = claimed(leases)
    for _ in range(5):
        clock.now += 50
        leases.heartbeat(lease, 0, None)
        assert leases.claim(KINDS) is None


def test_a_lease_that_ran_out_is_taken_over_with_what_was_saved(jobs: Jobs, leases: Leases, clock: Any) -> None:
    job = jobs.submit("document", {}, b"content")
    lost = claimed(leases)
    leases.save(lost, "part", b"one")
    leases.save(lost, "part", b"two")
    clock.now += 61
    lease = claimed(leases)
    assert (lease.job.id, lease.job.attempts, lease.content, lease.saved) == (job.id, 2, b"content", {"part": b"two"})
    for write in (
        lambda: leases.heartbeat(lost, 1, 2),
        lambda: leases.save(lost, "part", b"three"),
        lambda: leases.finish(lost, RESULT, 1, 1),
        lambda: leases.fail(lost, JobError("internal")),
        lambda: leases.release(lost),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert leases.asked_to_stop(lost)
    assert not leases.asked_to_stop(lease)
    leases.finish(lease, RESULT, 1, 1)
    assert jobs.get(job.id).state == "done"


def test_a_job_that_brings_its_process_down_is_given_up(
    jobs: Jobs, leases: Leases, clock: Any, database: Database
) -> None:
    job = jobs.submit("document", {}, b"secret")
    for _ in range(job_leases.MAX_ATTEMPTS):
        claimed(leases)
        clock.now += 61
    assert leases.claim(KINDS) is None
    failed = jobs.get(job.id)
    assert (failed.state, failed.error) == ("failed", JobError("interrupted"))
    assert stored(database) == (0, 0, 0)


def test_a_failed_job_keeps_a_code_and_no_content(jobs: Jobs, leases: Leases, database: Database) -> None:
    job = jobs.submit("document", {}, b"secret")
    leases.fail(claimed(leases), error_of(UnsupportedPair("no", params={"source": "fr", "target": "tlh"})))
    assert jobs.get(job.id).error == JobError("unsupported-pair", {"source": "fr", "target": "tlh"})
    assert jobs.get(job.id).state == "failed"
    assert stored(database) == (0, 0, 0)


def test_nothing_of_a_foreign_error_is_kept_and_little_of_ours() -> None:
    assert error_of(ValueError("Mr Smith has")) == JobError("internal")
    told = error_of(InvalidInput("x", params={"text": "y" * 5000, "max": 5}))
    assert told == JobError("invalid-input", {"text": "y" * 200, "max": 5})


def test_a_waiting_job_is_cancelled_at_once(jobs: Jobs, leases: Leases, database: Database) -> None:
    job = jobs.submit("document", {}, b"secret")
    assert jobs.cancel(job.id).state == "cancelled"
    assert leases.claim(KINDS) is None
    assert stored(database) == (0, 0, 0)


@pytest.mark.parametrize("end", ["finish", "fail", "release", "die"])
def test_a_running_job_is_cancelled_at_its_next_step(
    jobs: Jobs, leases: Leases, clock: Any, database: Database, end: str
) -> None:
    job = jobs.submit("document", {}, b"secret")
    lease = claimed(leases)
    leases.save(lease, "part", b"secret")
    asked = jobs.cancel(job.id)
    assert (asked.state, asked.cancelling) == ("running", True)
    assert leases.asked_to_stop(lease)
    assert leases.heartbeat(lease, 0, None)
    if end == "finish":
        leases.finish(lease, RESULT, 1, 1)
    elif end == "fail":
        leases.fail(lease, JobError("internal"))
    elif end == "release":
        leases.release(lease)
    else:
        clock.now += 61
        assert leases.claim(KINDS) is None
    cancelled = jobs.get(job.id)
    assert (cancelled.state, cancelled.cancelling, cancelled.error) == ("cancelled", False, None)
    assert stored(database) == (0, 0, 0)


def test_a_finished_job_is_not_cancelled(jobs: Jobs, leases: Leases) -> None:
    job = jobs.submit("document", {}, b"")
    leases.finish(claimed(leases), RESULT, 1, 1)
    assert jobs.cancel(job.id).state == "done"
    assert jobs.result(job.id) == RESULT


def test_a_job_given_back_is_not_an_attempt(jobs: Jobs, leases: Leases) -> None:
    jobs.submit("document", {}, b"")
    for _ in range(job_leases.MAX_ATTEMPTS + 2):
        lease = claimed(leases)
        leases.save(lease, "part", b"x")
        leases.release(lease)
    again = claimed(leases)
    assert (again.job.attempts, dict(again.saved)) == (1, {"part": b"x"})


def test_a_job_that_found_no_room_waits_and_is_given_up_in_the_end(jobs: Jobs, leases: Leases, clock: Any) -> None:
    job = jobs.submit("document", {}, b"")
    for _ in range(job_leases.MAX_ATTEMPTS):
        leases.release(claimed(leases), wait=30, counted=True, error=JobError("overloaded", {"seconds": 30}))
        assert leases.claim(KINDS) is None
        clock.now += 30
    assert jobs.get(job.id).error == JobError("overloaded", {"seconds": 30})


def test_what_is_finished_for_long_is_deleted(jobs: Jobs, leases: Leases, clock: Any, database: Database) -> None:
    old, failed, running, waiting = (jobs.submit("document", {}, b"secret") for _ in range(4))
    leases.finish(claimed(leases), RESULT, 1, 1)
    leases.fail(claimed(leases), JobError("internal"))
    claimed(leases)
    clock.now += 3599
    assert jobs.purge(HOUR) == 0
    clock.now += 1
    assert jobs.purge(HOUR) == 2
    for gone in (old, failed):
        with pytest.raises(NotFound):
            jobs.get(gone.id)
    assert (jobs.get(running.id).state, jobs.get(waiting.id).state) == ("running", "waiting")
    assert stored(database) == (2, 0, 0)


def test_a_finished_job_is_deleted_when_asked(jobs: Jobs, leases: Leases, database: Database) -> None:
    job = jobs.submit("document", {}, b"")
    with pytest.raises(InvalidInput):
        jobs.delete(job.id)
    leases.finish(claimed(leases), RESULT, 1, 1)
    jobs.delete(job.id)
    assert stored(database) == (0, 0, 0)
    with pytest.raises(NotFound):
        jobs.get(job.id)


def test_the_queue_has_an_end(database: Database, clock: Any) -> None:
    jobs = Jobs(database, clock=clock, max_waiting=2)
    leases = Leases(jobs)
    jobs.submit("document", {}, b"")
    jobs.submit("document", {}, b"")
    lease = claimed(leases)
    with pytest.raises(Overloaded) as caught:
        jobs.submit("document", {}, b"")
    assert caught.value.retry_after > 0
    leases.finish(lease, RESULT, 1, 1)
    jobs.submit("document", {}, b"")


def test_the_store_has_an_end(database: Database, clock: Any) -> None:
    jobs = Jobs(database, clock=clock, max_stored=100)
    leases = Leases(jobs)
    job = jobs.submit("document", {}, b"x" * 60)
    with pytest.raises(Overloaded, match="full"):
        jobs.submit("document", {}, b"x" * 41)
    leases.finish(claimed(leases), JobResult(b"y" * 90), 1, 1)
    with pytest.raises(Overloaded, match="full"):
        jobs.submit("document", {}, b"x" * 10)
    jobs.delete(job.id)
    jobs.submit("document", {}, b"x" * 10)


@pytest.mark.parametrize(
    ("kind", "params", "content"),
    [
        ("", {}, b""),
        ("Document", {}, b""),
        ("x" * 65, {}, b""),
        ("document", {}, bytes(MAX_CONTENT + 1)),
        ("document", {"x": object()}, b""),
        ("document", {"x": float("nan")}, b""),
    ],
)
def test_what_is_out_of_bounds_is_refused(jobs: Jobs, kind: str, params: dict[str, Any], content: bytes) -> None:
    with pytest.raises(InvalidInput):
        jobs.submit(kind, params, content)
    assert jobs.counts() == {}


def test_parameters_and_results_have_bounds(jobs: Jobs, leases: Leases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_rows, "MAX_JSON", 50)
    monkeypatch.setattr(job_leases, "MAX_RESULT", 50)
    with pytest.raises(InvalidInput, match="too large"):
        jobs.submit("document", {"x": "y" * 50}, b"")
    jobs.submit("document", {}, b"")
    lease = claimed(leases)
    with pytest.raises(InvalidInput):
        leases.finish(lease, JobResult(b"x" * 51), 1, 1)
    with pytest.raises(InvalidInput):
        leases.finish(lease, JobResult(b"", report={"x": "y" * 50}), 1, 1)
    leases.finish(lease, JobResult(b"x" * 50), 1, 1)


def test_a_job_without_its_content_is_done_with_none(jobs: Jobs, leases: Leases, database: Database) -> None:
    jobs.submit("document", {}, b"x")
    with database.write() as connection:
        connection.execute(job_contents.delete())
    assert claimed(leases).content == b""


def test_two_runners_never_take_the_same_job(database: Database, url: str) -> None:
    other = Database.open(url)
    sides = [Leases(Jobs(each)) for each in (database, other)]
    jobs = Jobs(database)
    wanted = {jobs.submit("document", {}, b"").id for _ in range(20)}
    taken: list[str] = []

    def work(leases: Leases) -> None:
        while lease := leases.claim(KINDS):
            taken.append(lease.job.id)

    threads = [threading.Thread(target=work, args=(side,)) for side in sides * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    # A side may find nothing for a moment while another holds the row; what is left is taken now.
    while lease := sides[0].claim(KINDS):
        taken.append(lease.job.id)
    assert sorted(taken) == sorted(wanted)


def test_a_job_that_another_takes_between_look_and_grasp_is_left_to_it(
    jobs: Jobs, leases: Leases, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.submit("document", {}, b"")
    write = database.write

    def after_another() -> Any:
        monkeypatch.setattr(database, "write", write)
        with write() as connection:
            connection.execute(update(table).values(state="running", lease="other", lease_until=2e9))
        return write()

    monkeypatch.setattr(database, "write", after_another)
    assert leases.claim(KINDS) is None


def test_waiting_ends_when_a_job_comes(jobs: Jobs) -> None:
    ended = threading.Event()
    began = threading.Event()

    def wait() -> None:
        began.set()
        jobs.wait(60)
        ended.set()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    began.wait(10)
    for _ in range(100):
        jobs.submit("document", {}, b"")
        if ended.wait(0.05):
            break
    assert ended.is_set()


def test_the_default_bounds_are_of_use() -> None:
    assert jobs_module.MAX_CONTENT <= job_leases.MAX_RESULT <= jobs_module.MAX_STORED


def machine_for(database: Database, clock: Any) -> type[RuleBasedStateMachine]:
    class Life(RuleBasedStateMachine):
        """One job, and two runners that want it; the model is its state and who may write."""

        @initialize()
        def submit(self) -> None:
            self.jobs = Jobs(database, clock=clock)
            self.leases = Leases(self.jobs, seconds=60)
            self.id = self.jobs.submit("document", {}, b"x").id
            self.state, self.attempts, self.asked = "waiting", 0, False
            self.held: Lease | None = None
            self.lost: list[Lease] = []
            self.until = 0.0

        @rule()
        def claim(self) -> None:
            found = self.leases.claim(KINDS)
            free = self.state == "waiting" or (self.state == "running" and self.until < clock.now)
            if free and self.asked:
                self.state = "cancelled"
            elif free and self.attempts >= job_leases.MAX_ATTEMPTS:
                self.state = "failed"
            elif free:
                assert found is not None
                self.lost += [self.held] if self.held else []
                self.state, self.held, self.attempts = "running", found, self.attempts + 1
                self.until = clock.now + 60
                return
            assert found is None

        @rule(seconds=st.sampled_from([1, 30, 61]))
        def pass_time(self, seconds: int) -> None:
            clock.now += seconds

        @rule()
        def cancel(self) -> None:
            self.jobs.cancel(self.id)
            if self.state == "waiting":
                self.state = "cancelled"
            elif self.state == "running":
                self.asked = True

        @precondition(lambda self: self.state == "running")
        @rule(how=st.sampled_from(["beat", "finish", "fail", "release", "retry"]))
        def write(self, how: str) -> None:
            assert self.held is not None
            if how == "beat":
                assert self.leases.heartbeat(self.held, 1, 2) == self.asked
                self.until = clock.now + 60
                return
            if how == "finish":
                self.leases.finish(self.held, RESULT, 1, 1)
                self.state = "done"
            elif how == "fail":
                self.leases.fail(self.held, JobError("internal"))
                self.state = "failed"
            else:
                self.leases.release(self.held, counted=how == "retry")
                last = how == "retry" and self.attempts >= job_leases.MAX_ATTEMPTS
                self.state = "failed" if last else "waiting"
                self.attempts -= how == "release" and not self.asked
            if self.asked:
                self.state = "cancelled"
            self.lost.append(self.held)
            self.held = None

        @invariant()
        def the_row_says_so(self) -> None:
            if not hasattr(self, "id"):
                return
            job = self.jobs.get(self.id)
            assert (job.state, job.attempts) == (self.state, self.attempts)
            assert (self.jobs.report(self.id) is not None) == (self.state == "done")
            for lease in self.lost:
                with pytest.raises(LeaseLost):
                    self.leases.heartbeat(lease, 9, 9)

        def teardown(self) -> None:
            if hasattr(self, "id"):
                with database.write() as connection:
                    connection.execute(table.delete())

    return Life


def test_any_life_of_a_job_goes_by_the_rules(database: Database, clock: Any) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine_for(database, clock),
        settings=settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=checks),
    )

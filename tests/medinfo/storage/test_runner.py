"""The runner: does jobs in threads, survives what handlers do, and lets another process go on after a kill."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from medinfo.errors import Cancelled, InvalidInput, NoModel, Overloaded
from medinfo.storage import job_context, job_leases
from medinfo.storage.database import Database
from medinfo.storage.job_context import JobContext
from medinfo.storage.job_leases import Leases
from medinfo.storage.job_rows import JobError, JobResult
from medinfo.storage.jobs import Jobs
from medinfo.storage.runner import Handler, Runner

PROJECT = Path(__file__).resolve().parents[3]


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another thread does; a bound against hanging, nothing is measured."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def upper(context: JobContext) -> JobResult:
    context.progress(1, 1)
    return JobResult(context.content.upper(), "text/plain", str(context.params["filename"]), {"segments": 1})


def until_cancelled(context: JobContext) -> JobResult:
    while not context.cancelled():
        time.sleep(0.01)
    raise Cancelled("stopped")


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


@pytest.fixture
def run(jobs: Jobs) -> Iterator[Callable[..., Runner]]:
    """Starts runners, and closes them in the end."""
    runners: list[Runner] = []

    def start(handlers: dict[str, Handler], **options: Any) -> Runner:
        runner = Runner(jobs, handlers, poll_seconds=0.05, beat_seconds=0.02, **options)
        runners.append(runner)
        runner.start()
        return runner

    yield start
    for runner in runners:
        runner.close(30)


def finished(jobs: Jobs, id: str) -> Callable[[], bool]:
    return lambda: jobs.get(id).finished_at is not None


def test_jobs_are_done_side_by_side(jobs: Jobs, run: Callable[..., Runner]) -> None:
    together = threading.Barrier(2)

    def meet(context: JobContext) -> JobResult:
        together.wait(60)
        return upper(context)

    run({"meet": meet}, workers=2)
    submitted = [jobs.submit("meet", {"filename": f"{number}.txt"}, b"hello") for number in range(2)]
    for number, job in enumerate(submitted):
        until(finished(jobs, job.id))
        assert jobs.result(job.id) == JobResult(b"HELLO", "text/plain", f"{number}.txt", {"segments": 1})
        assert (jobs.get(job.id).done, jobs.get(job.id).total) == (1, 1)


def test_progress_is_seen_while_the_job_runs(jobs: Jobs, run: Callable[..., Runner]) -> None:
    go_on = threading.Event()

    def half(context: JobContext) -> JobResult:
        context.progress(5, 10)
        go_on.wait(60)
        return JobResult(b"")

    run({"half": half})
    job = jobs.submit("half", {}, b"")
    until(lambda: jobs.get(job.id).done == 5)
    assert (jobs.get(job.id).state, jobs.get(job.id).total) == ("running", 10)
    go_on.set()
    until(finished(jobs, job.id))


def test_a_running_job_is_stopped(jobs: Jobs, run: Callable[..., Runner]) -> None:
    run({"long": until_cancelled})
    job = jobs.submit("long", {}, b"")
    until(lambda: jobs.get(job.id).state == "running")
    jobs.cancel(job.id)
    until(finished(jobs, job.id))
    assert (jobs.get(job.id).state, jobs.get(job.id).error) == ("cancelled", None)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("Mr Smith takes warfarin"), JobError("internal")),
        (SystemExit("Mr Smith"), JobError("internal")),
        (NoModel("none", params={"command": "medinfo models install x"}), None),
        (Cancelled("by itself"), JobError("cancelled")),
    ],
)
def test_a_job_that_fails_says_why_in_a_code_and_the_next_one_is_done(
    jobs: Jobs,
    run: Callable[..., Runner],
    error: BaseException,
    told: JobError | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(context: JobContext) -> JobResult:
        raise error

    run({"fail": fail, "upper": upper})
    job, following = jobs.submit("fail", {}, b""), jobs.submit("upper", {"filename": ""}, b"")
    until(finished(jobs, following.id))
    assert jobs.get(job.id).state == "failed"
    assert jobs.get(job.id).error == (told or JobError("no-model", {"command": "medinfo models install x"}))
    assert "Smith" not in caplog.text


@pytest.mark.parametrize("report", [{"x": object()}, {"x": float("inf")}])
def test_a_result_that_cannot_be_stored_fails_the_job(
    jobs: Jobs, run: Callable[..., Runner], report: dict[str, Any]
) -> None:
    run({"odd": lambda _: JobResult(b"", report=report)})
    job = jobs.submit("odd", {}, b"")
    until(finished(jobs, job.id))
    assert jobs.get(job.id).error == JobError("invalid-input")


def test_a_job_that_finds_no_room_is_tried_again(database: Database, clock: Any) -> None:
    jobs = Jobs(database, clock=clock)
    attempts = []

    def busy(context: JobContext) -> JobResult:
        attempts.append(1)
        if len(attempts) == 1:
            raise Overloaded("busy", retry_after=7)
        if len(attempts) == 2:
            raise OperationalError("INSERT", {}, Exception("gone"))
        return JobResult(b"done")

    runner = Runner(jobs, {"busy": busy})
    job = jobs.submit("busy", {}, b"")
    assert runner.run_one()
    assert not runner.run_one()
    for _ in range(2):
        clock.now += 7
        assert runner.run_one()
    assert (jobs.get(job.id).attempts, jobs.result(job.id).content) == (3, b"done")


def test_a_runner_that_closes_gives_its_jobs_back(jobs: Jobs, run: Callable[..., Runner]) -> None:
    saved = threading.Event()

    def careful(context: JobContext) -> JobResult:
        if "part" in context.saved():
            return JobResult(context.saved()["part"])
        context.save("part", b"so far")
        saved.set()
        return until_cancelled(context)

    first = run({"careful": careful})
    job = jobs.submit("careful", {}, b"")
    assert saved.wait(60)
    first.close(60)
    assert (jobs.get(job.id).state, jobs.get(job.id).attempts) == ("waiting", 0)
    run({"careful": careful})
    until(finished(jobs, job.id))
    assert jobs.result(job.id).content == b"so far"


def test_a_job_that_another_took_over_writes_nothing(database: Database, clock: Any) -> None:
    jobs = Jobs(database, clock=clock)
    other = Leases(jobs)

    def sleepy(context: JobContext) -> JobResult:
        clock.now += 61
        assert other.claim(["sleepy"]) is not None
        with pytest.raises(Cancelled):
            context.save("part", b"late")
        until(context.cancelled)
        return JobResult(b"late")

    job = jobs.submit("sleepy", {}, b"")
    assert Runner(jobs, {"sleepy": sleepy}, beat_seconds=0.01).run_one()
    assert (jobs.get(job.id).state, jobs.get(job.id).attempts) == ("running", 2)


@pytest.mark.parametrize("wait", [False, True])
def test_a_job_taken_over_as_it_ends_is_left_to_the_other(database: Database, clock: Any, wait: bool) -> None:
    jobs = Jobs(database, clock=clock)
    other = Leases(jobs)

    def sleepy(context: JobContext) -> JobResult:
        clock.now += 61
        assert other.claim(["sleepy"]) is not None
        if wait:
            until(lambda: context.lost)
        return JobResult(b"late")

    job = jobs.submit("sleepy", {}, b"")
    assert Runner(jobs, {"sleepy": sleepy}, beat_seconds=0.01 if wait else 60, lease_seconds=0.04).run_one()
    assert jobs.get(job.id).state == "running"


def test_a_heartbeat_that_fails_is_tried_again(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    leases = Leases(jobs)
    job = jobs.submit("x", {}, b"")
    lease = leases.claim(["x"])
    assert lease is not None
    real, calls = leases.heartbeat, []

    def once_broken(*args: Any) -> bool:
        calls.append(args)
        if len(calls) == 1:
            raise OperationalError("UPDATE", {}, Exception("gone"))
        return real(*args)

    monkeypatch.setattr(leases, "heartbeat", once_broken)
    with JobContext(lease, leases, threading.Event(), look=0.01, renew=0.01) as context:
        until(lambda: len(calls) >= 3)
        assert not context.cancelled()
        assert not context.lost
    assert jobs.get(job.id).state == "running"


def test_a_heartbeat_notices_that_the_lease_was_lost(database: Database, clock: Any) -> None:
    jobs = Jobs(database, clock=clock)
    leases = Leases(jobs)
    jobs.submit("x", {}, b"")
    lease = leases.claim(["x"])
    assert lease is not None
    clock.now += 61
    assert leases.claim(["x"]) is not None
    with JobContext(lease, leases, threading.Event(), look=0.01, renew=0.0) as context:
        until(context.cancelled)
    assert context.lost


def test_what_a_job_saves_has_bounds(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_context, "MAX_SAVED", 10)
    monkeypatch.setattr(job_context, "MAX_KEYS", 2)
    leases = Leases(jobs)
    jobs.submit("x", {}, b"")
    lease = leases.claim(["x"])
    assert lease is not None
    context = JobContext(lease, leases, threading.Event())
    context.save("a", b"12345678")
    context.save("a", b"1234567")
    context.save("b", b"123")
    for key, value in (("b", b"1234"), ("c", b""), ("", b""), ("x" * 201, b"")):
        with pytest.raises(InvalidInput):
            context.save(key, value)
    assert dict(context.saved()) == {"a": b"1234567", "b": b"123"}
    assert job_leases.MAX_SAVED >= 2**20


def test_finished_jobs_are_deleted_after_their_time(jobs: Jobs, run: Callable[..., Runner]) -> None:
    run({"upper": upper}, retention=timedelta(hours=1))
    job = jobs.submit("upper", {"filename": ""}, b"secret")
    until(finished(jobs, job.id))
    assert jobs.get(job.id).state == "done"
    run({}, retention=timedelta(0))
    until(lambda: jobs.counts() == {})


def test_trouble_with_the_database_does_not_end_a_worker(
    jobs: Jobs, run: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    from medinfo.storage import runner as module

    monkeypatch.setattr(module, "_TROUBLE_SECONDS", 0.01)
    failed = threading.Event()
    claim = Leases.claim

    def broken(self: Leases, kinds: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise OperationalError("SELECT", {}, Exception("gone"))
        return claim(self, kinds)

    monkeypatch.setattr(Leases, "claim", broken)
    run({"upper": upper})
    job = jobs.submit("upper", {"filename": ""}, b"x")
    until(finished(jobs, job.id))
    assert failed.is_set()


def test_a_runner_needs_a_worker_and_may_be_closed_unstarted(jobs: Jobs) -> None:
    with pytest.raises(InvalidInput):
        Runner(jobs, {}, workers=0)
    Runner(jobs, {}).close(0)


SCRIPT = """
import sys, time
from medinfo.storage.database import Database
from medinfo.storage.jobs import Jobs
from medinfo.storage.runner import Runner

def parts(context):
    for number in range(3):
        context.save(f"part {number}", str(number).encode())
    print("saved", flush=True)
    time.sleep(600)

runner = Runner(Jobs(Database.open(sys.argv[1])), {"parts": parts}, lease_seconds=1.0)
print("ready", flush=True)
while not runner.run_one():
    time.sleep(0.05)
"""


def test_a_job_goes_on_where_it_was_after_its_process_was_killed(
    jobs: Jobs, run: Callable[..., Runner], url: str
) -> None:
    job = jobs.submit("parts", {}, b"content")
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, url], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["ready", "saved"]
        assert jobs.get(job.id).state == "running"
        process.kill()
    seen: list[tuple[dict[str, bytes], bytes]] = []

    def parts(context: JobContext) -> JobResult:
        seen.append((dict(context.saved()), context.content))
        return JobResult(b"".join(context.saved().values()))

    run({"parts": parts})
    until(finished(jobs, job.id))
    assert seen == [({f"part {number}": str(number).encode() for number in range(3)}, b"content")]
    assert (jobs.get(job.id).state, jobs.get(job.id).attempts) == ("done", 2)
    assert jobs.result(job.id).content == b"012"

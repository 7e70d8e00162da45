"""Answers made by worker processes: faults cost no more than their own item."""

import errno
import os
import signal
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from functions.logic.places import at
from functions.logic.question import Asked
from functions.logic.records import ANSWER, UNDER_WAY, change
from functions.logic.runs import Runs
from functions.logic.steps import LOST
from functions.serve.runner import LocalRunner
from functions.settings import PREFIX
from tests.functions.conftest import SMALL

OWNER = "somebody"


@pytest.fixture
def _one_at_a_time(monkeypatch):
    """Have one answer made at a time."""
    monkeypatch.setattr("functions.serve.runner.AT_ONCE", 1)


@pytest.fixture
def runner(store):
    """Give a runner with two workers, closed at the end."""
    environment = {
        f"{PREFIX}STORE": str(store.folder),
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    }
    runner = LocalRunner(store, environment, workers=2)
    yield runner
    runner.close()


@pytest.fixture
def runs(store, runner):
    """Give the runs of the store."""
    return Runs(store, runner)


def asked(seed, replications=30):
    return Asked(kind="compare", scenarios=SMALL, seed=seed, replications=replications)


def ended(runs, run, owner=OWNER, within=240):
    """Wait until a run has ended; give it."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        now = runs.get(run["id"], owner)
        if now["state"] not in UNDER_WAY:
            return now
        time.sleep(0.05)
    raise AssertionError(f"{now} did not end")


def workers():
    """Give the worker processes; Python's tracker of resources is a child too, but none of them."""
    tasks = Path("/proc/self/task").glob("*/children")
    found = []
    for child in " ".join(each.read_text(encoding="ascii") for each in tasks).split():
        with suppress(FileNotFoundError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found


def test_a_worker_that_is_killed_costs_nothing_but_its_item(runs, store):
    whole = ended(runs, runs.create(asked(1), OWNER))
    expected = store.files.read(at(whole["answer"], "documents", "result.json"))
    for place in ("documents", "shards", "rounds"):
        store.files.remove(at(whole["answer"], place))
    record = store.records.get(ANSWER, whole["answer"])
    failed = {**record.data, "state": "failed"}
    store.records.replace(ANSWER, whole["answer"], failed, record.version)

    again = runs.create(asked(1), OWNER)
    for _ in range(6):
        time.sleep(0.3)
        for worker in workers()[:1]:
            os.kill(worker, signal.SIGKILL)

    assert ended(runs, again)["state"] in {"finished", "partial", "failed"}
    last = ended(runs, runs.create(asked(1), OWNER))
    assert last["state"] == "finished"
    assert store.files.read(at(last["answer"], "documents", "result.json")) == expected


def test_twenty_runs_at_once_all_end_whole(runs):
    callers = [f"caller {number}" for number in range(20)]
    begun = [runs.create(asked(place % 5, 10), own) for place, own in enumerate(callers)]
    found = [ended(runs, run, own) for run, own in zip(begun, callers, strict=True)]
    assert {run["state"] for run in found} == {"finished"}
    assert len({run["id"] for run in found}) == 20
    assert len({run["answer"] for run in found}) == 5


@pytest.mark.parametrize("planned", [False, True])
def test_a_cancelled_run_stops_and_can_be_asked_again(runs, store, planned):
    run = runs.create(asked(7, 2_000), OWNER)
    while planned and runs.get(run["id"], OWNER)["state"] == "waiting":
        time.sleep(0.05)
    assert runs.cancel(run["id"], OWNER)["state"] == "cancelled"
    time.sleep(0.5)  # what is just being written is written
    before = len(list(store.files.keys(at(run["answer"], "shards", ""))))
    time.sleep(2.5)
    after = len(list(store.files.keys(at(run["answer"], "shards", ""))))
    assert after == before < 200
    small = runs.create(asked(7, 10), OWNER)
    assert ended(runs, small)["state"] == "finished"


def test_workers_that_are_killed_while_they_have_nothing_to_do_are_replaced(runs):
    assert ended(runs, runs.create(asked(1, 2), OWNER))["state"] == "finished"
    for seed in (2, 3):
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
        time.sleep(1)
        assert ended(runs, runs.create(asked(seed, 2), OWNER))["state"] == "finished"


@pytest.mark.usefixtures("_one_at_a_time")
def test_who_changes_his_mind_while_he_waits_keeps_nobody_from_an_answer(runs):
    long = runs.create(asked(1, 9_000), OWNER)
    for _ in range(3):
        small = runs.create(asked(2, 2), OWNER)
        runs.cancel(small["id"], OWNER)
    small = runs.create(asked(2, 2), OWNER)
    runs.cancel(long["id"], OWNER)
    assert ended(runs, small, within=20)["state"] == "finished"
    assert ended(runs, runs.create(asked(3, 2), OWNER), within=20)["state"] == "finished"


def test_a_step_that_always_kills_its_worker_fails_in_plain_words(runs, runner, monkeypatch):
    died: Future[Any] = Future()
    died.set_exception(BrokenProcessPool("All workers expired"))
    monkeypatch.setattr(runner._pool, "schedule", lambda *_: died)
    assert ended(runs, runs.create(asked(1), OWNER))["problem"] == LOST


def test_who_asks_again_as_soon_as_an_answer_failed_gets_one(runs, store, monkeypatch):
    again: list[dict[str, Any]] = []

    def make(_, key, __):
        """Fail, and be asked again before anybody knows; then answer."""
        state = "finished" if again else "failed"
        change(store, ANSWER, key, lambda _: {"state": state})
        if not again:
            again.append(runs.create(asked(1), OWNER))

    monkeypatch.setattr(LocalRunner, "_make", make)
    runs.create(asked(1), OWNER)
    while not again:
        time.sleep(0.01)
    assert ended(runs, again[0], within=20)["state"] == "finished"


def test_an_answer_goes_on_by_itself_when_a_full_disk_has_room_again(runs, store, monkeypatch):
    full = [OSError(errno.ENOSPC, "No space left on device")] * 4
    replace, read = store.records.replace, store.files.read

    def replaced(*record):
        if full:
            raise full.pop()
        return replace(*record)

    def found(key):
        if full and "/todo/" in key:
            raise full.pop()
        return read(key)

    monkeypatch.setattr("functions.serve.runner._PAUSE_SECONDS", 0.1)
    monkeypatch.setattr(store.records, "replace", replaced)
    monkeypatch.setattr(store.files, "read", found)
    assert ended(runs, runs.create(asked(1), OWNER), within=60)["state"] == "finished"
    assert not full

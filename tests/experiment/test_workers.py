"""Replications in workers: the same bytes however they are run, and what is left after a death.

Spawned workers import what they run, so the tests with workers run in a process of their own.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulation.experiment import Task, replicate, run_all
from simulation.experiment.workers import DIED, Crew, play_each
from tests.experiment import workload

HOUSE = Path(__file__).parents[2]
SCENARIOS = [workload.scenario(), workload.scenario(seed=4)]


def run_apart(task, *arguments, **environment):
    """Run a task of `workload` in a process of its own; give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.experiment.workload", task, *map(str, arguments)],
        cwd=HOUSE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def alone():
    """The experiments, one after the other in this process."""
    return run_all([Task(each, (1, 2, 3, 4)) for each in SCENARIOS], 1)


def test_two_workers_give_the_same_bytes_as_one(alone):
    assert workload.dump(run_all([Task(each, (1, 2, 3, 4)) for each in SCENARIOS], 2)) == (
        workload.dump(alone)
    )


def test_the_order_of_replications_changes_nothing(alone):
    assert workload.dump(run_all([Task(each, (3, 1, 4, 2)) for each in SCENARIOS], 1)) == (
        workload.dump(alone)
    )


def test_a_replication_alone_is_the_one_in_the_experiment(alone):
    number, row = alone.experiments[1].ordered()[2]
    assert dict(row) == replicate(SCENARIOS[1], number)
    assert {type(value) for value in row.values()} == {int, float}


def test_replications_differ_from_each_other_and_seeds_too(alone):
    rows = [dict(row) for each in alone.experiments for _, row in each.ordered()]
    assert len({json.dumps(row) for row in rows}) == 8


def test_progress_is_told_after_each_replication():
    told = []
    run_all([Task(SCENARIOS[0], (1, 2, 3))], 1, lambda *each: told.append(each))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_scenarios_take_turns_so_that_an_interruption_leaves_as_many_of_each():
    def stop(done, _):
        if done == 5:
            raise KeyboardInterrupt

    run = run_all([Task(each, tuple(range(1, 100))) for each in SCENARIOS], 1, stop)
    assert run.interrupted
    assert [sorted(each.finished) for each in run.experiments] == [[1, 2, 3], [1, 2]]


def test_ctrl_c_keeps_what_is_finished():
    interrupted, finished, first = json.loads(run_apart("interrupt_after", 6))
    assert interrupted
    assert 6 <= finished < 400
    assert first


def test_a_replication_for_which_memory_runs_out_is_named_and_the_others_go_on():
    """Year 4 of this seed has 2.2 million contacts, the others few thousands."""
    finished, failed = json.loads(run_apart("run_out_of_memory"))
    assert finished == [2, 6]
    (number, error), *others = failed.items()
    assert (number, others) == ("4", [])
    assert "MemoryError: Unable to allocate" in error
    assert "\n" not in error


def test_a_worker_that_is_killed_costs_its_own_replication_and_no_other(tmp_path):
    outcomes = json.loads(run_apart("kill_a_worker_for_good", tmp_path))
    assert outcomes.pop("3") == DIED
    assert outcomes == {str(number): f"done {number}" for number in (1, 2, 4, 5, 6, 7, 8)}
    killed = [path for path in tmp_path.iterdir() if path.name.startswith("3-")]
    assert len(killed) == 2, "run a second time alone before it is given up"


def test_workers_end_with_their_parent_even_if_it_is_killed(tmp_path):
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.experiment.lethal"],
        env={**os.environ, "KANAALKOMPAS_TEST_FOLDER": str(tmp_path)},
    )
    wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [path.name for path in tmp_path.iterdir()]
    assert all(alive(pid) for pid in workers)
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(alive(pid) for pid in workers))


def wait_until(happened):
    """Wait for something, half a minute at most."""
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(pid):
    """Whether a process is still there, and not only waiting to be buried."""
    stat = Path("/proc", pid, "stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_bits_do_not_depend_on_the_processor():
    """NumPy chooses other loops when it may not use what the processor can do."""
    plain = run_apart("digest", NPY_DISABLE_CPU_FEATURES="")
    features = "SSE42 AVX2 FMA3 AVX512F AVX512_SKX"
    known = subprocess.run(
        [sys.executable, "-c", "import numpy._core._multiarray_umath as m; "
         "print(*(set(m.__cpu_dispatch__) & {f for f, on in m.__cpu_features__.items() if on}))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert run_apart("digest", NPY_DISABLE_CPU_FEATURES=known or features) == plain
    assert plain == workload.digest()


def test_memory_stays_flat_as_replications_grow():
    few, many = (int(run_apart("peak_memory", count)) for count in (100, 1_000))
    assert many - few < 0.05 * few


@dataclass(frozen=True)
class Numbered:
    """A replication that only has its number."""

    number: int


def odd_fails(job):
    """Give a tenfold; odd numbers have none."""
    return "it is odd" if job.number % 2 else 10 * job.number


def test_replications_are_kept_as_they_come_and_failures_by_number():
    kept: dict[int, int] = {}
    told: list[tuple[int, int]] = []
    failed, interrupted = play_each(
        Crew(odd_fails, 1), [Numbered(n) for n in (4, 3, 2)], kept.__setitem__,
        lambda *progress: told.append(progress),
    )  # fmt: skip
    assert kept == {4: 40, 2: 20}
    assert (failed, interrupted) == ({3: "it is odd"}, False)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_interruption_leaves_what_was_kept():
    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    kept: dict[int, int] = {}
    jobs = [Numbered(n) for n in (2, 4, 6)]
    assert play_each(Crew(odd_fails, 1), jobs, kept.__setitem__, stop) == ({}, True)
    assert kept == {2: 20, 4: 40}

"""Replications in worker processes.

Work is handed out replication by replication, so that an interrupted comparison has about the
same number of replications of every scenario. What comes back is put in order: neither the
number of workers nor their speed can be seen in a result. A replication that fails is kept with
its error; the others go on.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from signal import SIG_IGN, SIGINT, signal

from simulation.experiment.replication import simulator
from simulation.experiment.row import Packer
from simulation.measures import Measures
from simulation.scenario.scenario import Scenario

Progress = Callable[[int, int], None]
"""Called with (replications done, replications in all)."""


@dataclass(frozen=True)
class Task:
    """One scenario to be replicated."""

    scenario: Scenario
    replications: tuple[int, ...]
    """Numbers of the replications, from 1."""


@dataclass
class Experiment:
    """What became of the replications of one scenario."""

    scenario: Scenario
    finished: dict[int, Mapping[str, float | int]] = field(default_factory=dict)
    """Measures by number of the replication."""
    failed: dict[int, str] = field(default_factory=dict)
    """Error, in one line, by number of the replication."""

    def ordered(self) -> list[tuple[int, Mapping[str, float | int]]]:
        """Give the finished replications in the order of their numbers."""
        return sorted(self.finished.items(), key=lambda item: item[0])


@dataclass
class Run:
    """All experiments of a run, and whether it was interrupted."""

    experiments: list[Experiment]
    interrupted: bool = False


def run_all(
    tasks: Sequence[Task], workers: int | None = None, progress: Progress | None = None
) -> Run:
    """Replicate scenarios, on all cores.

    Parameters
    ----------
    tasks : scenarios and the numbers of their replications
    workers : processes; all cores if not given. 1 runs in this process
    progress : told after each replication

    Returns
    -------
    Experiments in the order of the tasks. After Ctrl-C: what was finished.
    """
    run = Run([Experiment(task.scenario) for task in tasks])
    jobs = _jobs(tasks)
    total = sum(len(task.replications) for task in tasks)
    workers = min(workers or cores(), max(1, total))
    done, packer = 0, Packer()
    try:
        for place, number, outcome in _execute(jobs, tasks, workers):
            experiment = run.experiments[place]
            if isinstance(outcome, str):
                experiment.failed[number] = outcome
            else:
                experiment.finished[number] = packer.pack(outcome)
            done += 1
            if progress is not None:
                progress(done, total)
    except KeyboardInterrupt:
        run.interrupted = True
    return run


def cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Job = tuple[int, int]
"""(place of the task, number of the replication)."""


def _jobs(tasks: Sequence[Task]) -> list[Job]:
    jobs = [
        (turn, place, number)
        for place, task in enumerate(tasks)
        for turn, number in enumerate(task.replications)
    ]
    return [(place, number) for _, place, number in sorted(jobs)]


def _execute(
    jobs: list[Job], tasks: Sequence[Task], workers: int
) -> Iterator[tuple[int, int, Measures | str]]:
    texts = [task.scenario.model_dump_json(by_alias=True) for task in tasks]
    if workers == 1:
        for place, number in jobs:
            yield place, number, attempt(texts[place], number)
        return
    context = get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_ctrl_c)
    try:
        waiting = iter(jobs)
        running: dict[Future[Measures | str], Job] = {}
        for place, number in islice(waiting, 2 * workers):
            running[pool.submit(attempt, texts[place], number)] = (place, number)
        while running:
            ready, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                place, number = running.pop(future)
                yield place, number, _result(future)
                for next_place, next_number in islice(waiting, 1):
                    future = pool.submit(attempt, texts[next_place], next_number)
                    running[future] = (next_place, next_number)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[Measures | str]) -> Measures | str:
    error = future.exception()
    return future.result() if error is None else f"{type(error).__name__}: {error}"


def attempt(scenario_json: str, replication: int) -> Measures | str:
    """Run one replication in a worker; an error becomes its one-line text."""
    try:
        return simulator(scenario_json).measures(replication)
    except Exception as error:  # noqa: BLE001 - one failing replication must not stop the others
        text = " ".join(str(error).split())
        return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _leave_ctrl_c() -> None:
    """Let the parent alone decide what Ctrl-C means."""
    signal(SIGINT, SIG_IGN)

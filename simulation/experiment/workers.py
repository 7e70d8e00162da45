"""Jobs in worker processes, in whatever order they finish.

Short jobs are handed out many at a time: what it costs to hand something out would otherwise be
more than the job. How many follows from how long they took so far.

A worker that dies (out of memory, killed) takes its whole pool with it, and nobody knows whose
job it was. The jobs that were under way are then run again, one at a time: the one that kills
its worker once more has failed, the others have not.

A pool has locks, pipes and threads that Ctrl-C could leave half made: then it is forgotten, or the
process never ends. So signals wait while anything is asked of a pool, and end the work in between.
"""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import islice
from multiprocessing import active_children, get_context, parent_process, resource_tracker
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from simulation.experiment.patience import signals_wait

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")

DIED = "the worker process died; it may have run out of memory"
"""What is said of a job whose worker died twice."""

_HANDFUL = 0.1
"""Seconds of work that are handed out at a time: as much as an interruption may lose."""

_MOST = 256
"""Jobs that are handed out at a time, at most."""


def in_one_line(error: Exception) -> str:
    """Give an error as one line: what work gives back instead of an outcome."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


class Crew(Generic[Job, Outcome]):
    """Worker processes, kept from one series of jobs to the next.

    Parameters
    ----------
    work : does one job; it must not raise. It and the jobs have to be picklable
    workers : number of processes; 1 works in this process

    Notes
    -----
    Who leaves the context with an exception stops the work under way.
    """

    def __init__(self, work: Callable[[Job], Outcome], workers: int) -> None:
        self._work = work
        self._workers = workers
        self._pool: _Pool | None = None
        self._at_once = 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._leave(stop=error is not None)

    def do(self, jobs: Iterable[Job]) -> Generator[tuple[Job, Outcome | str], None, None]:
        """Do jobs; they are begun in this order.

        Yields
        ------
        Each job with its outcome, or with a line that says why there is none.
        """
        if self._workers == 1:
            for job in jobs:
                yield job, self._work(job)
            return
        waiting, lost = iter(jobs), list[Job]()
        while True:
            yield from self._together(waiting, lost)
            if not lost:
                return
            yield from _one_by_one(self._work, lost)
            lost.clear()

    def _together(
        self, waiting: Iterator[Job], lost: list[Job]
    ) -> Iterator[tuple[Job, Outcome | str]]:
        """Do jobs until none waits, or until a worker dies; then say which were under way."""
        running: dict[Future[tuple[list[Outcome], float]], list[Job]] = {}
        pool = self._open()
        while not lost:
            while len(running) < 2 * self._workers and (jobs := self._handful(waiting)):
                try:
                    running[pool.begin(_each, self._work, jobs)] = jobs
                except BrokenProcessPool:
                    lost += jobs
                    break
            if not running:
                break
            future = pool.next_done()
            jobs = running.pop(future)
            try:
                outcomes, seconds = outcome_of(future)
            except BrokenProcessPool:
                lost += jobs
                continue
            self._at_once = max(1, min(_MOST, round(_HANDFUL * len(jobs) / seconds)))
            yield from zip(jobs, outcomes, strict=True)
        if not lost:
            return
        lost += [job for jobs in running.values() for job in jobs]
        self._leave(stop=True)

    def _handful(self, waiting: Iterator[Job]) -> list[Job]:
        return list(islice(waiting, self._at_once))

    def _open(self) -> "_Pool":
        if self._pool is None:
            self._pool = _Pool(self._workers)
        return self._pool

    def _leave(self, *, stop: bool) -> None:
        if self._pool is not None:
            self._pool.close(stop=stop)
            self._pool = None


STAGE: ContextVar[str] = ContextVar("STAGE", default="")
"""What is being done, in words: what stands before a progress bar."""


@dataclass(frozen=True)
class Part:
    """Jobs that were handed out together, and are not all done.

    Attributes
    ----------
    stage : what they were handed out for
    work : who does a job
    jobs : those that are not done
    known : how many others are
    """

    stage: str
    work: Callable[[Any], Any]
    jobs: tuple[Any, ...]
    known: int


class NotYet(Exception):
    """Work is done elsewhere, and some of it is still to be done before this can go on."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(f"{sum(len(part.jobs) for part in parts)} jobs are still to be done")
        self.parts = tuple(parts)


def side_by_side(parts: Iterable[Callable[[], Outcome]]) -> list[Outcome]:
    """Do parts of a question that do not need each other, one after the other.

    Where work is done elsewhere, what all of them still need is asked for together.

    Raises
    ------
    NotYet
        With the jobs of all parts.
    """
    found: list[Outcome] = []
    missing: list[Part] = []
    for part in parts:
        try:
            found.append(part())
        except NotYet as not_yet:
            missing += not_yet.parts
    if missing:
        raise NotYet(missing)
    return found


class Hire(Protocol):
    """Gives a crew for a kind of work: one that works elsewhere than in processes of this one."""

    def __call__(self, work: Callable[[Job], Outcome | str]) -> Crew[Job, Outcome | str]:
        """Give the crew."""


Workers = int | Hire | None
"""Number of worker processes; who has work done elsewhere; all cores if None."""


def hire(
    work: Callable[[Job], Outcome | str], workers: Workers, most: int | None = None
) -> Crew[Job, Outcome | str]:
    """Give a crew for a kind of work.

    Parameters
    ----------
    work : does one job; see `Crew`
    workers : who does it
    most : jobs there will be, if that is known: no more processes are started
    """
    if workers is None or isinstance(workers, int):
        number = workers or cores()
        return Crew(work, number if most is None else min(number, max(1, most)))
    return workers(work)


def cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Numbered(Protocol):
    @property
    def number(self) -> int:
        """Number of the replication."""


Replication = TypeVar("Replication", bound=_Numbered)


def play_each(
    crew: Crew[Replication, Outcome | str],
    jobs: Sequence[Replication],
    keep: Callable[[int, Outcome], object],
    progress: Callable[[int, int], None] | None,
) -> tuple[dict[int, str], bool]:
    """Play replications with a crew of their own, and keep each as it comes.

    Parameters
    ----------
    crew : whose work gives an outcome, or a line that says why there is none
    jobs : what is to be played
    keep : told the number of a replication, and what came of it
    progress : told (done, in all) after each

    Returns
    -------
    The reason of those that failed, by number; and whether Ctrl-C ended it before the last one.
    """
    failed: dict[int, str] = {}
    try:
        with crew:
            for done, (job, outcome) in enumerate(crew.do(jobs), 1):
                if isinstance(outcome, str):
                    failed[job.number] = outcome
                else:
                    keep(job.number, outcome)
                if progress is not None:
                    progress(done, len(jobs))
    except KeyboardInterrupt:
        return failed, True
    return failed, False


def _each(work: Callable[[Job], Outcome], jobs: Sequence[Job]) -> tuple[list[Outcome], float]:
    """Do some jobs; give their outcomes, and the seconds that they took together."""
    started = time.perf_counter()
    outcomes = [work(job) for job in jobs]
    return outcomes, max(time.perf_counter() - started, 1e-6)


def _one_by_one(
    work: Callable[[Job], Outcome], jobs: Sequence[Job]
) -> Iterator[tuple[Job, Outcome | str]]:
    """Do jobs in a worker that has nothing else to do, a new one after a death."""
    left = list(jobs)
    while left:
        pool = _Pool(1)
        try:
            while left:
                pool.begin(work, left[0])
                yield left[0], outcome_of(pool.next_done())
                left.pop(0)
        except BrokenProcessPool:
            yield left.pop(0), DIED
        finally:
            pool.close(stop=bool(left))


class _Pool:
    """A pool of processes that can be left at any moment."""

    def __init__(self, workers: int) -> None:
        with signals_wait():
            # Some versions of Python block no signals any more when it has begun.
            resource_tracker.ensure_running()
        with signals_wait():
            self._before = set(active_children())
            self._executor = ProcessPoolExecutor(workers, get_context("spawn"), follow_parent)
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()

    def begin(self, work: Callable[..., Outcome], *arguments: object) -> "Future[Outcome]":
        """Hand out a piece of work."""
        with signals_wait():
            future = self._executor.submit(work, *arguments)
            future.add_done_callback(self._done.put)
        return future

    def next_done(self) -> "Future[Any]":
        """Wait until one more piece of work is done."""
        return self._done.get()

    def close(self, *, stop: bool) -> None:
        """Let the workers go; ``stop`` ends the work under way."""
        with signals_wait():
            if stop:
                for worker in set(active_children()) - self._before:
                    worker.kill()
            self._executor.shutdown(wait=False, cancel_futures=True)


def outcome_of(future: "Future[Outcome]") -> Outcome:
    """Give what came of work that is done."""
    with signals_wait():
        return future.result()


def follow_parent() -> None:
    """Let the parent alone decide what Ctrl-C means, and end when it ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

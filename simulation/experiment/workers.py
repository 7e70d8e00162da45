"""Jobs in worker processes, in whatever order they finish.

A worker that dies (out of memory, killed) takes its whole pool with it, and nobody knows whose
job it was. The jobs that were under way are then run again, one at a time: the one that kills
its worker once more has failed, the others have not.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import TypeVar

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")

DIED = "the worker process died; it may have run out of memory"
"""What is said of a job whose worker died twice."""


def execute(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], workers: int
) -> Generator[tuple[Job, Outcome | str], None, None]:
    """Do jobs in worker processes.

    Parameters
    ----------
    work : does one job; it must not raise. It and the jobs have to be picklable
    jobs : are begun in this order
    workers : number of processes; 1 works in this process

    Yields
    ------
    Each job with its outcome, or with a line that says why there is none.
    """
    if workers == 1:
        for job in jobs:
            yield job, work(job)
        return
    waiting = deque(jobs)
    while waiting:
        lost: list[Job] = []
        yield from _together(work, waiting, workers, lost)
        for job in lost:
            yield job, _alone(work, job)


def _together(
    work: Callable[[Job], Outcome], waiting: deque[Job], workers: int, lost: list[Job]
) -> Iterator[tuple[Job, Outcome]]:
    """Do jobs until none waits, or until a worker dies; then say which were under way."""
    running: dict[Future[Outcome], Job] = {}
    with _pool(workers) as pool:
        while not lost and (waiting or running):
            try:
                while waiting and len(running) < 2 * workers:
                    running[pool.submit(work, waiting[0])] = waiting[0]
                    waiting.popleft()
            except BrokenProcessPool:
                lost += running.values()
                return
            ready, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ready:
                job = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    lost.append(job)
                else:
                    yield job, future.result()
        lost += running.values()


def _alone(work: Callable[[Job], Outcome], job: Job) -> Outcome | str:
    with _pool(1) as pool:
        try:
            return pool.submit(work, job).result()
        except BrokenProcessPool:
            return DIED


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes; whoever leaves early stops the work under way."""
    before = set(active_children())
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _follow_parent)
    try:
        yield pool
    except BaseException:
        for worker in set(active_children()) - before:
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _follow_parent() -> None:
    """Let the parent alone decide what Ctrl-C means, and end when it ends, however it does."""
    signal(SIGINT, SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

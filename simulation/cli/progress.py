"""Playing replications in sight of the user: how far it is, and stopping with what is done."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.progress import Task as Doing
from rich.text import Text

from simulation.cli.inputs import Asked
from simulation.cli.problems import say
from simulation.cli.signals import heed, ignore_from_now_on
from simulation.cli.terminal import messages
from simulation.comparison.precision import Goal, looks, precise_enough
from simulation.experiment import Progress, Task, run_all, run_until
from simulation.experiment.run import Run
from simulation.experiment.workers import STAGE, Workers
from simulation.play.engines import Engine

EVERY: Final = 10.0
"""Seconds between two lines where no bar can be drawn."""


def play(asked: Sequence[Asked], workers: Workers, engine: Engine, goal: Goal | None = None) -> Run:
    """Play all replications of scenarios, or as many as a goal needs; show progress on stderr.

    After Ctrl-C or SIGTERM the run is marked as interrupted and holds what was finished; from
    then on the process cannot be interrupted any more, so that it can write that down.
    """
    scenarios = [each.scenario for each in asked]
    with shown("Simulating", "replications") as progress:
        if goal is None:
            tasks = [Task(each, tuple(range(1, each.replications + 1))) for each in scenarios]
            run = run_all(tasks, workers, progress, engine)
        else:
            enough = partial(precise_enough, goal)
            run = run_until(
                scenarios,
                looks(goal.most),
                enough,
                workers=workers,
                progress=progress,
                engine=engine,
            )
    if run.interrupted:
        ignore_from_now_on()
    return run


@contextmanager
def shown(doing: str, pieces: str) -> Iterator[Progress]:
    """Show how far the work is: a bar on a terminal, a line now and then elsewhere.

    Parameters
    ----------
    doing : what is being done, to stand before the bar
    pieces : what is counted, as a plural

    Raises
    ------
    AskedToEnd
        At the next piece, when the process was asked to end and somebody swallowed it.
    """
    token = STAGE.set(doing)
    try:
        with _drawn(doing, pieces) as progress:
            yield progress
    finally:
        STAGE.reset(token)


@contextmanager
def _drawn(doing: str, pieces: str) -> Iterator[Progress]:
    console = messages()
    if console.is_terminal and not console.is_dumb_terminal:
        with _bar(console, doing) as progress:
            yield _heeding(progress)
    else:
        yield _heeding(_Lines(doing, pieces))


def _heeding(progress: Progress) -> Progress:
    def tell(done: int, total: int) -> None:
        progress(done, total)
        heed()

    return tell


@contextmanager
def _bar(console: Console, doing: str) -> Iterator[Progress]:
    """Show a bar with counts and the time left."""
    columns = (TextColumn(doing), BarColumn(bar_width=None), _Count(), _Left())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


class _Count(MofNCompleteColumn):
    """How many pieces are done, and of how many; nothing while that is not known."""

    def render(self, task: Doing) -> Text:
        if task.total is not None:
            return super().render(task)
        return Text(f"{int(task.completed)} so far" if task.completed else "")


class _Left(TimeRemainingColumn):
    """The time that is left; nothing while that is not known."""

    def render(self, task: Doing) -> Text:
        if task.total is None or task.time_remaining is None:
            return Text()
        return super().render(task) + Text(" left")


class _Lines:
    """Plain lines: one every ten seconds, and one at the end if there was any."""

    def __init__(self, doing: str, pieces: str) -> None:
        self._doing, self._pieces = doing, pieces
        self._start = self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        last = done == total and self._said > self._start
        if now - self._said < EVERY and not last:
            return
        self._said = now
        if not total:
            say(f"{self._doing}: {done} {self._pieces} so far")
            return
        left = (now - self._start) / done * (total - done)
        say(
            f"{self._doing}: {done} of {total} {self._pieces}, about {spell(left)} left"
            if left
            else f"{self._doing}: {done} of {total} {self._pieces} in {spell(now - self._start)}"
        )


def spell(seconds: float) -> str:
    """Write a length of time to the second: ``75`` is ``1:15``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"

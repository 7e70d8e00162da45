"""Replications in worker processes.

Scenarios take turns, replication by replication, so that an interrupted comparison has about the
same number of replications of every scenario. What comes back is packed by the worker and put in
order here: neither the number of workers nor their speed can be seen in a result. A replication
that fails is kept with its error; the others go on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from simulation.experiment.replication import simulator
from simulation.experiment.row import Packer, Row
from simulation.experiment.workers import Workers, hire, in_one_line
from simulation.play.engines import Engine
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
    tasks: Sequence[Task],
    workers: Workers = None,
    progress: Progress | None = None,
    engine: Engine = Engine.AUTO,
) -> Run:
    """Replicate scenarios, on all cores.

    Parameters
    ----------
    tasks : scenarios and the numbers of their replications
    workers : number of processes, 1 runs in this process; who has work done elsewhere; all cores
        if not given
    progress : told after each replication
    engine : who plays; a result does not depend on it

    Returns
    -------
    Experiments in the order of the tasks. After Ctrl-C: what was finished.
    """
    run = Run([Experiment(task.scenario) for task in tasks])
    total = sum(len(task.replications) for task in tasks)
    _play(run, [tasks], workers, progress, engine, most=total)
    return run


def run_until(
    scenarios: Sequence[Scenario],
    looks: Iterable[int],
    enough: Callable[[Sequence[Experiment]], bool],
    *,
    workers: Workers = None,
    progress: Progress | None = None,
    engine: Engine = Engine.AUTO,
) -> Run:
    """Replicate scenarios until it is enough, asking at some numbers of replications.

    Parameters
    ----------
    scenarios : what is simulated
    looks : numbers of replications of each scenario at which is asked, ascending
    enough : tells of the experiments so far whether to stop
    workers, progress, engine : as for `run_all`

    Returns
    -------
    Experiments in the order of the scenarios; ``replications`` of each scenario is the number
    at which it stopped, at the latest the last look. After Ctrl-C: what was finished, and the look
    that was under way.
    """
    run = Run([Experiment(scenario) for scenario in scenarios])

    def stages() -> Iterator[list[Task]]:
        done = 0
        for look in looks:
            if done and enough(run.experiments):
                return
            for experiment in run.experiments:
                asked = {"replications": look}
                experiment.scenario = experiment.scenario.model_copy(update=asked)
            numbers = tuple(range(done + 1, look + 1))
            yield [Task(scenario, numbers) for scenario in scenarios]
            done = look

    _play(run, stages(), workers, progress, engine)
    return run


def _play(
    run: Run,
    stages: Iterable[Sequence[Task]],
    workers: Workers,
    progress: Progress | None,
    engine: Engine,
    *,
    most: int | None = None,
) -> None:
    """Do tasks stage by stage, each when the one before it is done."""
    done, total, packer = 0, 0, Packer()
    try:
        with hire(attempt, workers, most) as crew:
            for tasks in stages:
                total += sum(len(task.replications) for task in tasks)
                for job, outcome in crew.do(_jobs(tasks, engine)):
                    experiment = run.experiments[job.place]
                    if isinstance(outcome, str):
                        experiment.failed[job.number] = outcome
                    else:
                        experiment.finished[job.number] = packer.adopt(outcome)
                    done += 1
                    if progress is not None:
                        progress(done, total)
    except KeyboardInterrupt:
        run.interrupted = True


@dataclass(frozen=True)
class Job:
    """One replication of one task."""

    place: int
    number: int
    scenario: str
    engine: Engine


def _jobs(tasks: Sequence[Task], engine: Engine) -> Iterator[Job]:
    """Let scenarios take turns."""
    texts = [task.scenario.model_dump_json(by_alias=True) for task in tasks]
    for numbers in zip_longest(*(task.replications for task in tasks)):
        for place, number in enumerate(numbers):
            if number is not None:
                yield Job(place, number, texts[place], engine)


_PACKER = Packer()
"""Of this process: rows that go to another one together share their layout."""


def attempt(job: Job) -> Row | str:
    """Run one replication; an error becomes its one-line text."""
    try:
        return _PACKER.pack(simulator(job.scenario, job.engine).measures(job.number))
    except Exception as error:
        return in_one_line(error)

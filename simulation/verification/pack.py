"""Running the pack: everything by every engine, in worker processes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from simulation.experiment.workers import Crew, cores
from simulation.play.engines import Engine
from simulation.verification.case import Case, Family
from simulation.verification.observe import Seen, observe
from simulation.verification.published import Published
from simulation.verification.random_runs import Random, play_random
from simulation.verification.report import Report, Sight, report_of

Progress = Callable[[int, int], None]
"""Called with (pieces of work done, pieces in all)."""

_PER_PIECE = {Engine.SIMPY: 40_000, Engine.COMPILED: 2_000_000}
"""Contacts that each engine plays in about a second."""

_DAYS_PER_PIECE = {Engine.SIMPY: 10, Engine.COMPILED: 200}
"""Days of a published simulation that each engine plays in about a second."""

_RANDOM_PER_PIECE = 4
"""Random scenarios that are played and looked at in about a second."""


class Fault(Exception):
    """A piece of work failed; the text says which and why."""


@dataclass(frozen=True)
class QueueJob:
    """Some replications of one case or published simulation by one engine."""

    family: str
    case: Case | Published
    seed: int
    engine: Engine
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class RandomJob:
    """Some random scenarios by all engines."""

    seed: int
    engines: tuple[Engine, ...]
    numbers: tuple[int, ...]


Job = QueueJob | RandomJob


@dataclass(frozen=True)
class Chosen:
    """What is to be played."""

    families: Sequence[Family] = ()
    simulations: Sequence[Published] = ()
    scenarios: int = 0
    """Number of random scenarios."""


def verify(
    chosen: Chosen,
    engines: Sequence[Engine],
    *,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Play everything that is chosen by engines, and judge it together.

    Raises
    ------
    Fault
        When a replication fails.
    """
    jobs = [
        *_queues(chosen.families, engines, seed),
        *_published(chosen.simulations, engines, seed),
        *_randoms(chosen.scenarios, engines, seed),
    ]
    sight, randoms = Sight(), dict[int, Random]()
    with Crew(attempt, min(workers or cores(), len(jobs))) as crew:
        for done, (job, outcome) in enumerate(crew.do(jobs), start=1):
            if isinstance(outcome, str):
                raise Fault(outcome)
            for number, found in zip(job.numbers, outcome, strict=True):
                if isinstance(found, Random):
                    randoms[number] = found
                elif isinstance(found, Seen) and isinstance(job, QueueJob):
                    sight.setdefault((job.family, job.case.name, job.engine), {})[number] = found
            if progress is not None:
                progress(done, len(jobs))
    ordered = [randoms[number] for number in sorted(randoms)]
    return report_of(chosen.families, chosen.simulations, engines, sight, ordered, seed=seed)


def _queues(families: Sequence[Family], engines: Sequence[Engine], seed: int) -> Iterator[Job]:
    """Cut the work into pieces that take about equally long."""
    for family in families:
        for case in family.cases:
            contacts = case.erlangs * (case.warm_up + case.length)
            for engine in engines:
                replications, _ = family.of(case, engine)
                size = max(1, round(_PER_PIECE[engine] / contacts))
                for numbers in _pieces(replications, size):
                    yield QueueJob(family.name, case, seed, engine, numbers)


def _published(
    simulations: Sequence[Published], engines: Sequence[Engine], seed: int
) -> Iterator[Job]:
    for each in simulations:
        for engine in engines:
            days = each.replications.by(engine)
            for numbers in _pieces(days, _DAYS_PER_PIECE[engine]):
                yield QueueJob(each.name, each, seed, engine, numbers)


def _randoms(scenarios: int, engines: Sequence[Engine], seed: int) -> Iterator[Job]:
    for numbers in _pieces(scenarios, _RANDOM_PER_PIECE):
        yield RandomJob(seed, tuple(engines), numbers)


def _pieces(count: int, size: int) -> Iterator[tuple[int, ...]]:
    """Cut the numbers from 1 into pieces."""
    for first in range(1, count + 1, size):
        yield tuple(range(first, min(first + size, count + 1)))


def attempt(job: Job) -> list[Seen] | list[Random] | str:
    """Do a piece of work; an error becomes its one-line text."""
    name = job.case.name if isinstance(job, QueueJob) else f"random scenarios {job.numbers}"
    try:
        if isinstance(job, QueueJob):
            return [observe(job.case, job.seed, job.engine, number) for number in job.numbers]
        return [play_random(job.seed, number, job.engines) for number in job.numbers]
    except Exception as error:
        return f"{name}: {type(error).__name__}: {' '.join(str(error).split())}"

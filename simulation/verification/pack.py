"""Running the pack: all cases by both engines, in worker processes, and the report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from simulation.experiment.run import cores
from simulation.experiment.workers import Crew
from simulation.play.engines import Engine
from simulation.verification.case import Case, Family
from simulation.verification.judgement import FAMILY_ERROR, Line, judge
from simulation.verification.laws import exact
from simulation.verification.observe import Seen, observe

Progress = Callable[[int, int], None]
"""Called with (pieces of work done, pieces in all)."""

_PER_PIECE = {Engine.SIMPY: 40_000, Engine.COMPILED: 800_000}
"""Contacts that each engine plays in about a second."""


class Fault(Exception):
    """A piece of work failed; the text says which and why."""


@dataclass(frozen=True)
class Job:
    """Some replications of one case by one engine."""

    family: int
    case: Case
    seed: int
    engine: Engine
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """What a run of the pack found."""

    seed: int
    families: list[tuple[Family, list[Line]]] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """How many figures were judged."""
        return sum(len(lines) for _, lines in self.families)

    @property
    def failures(self) -> int:
        """How many of them do not agree."""
        return sum(line.verdict != "agrees" for _, lines in self.families for line in lines)


def verify(
    families: Sequence[Family],
    engines: Sequence[Engine],
    *,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Play all cases of families by engines, and judge them together.

    Raises
    ------
    Fault
        When a replication fails.
    """
    jobs = [
        job for place, family in enumerate(families) for job in _jobs(place, family, engines, seed)
    ]
    seen: dict[tuple[int, Case, Engine], dict[int, Seen]] = {}
    with Crew(attempt, min(workers or cores(), len(jobs))) as crew:
        for done, (job, outcome) in enumerate(crew.do(jobs), start=1):
            if isinstance(outcome, str):
                raise Fault(f"{job.case.name} by {job.engine}: {outcome}")
            seen.setdefault((job.family, job.case, job.engine), {}).update(
                zip(job.numbers, outcome, strict=True)
            )
            if progress is not None:
                progress(done, len(jobs))
    judged = sum(len(case.figures or families[place].figures) for place, case, _ in seen)
    tail = FAMILY_ERROR / judged / 2
    report = Report(seed)
    for place, family in enumerate(families):
        lines = [
            line
            for case in family.cases
            for line in _lines(family, case, {e: seen[place, case, e] for e in engines}, tail)
        ]
        report.families.append((family, lines))
    return report


def _jobs(place: int, family: Family, engines: Sequence[Engine], seed: int) -> Iterator[Job]:
    """Cut the work into pieces that take about equally long."""
    for case in family.cases:
        for engine in engines:
            replications, _ = family.of(case, engine)
            contacts = case.erlangs * (case.warm_up + case.length)
            size = max(1, round(_PER_PIECE[engine] / contacts))
            for first in range(1, replications + 1, size):
                numbers = range(first, min(first + size, replications + 1))
                yield Job(place, case, seed, engine, tuple(numbers))


def attempt(job: Job) -> list[Seen] | str:
    """Do a piece of work; an error becomes its one-line text."""
    try:
        return [observe(job.case, job.seed, job.engine, number) for number in job.numbers]
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _lines(
    family: Family, case: Case, seen: dict[Engine, dict[int, Seen]], tail: float
) -> Iterator[Line]:
    """Judge every figure of a case, engine by engine."""
    for figure, value in exact(family, case).items():
        for engine, found in seen.items():
            ordered = [found[number] for number in sorted(found)]
            _, precision = family.of(case, engine)
            mean, half, verdict = judge(ordered, figure, value, precision, tail)
            yield Line(case.name, figure, engine, len(ordered), value, mean, half, verdict)

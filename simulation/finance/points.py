"""Points: a scenario as it could be, and how many people it then takes.

A point is one scenario in one year, or with other values of its assumptions. On each replication
the smallest teams are searched for, beginning at sizes that are known already; the same citizens
meet every point, so that what two points differ by shows after a few replications.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from simulation.experiment.workers import Crew, in_one_line
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.played import Bench, ReplicationFailed, as_played, attains, trials
from simulation.sizing.search import Range, smallest_of_each
from simulation.sizing.size import norms_of
from simulation.sizing.trials import Levels, NormOutcome

Progress = Callable[[int, int], None]
"""Called with (jobs done, jobs in all)."""


@dataclass(frozen=True)
class PointJob:
    """One replication of one point.

    Attributes
    ----------
    bench : the scenario with the steps of its teams
    replication : its number
    start : rung of each team at which the search begins; nothing is searched without
    levels : rungs at which everything is measured; not measured if None
    """

    bench: Bench
    replication: int
    start: Levels = ()
    levels: Levels | None = None


@dataclass(frozen=True)
class PointSeen:
    """What one replication of a point came to.

    Attributes
    ----------
    need : full-time equivalents of the smallest size that attains, by team; None where no size does
    measures : what was measured, by path; empty if nothing was asked
    """

    need: dict[str, float | None]
    measures: dict[str, float]


Recall = Callable[[PointJob], PointSeen | None]
"""Gives what a job came to if it was done before."""

Keep = Callable[[PointJob, PointSeen], None]
"""Told of everything that is done, so that it need not be done again."""


def see(job: PointJob) -> PointSeen | str:
    """Do one job; an error becomes its one-line text."""
    try:
        return _see(job)
    except Exception as error:
        return in_one_line(error)


def _see(job: PointJob) -> PointSeen:
    own = trials(job.bench)
    norms, known = norms_of(own.scenario), dict[Levels, Mapping[str, NormOutcome]]()

    def attain(rungs: Mapping[str, int]) -> dict[str, bool]:
        levels = tuple(sorted(rungs.items()))
        if levels not in known:
            known[levels] = own.outcome(levels, job.replication)
        return {team: attains(known[levels], norms[team]) for team in rungs}

    ladders = own.ladders
    where = {
        team: Range(ladders[team].lowest, ladders[team].highest, rung) for team, rung in job.start
    }
    found = smallest_of_each(attain, where) if where else {}
    need = {
        team: None if each.smallest is None else ladders[team].fte(each.smallest)
        for team, each in found.items()
    }
    if job.levels is None:
        return PointSeen(need, {})
    measures = own.measures(job.levels, job.replication)
    return PointSeen(need, {path: value for path, value in measures.items() if _kept(path)})


_PARTS = ("channels", "costs", "demand", "norms", "teams")
_DETAIL = ("reasons", "months", "waits", "lines", "sites")


def _kept(path: str) -> bool:
    """Tell whether a measure is about a whole year of a whole channel, team or line."""
    first, *rest = path.split(".")
    return first == "norms_together" or (
        first in _PARTS and not any(word in _DETAIL for word in rest)
    )


@dataclass
class Clerk:
    """Has jobs done, and remembers what was done.

    Attributes
    ----------
    crew : who does the jobs
    recall, keep : know what was done before, and are told of everything that is done
    progress : told how far a series of jobs is
    """

    crew: Crew[PointJob, PointSeen | str]
    recall: Recall
    keep: Keep
    progress: Progress | None = None

    def do(self, jobs: Sequence[PointJob]) -> list[PointSeen]:
        """Do jobs; give what they came to in their order.

        Raises
        ------
        ReplicationFailed
            When one could not be played.
        """
        known = {job: seen for job in dict.fromkeys(jobs) if (seen := self.recall(job)) is not None}
        new = [job for job in dict.fromkeys(jobs) if job not in known]
        total = len(known) + len(new)
        for job, seen in self._done(new):
            known[job] = seen
            self.keep(job, seen)
            if self.progress is not None:
                self.progress(len(known), total)
        return [known[job] for job in jobs]

    def _done(self, jobs: Sequence[PointJob]) -> Iterator[tuple[PointJob, PointSeen]]:
        for job, seen in self.crew.do(jobs):
            if not isinstance(seen, PointSeen):
                raise ReplicationFailed(job.replication, seen)
            yield job, seen


def like(bench: Bench, scenario: Scenario) -> Bench:
    """Give a bench with the same steps for another point of the same scenario."""
    return replace(bench, scenario=as_played(by_name(scenario)))

"""The weeks of a scenario over many replications, in worker processes.

Whole numbers are added up as they come: neither the number of workers nor their speed can be
seen in the sum, and its memory does not grow with the number of replications.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulation.experiment.replication import simulator
from simulation.experiment.run import Progress
from simulation.experiment.workers import Workers, hire, in_one_line, play_each
from simulation.measures.week import Week, WeekTally, measure_week
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario, by_name


@dataclass
class Weeks:
    """What became of the replications.

    Attributes
    ----------
    scenario : what was simulated, its names in order
    tally : the weeks of the finished replications, added up
    finished : their numbers, ascending
    failed : error, in one line, by number of the replication
    interrupted : whether Ctrl-C ended it before all were played
    """

    scenario: Scenario
    tally: WeekTally
    finished: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    interrupted: bool = False


@dataclass(frozen=True)
class WeekJob:
    """One replication."""

    scenario: str
    number: int
    engine: Engine


def play_weeks(
    scenario: Scenario,
    replications: Sequence[int],
    workers: Workers = None,
    progress: Progress | None = None,
    engine: Engine = Engine.AUTO,
) -> Weeks:
    """Play a scenario, and add up its weeks.

    Parameters
    ----------
    scenario : what is simulated
    replications : their numbers, from 1
    workers : number of processes, 1 works in this process; who has work done elsewhere; all cores
        if not given
    progress : told after each replication
    engine : who plays; a result does not depend on it

    Returns
    -------
    The sum of what was finished; after Ctrl-C that is not everything.
    """
    scenario = by_name(scenario)
    weeks = Weeks(scenario, WeekTally(list(scenario.channels), list(scenario.teams)))
    text = scenario.model_dump_json(by_alias=True)
    jobs = [WeekJob(text, number, engine) for number in replications]

    def keep(number: int, week: Week) -> None:
        weeks.tally.add(week)
        weeks.finished.append(number)

    crew = hire(attempt, workers, len(jobs))
    weeks.failed, weeks.interrupted = play_each(crew, jobs, keep, progress)
    weeks.finished.sort()
    return weeks


def attempt(job: WeekJob) -> Week | str:
    """Play one replication; an error becomes its one-line text."""
    try:
        own = simulator(job.scenario, job.engine)
        played = own.played(job.number)
        return measure_week(own.plan, played.contacts, played.record)
    except Exception as error:
        return in_one_line(error)

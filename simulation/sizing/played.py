"""Trials in worker processes: each job samples one replication and tries sizes on it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from simulation.experiment.workers import Crew, in_one_line
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario
from simulation.sizing.ladder import Ladder, Shape
from simulation.sizing.observed import Seen
from simulation.sizing.search import Found, Range, smallest_of_each
from simulation.sizing.trials import Levels, Outcome, Trials

Key = tuple[Levels, int]
"""Levels and replication."""

Known = dict[Key, Outcome]
"""What was played before."""

Keep = Callable[[Levels, int, Outcome], None]
"""Told of everything that is played, so that it need not be played again."""


@dataclass(frozen=True)
class Bench:
    """What is the same in all trials of one scenario.

    Attributes
    ----------
    scenario : as JSON
    steps : full-time equivalents from rung to rung, by team or site
    engine : who plays
    plenty : how many times as many people the largest size has as the expected work calls for
    shapes : what was seen of teams and sites, for their ladders
    """

    scenario: str
    steps: tuple[tuple[str, float], ...]
    engine: Engine
    plenty: float = 1.0
    shapes: tuple[tuple[str, Shape], ...] = ()


@dataclass(frozen=True)
class Job:
    """Trials on one replication.

    Attributes
    ----------
    bench : the scenario
    replication : its number
    levels : what has to be played
    guesses : rungs from which the smallest size of teams is searched for, all at the same time
    norms : that the size of each of those teams has to attain
    others : rungs of teams that keep their size meanwhile; the rest keep their roster
    known : what was played before in this replication
    watched : teams and sites of which is noted how many people are there, with `others`
    """

    bench: Bench
    replication: int
    levels: tuple[Levels, ...] = ()
    guesses: tuple[tuple[str, int], ...] = ()
    norms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: Levels = ()
    known: tuple[tuple[Levels, Outcome], ...] = ()
    watched: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tried:
    """What a job found, and what it played."""

    found: dict[str, Found]
    """By team."""
    played: tuple[tuple[Levels, Outcome], ...]
    """What was not known before."""
    seen: dict[str, tuple[Seen, ...]]
    """By team or site that was watched."""


class ReplicationFailed(Exception):
    """A replication could not be played."""

    def __init__(self, replication: int, reason: str) -> None:
        super().__init__(f"replication {replication} failed: {reason}")


def bench(scenario: Scenario, steps: Mapping[str, float], engine: Engine = Engine.AUTO) -> Bench:
    """Put down what the trials of a scenario have in common."""
    return Bench(as_played(scenario), tuple(sorted(steps.items())), engine)


def as_played(scenario: Scenario) -> str:
    """Write a scenario as JSON, without what no simulated year looks at."""
    unseen = {"finance": None, "title": "-", "why": None}
    return scenario.model_copy(update=unseen).model_dump_json(by_alias=True)


@lru_cache(maxsize=2)
def trials(of: Bench) -> Trials:
    """Make a scenario ready for trials; a process keeps it."""
    scenario = Scenario.model_validate_json(of.scenario)
    return Trials(scenario, dict(of.steps), of.engine, of.plenty, dict(of.shapes))


@lru_cache(maxsize=64)
def ladders_of(of: Bench) -> Mapping[str, Ladder]:
    """Give the ladders of a bench; they are small, so a process keeps those of many."""
    return trials(of).ladders


def with_rungs(others: Levels, rungs: Mapping[str, int]) -> Levels:
    """Give levels with some teams on other rungs."""
    return tuple(sorted({**dict(others), **rungs}.items()))


def attains(outcome: Outcome, norms: Iterable[str]) -> bool:
    """Tell whether norms are attained together."""
    return all(outcome[norm].attained for norm in norms)


def attempt(job: Job) -> Tried | str:
    """Do one job; an error becomes its one-line text."""
    try:
        return _attempt(job)
    except Exception as error:
        return in_one_line(error)


def _attempt(job: Job) -> Tried:
    own, known = trials(job.bench), dict(job.known)
    played: dict[Levels, Outcome] = {}

    def outcome(levels: Levels) -> Outcome:
        if levels not in known:
            known[levels] = played[levels] = own.outcome(levels, job.replication)
        return known[levels]

    def attain(rungs: Mapping[str, int]) -> dict[str, bool]:
        result = outcome(with_rungs(job.others, rungs))
        return {team: attains(result, norms) for team, norms in job.norms}

    for levels in job.levels:
        outcome(levels)
    ladders = own.ladders
    where = {
        team: Range(ladders[team].lowest, ladders[team].highest, guess)
        for team, guess in job.guesses
    }
    found = smallest_of_each(attain, where) if where else {}
    watched = own.seen(job.others, job.replication, job.watched) if job.watched else {}
    return Tried(found, tuple(played.items()), watched)


@dataclass
class Desk:
    """Hands out jobs, and remembers what was played.

    Attributes
    ----------
    crew : who does the jobs
    known : what was played before
    keep : told of everything that is played
    """

    crew: Crew[Job, Tried | str]
    known: Known
    keep: Keep

    def do(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Tried]]:
        """Do jobs, in whatever order they finish.

        Raises
        ------
        ReplicationFailed
            When one could not be played.
        """
        before: dict[int, list[tuple[Levels, Outcome]]] = {}
        for (levels, replication), outcome in self.known.items():
            before.setdefault(replication, []).append((levels, outcome))
        informed = (
            replace(job, known=tuple(before.get(job.replication, ())))
            for job in jobs
            if job.guesses
            or job.watched
            or any((each, job.replication) not in self.known for each in job.levels)
        )
        for job, result in self.crew.do(informed):
            if not isinstance(result, Tried):
                raise ReplicationFailed(job.replication, result)
            for levels, played in result.played:
                self.known[levels, job.replication] = played
                self.keep(levels, job.replication, played)
            yield job, result

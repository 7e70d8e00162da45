"""Searches in worker processes: each samples a replication once and tries sizes on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulation.experiment.workers import Crew
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario
from simulation.sizing.search import Found, smallest
from simulation.sizing.trials import Levels, Outcome, Trials

Key = tuple[Levels, int]
"""Levels and replication."""

Known = dict[Key, Outcome]
"""What was played before."""


@dataclass(frozen=True)
class Bench:
    """What is the same in all searches of one scenario.

    Attributes
    ----------
    scenario : as JSON
    steps : full-time equivalents from rung to rung, by team
    engine : who plays
    """

    scenario: str
    steps: tuple[tuple[str, float], ...]
    engine: Engine


@dataclass(frozen=True)
class Search:
    """One replication in which the smallest size of a team is wanted.

    Attributes
    ----------
    bench : the scenario
    team : which is sized
    others : rungs of other teams; those that are not named keep their roster
    norms : that have to be attained
    replication : its number
    guess : rung at which to begin
    must : rungs that have to be tried
    known : what was played before in this replication
    """

    bench: Bench
    team: str
    others: Levels
    norms: tuple[str, ...]
    replication: int
    guess: int
    must: tuple[int, ...] = ()
    known: tuple[tuple[Levels, Outcome], ...] = ()


@dataclass(frozen=True)
class Searched:
    """What a search found, and what it played."""

    found: Found
    outcomes: dict[int, Outcome]
    """By rung of the team."""
    played: tuple[tuple[Levels, Outcome], ...]
    """What was not known before."""


def bench(scenario: Scenario, steps: Mapping[str, float], engine: Engine = Engine.AUTO) -> Bench:
    """Put down what the searches of a scenario have in common."""
    return Bench(scenario.model_dump_json(by_alias=True), tuple(sorted(steps.items())), engine)


@lru_cache(maxsize=2)
def trials(of: Bench) -> Trials:
    """Make a scenario ready for trials; a process keeps it."""
    return Trials(Scenario.model_validate_json(of.scenario), dict(of.steps), of.engine)


def with_rung(others: Levels, team: str, rung: int) -> Levels:
    """Give levels with a team on a rung."""
    return tuple(sorted({**dict(others), team: rung}.items()))


def attains(outcome: Outcome, norms: Sequence[str]) -> bool:
    """Tell whether norms are attained together."""
    return all(outcome[norm].attained for norm in norms)


def search(order: Search) -> Searched | str:
    """Do one search; an error becomes its one-line text."""
    try:
        return _search(order)
    except Exception as error:
        text = " ".join(str(error).split())
        return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _search(order: Search) -> Searched:
    own, known = trials(order.bench), dict(order.known)
    played: dict[Levels, Outcome] = {}
    outcomes: dict[int, Outcome] = {}

    def holds(rung: int) -> bool:
        levels = with_rung(order.others, order.team, rung)
        if levels in known:
            outcomes[rung] = known[levels]
        else:
            outcomes[rung] = played[levels] = own.outcome(levels, order.replication)
        return attains(outcomes[rung], order.norms)

    ladder = own.ladders[order.team]
    for rung in order.must:
        if ladder.lowest <= rung <= ladder.highest:
            holds(rung)
    found = smallest(holds, ladder.lowest, ladder.highest, order.guess)
    tried = {rung: attains(outcome, order.norms) for rung, outcome in outcomes.items()}
    return Searched(Found(found.smallest, tried), outcomes, tuple(played.items()))


class ReplicationFailed(Exception):
    """A replication could not be played."""

    def __init__(self, replication: int, reason: str) -> None:
        super().__init__(f"replication {replication} failed: {reason}")


Keep = Callable[[Levels, int, Outcome], None]
"""Called with everything that is played, so that it need not be played again."""


def search_all(
    crew: Crew[Search, Searched | str], orders: Sequence[Search], known: Known, keep: Keep
) -> Iterator[tuple[Search, Searched]]:
    """Do searches, in whatever order they finish.

    Raises
    ------
    ReplicationFailed
        When one could not be played.
    """
    by_replication: dict[int, list[tuple[Levels, Outcome]]] = {}
    for (levels, replication), outcome in known.items():
        by_replication.setdefault(replication, []).append((levels, outcome))
    informed = (
        Search(**{**vars(order), "known": tuple(by_replication.get(order.replication, ()))})
        for order in orders
    )
    for order, result in crew.do(informed):
        if not isinstance(result, Searched):
            raise ReplicationFailed(order.replication, result)
        for levels, played in result.played:
            known[levels, order.replication] = played
            keep(levels, order.replication, played)
        yield order, result

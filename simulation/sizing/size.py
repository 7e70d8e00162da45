"""Sizing a scenario: from the question to the document."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulation.experiment.workers import Crew, in_one_line
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.answer import Progress, Question, Size, Sizing
from simulation.sizing.iterative import settle
from simulation.sizing.played import (
    Bench,
    Desk,
    Job,
    Keep,
    Known,
    ReplicationFailed,
    Tried,
    bench,
    ladders_of,
    trials,
)
from simulation.sizing.today import fte_today
from simulation.sizing.together import Everyone, Sizes, SizingAll, start_of
from simulation.sizing.trials import Levels

STEPS = ((20.0, 1.0), (2.0, 0.5), (0.0, 0.1))
"""Full-time equivalents today, and the step from one size to the next from there on."""

BUSY = 0.5
"""Share of their time that the people of the largest size may be busy in an ordinary year."""

_MOST_PLENTY = 1_000.0


@dataclass(frozen=True)
class Order:
    """What is to be sized, and how well.

    Attributes
    ----------
    team : name; None for all of them together
    share : of the replications in which the norms have to be attained
    search, fresh : replications to search on, and others to confirm on
    step : full-time equivalents from one size to the next; chosen by the size of the team if None
    by_site : whether sites get a size each where all teams are sized
    watch : whether it is watched when people come, to divide heads over the week by it
    """

    team: str | None
    share: float = 0.8
    search: int = 30
    fresh: int = 60
    step: float | None = None
    by_site: bool = True
    watch: bool = True


@dataclass(frozen=True)
class Answer:
    """What was found.

    Attributes
    ----------
    bench : the scenario with its ladders
    levels : rung of each team or site
    size, sizes : in detail, for one team or for all of them
    """

    bench: Bench
    levels: Levels
    size: Size | None = None
    sizes: Sizes | None = None


@dataclass(frozen=True)
class Workplace:
    """Who does the work, what is known, and who is told.

    Attributes
    ----------
    crew, known, keep : see `Desk`
    progress, stage : told how far the work is, and what begins
    """

    crew: Crew[Job, Tried | str]
    known: Known
    keep: Keep
    progress: Progress | None = None
    stage: Callable[[str], None] | None = None


def norms_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Give, for each team that serves a channel with a norm that counts, those norms."""
    own = {
        name: tuple(
            norm
            for norm, each in scenario.norms.items()
            if each.counts and each.channel in team.channels
        )
        for name, team in scenario.teams.items()
    }
    return {name: norms for name, norms in own.items() if norms}


def bench_for(
    scenario: Scenario, order: Order, today: Mapping[str, float], engine: Engine
) -> Bench:
    """Lay out the sizes that can be tried.

    Parameters
    ----------
    scenario : to be sized
    order : what is asked
    today : full-time equivalents in today's roster, by team
    engine : who plays

    Raises
    ------
    ValueError
        When the demand of the scenario cannot be laid out.
    ReplicationFailed
        When the first replication could not be played.

    Notes
    -----
    Citizens who come back, and messages that wait from the start, are work that the ladder does
    not know. So the largest size is played once, and enlarged until its people have little to do.
    """
    scenario = by_name(scenario)
    teams = [order.team] if order.team is not None else list(norms_of(scenario))
    steps: dict[str, float] = {}
    for team in teams:
        step = order.step or next(own for least, own in STEPS if today[team] >= least)
        alone = order.team is not None or not order.by_site
        sites = [] if alone else scenario.teams[team].sites
        steps |= dict.fromkeys([team, *(f"{team}/{site}" for site in sites)], step)
    of = bench(scenario, steps, engine)
    busy = BUSY / (1.0 + 3.0 * scenario.variation.year_cv)
    while _busy_at_most(of, teams) > busy and of.plenty < _MOST_PLENTY:
        of = replace(of, plenty=4.0 * of.plenty)
    return of


def _busy_at_most(of: Bench, teams: Sequence[str]) -> float:
    """Give the largest share of their time that people are busy where all teams are largest."""
    own = trials(of)
    levels = tuple(sorted((team, own.ladders[team].highest) for team in teams))
    try:
        measures = own.measures(levels, 1)
    except Exception as error:
        raise ReplicationFailed(1, in_one_line(error)) from error
    return max(measures.get(f"teams.{team}.occupancy") or 0.0 for team in teams)


def settled(
    scenario: Scenario,
    order: Order,
    of: Bench,
    crew: Crew[Job, Tried | str],
    progress: Progress | None = None,
) -> tuple[Bench, Known]:
    """Let ladders follow what is seen; see `iterative`.

    Parameters
    ----------
    scenario, order : what is asked
    of : from `bench_for`
    crew, progress : who does the work, and who is told how far it is
    """
    if not order.watch:
        return of, {}
    norms, ladders = norms_of(by_name(scenario)), ladders_of(of)
    asked = norms if order.team is None else {order.team: norms[order.team]}
    start = tuple((team, start_of(ladders[team])) for team in sorted(asked))
    return settle(of, crew, asked, start, progress)


def size(scenario: Scenario, order: Order, of: Bench, place: Workplace) -> Answer:
    """Find the smallest team, or the smallest teams.

    Parameters
    ----------
    scenario : to be sized
    order : what is asked
    of : from `settled`
    place : who does the work

    Raises
    ------
    NoSize
        When no size of a team attains its norms often enough.
    ReplicationFailed
        When a replication could not be played.
    """
    norms = norms_of(by_name(scenario))
    desk = Desk(place.crew, place.known, place.keep)
    ladders = ladders_of(of)
    if order.team is not None:
        asked = Question(
            order.team,
            norms[order.team],
            order.share,
            order.search,
            order.fresh,
            today=ladders[order.team].nearest(fte_today(by_name(scenario))[order.team]),
        )
        one = Sizing(of, asked, desk, place.progress, place.stage)
        found = one.size(start_of(ladders[order.team]))
        return Answer(of, ((order.team, found.rung),), size=found)
    units = tuple(
        unit
        for unit in ladders
        if "/" in unit
        or not order.by_site
        or all(place.site is None for place in ladders[unit].places)
    )
    everyone = Everyone(norms, units, order.share, order.search, order.fresh)
    search = SizingAll(of, everyone, desk, place.progress, place.stage)
    sizes = search.sizes({team: start_of(ladders[team]) for team in norms})
    return Answer(of, sizes.levels, sizes=sizes)

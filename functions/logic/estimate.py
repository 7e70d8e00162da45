"""What a question will take, before it is asked: contacts, jobs, rounds, seconds and money.

How many jobs a search takes is known only afterwards. So each number is a span: the value is what
such questions took when we measured them, low is a search that finds its answer at once, and high
one that keeps looking.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from functions.logic.costs import Costs, Span, Used, price
from functions.logic.pace import AT_ONCE, LAST, PACES, SPREAD, STEP
from functions.logic.question import Kind, Question
from simulation.contacts.expected import expected_contacts
from simulation.scenario.finance import Finance
from simulation.scenario.load import Loaded
from simulation.scenario.scenario import Scenario

ENDS: Final = ("low", "value", "high")

_FIRST_LOOK = 30
"""Replications after which an answer may be precise enough."""


@dataclass(frozen=True)
class Estimate:
    """What a question is expected to take.

    Attributes
    ----------
    contacts : simulated, in all jobs together
    largest : in the largest period
    kept : replications and trials of searches, at most, of which merge holds all that they came to
    jobs, items, rounds : see `functions.logic.rounds`
    seconds : of one core of the machine on which paces were measured
    costs : in AWS
    """

    contacts: Span
    largest: float
    kept: float
    jobs: Span
    items: Span
    rounds: Span
    seconds: Span
    costs: Costs


_SIZES: Final = {"low": 0.5, "value": 1.0, "high": 2.5}
"""How long sizes are searched for, beside the usual."""

_YEARS: Final = {"low": 0.7, "value": 1.0, "high": 2.0}
"""How long years and the break-even share are searched for, beside the usual."""

_PLACES: Final = {"low": 0.3, "value": 1.0, "high": 3.0}
"""How many places sensitivity looks at, beside both ends of each range; hardly measured."""

_KEPT: Final = ("replication", "trial")
"""Kinds of jobs of which a caller says how many there are."""

_JOBS_OF_ROUND = 5
"""Trials of a scenario in a round of a search."""

_ROUNDS_ALONE, _ROUNDS_BESIDE = 11, 4
"""Rounds that it takes for each team or site to find a size: alone, where ladders follow what is
seen, and where scenarios are compared at equal service."""

_SEARCHED_ALONE, _CONFIRMED, _LOOKED = 30, 60, 15
"""Replications of a size that is asked by itself: to search on, to confirm on and to look at."""

_SEARCHED, _FEWEST = 20, 10
"""Replications to search on where scenarios are compared at equal service, and at least to
confirm on."""

_POINTS, _BREAK_EVEN, _ROUNDS_OF_YEARS = 40, 1.3, 20
"""Replications of each year of each scenario, to compare needs and to confirm on; what the
break-even share adds, as a factor; and rounds of both."""

_READINGS = 1.6
"""How much longer a year of a scenario takes to lay out than the scenario."""

_AT_A_PLACE, _AT_A_PLACE_FULL, _ROUNDS_OF_PLACES = 3, 12, 30
"""Replications of a scenario at a place: to play the rosters on and to search people on."""


def estimate(question: Question, loaded: Sequence[Loaded], region: str, memory: int) -> Estimate:
    """Say what a question will take.

    Parameters
    ----------
    question : what is asked
    loaded : the scenarios that it is about
    region : whose prices
    memory : of each Lambda, in megabytes

    Raises
    ------
    PricesError
        When there are no prices of the region.
    """
    periods = [expected_contacts(each.scenario) for each in loaded]
    work = {end: _laid_out(question, loaded, end) for end in ENDS}
    mean = math.fsum(periods) / len(periods)
    used = {end: _used(work[end], mean, SPREAD[end]) for end in ENDS}
    jobs = {end: math.fsum(work[end].jobs.values()) for end in ENDS}
    return Estimate(
        contacts=Span(**jobs).times(mean),
        largest=max(periods),
        kept=math.fsum(work["high"].jobs.get(kind, 0.0) for kind in _KEPT),
        jobs=Span(**jobs),
        items=Span(**{end: used[end].items for end in ENDS}),
        rounds=Span(**{end: used[end].rounds for end in ENDS}),
        seconds=Span(**{end: used[end].seconds + used[end].between for end in ENDS}),
        costs=price(used, region, memory),
    )


@dataclass(frozen=True)
class _LaidOut:
    """Jobs by kind, rounds, and how often a scenario is gone through in plan and merge."""

    jobs: Mapping[str, float]
    rounds: float
    readings: float


def _used(own: _LaidOut, contacts: float, pace: float) -> Used:
    seconds = math.fsum(number * PACES[kind].seconds(contacts) for kind, number in own.jobs.items())
    items = math.fsum(math.ceil(number / AT_ONCE[kind]) for kind, number in own.jobs.items())
    between = 2 * LAST + own.readings * STEP.seconds(contacts)
    return Used(pace * seconds, pace * between, max(items, own.rounds), own.rounds)


def _laid_out(question: Question, loaded: Sequence[Loaded], end: str) -> _LaidOut:
    """Count the jobs of a question, at one end of its span."""
    if question.kind is Kind.COMPARE:
        jobs = {"replication": len(loaded) * _replications(question, loaded, end)}
        rounds = _looks(question, end)
        return _LaidOut(jobs, rounds, (rounds + 1) * len(loaded))
    if question.kind is Kind.SIZE:
        return _size(question, loaded[0].scenario, end)
    return _at_equal_service(question, loaded, end)


def _replications(question: Question, loaded: Sequence[Loaded], end: str) -> float:
    if question.precision is None:
        return question.replications or loaded[0].scenario.replications
    least, most = float(_FIRST_LOOK), float(question.precision.most)
    return {"low": least, "value": math.sqrt(least * most), "high": most}[end]


def _looks(question: Question, end: str) -> float:
    """Give the rounds of replications: each look has half as many more as the one before."""
    if question.precision is None:
        return 1.0
    rounds = 1 + math.ceil(math.log(question.precision.most / _FIRST_LOOK, 1.5))
    return {"low": 1.0, "value": math.ceil(rounds / 2), "high": float(rounds)}[end]


def _size(question: Question, scenario: Scenario, end: str) -> _LaidOut:
    rounds = _SIZES[end] * _ROUNDS_ALONE * _units(scenario, by_site=True)
    search = question.replications or _SEARCHED_ALONE
    more = search / _SEARCHED_ALONE
    jobs = {
        "trial": max(search + _CONFIRMED, rounds * _JOBS_OF_ROUND * more),
        "week": float(_LOOKED),
        "peak": float(_LOOKED if scenario.events else 0),
    }
    rounds += 2 if scenario.events else 1
    return _LaidOut(jobs, rounds, rounds + 1)


def _at_equal_service(question: Question, loaded: Sequence[Loaded], end: str) -> _LaidOut:
    repeated = _replications(question, loaded, end)
    fresh = max(_FEWEST, question.replications or loaded[0].scenario.replications)
    rounds = [
        _SIZES[end] * _ROUNDS_BESIDE * _units(each.scenario, by_site=False) for each in loaded
    ]
    jobs = {
        "trial": math.fsum(max(_SEARCHED + fresh, own * _JOBS_OF_ROUND) for own in rounds),
        "replication": (len(loaded) + 1) * repeated,
    }
    together = max(rounds) + _looks(question, end)
    own = _LaidOut(jobs, together, (together + 1) * len(loaded))
    return own if question.kind is Kind.EQUAL_SERVICE else _case(own, question, loaded, end)


def _case(own: _LaidOut, question: Question, loaded: Sequence[Loaded], end: str) -> _LaidOut:
    """Add the years of a business case, and the places of its sensitivity."""
    finance = loaded[0].scenario.finance or Finance()
    points = _YEARS[end] * _BREAK_EVEN * finance.years * (len(loaded) + 1) * _POINTS
    more = _YEARS[end] * _ROUNDS_OF_YEARS
    if question.kind is Kind.SENSITIVITY:
        places = _PLACES[end] * 2 * _assumptions(loaded) * len(loaded)
        points += places * (_AT_A_PLACE if question.quick else _AT_A_PLACE_FULL)
        more += _PLACES[end] * _ROUNDS_OF_PLACES
    # Each merge from there on lays out every year of every scenario again.
    readings = more * (len(loaded) + _READINGS * finance.years * (len(loaded) + 1))
    jobs = {**own.jobs, "point": points}
    return _LaidOut(jobs, own.rounds + more, own.readings + readings)


def _units(scenario: Scenario, *, by_site: bool) -> int:
    """Count the teams that serve a channel with a norm that counts, or their sites."""
    asked = {norm.channel for norm in scenario.norms.values() if norm.counts}
    teams = [team for team in scenario.teams.values() if asked & {*team.channels}]
    return sum(max(1, len(team.sites)) if by_site else 1 for team in teams)


def _assumptions(loaded: Sequence[Loaded]) -> int:
    """Count the assumptions with a range, of all scenarios together."""
    placed = [own for each in loaded for own in each.assumptions]
    return len({own.path for own in placed if own.assumption.low is not None})

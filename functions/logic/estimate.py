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
from functions.logic.pace import AT_ONCE, LAST, PACES, STEP
from functions.logic.question import Kind, Question
from simulation.contacts.expected import expected_contacts
from simulation.scenario.finance import Finance
from simulation.scenario.load import Loaded

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
    jobs, items, rounds : see `functions.logic.rounds`
    seconds : of one core of the machine on which paces were measured
    costs : in AWS
    """

    contacts: Span
    largest: float
    jobs: Span
    items: Span
    rounds: Span
    seconds: Span
    costs: Costs


@dataclass(frozen=True)
class Found:
    """How long something is searched for.

    Attributes
    ----------
    jobs : as a multiple of what it takes at least
    rounds : one after the other
    """

    jobs: float
    rounds: float


_SIZES: Final = {"low": Found(1.0, 6), "value": Found(1.3, 14), "high": Found(3.0, 40)}
"""Sizes of teams, of all scenarios side by side."""

_YEARS: Final = {"low": Found(1.0, 8), "value": Found(1.3, 21), "high": Found(2.5, 60)}
"""Years of a business case, with its break-even share."""

_PLACES: Final = {"low": Found(0.3, 8), "value": Found(1.0, 30), "high": Found(3.0, 100)}
"""Places where sensitivity looks, each with an assumption at one end of its range."""

_LOOKED = {"replications": 30, "fresh": 60, "weeks": 15}
"""Of a size that is asked by itself: to search on, to confirm on, and to look at."""

_SEARCHED, _FEWEST = 20, 10
"""Replications to search on where scenarios are compared at equal service, and at least to
confirm on."""

_POINTS = 40
"""Replications of each year of each scenario: to compare needs on, and to confirm on."""

_ENDS_OF_RANGE = 2

_AT_A_PLACE, _AT_A_PLACE_FULL = 3, 12
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
    used = {end: _used(work[end], mean) for end in ENDS}
    jobs = {end: math.fsum(work[end].jobs.values()) for end in ENDS}
    return Estimate(
        contacts=Span(**jobs).times(mean),
        largest=max(periods),
        jobs=Span(**jobs),
        items=Span(**{end: used[end].items for end in ENDS}),
        rounds=Span(**{end: used[end].rounds for end in ENDS}),
        seconds=Span(**{end: used[end].seconds + used[end].between for end in ENDS}),
        costs=price(used, region, memory),
    )


@dataclass(frozen=True)
class _LaidOut:
    """Jobs by kind, and rounds."""

    jobs: Mapping[str, float]
    rounds: float


def _used(own: _LaidOut, contacts: float) -> Used:
    seconds = math.fsum(number * PACES[kind].seconds(contacts) for kind, number in own.jobs.items())
    items = math.fsum(math.ceil(number / AT_ONCE[kind]) for kind, number in own.jobs.items())
    return Used(seconds, 2 * LAST + STEP * own.rounds, items, own.rounds)


def _laid_out(question: Question, loaded: Sequence[Loaded], end: str) -> _LaidOut:
    """Count the jobs of a question, at one end of its span."""
    count, repeated = len(loaded), _replications(question, loaded, end)
    if question.kind is Kind.COMPARE:
        return _LaidOut({"replication": count * repeated}, _looks(question, end))
    if question.kind is Kind.SIZE:
        return _size(loaded, end)
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


def _size(loaded: Sequence[Loaded], end: str) -> _LaidOut:
    found, (only,) = _SIZES[end], loaded
    jobs = {
        "trial": found.jobs * (_LOOKED["replications"] + _LOOKED["fresh"]),
        "week": float(_LOOKED["weeks"]),
        "peak": float(_LOOKED["weeks"] if only.scenario.events else 0),
    }
    # The ladders of one size follow what is seen, which takes half as many rounds again.
    return _LaidOut(jobs, 1.5 * found.rounds + 2)


def _at_equal_service(question: Question, loaded: Sequence[Loaded], end: str) -> _LaidOut:
    repeated, found = _replications(question, loaded, end), _SIZES[end]
    fresh = max(_FEWEST, question.replications or loaded[0].scenario.replications)
    jobs = {
        "trial": found.jobs * len(loaded) * (_SEARCHED + fresh),
        "replication": (len(loaded) + 1) * repeated,
    }
    rounds = found.rounds + _looks(question, end)
    if question.kind is Kind.EQUAL_SERVICE:
        return _LaidOut(jobs, rounds)
    finance = loaded[0].scenario.finance or Finance()
    points = _YEARS[end].jobs * finance.years * (len(loaded) + 1) * _POINTS
    rounds += _YEARS[end].rounds
    if question.kind is Kind.SENSITIVITY:
        looked = _PLACES[end].jobs * _ENDS_OF_RANGE * _assumptions(loaded) * len(loaded)
        points += looked * (_AT_A_PLACE if question.quick else _AT_A_PLACE_FULL)
        rounds += _PLACES[end].rounds
    return _LaidOut({**jobs, "point": points}, rounds)


def _assumptions(loaded: Sequence[Loaded]) -> int:
    """Count the assumptions with a range, of all scenarios together."""
    placed = [own for each in loaded for own in each.assumptions]
    return len({own.path for own in placed if own.assumption.low is not None})

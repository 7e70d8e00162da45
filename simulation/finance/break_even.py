"""Break-even: from which share of truly replaced contacts, or which value, a strategy pays.

A few values are simulated. Between them people and quantities lie on straight lines, and contracts
are counted anew at every step, so that the steps from whole contracts stay visible.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor

from simulation.finance.document_break_even import BreakEven, BreakEvenPoint, Side
from simulation.finance.formulas import break_even
from simulation.finance.moved import amount, moved, value_at
from simulation.finance.needs import Stand
from simulation.finance.points import Clerk
from simulation.finance.ranges import only_priced
from simulation.finance.shares import channels_of, expected, replacing
from simulation.finance.structural import Seen, less, see_at
from simulation.scenario.scenario import Scenario

SIMULATED = 8
"""Values that are simulated, beside the one in the scenario."""

_STEPS = 12
"""Steps between two values that were simulated."""

Today = tuple[Mapping[str, float], Mapping[str, float]]
"""Full-time equivalents of today's rosters, by team of the strategy and of 0*."""


@dataclass(frozen=True)
class Pair:
    """A strategy beside 0*.

    Attributes
    ----------
    own, baseline : the strategy and 0*
    today : full-time equivalents of today's rosters, by team of each
    search : replications on which needs are found
    """

    own: Stand
    baseline: Stand
    today: Today
    search: int


@dataclass(frozen=True)
class Question:
    """Which assumption is moved, and how far.

    Attributes
    ----------
    path : of the assumption; None for the share of messages that replace a contact
    unit : what its values are in
    base : value in the scenario
    low, high : between which it is moved
    """

    path: str | None
    unit: str
    base: float
    low: float
    high: float


Scenarios = Callable[[float], tuple[Scenario, Scenario]]
"""Gives the strategy and 0* at a value."""


@dataclass(frozen=True)
class _At:
    value: float
    own: Seen
    baseline: Seen


def share_break_even(pair: Pair, clerk: Clerk) -> BreakEven:
    """Find the share of answered messages that have to replace a contact.

    Raises
    ------
    Unattainable
        When no size of a team attains its norms somewhere.
    """
    own, baseline = pair.own.scenario, pair.baseline.scenario
    messages, channels = expected(own, baseline), channels_of(own, baseline)
    if messages.replaced <= 0.0:
        return _told(pair, None, [], lambda _: (own, baseline))
    before = see_at(clerk, pair.baseline, baseline, pair.search)
    here = see_at(clerk, pair.own, own, pair.search)
    offered = sum(here.measures.get(f"channels.{name}.offered", 0.0) for name in channels)
    base = messages.replaced / max(offered, messages.replaced)
    found = [
        _At(
            times * base,
            see_at(clerk, pair.own, replacing(own, baseline, messages, times), pair.search),
            before,
        )
        for times in _grid(0.0, messages.highest, 1.0)
    ]
    return _told(pair, Question(None, "share", base, 0.0, 1.0), found, lambda _: (own, baseline))


def value_break_even(pair: Pair, question: Question, clerk: Clerk) -> BreakEven:
    """Find the value of an assumption at which the structural cost is that of 0*.

    Raises
    ------
    Unattainable
        When no size of a team attains its norms somewhere.
    ValueError
        When a scenario could not hold a value.
    """
    stands = pair.own, pair.baseline

    def scenarios(value: float) -> tuple[Scenario, Scenario]:
        own, baseline = (at_value(each.scenario, question, value) for each in stands)
        return own, baseline

    found = []
    for value in _values(pair.own.scenario, question):
        both = zip(stands, scenarios(value), strict=True)
        own, baseline = (_seen(pair, question, clerk, stand, each) for stand, each in both)
        found.append(_At(value, own, baseline))
    return _told(pair, question, found, scenarios)


def _seen(pair: Pair, question: Question, clerk: Clerk, stand: Stand, scenario: Scenario) -> Seen:
    """Give what a scenario takes; a price changes nothing in that."""
    if question.path is not None and only_priced(question.path):
        return replace(see_at(clerk, stand, stand.scenario, pair.search), scenario=scenario)
    return see_at(clerk, stand, scenario, pair.search)


def at_value(scenario: Scenario, question: Question, value: float) -> Scenario:
    """Give a scenario with another value where it has the same one as is asked about."""
    path = question.path
    if path is None or value == question.base:
        return scenario
    same = amount(value_at(scenario, path)) == question.base
    return moved(scenario, {path: value}) if same else scenario


def _values(scenario: Scenario, question: Question) -> list[float]:
    """Give the values that are simulated; whole ones where nothing else can be stated."""
    values = _grid(question.low, question.high, question.base)
    if question.path is None or not isinstance(value_at(scenario, question.path), int):
        return values
    inside = ceil(question.low), floor(question.high)
    return sorted({float(min(max(round(value), inside[0]), inside[1])) for value in values})


def _grid(low: float, high: float, base: float) -> list[float]:
    even = [low + (high - low) * place / (SIMULATED - 1) for place in range(SIMULATED)]
    return sorted({*even, base})


def _told(
    pair: Pair, question: Question | None, found: Sequence[_At], scenarios: Scenarios
) -> BreakEven:
    path = question.path if question else None
    points = _points(pair, found, scenarios)
    curves: list[Callable[[BreakEvenPoint], float]] = [
        lambda each: each.contracts,
        lambda each: each.contracts if each.low is None else each.low,
        lambda each: each.contracts if each.high is None else each.high,
        lambda each: each.fte,
    ]
    turns = [turn([(each.value, of(each)) for each in points], path is None) for of in curves]
    (side, value), (better, low), (worse, high), (_, without) = turns
    falls = "up_to" in {side, better, worse}
    return BreakEven.model_validate(
        {
            "letter": pair.own.letter,
            "path": path,
            "unit": question.unit if question else "share",
            "base": question.base if question else None,
            "side": side if points else "none",
            "value": value,
            "low": high if falls else low,
            "high": low if falls else high,
            "without_rounding": without,
            "points": tuple(points),
        }
    )


def turn(
    points: Sequence[tuple[float, float]], only_from: bool = False
) -> tuple[Side, float | None]:
    """Say on which side of which value a cost is and stays 0 or less.

    Parameters
    ----------
    points : (value, cost), by rising value
    only_from : whether only what lies above a value counts

    Examples
    --------
    >>> turn([(0.0, -1.0), (1.0, 1.0)])
    ('up_to', 0.5)
    """
    rises = break_even(points)
    if rises is not None:
        return ("always" if all(cost <= 0.0 for _, cost in points) else "from"), rises
    falls = break_even([(-value, cost) for value, cost in reversed(points)])
    return ("never", None) if falls is None or only_from else ("up_to", -falls)


def _points(pair: Pair, found: Sequence[_At], scenarios: Scenarios) -> list[BreakEvenPoint]:
    """Give the cost at values that were simulated, and on straight lines between them."""
    points = []
    for one, other in pairwise(found):
        points.append(_point(pair, one, simulated=True))
        for step in range(1, _STEPS):
            part = step / _STEPS
            value = one.value + (other.value - one.value) * part
            own, baseline = scenarios(value)
            between = _At(
                value,
                _between(one.own, other.own, part, own),
                _between(one.baseline, other.baseline, part, baseline),
            )
            points.append(_point(pair, between, simulated=False))
    return [*points, *(_point(pair, last, simulated=True) for last in found[-1:])]


def _point(pair: Pair, at: _At, *, simulated: bool) -> BreakEvenPoint:
    cost = less(at.own, at.baseline, pair.today)
    return BreakEvenPoint(
        value=at.value,
        contracts=round(cost.contracts, 2),
        fte=round(cost.fte, 2),
        low=None if cost.low is None else round(cost.low, 2),
        high=None if cost.high is None else round(cost.high, 2),
        half=None if cost.half is None else round(cost.half, 2),
        simulated=simulated,
    )


def _between(one: Seen, other: Seen, part: float, scenario: Scenario) -> Seen:
    return Seen(
        scenario,
        _mixed(one.need, other.need, part),
        tuple(_mixed(a, b, part) for a, b in zip(one.each, other.each, strict=True)),
        _mixed(one.measures, other.measures, part),
        one.steps,
    )


def _mixed(one: Mapping[str, float], other: Mapping[str, float], part: float) -> dict[str, float]:
    return {key: own + (other.get(key, own) - own) * part for key, own in one.items()}

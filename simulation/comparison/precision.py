"""How precise an answer has to be, and how precise it is: when to stop adding replications.

The rule looks at the intervals at fixed numbers of replications only, the first at 30 and each half
as large again as the one before, and stops when all are narrow enough at two looks in a row: an
interval that is narrow by chance is not, at the next look. How often the intervals at the end hold
the truth is measured by `make coverage`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.comparison.columns import Columns
from simulation.comparison.document import Estimate, Pairing, Precision
from simulation.comparison.statistics import FEWEST, estimate
from simulation.experiment import Experiment
from simulation.scenario.scenario import Scenario

FIRST_LOOK = 30
"""Replications at the first look: with fewer, a spread that is small by chance stops too soon."""

STRUCTURAL = "costs.structural"

_CENT = 0.01


@dataclass(frozen=True)
class Goal:
    """Half-widths that 90 % intervals must not exceed.

    Attributes
    ----------
    cost : of each scenario's difference in structural costs with the baseline, in euros
    service : of the mean share of each norm in each scenario
    most : replications at which it ends, precise enough or not
    """

    cost: float | None
    service: float | None
    most: int


def looks(most: int) -> Iterator[int]:
    """Give the numbers of replications at which the intervals are looked at; the last is ``most``.

    Examples
    --------
    >>> list(looks(200))
    [30, 45, 68, 102, 153, 200]
    """
    look = FIRST_LOOK
    while look < most:
        yield look
        look += -(-look // 2)
    yield most


def precision(goal: Goal, parts: Sequence[tuple[Scenario, Columns]]) -> Precision:
    """Compare what is known with what has to be known.

    Parameters
    ----------
    goal : half-widths wanted
    parts : scenarios with their replications, the baseline first
    """
    cost, service = _cost(parts), _service(parts)
    pairs = ((goal.cost, cost), (goal.service, service))
    return Precision(
        cost=goal.cost,
        service=goal.service,
        most=goal.most,
        reached=all(
            wanted is None or (half is not None and half <= wanted) for wanted, half in pairs
        ),
        cost_half_width=cost if goal.cost is not None else None,
        service_half_width=service if goal.service is not None else None,
    )


def precise_enough(goal: Goal, experiments: Sequence[Experiment]) -> bool:
    """Tell at a look whether to stop: precise now, and at the look before.

    Parameters
    ----------
    goal : half-widths wanted
    experiments : their scenarios name the look as ``replications``, the baseline first
    """
    look = experiments[0].scenario.replications
    before = max((each for each in looks(goal.most) if each < look), default=None)
    return before is not None and all(
        precision(goal, [_until(last, each) for each in experiments]).reached
        for last in (look, before)
    )


def _until(last: int, experiment: Experiment) -> tuple[Scenario, Columns]:
    """Give the replications up to a number."""
    rows = [row for row in experiment.ordered() if row[0] <= last]
    return experiment.scenario, Columns(rows)


def _cost(parts: Sequence[tuple[Scenario, Columns]]) -> float | None:
    """Give the widest half-width of a difference in costs; None if one is not known."""
    (_, baseline), *others = parts
    known = [
        columns.less(baseline, STRUCTURAL)
        for _, columns in others
        if STRUCTURAL in columns and STRUCTURAL in baseline
    ]
    return _widest(known) if len(known) == len(others) else None


def _service(parts: Sequence[tuple[Scenario, Columns]]) -> float | None:
    """Give the widest half-width of the mean share of a norm; None if one is not known."""
    return _widest(
        [
            columns.existing(f"norms.{name}.share")
            for scenario, columns in parts
            for name in scenario.norms
        ]
    )


def _widest(samples: Sequence[Sequence[float]]) -> float | None:
    if not samples or min(map(len, samples)) < FEWEST:
        return None
    return max(half_width(estimate(values)) for values in samples)


def half_width(known: Estimate) -> float:
    """Give half the width of an interval, from 10 replications on."""
    if known.low is None or known.high is None:
        raise ValueError("there is no interval")
    return (known.high - known.low) / 2


def pairing(columns: Columns, baseline: Columns) -> Pairing | None:
    """Measure what it brings to pair the costs of two scenarios; None where it cannot be said.

    Pairs with the same citizens are worth (var a + var b) / var (a − b) times as many independent
    replications of both: that many give a difference of means with the same variance.
    """
    if STRUCTURAL not in columns or STRUCTURAL not in baseline:
        return None
    theirs = dict(zip(baseline.numbers, baseline[STRUCTURAL], strict=True))
    own = zip(columns.numbers, columns[STRUCTURAL], strict=True)
    pairs = [
        (mine, its) for n, mine in own if mine is not None and (its := theirs.get(n)) is not None
    ]
    if len(pairs) < FEWEST:
        return None
    apart = _squares([a for a, _ in pairs]) + _squares([b for _, b in pairs])
    paired = _squares([a - b for a, b in pairs])
    chance = len(pairs) * _CENT * _CENT
    if apart <= chance:
        return None
    worth = len(pairs) * apart / paired if paired > chance else None
    return Pairing(pairs=len(pairs), worth=worth)


def _squares(values: Sequence[float]) -> float:
    """Add up squared distances from the mean, in the order of the replications."""
    mean = _sum(values) / len(values)
    return _sum([(value - mean) * (value - mean) for value in values])


def _sum(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total

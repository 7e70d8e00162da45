"""The structural cost of a scenario at one point: everybody who has to come came, or is gone.

How contracts end in time belongs to the business case by year. Here is what a year costs after
that, at the price level of the scenario, in whole contracts or without rounding to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum, sqrt

from simulation.comparison.statistics import FEWEST, t95
from simulation.costs.lines import Line, lines
from simulation.finance.contracts import contract_fte, whole_contracts
from simulation.finance.needs import Stand, Unattainable, nearest
from simulation.finance.points import Clerk, PointJob, PointSeen, like
from simulation.scenario.finance import Finance, Workforce
from simulation.scenario.scenario import Scenario
from simulation.sizing.answer import searched

_MONTHS = 12.0


@dataclass(frozen=True)
class Seen:
    """What one scenario takes at one point.

    Attributes
    ----------
    scenario : with its prices
    need : full-time equivalents by team
    each : the same as the smallest that attains in each replication by itself
    measures : on average over the replications, by path
    steps : full-time equivalents from one size that was tried to the next, by team
    """

    scenario: Scenario
    need: Mapping[str, float]
    each: tuple[Mapping[str, float], ...]
    measures: Mapping[str, float]
    steps: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """Structural cost of a strategy less that of 0*, in euros a year; below 0 is an advantage.

    Attributes
    ----------
    contracts : in whole contracts
    fte : without rounding to contracts
    low, high : 90 % interval around ``contracts``; None below ten replications
    half : half of the 90 % interval around ``fte``; None below ten replications
    """

    contracts: float
    fte: float
    low: float | None
    high: float | None
    half: float | None


def see_at(clerk: Clerk, stand: Stand, scenario: Scenario, search: int) -> Seen:
    """Find what a scenario takes at another point.

    Parameters
    ----------
    clerk : who has it done
    stand, scenario : where it stands, and the other point
    search : number of replications

    Raises
    ------
    Unattainable
        When no size of a team attains its norms there.
    """
    numbers, there = searched(search), like(stand.bench, scenario)
    if stand.sized:
        jobs = [
            PointJob(bench, number, stand.levels)
            for bench in (stand.bench, there)
            for number in numbers
        ]
        seen = clerk.do(jobs)
        before, after = seen[:search], seen[search:]
    else:
        before = after = [PointSeen({}, {}) for _ in numbers]
    needs_before = [_need(stand, number, own) for number, own in zip(numbers, before, strict=True)]
    needs_after = [_need(stand, number, own) for number, own in zip(numbers, after, strict=True)]
    need = {
        team: max(
            0.0,
            fte
            + fsum(b[team] - a[team] for a, b in zip(needs_before, needs_after, strict=True))
            / search,
        )
        for team, fte in stand.sized.items()
    }
    levels = nearest(there, need)
    measured = clerk.do([PointJob(there, number, levels=levels) for number in numbers])
    return Seen(
        scenario,
        {**stand.kept, **need},
        tuple({**stand.kept, **own} for own in needs_after),
        means(measured),
        {team: step for team, step in stand.bench.steps if team in stand.sized},
    )


def means(seen: list[PointSeen]) -> dict[str, float]:
    """Average measures over replications, by path."""
    paths = {path: None for each in seen for path in each.measures}
    return {
        path: fsum(own) / len(own)
        for path in paths
        if (own := [each.measures[path] for each in seen if path in each.measures])
    }


def _need(stand: Stand, number: int, seen: PointSeen) -> dict[str, float]:
    found: dict[str, float] = {}
    for team in stand.sized:
        fte = seen.need[team]
        if fte is None:
            raise Unattainable(stand.letter, team, number)
        found[team] = fte
    return found


def structural(
    scenario: Scenario,
    need: Mapping[str, float],
    measures: Mapping[str, float],
    today: Mapping[str, float] | None,
) -> float:
    """Give the avoidable structural cost of a year, in euros at the price level.

    Parameters
    ----------
    scenario : with its prices
    need : full-time equivalents by team
    measures : quantities of the year, by path
    today : full-time equivalents of today's rosters, from which whole contracts are counted;
        None to pay what is needed without rounding to contracts
    """
    paid = need if today is None else _in_contracts(scenario, need, today)
    finance = scenario.finance or Finance()
    amounts = [
        line.rate * _quantity(line, paid, measures)
        for line in lines(scenario)
        if line.avoidable and line.structural
    ]
    return fsum([*amounts, *(step.amount for step in finance.overhead.values())])


def less(own: Seen, baseline: Seen, today: tuple[Mapping[str, float], Mapping[str, float]]) -> Cost:
    """Give the structural cost of a strategy less that of 0*.

    Parameters
    ----------
    own, baseline : at the same point
    today : full-time equivalents of today's rosters, by team of the strategy and of 0*
    """
    now, now_before = today
    before = structural(baseline.scenario, baseline.need, baseline.measures, now_before)
    contracts = _cost(own, own.need, now) - before
    fte = _cost(own, own.need, None) - _cost(baseline, baseline.need, None)
    margin = _margin(own, baseline)
    if margin is None:
        return Cost(contracts, fte, None, None, None)
    low, high = (
        _cost(own, {team: max(0.0, n + sign * margin[team]) for team, n in own.need.items()}, now)
        for sign in (-1.0, 1.0)
    )
    return Cost(contracts, fte, low - before, high - before, half_of(own, baseline))


def _cost(seen: Seen, need: Mapping[str, float], today: Mapping[str, float] | None) -> float:
    return structural(seen.scenario, need, seen.measures, today)


def _margin(own: Seen, baseline: Seen) -> dict[str, float] | None:
    """Give by team how many people more or fewer it may take, so that together it is 90 %."""
    pairs, whole = list(zip(own.each, baseline.each, strict=True)), half_of(own, baseline)
    if whole is None:
        return None
    margin = {
        team: max(
            half_interval([a[team] - b.get(team, 0.0) for a, b in pairs]) or 0.0,
            own.steps.get(team, 0.0) / 2,
        )
        for team in own.need
    }
    wider = {team: need + margin[team] for team, need in own.need.items()}
    together = _cost(own, wider, None) - _cost(own, own.need, None)
    # Teams do not all err to the same side: the margins are scaled to that of the whole.
    part = whole / together if together > 0.0 else 0.0
    return {team: part * each for team, each in margin.items()}


def half_of(own: Seen, baseline: Seen) -> float | None:
    """Give half of the 90 % interval around the cost without rounding; None below ten values.

    A size is known to a step: where all replications agree, that is what is not known.
    """
    pairs = zip(own.each, baseline.each, strict=True)
    half = half_interval([_cost(own, a, None) - _cost(baseline, b, None) for a, b in pairs])
    return None if half is None else max(half, _step(own) / 2, _step(baseline) / 2)


def _step(seen: Seen) -> float:
    """Give what the dearest step from one size of a team to the next costs, in euros a year."""
    here = _cost(seen, seen.need, None)
    return max(
        (
            _cost(seen, {**seen.need, team: seen.need[team] + step}, None) - here
            for team, step in seen.steps.items()
        ),
        default=0.0,
    )


def half_interval(values: list[float]) -> float | None:
    """Give half of the 90 % interval of a mean; None below ten values."""
    count = len(values)
    if count < FEWEST:
        return None
    mean = fsum(values) / count
    return t95(count - 1) * sqrt(fsum((each - mean) ** 2 for each in values) / (count - 1) / count)


def _in_contracts(
    scenario: Scenario, need: Mapping[str, float], today: Mapping[str, float]
) -> dict[str, float]:
    assert scenario.costs is not None
    paid = {}
    for team, fte in need.items():
        workforce = (scenario.finance or Finance()).workforce.get(team, Workforce())
        contract, now = contract_fte(workforce, scenario.costs.contract_hours), today.get(team, 0.0)
        paid[team] = now + whole_contracts(now, fte, contract) * contract
    return paid


def _quantity(line: Line, paid: Mapping[str, float], measures: Mapping[str, float]) -> float:
    if line.unit == "fte_year":
        return paid.get(line.group.removeprefix("staff."), 0.0)
    return _MONTHS if line.unit == "month" else measures.get(line.quantity, 0.0)

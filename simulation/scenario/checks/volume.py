"""A replication must fit in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from simulation.scenario.blocks import RateBlock
from simulation.scenario.checks.shift import highest
from simulation.scenario.checks.time import end_of_horizon
from simulation.scenario.demand import Stream
from simulation.scenario.horizon import Horizon
from simulation.scenario.problems import Finding, Path, dotted
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, HOUR, WEEK

MOST_CONTACTS = 25_000_000
"""Expected contacts in one replication."""

_YEAR = 365.25 * DAY


def volume(scenario: Scenario) -> Iterator[Finding]:
    """Find a horizon with more expected contacts than one replication can hold."""
    parts: dict[Path, float] = {
        **{("demand", name): number for name, number in _streams(scenario).items()},
        **{("events", name): event.contacts for name, event in scenario.events.items()},
        **{("shift", "induced", name): number for name, number in _induced(scenario).items()},
        **{("channels", name): float(c.backlog) for name, c in scenario.channels.items()},
    }
    total = sum(parts.values())
    if total > MOST_CONTACTS:
        largest = max(parts, key=lambda path: parts[path])
        yield Finding(
            ("horizon", "length"),
            None,
            f"about {total:,.0f} contacts in one replication are more than {MOST_CONTACTS:,}"
            f" (most from {dotted(largest)}: {parts[largest]:,.0f})",
            "shorten the horizon or lower the volume",
        )


def _streams(scenario: Scenario) -> dict[str, float]:
    horizon = scenario.horizon
    numbers: dict[str, float] = {}
    for name, stream in scenario.demand.items():
        trend = scenario.shift.trend.get(stream.channel or name)
        growth = 1.0
        if trend is not None:
            years = (end_of_horizon(horizon) - trend.since).days / 365.25
            growth = max(1.0, (1 + trend.yearly_change) ** years)
        numbers[name] = growth * _base(stream, horizon)
    return numbers


def _base(stream: Stream, horizon: Horizon) -> float:
    if stream.yearly is not None:
        return stream.yearly * horizon.length / _YEAR
    return sum(_of_block(block, horizon) for block in stream.rates or ())


def _of_block(block: RateBlock, horizon: Horizon) -> float:
    """Count what a block of rates brings in the horizon, roughly."""
    first = max(block.first_date or dt.date.min, horizon.first_day)
    last = min(block.last_date or dt.date.max, end_of_horizon(horizon).date())
    span = min(horizon.length, max(0, (last - first).days + 1) * DAY)
    daily = sum((end - begin) / HOUR * rate for begin, end, rate in block.steps())
    return daily * len(block.days) * span / WEEK


def _induced(scenario: Scenario) -> dict[str, float]:
    by_reason: dict[str, float] = defaultdict(float)
    for name, number in _streams(scenario).items():
        shares = scenario.demand[name].reasons or dict.fromkeys(list(scenario.reasons)[:1], 1.0)
        for reason, share in shares.items():
            by_reason[reason] += number * share
    return {
        name: highest(rule.adoption) * sum(by_reason[r] * share for r, share in rule.shares.items())
        for name, rule in scenario.shift.induced.items()
    }

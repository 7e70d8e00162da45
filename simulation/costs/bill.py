"""The bill of one replication: quantity × rate for every line, and the sums."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from simulation.costs.lines import Line, lines
from simulation.scenario.horizon import Horizon
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY


@dataclass(frozen=True)
class Bill:
    """Quantities by line, and amounts by line in whole cents."""

    lines: tuple[Line, ...]
    quantities: tuple[float, ...]
    cents: tuple[int, ...]
    obligation: int = 0
    """Cents that minimum contract terms still oblige to after the period; in no total."""

    def total(self, *, avoidable: bool | None = None, structural: bool | None = None) -> int:
        """Add up the cents of the lines of a kind; all lines if nothing is asked."""
        return sum(
            cents
            for line, cents in zip(self.lines, self.cents, strict=True)
            if avoidable in (None, line.avoidable) and structural in (None, line.structural)
        )

    def measures(self) -> dict[str, float]:
        """Give the bill as measures, by path, in euros."""
        if not self.lines:
            return {}
        values: dict[str, float] = {}
        groups: dict[str, int] = {}
        for line, quantity, cents in zip(self.lines, self.quantities, self.cents, strict=True):
            values[f"costs.quantities.{line.name}"] = quantity
            values[f"costs.lines.{line.name}"] = cents / 100
            if line.avoidable:
                groups[line.group] = groups.get(line.group, 0) + cents
        values |= {f"costs.groups.{group}": cents / 100 for group, cents in groups.items()}
        values["costs.obligation"] = self.obligation / 100
        values["costs.structural"] = self.total(avoidable=True, structural=True) / 100
        values["costs.full"] = self.total(structural=True) / 100
        values["costs.once"] = self.total(structural=False) / 100
        values["costs.total"] = self.total() / 100
        return values


def months(horizon: Horizon) -> float:
    """Give the length of the counted period in months, each day a part of its own month."""
    midnight = horizon.midnight
    return _months(horizon.first_day, midnight + horizon.warm_up, midnight + horizon.length)


@lru_cache(maxsize=64)
def _months(day: dt.date, begin: int, end: int) -> float:
    total = Fraction(0)
    for start in range(0, end, DAY):
        inside = min(end, start + DAY) - max(begin, start)
        if inside > 0:
            total += Fraction(inside, DAY * calendar.monthrange(day.year, day.month)[1])
        day += dt.timedelta(days=1)
    return float(total)


def price(scenario: Scenario, measures: Mapping[str, float | int]) -> Bill:
    """Price what one replication used.

    Parameters
    ----------
    scenario : with its prices; without, the bill is empty
    measures : of the same replication
    """
    length = months(scenario.horizon)
    bill = tuple(lines(scenario))
    quantities = tuple(
        length if line.unit == "month" else 1.0 if line.unit == "once" else measures[line.quantity]
        for line in bill
    )
    cents = tuple(
        round(quantity * line.rate * 100) for line, quantity in zip(bill, quantities, strict=True)
    )
    return Bill(bill, quantities, cents, _obligation(scenario, length))


def _obligation(scenario: Scenario, length: float) -> int:
    monthly = scenario.costs.per_month.values() if scenario.costs else ()
    return sum(
        round(max(0.0, line.minimum_months - length) * line.amount * 100) for line in monthly
    )

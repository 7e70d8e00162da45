"""What one step in the size of every team costs: as precisely as scenarios can be compared.

A team that is staffed just well enough has been sized in steps. One step more or less is within
what the simulations leave open, so that differences in cost are known no better than that. Steps of
teams, and of the two scenarios of a difference, are independent: their squares add up.
"""

from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from simulation.comparison.document import CostLine, Estimate, Staffing

_YEAR = 365.0
"""Days in the year over which a rate for a full-time equivalent is spread."""

Steps = Mapping[str, float]
"""What one step of every team costs over the period, in euros, by path of the total."""

AMOUNTS = {"costs.structural": True, "costs.full": False, "costs.total": False}
"""Totals whose differences depend on sizes, and whether they hold avoidable costs only."""


def steps(bill: Sequence[CostLine], days: float, staffing: Staffing) -> dict[str, float]:
    """Give what one step of every team costs over the period, in euros, by path of the total.

    Parameters
    ----------
    bill : lines of the scenario's bill
    days : length of the period
    staffing : of the scenario
    """
    years = days / _YEAR
    by_unit = {unit.unit: unit.step * years for unit in staffing.units if unit.step is not None}
    return {
        path: sqrt(
            fsum(_of_a_step(bill, unit, fte, avoidable) ** 2 for unit, fte in by_unit.items())
        )
        for path, avoidable in AMOUNTS.items()
    }


def _of_a_step(bill: Sequence[CostLine], team: str, fte: float, avoidable: bool) -> float:
    return fsum(
        line.rate * fte
        for line in bill
        if line.group == f"staff.{team}" and line.unit == "fte_year"
        if line.avoidable or not avoidable
    )


def widened(differences: Mapping[str, Estimate], *of: Steps) -> dict[str, Estimate]:
    """Give differences whose intervals hold one step of every team as well.

    Parameters
    ----------
    differences : by path
    of : from `steps`, for each scenario that was staffed just well enough
    """
    wider = dict(differences)
    for path in AMOUNTS.keys() & differences.keys():
        told = differences[path]
        if told.low is None or told.high is None:
            continue
        half = (told.high - told.low) / 2
        whole = sqrt(half * half + fsum(each[path] ** 2 for each in of))
        wider[path] = told.model_copy(update={"low": told.mean - whole, "high": told.mean + whole})
    return wider

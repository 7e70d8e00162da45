"""From hours to contracts: why a comparison and a business case state different amounts.

A comparison pays the hours that are needed. A business case pays whole contracts, in one of its
years, and people who are no longer needed until they have left. What is left is the year: its own
volumes, prices and decisions on overhead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from simulation.comparison.document import ScenarioResult
from simulation.finance.case import BASELINE, TODAY
from simulation.finance.document import CaseResult, ScenarioYear, TeamYear
from simulation.finance.effects import total

_COST: Final = "costs.structural"


@dataclass(frozen=True)
class Bridge:
    """Structural costs of a scenario less those of another, in euros a year.

    Attributes
    ----------
    letter, other : badges of the scenario, and of what it is compared with
    hours : in the comparison, which pays the hours that are needed
    rounding : for whole contracts, to which needs are rounded
    kept : for people who are no longer needed and are still paid
    rest : because the year differs from that of the comparison
    contracts : in the business case: all of these together
    """

    letter: str
    other: str
    hours: float
    rounding: float
    kept: float
    rest: float
    contracts: float


def bridge(case: CaseResult, letter: str, place: int) -> Bridge | None:
    """Lead from the difference of the comparison to that of a year of the business case.

    Parameters
    ----------
    case : with its comparison
    letter : badge of a strategy, or of 0*, which is compared with 0
    place : of the year, 0 for the first

    Returns
    -------
    None where the comparison states no costs.
    """
    other = TODAY if letter == BASELINE else BASELINE
    hours = _hours(case, letter)
    if hours is None:
        return None
    own, before = (
        _year(case.years, each, case.terms.first_year + place) for each in (letter, other)
    )
    contracts = round(total(own, structural=True) - total(before, structural=True), 2)
    rounding, kept = (
        fsum(map(part, own.teams)) - fsum(map(part, before.teams)) for part in (_rounding, _kept)
    )
    rest = contracts - hours - rounding - kept
    return Bridge(letter, other, hours, rounding, kept, rest, contracts)


def _hours(case: CaseResult, letter: str) -> float | None:
    equal = case.comparison.equal_service
    if letter == BASELINE:
        found = equal.step.get(_COST) if equal else None
    else:
        found = _scenario(case, letter).differences.get(_COST)
    return None if found is None else found.mean


def _scenario(case: CaseResult, letter: str) -> ScenarioResult:
    return next(each for each in case.comparison.scenarios if each.letter == letter)


def _year(years: Sequence[ScenarioYear], letter: str, year: int) -> ScenarioYear:
    return next(each for each in years if (each.letter, each.year) == (letter, year))


def _rounding(team: TeamYear) -> float:
    """Give what whole contracts cost more than the full-time equivalents that are needed."""
    whole = team.today_fte + team.needed * team.contract_fte
    return (whole - team.need_fte) * team.contract_cost / team.contract_fte


def _kept(team: TeamYear) -> float:
    return team.unabsorbed * team.contract_cost

"""Whole contracts: how many have to come or can go, and when those that can go are really gone.

People are not hours. What sizing shows as no longer needed becomes cash only in whole contracts,
and only when somebody leaves: hire and temporary contracts first, then people who leave by
themselves or find other work in the organisation, and redundancy only where it is asked for.
"""

from dataclasses import dataclass
from math import ceil, floor

from simulation.scenario.finance import Workforce

_WEEKS = 52.0
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Release:
    """How a team comes from today's contracts to those that it needs, in one year.

    Attributes
    ----------
    contract_fte : full-time equivalents of one contract
    today : today's full-time equivalents
    needed : contracts that it takes more than today; below 0 for fewer
    flexible, attrition, redeployment, redundancy : contracts that ended so far, by how they did
    unabsorbed : contracts that are no longer needed and are still paid
    """

    contract_fte: float
    today: float
    needed: int
    flexible: int = 0
    attrition: int = 0
    redeployment: int = 0
    redundancy: int = 0
    unabsorbed: int = 0

    @property
    def change(self) -> int:
        """Contracts more than today that are paid; below 0 for fewer."""
        return self.needed + self.unabsorbed

    @property
    def paid_fte(self) -> float:
        """Full-time equivalents that are paid."""
        return self.today + self.change * self.contract_fte


def contract_fte(workforce: Workforce, contract_hours: float) -> float:
    """Give the full-time equivalents of one contract.

    Parameters
    ----------
    workforce : of the team
    contract_hours : paid hours in a year of one full-time person

    Examples
    --------
    >>> contract_fte(Workforce(contract=18), 1_872)
    0.5
    """
    return workforce.contract * _WEEKS / contract_hours


def whole_contracts(today: float, need: float, contract: float) -> int:
    """Give the contracts that have to come, or (below 0) that can go: never half a person.

    Parameters
    ----------
    today, need, contract : full-time equivalents; of the team, wanted, and of one contract

    Examples
    --------
    >>> whole_contracts(10, 8.4, 0.5), whole_contracts(10, 10.1, 0.5), whole_contracts(10, 9.7, 0.5)
    (-3, 1, 0)
    """
    change = (need - today) / contract
    return ceil(change - _ROUNDING) if change > 0 else -floor(-change + _ROUNDING)


def one_step_off(today: float, need: float, contract: float, step: float) -> tuple[int, int]:
    """Give the whole contracts at a need of one step less, and of one step more.

    A need is known to a step of the sizes that were tried. Where either differs from
    `whole_contracts` at the need itself, that step decides how many contracts it takes.

    Parameters
    ----------
    today, need, contract, step : full-time equivalents; of the team, wanted, of one contract, and
        from one size to the next

    Examples
    --------
    >>> one_step_off(0, 0.47, 0.44, 0.1), one_step_off(10, 9.75, 0.5, 0.1)
    ((1, 2), (0, 0))
    """
    fewer, more = max(0.0, need - step), need + step
    return whole_contracts(today, fewer, contract), whole_contracts(today, more, contract)


def release(
    today: float, need: float, workforce: Workforce, place: int, contract_hours: float
) -> Release:
    """Give the contracts of a team in one year.

    Parameters
    ----------
    today, need : full-time equivalents in today's roster, and those that the year takes
    workforce : how it can shrink
    place : of the year, 0 for the first
    contract_hours : paid hours in a year of one full-time person
    """
    contract = contract_fte(workforce, contract_hours)
    needed = whole_contracts(today, need, contract)
    surplus, contracts = max(0, -needed), today / contract
    permanent = contracts * (1.0 - workforce.flexible)
    stayed = (1.0 - workforce.attrition) ** place
    ways = (
        contracts * workforce.flexible,
        permanent * (1.0 - stayed),
        permanent * min(1.0, workforce.redeployment * place),
        permanent * workforce.redundancy * (place > 0),
    )
    ended: list[int] = []
    for way in ways:
        ended.append(min(surplus - sum(ended), floor(way + _ROUNDING)))
    flexible, attrition, redeployment, redundancy = ended
    return Release(
        contract,
        today,
        needed,
        flexible,
        attrition,
        redeployment,
        redundancy,
        unabsorbed=surplus - sum(ended),
    )

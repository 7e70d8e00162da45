"""Which lines a scenario's bill has, and the rate of each: known before anything is played."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Literal

from simulation.scenario.costs import Costs, PayScale, Vat
from simulation.scenario.scenario import Scenario
from simulation.scenario.text import Text

Unit = Literal["fte_year", "hour", "contact", "month", "once"]


@dataclass(frozen=True)
class Line:
    """One line of the bill.

    Attributes
    ----------
    name : unique, such as ``staff.phone.salary``
    group : ``staff.<team>``, ``contact``, ``month`` or ``once``
    unit, rate : euros per unit
    quantity : path of the measure that is multiplied; empty for months and one-off lines
    vat : of a purchase, whether it is compensable (and left out) or a cost; none for staff
    avoidable : whether it ends when the work ends
    structural : whether it recurs
    sources : paths in the scenario of the values behind the rate
    """

    name: str
    group: str
    title: Text | None
    unit: Unit
    rate: float
    quantity: str
    avoidable: bool
    structural: bool
    sources: tuple[str, ...]
    vat: Vat | None = None


def lines(scenario: Scenario) -> list[Line]:
    """Give the lines of the bill, in the order of the bill; none without prices."""
    costs = scenario.costs
    if costs is None:
        return []
    return [
        *_staff(scenario, costs),
        *_per_contact(costs),
        *_per_month(costs),
        *_once(costs),
    ]


def yearly_components(scale: PayScale) -> dict[str, float]:
    """Give the yearly cost of one full-time person, in euros, component by component.

    salary = 12 × monthly; the individual budget is a share of the salary, the employer's charges
    a share of both.
    """
    salary = 12.0 * scale.monthly_salary
    budget = salary * scale.individual_budget
    return {
        "salary": salary,
        "individual_budget": budget,
        "employer_charges": (salary + budget) * scale.employer_charges,
        "hire": scale.hire,
        "workplace": scale.workplace,
        "overhead": scale.overhead,
    }


AVOIDABLE = ("salary", "individual_budget", "employer_charges", "hire")
"""Components that really end when hours end."""

_BEHIND = {
    "salary": ("monthly_salary",),
    "individual_budget": ("monthly_salary", "individual_budget"),
    "employer_charges": ("monthly_salary", "individual_budget", "employer_charges"),
}


def avoidable_hour(scale: PayScale, costs: Costs) -> float:
    """Give the avoidable cost of one contract hour, in euros."""
    yearly = yearly_components(scale)
    return fsum(yearly[part] for part in AVOIDABLE) / costs.contract_hours


def _staff(scenario: Scenario, costs: Costs) -> Iterator[Line]:
    for name, team in scenario.teams.items():
        if team.pay_scale is None:
            continue
        scale = costs.pay_scales[team.pay_scale]
        root, group = f"costs.pay_scales.{team.pay_scale}", f"staff.{name}"
        for part, rate in yearly_components(scale).items():
            yield Line(
                name=f"{group}.{part}",
                group=group,
                title=team.title,
                unit="fte_year",
                rate=rate,
                quantity=f"teams.{name}.paid_fte_years",
                avoidable=part in AVOIDABLE,
                structural=True,
                sources=(
                    f"teams.{name}.shrinkage",
                    "costs.contract_hours",
                    *(f"{root}.{value}" for value in _BEHIND.get(part, (part,))),
                ),
            )
        for kind in ("overtime", "run_out"):
            yield Line(
                name=f"{group}.{kind}",
                group=group,
                title=team.title,
                unit="hour",
                rate=avoidable_hour(scale, costs) * scale.overtime_factor,
                quantity=f"teams.{name}.{kind}_hours",
                avoidable=True,
                structural=True,
                sources=("costs.contract_hours", f"{root}.overtime_factor", root),
            )


def _per_contact(costs: Costs) -> Iterator[Line]:
    for name, line in costs.per_contact.items():
        yield Line(
            name=f"contact.{name}",
            group="contact",
            title=line.title,
            unit="contact",
            rate=line.amount,
            quantity=f"channels.{line.channel}.{line.per}",
            avoidable=True,
            structural=True,
            sources=(f"costs.per_contact.{name}.amount",),
            vat=line.vat,
        )


def _per_month(costs: Costs) -> Iterator[Line]:
    for name, line in costs.per_month.items():
        yield Line(
            name=f"month.{name}",
            group="month",
            title=line.title,
            unit="month",
            rate=line.amount,
            quantity="",
            avoidable=line.avoidable,
            structural=True,
            sources=(f"costs.per_month.{name}.amount",),
            vat=line.vat,
        )


def _once(costs: Costs) -> Iterator[Line]:
    for name, line in costs.once.items():
        yield Line(
            name=f"once.{name}",
            group="once",
            title=line.title,
            unit="once",
            rate=line.amount,
            quantity="",
            avoidable=True,
            structural=False,
            sources=(f"costs.once.{name}.amount",),
            vat=line.vat,
        )

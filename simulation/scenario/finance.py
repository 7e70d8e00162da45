"""Money over the years: what a business case needs beside prices.

A comparison is about one year with the strategy in full use. Here stands how it gets there: how
many years are looked at, how fast residents take it up, when people who are no longer needed
really leave, and how later euros are weighed.
"""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.text import Line, Text
from simulation.scenario.values import YEARS, Amount, Name, Positive, Share

Rate = Annotated[float, Field(gt=-1, le=1)]
"""A rate a year: 0.02 is 2 %. 0 is possible, -1 and less are not."""

Euros = Annotated[float, Field(ge=-1e12, le=1e12)]
"""An amount that may be below 0."""

Year = Annotated[int, Field(ge=YEARS.start, le=YEARS.stop - 1)]
"""A calendar year."""


def _is_year(key: str) -> str:
    if not (key.isdecimal() and int(key) in YEARS):
        raise ValueError(f"{key!r} is not a year; write one from {YEARS[0]} to {YEARS[-1]}")
    return key


def _is_in_bill(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}", name):
        raise ValueError(f"{name!r} is no part of a bill; write one such as staff.phone")
    return name


YearKey = Annotated[str, Field(max_length=4), AfterValidator(_is_year)]
"""A calendar year, as a key."""

BillName = Annotated[str, Field(max_length=150), AfterValidator(_is_in_bill)]
"""A group or a line of the bill: ``staff.phone``, ``staff.phone.overhead``, ``month``."""

ROUNDED = 0.5
"""Euros by which a total may differ from what it is the total of."""

_LEAST_WEIGHT = 1e-6

LONGEST_CASE = 10
"""Years that are simulated one by one, at most."""


class Adoption(Part):
    """How residents take a strategy up: a share of its full effect, growing year by year."""

    first_year: Share = 1.0
    """Share of the full shift that is reached in the first year."""

    full_after: Annotated[float, Field(ge=0, le=20)] = 0.0
    """Years until the full shift is reached; the share grows in a straight line."""

    def share(self, place: int) -> float:
        """Give the share in a year, counted from 0 for the first one."""
        if place >= self.full_after:
            return 1.0
        return self.first_year + (1.0 - self.first_year) * place / self.full_after


class Indexation(Part):
    """Yearly rise of prices, for amounts in nominal euros."""

    pay: Rate
    """Of pay and everything that is counted per person."""

    purchases: Rate
    """Of everything that is bought."""


class Workforce(Part):
    """How a team can shrink or grow: in whole contracts, and not at once."""

    contract: Positive = 36.0
    """Paid hours a week of one contract that ends or begins; full time is ``contract_hours`` a
    year divided by 52."""

    flexible: Share = 0.0
    """Share of today's people on contracts that can end at once: hire and temporary contracts."""

    attrition: Share = 0.0
    """Share of the permanent people who leave in a year by themselves; those of one year are gone
    from the next year on."""

    redeployment: Share = 0.0
    """Share of today's permanent people who find other work in the organisation in a year, gone
    from the next year on."""

    takes_over: tuple[Name, ...] = ()
    """Teams of today whose people come to this team, where a strategy has such a team no more."""

    redundancy: Share = 0.0
    """Share of the permanent people who may be made redundant, gone from the second year on. None
    if not given."""


class Transition(Part):
    """What it takes once to get from one staffing to another."""

    hiring: Amount = 0.0
    """Euros for each contract that is added: recruiting."""

    training: Amount = 0.0
    """Euros for each contract that is added: training."""

    lead_time: Annotated[float, Field(ge=0, le=36)] = 0.0
    """Months between deciding to hire and being at work: it says before when to decide."""

    settling_in: Annotated[float, Field(ge=0, le=24)] = 0.0
    """Months that a new contract is paid before its work counts."""

    dual_running: Annotated[float, Field(ge=0, le=24)] = 0.0
    """Months that contracts which end are kept beside the new way of working."""

    advice: Annotated[float, Field(ge=0, le=12)] = 0.0
    """Months of the first year that pass with advice of the works council before any contract can
    end."""


class OverheadStep(Part):
    """A step in overhead that is really decided: nothing falls by itself."""

    title: Text | None = None
    """What readers call it."""

    year: Year
    """First year in which it holds; it stays."""

    amount: Euros
    """Euros a year; below 0 where overhead falls."""


class BudgetEntry(Part):
    """One entry of the budget, to be held against today as simulated."""

    title: Text | None = None
    """What readers call it."""

    amount: Amount
    """Euros in the year of the budget."""

    covers: tuple[BillName, ...] = ()
    """What it pays for: groups or lines of the bill, such as ``staff.phone``,
    ``staff.phone.overhead``, ``contact.telephony``, ``month`` or ``month.webcare_tool``; of what
    comes with a strategy also ``once.<line>``, ``transition.<team>`` and ``overhead.<step>``."""

    taakveld: Line | None = None
    """Task field of the BBV to which it belongs, as in the budget: ``0.4 Overhead``."""


class Gap(Part):
    """A known difference between the budget and what is simulated."""

    title: Text | None = None
    """What readers call it."""

    entry: Name
    """Entry of the budget that it explains."""

    amount: Euros
    """Euros in the year and prices of the budget that come on top of it; below 0 for what the
    entry pays and nobody simulates."""


class Budget(Part):
    """Budget figures of today, and what is known to differ from today as simulated."""

    year: Year
    """Year of the budget, in whose prices it is."""

    total: Amount | None = None
    """What the entries have to add up to, if that is stated."""

    entries: Annotated[dict[Name, BudgetEntry], Field(min_length=1, max_length=200)]
    """Entries of the budget, by name."""

    gaps: Annotated[dict[Name, Gap], Field(max_length=200)] = {}
    """Known differences, by name: vacancies, hire, other tasks."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        found = sum(entry.amount for entry in self.entries.values())
        if self.total is not None and abs(found - self.total) >= ROUNDED:
            raise ValueError(
                f"the entries add up to {found:.2f} and 'total' is {self.total:.2f}; make them "
                "equal, or leave out 'total'"
            )
        return self


class Finance(Part):
    """The business case of a strategy."""

    first_year: Year | None = None
    """Year t, in which the strategy begins; the year of the horizon if not given."""

    years: Annotated[int, Field(ge=1, le=LONGEST_CASE)] = 4
    """Years that are simulated one by one, from t on: 4 is t to t+3."""

    life: Annotated[int, Field(ge=1, le=40)] = 10
    """Years over which the net present value counts; after the simulated ones the last is
    repeated."""

    prices: Literal["constant", "nominal"] = "constant"
    """Euros of the price level throughout, or of each year itself."""

    real_rate: Rate | None = None
    """Discount rate without inflation, for constant prices."""

    nominal_rate: Rate | None = None
    """Discount rate with inflation, for nominal prices."""

    indexation: Indexation | None = None
    """Rise of prices, for nominal prices."""

    interest: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Internal interest rate a year on what is not yet depreciated; of the budget view only, never
    of present values."""

    price_index: dict[YearKey, Positive] = {}
    """Index of prices by year, to bring the budget to the price level: ``{2024: 100, 2026: 106}``.
    Only the ratio of two years counts."""

    budget: Budget | None = None
    """Budget figures of today, in the file of the baseline."""

    adoption: Adoption = Adoption()
    """How residents take the strategy up."""

    workforce: dict[Name, Workforce] = {}
    """How teams can shrink or grow; a team that is not named has contracts of 36 hours, none of
    which can end before people leave by themselves."""

    transition: Transition = Transition()
    """What the change takes once."""

    overhead: dict[Name, OverheadStep] = {}
    """Steps in overhead that are decided, by name."""

    @model_validator(mode="after")
    def _one_kind_of_euros(self) -> Self:
        constant = self.prices == "constant"
        if constant and (self.nominal_rate is not None or self.indexation is not None):
            raise ValueError(
                "'prices: constant' goes with 'real_rate'; 'nominal_rate' and 'indexation' go with "
                "'prices: nominal'"
            )
        if not constant and self.real_rate is not None:
            raise ValueError("'prices: nominal' goes with 'nominal_rate', not with 'real_rate'")
        if not constant and (self.nominal_rate is None or self.indexation is None):
            raise ValueError("'prices: nominal' needs 'nominal_rate' and 'indexation'")
        if not constant and self.nominal_rate is not None:
            self._can_be_weighed("nominal_rate", self.nominal_rate)
        if constant and self.real_rate is not None:
            self._can_be_weighed("real_rate", self.real_rate)
        if self.life < self.years:
            raise ValueError(f"'life' must be at least 'years', {self.years}")
        return self

    def _can_be_weighed(self, name: str, rate: float) -> None:
        if (1.0 + rate) ** (self.life - 1) < _LEAST_WEIGHT:
            raise ValueError(
                f"with a '{name}' of {rate:g} a euro of the last of {self.life} years counts more "
                "than a million times; raise it, or shorten 'life'"
            )

    @property
    def rate(self) -> float:
        """The discount rate that goes with the prices; 0 if none is stated."""
        rate = self.real_rate if self.prices == "constant" else self.nominal_rate
        return 0.0 if rate is None else rate

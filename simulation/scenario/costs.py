"""Prices: pay by scale, and lines per contact, per month and once."""

from typing import Annotated, Literal

from pydantic import Field

from simulation.scenario.base import Part
from simulation.scenario.text import Text
from simulation.scenario.values import Amount, Name, Share

Vat = Literal["compensable", "cost"]
"""Compensable VAT is left out of the amount; VAT that is a cost is in it."""

Covers = Literal["seat", "licence", "other"]
"""What a line pays for."""


class PayScale(Part):
    """What one full-time person costs in a year, component by component."""

    title: Text | None = None
    """What readers call the scale."""

    monthly_salary: Amount
    """Gross salary per month in full time, in euros; mid-scale, not the maximum."""

    individual_budget: Share = 0.0
    """Individual choice budget and holiday pay, as a share of the salary."""

    employer_charges: Share = 0.0
    """Employer's social charges and pension, as a share of salary and individual budget."""

    hire: Amount = 0.0
    """Extra cost of hired staff, in euros per full-time person per year."""

    workplace: Amount = 0.0
    """Workplace and equipment, in euros per full-time person per year."""

    overhead: Amount = 0.0
    """Overhead, in euros per full-time person per year; part of the full cost only."""

    overtime_factor: Annotated[float, Field(ge=0, le=3)] = 1.0
    """Price of an hour of overtime divided by the avoidable cost of a contract hour."""

    includes: tuple[Covers, ...] = ()
    """What the amounts already contain: a line for it on top is refused."""


class ContactLine(Part):
    """A price per contact, such as telephony or a platform's fee."""

    title: Text | None = None
    """What readers call the line."""

    channel: Name
    """Channel whose contacts are counted."""

    amount: Amount
    """Euros per contact."""

    per: Literal["offered", "answered"] = "answered"
    """What is counted."""

    vat: Vat
    """Whether VAT is compensable (and left out) or a cost (and contained)."""


class MonthLine(Part):
    """A price per month, such as a webcare tool; charged by the day over the horizon."""

    title: Text | None = None
    """What readers call the line."""

    amount: Amount
    """Euros per month."""

    team: Name | None = None
    """Team for which it is paid, if one."""

    covers: Covers = "other"
    """What it pays for."""

    minimum_months: Annotated[int, Field(ge=0, le=120)] = 0
    """Minimum contract term; what lies beyond the horizon is stated as an obligation."""

    avoidable: bool = True
    """Whether it ends when the work ends."""

    vat: Vat
    """Whether VAT is compensable (and left out) or a cost (and contained)."""


class OnceLine(Part):
    """A one-off price: implementation, training, running double."""

    title: Text | None = None
    """What readers call the line."""

    amount: Amount
    """Euros, once."""

    depreciation_years: Annotated[int, Field(ge=0, le=60)] = 0
    """Years over which the budget view of a business case spreads an investment; 0 where it is
    expensed at once, as training and subscriptions are. Present values never use it."""

    vat: Vat
    """Whether VAT is compensable (and left out) or a cost (and contained)."""


class Costs(Part):
    """All prices, at one price level."""

    price_level: Annotated[int, Field(ge=1990, le=2090)]
    """Year whose prices these are."""

    contract_hours: Annotated[float, Field(gt=0, le=3_000)] = 1_872.0
    """Paid hours in a year of one full-time person."""

    pay_scales: dict[Name, PayScale] = {}
    """Pay scales by name."""

    per_contact: dict[Name, ContactLine] = {}
    """Prices per contact."""

    per_month: dict[Name, MonthLine] = {}
    """Prices per month."""

    once: dict[Name, OnceLine] = {}
    """One-off prices."""

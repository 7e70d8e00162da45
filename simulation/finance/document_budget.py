"""The parts of the case document that are held against a municipality's own budget."""

from typing import Annotated

from pydantic import Field

from simulation.comparison.document import Entry
from simulation.comparison.fields import Day, Letter, Number
from simulation.scenario.finance import BillName, Year
from simulation.scenario.text import Line, Text
from simulation.scenario.values import Name

Cost = Annotated[Number, Field(ge=0)]
"""Euros, to the cent."""


class GapLine(Entry):
    """A known difference between an entry of the budget and today as simulated."""

    name: Name
    """Name in the scenario."""

    title: Text | None
    """Title in the scenario."""

    stated: Number
    """Euros in the year and prices of the budget; below 0 for what nobody simulates."""

    amount: Number
    """The same at the price level of the scenario."""


class EntryLine(Entry):
    """One entry of the budget: budget + index + gaps + rest = simulated, to the cent."""

    name: Name
    """Name in the scenario."""

    title: Text | None
    """Title in the scenario."""

    taakveld: Line | None
    """Task field to which it belongs."""

    covers: tuple[BillName, ...]
    """Groups and lines of the bill that it pays for."""

    budget: Cost
    """Budget, in the prices of its year."""

    index: Number
    """What rising prices add, from the year of the budget to the price level."""

    gaps: tuple[GapLine, ...]
    """Known differences."""

    rest: Number
    """What nothing explains; below 0 where less is simulated than budgeted."""

    simulated: Cost
    """Full cost of what it covers in today's bill, as simulated."""


class OpenPart(Entry):
    """A part of today's bill for which no entry of the budget pays."""

    part: BillName
    """Group of the bill, or line of one that is covered in part."""

    amount: Cost
    """Full cost, as simulated."""


class Reconciliation(Entry):
    """Budget figures beside today as rostered (0), entry by entry, at the price level.

    budget + index + gaps + rest + not covered = simulated.
    """

    year: Year
    """Year of the budget."""

    price_level: Year
    """Year in whose prices the scenario is."""

    factor: Annotated[Number, Field(gt=0)]
    """Index of the price level divided by that of the year of the budget."""

    entries: tuple[EntryLine, ...]
    """Entries of the budget."""

    open: tuple[OpenPart, ...]
    """What no entry covers."""

    empty: tuple[Name, ...]
    """Entries that cover nothing of today's bill."""

    budget: Cost
    """All entries together, in the prices of their year."""

    index: Number
    """What rising prices add to them."""

    gaps: Number
    """Known differences together."""

    rest: Number
    """What nothing explains."""

    not_covered: Cost
    """What no entry covers, together."""

    simulated: Cost
    """Full cost of today as rostered."""


class FieldYear(Entry):
    """The effect of a strategy on one task field in one year; below 0 is an advantage."""

    year: Year
    """Calendar year."""

    structural: Number
    """Structural costs against 0*."""

    once: Number
    """One-off costs against 0*."""


class TaskField(Entry):
    """The effect of a strategy on one task field (*taakveld*) of the budget."""

    letter: Letter
    """Badge of the strategy."""

    taakveld: Line | None
    """Task field; ``null`` for lines of which no entry names one."""

    years: tuple[FieldYear, ...]
    """By year."""


class ViewYear(Entry):
    """One year in which investments are depreciated: cash − invested + depreciation + interest."""

    year: Year
    """Calendar year."""

    cash: Number
    """Effect on cash against 0*, structural and one-off; below 0 is an advantage."""

    invested: Number
    """Of which investments, paid in this year."""

    depreciation: Number
    """Depreciation of this and earlier years' investments, in a straight line."""

    interest: Number
    """Internal interest on what was not yet depreciated at the beginning of the year."""

    budget: Number
    """Effect on the budget."""


class BudgetView(Entry):
    """A strategy as a budget shows it, with depreciation and interest; no present value uses it."""

    letter: Letter
    """Badge of the strategy."""

    interest_rate: Annotated[Number, Field(ge=0)]
    """Internal interest rate a year."""

    years: tuple[ViewYear, ...]
    """By year."""

    left: Number
    """Book value that is left after these years."""


class Deadline(Entry):
    """When has to be decided, for people to be at work when the first year begins."""

    letter: Letter
    """Badge of the strategy."""

    lead_time: Annotated[Number, Field(gt=0)]
    """Months between deciding to hire and being at work."""

    before: Day
    """Last day on which the decision is in time."""

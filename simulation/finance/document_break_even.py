"""Break-even in the case document: at which value of an assumption a strategy costs no more."""

from typing import Annotated, Literal

from pydantic import Field

from simulation.comparison.document import Entry
from simulation.comparison.fields import Letter, Number

Side = Literal["from", "up_to", "always", "never", "none"]
"""On which side of the value the structural cost is at most that of 0*; ``none`` where a strategy
has no such value."""


class BreakEvenPoint(Entry):
    """The structural cost of a strategy less that of 0*, at one value."""

    value: Number
    """The share, the number, or the duration in seconds."""

    contracts: Number
    """Euros a year in whole contracts; below 0 is an advantage."""

    fte: Number
    """Euros a year without rounding to contracts."""

    low: Number | None
    """Lower end of the 90 % interval around ``contracts``: simulation alone, under these
    assumptions, and at least half of a step in size."""

    high: Number | None
    """Upper end."""

    half: Number | None = None
    """Half of the 90 % interval around ``fte``, at least half of a step in size: ripples within it
    are chance. ``null`` below ten replications and in cases of earlier versions."""

    simulated: bool
    """Whether this value was simulated; else people and quantities lie on the line between its
    neighbours that were."""


class BreakEven(Entry):
    """Where the structural cost of a strategy becomes and stays that of 0* or less."""

    letter: Letter
    """Badge of the strategy."""

    path: Annotated[str, Field(max_length=300)] | None
    """Path of the assumption; ``null`` for the share of answered messages that replace a call or
    visit, while as many messages come."""

    unit: Literal["share", "number", "seconds"]
    """What values are in."""

    base: Number | None
    """The value in the scenario."""

    side: Side
    """From the value on, up to it, always, never within the points, or no such value."""

    value: Number | None
    """Break-even in whole contracts; ``null`` for never."""

    low: Number | None
    """Lower end of its 90 % interval: where the lower end of the cost turns; ``null`` where that
    does not turn."""

    high: Number | None
    """Upper end; ``null`` where it does not turn within the points."""

    without_rounding: Number | None
    """Break-even without rounding to contracts."""

    points: tuple[BreakEvenPoint, ...]
    """By rising value; steps from whole contracts are visible."""

"""Blocks of a week: when something is open, how many are rostered, how many come.

One notation serves opening hours, rosters and rates. A block holds on some weekdays, from
one time of day until another, within a range of dates if that is stated. Either one value
holds throughout the block, or a list of values holds for equal steps of ``every``.
"""

from abc import abstractmethod
from typing import Annotated, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.values import DAY, MINUTE, Amount, Clock, Count, Date, Days, Duration

MAX_STEPS = 288
"""Five-minute steps in a day: the finest interval."""


class Block(Part):
    """A part of the week, such as ``{days: mon-fri, from: 09:00, until: 17:00}``."""

    days: Days = (0, 1, 2, 3, 4, 5, 6)
    """Weekdays on which the block holds; all days if not given."""

    start: Clock = Field(default=0, alias="from")
    """Time of day at which the block begins; 00:00 if not given."""

    until: Clock | None = None
    """Time of day at which the block ends; 24:00, or the end of the list, if not given."""

    first_date: Date | None = None
    """First date on which the block holds."""

    last_date: Date | None = None
    """Last date on which the block holds."""

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if (DAY if self.until is None else self.until) <= self.start:
            raise ValueError("'until' must be later than 'from'; write a block for each day part")
        if self.first_date and self.last_date and self.last_date < self.first_date:
            raise ValueError("'last_date' must not be before 'first_date'")
        return self


class SteppedBlock(Block):
    """A block whose value may change in equal steps."""

    every: Duration | None = None
    """Length of a step when a list of values is given; 1 hour if not given, at least 5 minutes."""

    @abstractmethod
    def stated(self) -> float | tuple[float, ...]:
        """Give what the block states: one value that holds throughout, or one for each step."""

    def values(self) -> tuple[float, ...]:
        """Give the values of the block, in order."""
        stated = self.stated()
        return stated if isinstance(stated, tuple) else (stated,)

    def steps(self) -> list[tuple[int, int, float]]:
        """Give (begin, end, value) for each step, in microseconds since midnight."""
        stated = self.stated()
        if not isinstance(stated, tuple):
            return [(self.start, DAY if self.until is None else self.until, stated)]
        step = self.every or 60 * MINUTE
        return [
            (self.start + place * step, self.start + (place + 1) * step, value)
            for place, value in enumerate(stated)
        ]

    @model_validator(mode="after")
    def _steps_fit_the_day(self) -> Self:
        if self.every is not None and not 5 * MINUTE <= self.every <= DAY:
            raise ValueError("'every' must be from 5 minutes to 24 hours")
        if not isinstance(self.stated(), tuple):
            return self
        end = self.steps()[-1][1]
        if end > DAY or (self.until is not None and self.until != end):
            raise ValueError(
                f"{len(self.values())} values do not fill the block exactly; change the number of"
                " values, 'every' or 'until'"
            )
        return self


class HeadsBlock(SteppedBlock):
    """A part of the roster: how many people are rostered, present or absent."""

    heads: Count | Annotated[tuple[Count, ...], Field(min_length=1, max_length=MAX_STEPS)]
    """People rostered: one number, or a list with one for each step of ``every``."""

    def stated(self) -> float | tuple[float, ...]:
        """Give the heads: one number, or one for each step."""
        return self.heads


class RateBlock(SteppedBlock):
    """Expected arrivals per hour in a part of the week."""

    per_hour: Amount | Annotated[tuple[Amount, ...], Field(min_length=1, max_length=MAX_STEPS)]
    """Expected contacts per hour: one number, or a list with one for each step of ``every``."""

    def stated(self) -> float | tuple[float, ...]:
        """Give the hourly rate: one number, or one for each step."""
        return self.per_hour


class WeightBlock(SteppedBlock):
    """Relative busyness in a part of the day."""

    weight: Amount | Annotated[tuple[Amount, ...], Field(min_length=1, max_length=MAX_STEPS)]
    """Relative weight of each step; only the proportions count."""

    def stated(self) -> float | tuple[float, ...]:
        """Give the weight: one number, or one for each step."""
        return self.weight

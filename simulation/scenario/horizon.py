"""The period that is simulated, and the calendar of days on which the municipality is closed."""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.text import Text
from simulation.scenario.values import DAY, HOUR, Date, Duration, Moment


class Horizon(Part):
    """One simulated period."""

    start: Moment
    """First moment of the simulated period, in local civil time."""

    length: Duration
    """Length of the period in which contacts arrive, warm-up included."""

    name: Text | None = None
    """What readers call the period, such as "an ordinary week in March"."""

    warm_up: Duration = 0
    """Part at the beginning that is played but not counted."""

    run_out: Literal["drain", "cut"] = "drain"
    """After the horizon: play on until everyone has left, or censor who is still there."""

    @model_validator(mode="after")
    def _lengths(self) -> Self:
        if self.length < HOUR // 60:
            raise ValueError("'length' must be at least 1 minute")
        if self.warm_up >= self.length:
            raise ValueError("'warm_up' must be shorter than 'length'")
        return self

    @property
    def midnight(self) -> int:
        """Microseconds from the midnight before the start to the start."""
        start = self.start
        return ((start.hour * 60 + start.minute) * 60 + start.second) * (DAY // 86_400)

    @property
    def first_day(self) -> dt.date:
        """The calendar day of the start."""
        return self.start.date()


class Calendar(Part):
    """Days on which channels are closed and teams are off, besides their weekly pattern."""

    public_holidays: Literal["none", "NL"] = "none"
    """Whose public holidays close the municipality."""

    good_friday_open: bool = True
    """Whether Good Friday is a working day, as at most municipalities."""

    liberation_day: Literal["open", "closed", "lustrum"] = "lustrum"
    """5 May: open, closed, or closed only in lustrum years (2025, 2030, ...)."""

    bridge_days_closed: bool = False
    """Whether the Friday after Ascension Day, and a Monday or Friday between a holiday and a
    weekend, are closed."""

    closed: Annotated[tuple[Date, ...], Field(max_length=2_000)] = ()
    """Other days that are closed, such as a strike or a local holiday."""

    open: Annotated[tuple[Date, ...], Field(max_length=2_000)] = ()
    """Days that are open although they would be closed."""

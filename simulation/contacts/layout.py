"""How a stream lies over the days of the horizon, before anything is drawn.

The rhythm of a stream gives each day a pattern, closed days lose theirs or hand it to the next open
day, and a yearly volume scales what remains so that a calendar year adds up to it.
"""

import datetime as dt
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from simulation.contacts.timetable import DayPattern, Pattern, Timetable, add_up, opened, stepped
from simulation.scenario.channels import Channel
from simulation.scenario.demand import Stream
from simulation.scenario.values import HOUR

ClosedRule = Literal["lost", "next_open_day", "comes"]

_ONE_DAY = dt.timedelta(days=1)
_WORKING_WEEK = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)


class Layout:
    """One stream, laid out over the days of the horizon.

    Parameters
    ----------
    name : key of the stream
    stream, channel : the stream, and where its contacts arrive
    timetable : gives the days of the horizon, and which are closed
    """

    def __init__(self, name: str, stream: Stream, channel: Channel, timetable: Timetable) -> None:
        self.name = name
        self.stream = stream
        self.timetable = timetable
        self.rule: ClosedRule = stream.on_closed_days or (
            "lost" if stream.rates is None else "comes"
        )
        if channel.holidays == "open":
            self.rule = "comes"
        self._profile = self._rhythm(channel)

    def _rhythm(self, channel: Channel) -> DayPattern:
        """Give the pattern of a day: contacts per microsecond, or weights in that proportion."""
        stream = self.stream
        if stream.rates is not None:
            hourly = stepped(stream.rates)
            return lambda date: _scaled(hourly(date), 1.0 / HOUR)
        weights = stepped(stream.hours) if stream.hours else opened(channel)
        season = stream.season or (1.0,) * 12
        weekdays = stream.weekdays or _WORKING_WEEK

        def pattern(date: dt.date) -> Pattern:
            day = weights(date)
            weight = season[date.month - 1] * weekdays[date.weekday()]
            total = _total(day)
            return _scaled(day, weight / total) if weight and total else ()

        return pattern

    def days(self) -> Iterator[tuple[int, Pattern]]:
        """Give midnight and pattern of each day of the horizon on which somebody is expected."""
        dates = list(self.timetable.days(self.timetable.length))
        factors = {year: self._factor(year) for year in {date.year for date in dates}}
        landed = self._landed(dates[0], dates[-1])
        for date in dates:
            if date in landed:
                yield self.timetable.midnight_of(date), _scaled(landed[date], factors[date.year])

    def _factor(self, year: int) -> float:
        """Give what turns the weights of a calendar year into contacts."""
        if self.stream.yearly is None:
            return 1.0
        landed = self._landed(dt.date(year, 1, 1), dt.date(year, 12, 31))
        total = math.fsum(_total(pattern) for pattern in landed.values())
        if not total and self.stream.yearly:
            raise ValueError(
                f"stream {self.name!r} has no day in {year} on which its yearly volume can come"
            )
        return self.stream.yearly / total if total else 0.0

    def _landed(self, first: dt.date, last: dt.date) -> dict[dt.date, Pattern]:
        """Give the demand of each day after closed days, from first to last.

        Demand that moves lands on the next open day that has demand of its own, in the next
        calendar year if need be. The year before is laid out too, for what moves into this one.
        """
        landed: dict[dt.date, Pattern] = {}
        waiting: list[Pattern] = []
        date = dt.date(first.year - 1, 1, 1) if self.rule == "next_open_day" else first
        while date <= last:
            own = self._profile(date)
            closed = self.rule != "comes" and self.timetable.closed(date)
            if own and closed and self.rule == "next_open_day":
                waiting.append(own)
            elif own and not closed:
                if date >= first:
                    landed[date] = _sum([own, *waiting])
                waiting = []
            date += _ONE_DAY
        return landed


def _sum(patterns: list[Pattern]) -> Pattern:
    if len(patterns) == 1:
        return patterns[0]
    return add_up([piece for pattern in patterns for piece in pattern])


@lru_cache(maxsize=4096)
def _scaled(pattern: Pattern, factor: float) -> Pattern:
    """Give a pattern with other values; a year has few different days."""
    return tuple((begin, end, value * factor) for begin, end, value in pattern)


@lru_cache(maxsize=4096)
def _total(pattern: Pattern) -> float:
    """Give the sum of a pattern over the day."""
    return math.fsum((end - begin) * value for begin, end, value in pattern)

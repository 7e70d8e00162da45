"""The calendar as a line of microseconds: when something is open, rostered or busy.

Play knows no dates. A timetable translates the weekly blocks of a scenario, its closed days and
its months into microseconds since the start of the horizon. Every day has 24 hours: the two
clock changes of a year are ignored.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import holidays

from simulation.scenario.blocks import Block, SteppedBlock
from simulation.scenario.channels import Channel
from simulation.scenario.horizon import Calendar, Horizon
from simulation.scenario.values import DAY

Step = tuple[int, int, float]
"""(begin, end, value) in microseconds."""

Pattern = tuple[Step, ...]
"""What holds on one day, in microseconds since midnight: sorted, without overlap."""

_ONE_DAY = dt.timedelta(days=1)
_MONDAY, _TUESDAY, _THURSDAY, _FRIDAY = 0, 1, 3, 4
_LUSTRUM = 5

DayPattern = Callable[[dt.date], Pattern]
"""Gives the pattern of a date."""


class Timetable:
    """The days of one horizon.

    Parameters
    ----------
    horizon : the period that is simulated; time 0 is its start
    calendar : closed days
    """

    def __init__(self, horizon: Horizon, calendar: Calendar) -> None:
        self.first_day = horizon.first_day
        self.midnight = horizon.midnight
        self.length = horizon.length
        self._start = horizon.start
        self._calendar = calendar
        self._closed: dict[dt.date, bool] = {}
        # The library of public holidays fills in each year when it is first asked for.
        self._library = holidays.country_holidays("NL", language="nl")

    def closed(self, date: dt.date) -> bool:
        """Tell whether the municipality is closed on a date."""
        if date not in self._closed:
            self._closed[date] = self._is_closed(date)
        return self._closed[date]

    def moment(self, moment: dt.datetime) -> int:
        """Give a moment in microseconds since the start of the horizon (negative before it)."""
        return (moment - self._start) // dt.timedelta(microseconds=1)

    def midnight_of(self, date: dt.date) -> int:
        """Give the begin of a date in microseconds since the start of the horizon."""
        return (date - self.first_day).days * DAY - self.midnight

    def days(self, end: int) -> Iterator[dt.date]:
        """Give the dates that [0, end) touches."""
        for number in range(-(-(end + self.midnight) // DAY)):
            yield self.first_day + number * _ONE_DAY

    def steps(
        self, blocks: Sequence[SteppedBlock], end: int, *, on_closed_days: bool
    ) -> list[Step]:
        """Give the steps in which a value holds.

        Parameters
        ----------
        blocks : blocks of the week; where they overlap, their values add up
        end : end of the line, in microseconds; steps are clipped to [0, end)
        on_closed_days : whether the blocks hold on closed days too

        Returns
        -------
        Sorted (begin, end, value); neighbours with equal values are one step, and where the
        value is 0 there is none.
        """
        return self.lay_out(stepped(blocks), end, on_closed_days=on_closed_days)

    def lay_out(self, pattern: DayPattern, end: int, *, on_closed_days: bool) -> list[Step]:
        """Give the steps of a pattern of days, as `steps` does for blocks."""
        line: list[Step] = []
        for date in self.days(end):
            if self.closed(date) and not on_closed_days:
                continue
            midnight = self.midnight_of(date)
            for begin, until, value in pattern(date):
                _extend(line, max(0, midnight + begin), min(end, midnight + until), value)
        return line

    def openings(self, channel: Channel, end: int) -> list[tuple[int, int]]:
        """Give the intervals [begin, end) in which a channel is open, adjacent ones merged."""
        steps = self.lay_out(opened(channel), end, on_closed_days=channel.holidays == "open")
        return [(begin, until) for begin, until, _ in steps]

    def month_begins(self, end: int) -> list[int]:
        """Give the begin of each month that [0, end) touches; the first may be before 0."""
        return [self.midnight_of(first) for first in self._firsts(end)]

    def months(self, end: int) -> list[str]:
        """Give the labels of the months that [0, end) touches, such as ``"2026-01"``."""
        return [f"{first:%Y-%m}" for first in self._firsts(end)]

    def _firsts(self, end: int) -> list[dt.date]:
        """Give the first day of each month that [0, end) touches."""
        firsts = [self.first_day.replace(day=1)]
        while True:
            after = (firsts[-1] + 31 * _ONE_DAY).replace(day=1)
            if self.midnight_of(after) >= end:
                return firsts
            firsts.append(after)

    def _is_closed(self, date: dt.date) -> bool:
        calendar = self._calendar
        if date in calendar.open:
            return False
        if date in calendar.closed or self._holiday(date):
            return True
        return calendar.bridge_days_closed and self._bridge_day(date)

    def _bridge_day(self, date: dt.date) -> bool:
        """Tell whether a date lies between a public holiday and a weekend."""
        if date.weekday() == _MONDAY:
            return self._holiday(date + _ONE_DAY)
        return date.weekday() == _FRIDAY and self._holiday(date - _ONE_DAY)

    def _holiday(self, date: dt.date) -> bool:
        calendar = self._calendar
        if calendar.public_holidays == "none":
            return False
        if (date.month, date.day) == (5, 5):
            return self._liberation_day(date)
        name = self._library.get(date)
        if name is None:
            return False
        return not (calendar.good_friday_open and "Goede vrijdag" in name)

    def _liberation_day(self, date: dt.date) -> bool:
        """Tell whether 5 May is closed; in 2016 it was Ascension Day as well."""
        rule = self._calendar.liberation_day
        if "Hemelvaartsdag" in (self._library.get(date) or ""):
            return True
        return rule == "closed" or (rule == "lustrum" and date.year % _LUSTRUM == 0)


def stepped(blocks: Sequence[SteppedBlock]) -> DayPattern:
    """Give the pattern of each date that blocks with values make."""
    return _pattern(blocks, [tuple(block.steps()) for block in blocks])


def constant(blocks: Sequence[Block], values: Sequence[float]) -> DayPattern:
    """Give the pattern of each date that blocks with one value each make."""
    return _pattern(
        blocks,
        [
            ((block.start, DAY if block.until is None else block.until, value),)
            for block, value in zip(blocks, values, strict=True)
        ],
    )


def opened(channel: Channel) -> DayPattern:
    """Give the pattern of each date that a channel's weekly hours make: value 1 when open."""
    if channel.open == "always":
        return lambda _: ((0, DAY, 1.0),)
    weekly = constant(channel.open, [1.0] * len(channel.open))
    known: dict[Pattern, Pattern] = {}

    def pattern(date: dt.date) -> Pattern:
        own = weekly(date)
        if own not in known:
            known[own] = tuple((begin, until, 1.0) for begin, until, _ in own)
        return known[own]

    return pattern


def add_up(pieces: Sequence[Step]) -> Pattern:
    """Cut pieces where one of them begins or ends, and add up those that overlap.

    Neighbours with equal values stay apart, so that a change in one leaves the other as it was.
    Sums are exact before they are rounded, so that the order of the pieces does not matter.
    """
    if _without_overlap(pieces):
        return tuple(sorted(piece for piece in pieces if piece[2]))
    edges = sorted({edge for begin, end, _ in pieces for edge in (begin, end)})
    cut: list[Step] = []
    for begin, end in pairwise(edges):
        value = math.fsum(piece[2] for piece in pieces if piece[0] <= begin and end <= piece[1])
        if value:
            cut.append((begin, end, value))
    return tuple(cut)


def _without_overlap(pieces: Sequence[Step]) -> bool:
    ordered = sorted(pieces)
    return all(one[1] <= other[0] for one, other in pairwise(ordered))


def _pattern(blocks: Sequence[Block], pieces: Sequence[Sequence[Step]]) -> DayPattern:
    """Give the pattern of a date; days on which the same blocks hold share one."""
    known: dict[tuple[int, ...], Pattern] = {}
    weekly: dict[int, Pattern] = {}
    dated = any(block.first_date or block.last_date for block in blocks)

    def pattern(date: dt.date) -> Pattern:
        weekday = date.weekday()
        if weekday in weekly:
            return weekly[weekday]
        holding = tuple(number for number, block in enumerate(blocks) if _holds(block, date))
        if holding not in known:
            known[holding] = add_up([step for number in holding for step in pieces[number]])
        if not dated:
            weekly[weekday] = known[holding]
        return known[holding]

    return pattern


def _holds(block: Block, date: dt.date) -> bool:
    return (
        date.weekday() in block.days
        and (block.first_date is None or block.first_date <= date)
        and (block.last_date is None or date <= block.last_date)
    )


def _extend(line: list[Step], begin: int, end: int, value: float) -> None:
    """Append a step, or lengthen the last one if it goes on with the same value."""
    if begin >= end:
        return
    if line and line[-1][1] == begin and line[-1][2] == value:
        line[-1] = (line[-1][0], end, value)
    else:
        line.append((begin, end, value))

"""Expected contacts: what a stream of demand means for each interval of the horizon.

The days on which a stream is laid out are cut at every clock hour, and at the steps of its rhythm.
An interval is named after its begin on the calendar, so it keeps its citizens when the volume,
the horizon or another stream changes.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.layout import Layout
from simulation.contacts.portable import power
from simulation.contacts.timetable import Pattern, Timetable
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, HOUR, SECOND

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EPOCH = dt.datetime(1990, 1, 1)
_YEAR_IN_DAYS = 365.25
_NO_TIMES: Ints = np.empty(0, np.int64)
_NO_VALUES: Floats = np.empty(0, np.float64)


@dataclass(frozen=True)
class Intervals:
    """Intervals with the contacts that are expected in them.

    Attributes
    ----------
    begin, end : int64, shape (n,), microseconds since the start of the horizon, clipped to it
    mean : float64, shape (n,), expected contacts, above 0
    identity : int64, shape (n,), seconds from 1990-01-01 to the begin, before clipping
    """

    begin: Ints
    end: Ints
    mean: Floats
    identity: Ints

    def times(self, factor: float | Floats) -> "Intervals":
        """Multiply the expected contacts; intervals that come to nothing are left out."""
        mean = self.mean * factor
        if mean.min(initial=1.0) > 0:
            return replace(self, mean=mean)
        some = mean > 0
        return Intervals(self.begin[some], self.end[some], mean[some], self.identity[some])


@dataclass(frozen=True)
class StreamRates:
    """What one stream of base demand brings, all reasons together.

    Attributes
    ----------
    name : key of the stream
    channel : index of the channel at which the contacts arrive
    shares : share of each reason, in the scenario's order
    intervals : expected contacts, trend included, before random factors and shift
    """

    name: str
    channel: int
    shares: tuple[float, ...]
    intervals: Intervals


def expected_counts(scenario: Scenario, timetable: Timetable) -> list[StreamRates]:
    """Give the expected contacts of every stream, in the order of their names."""
    channels = list(scenario.channels)
    rates = []
    for name in sorted(scenario.demand):
        stream = scenario.demand[name]
        channel = stream.channel or name
        layout = Layout(name, stream, scenario.channels[channel], timetable)
        intervals = cut_up(layout.days(), timetable)
        factor = _trend(scenario, channel, intervals, timetable)
        shares = reason_shares(stream.reasons, scenario)
        rates.append(StreamRates(name, channels.index(channel), shares, intervals.times(factor)))
    return rates


def reason_shares(shares: dict[str, float], scenario: Scenario) -> tuple[float, ...]:
    """Give the share of each reason, in the scenario's order (all the first if none is named)."""
    if not shares:
        shares = {next(iter(scenario.reasons)): 1.0}
    return tuple(shares.get(reason, 0.0) for reason in scenario.reasons)


def cut_up(pieces: Iterator[tuple[int, Pattern]], timetable: Timetable) -> Intervals:
    """Make intervals of days, cut at each clock hour and clipped to the horizon.

    Parameters
    ----------
    pieces : (midnight, pattern) of each day; values are expected contacts per microsecond
    timetable : gives the horizon and what its time 0 is on the calendar
    """
    hourly: dict[Pattern, tuple[Ints, Ints, Floats]] = {}
    begins, ends, values = [_NO_TIMES], [_NO_TIMES], [_NO_VALUES]
    for midnight, pattern in pieces:
        if pattern not in hourly:
            hourly[pattern] = _by_the_hour(pattern)
        begin, end, value = hourly[pattern]
        begins.append(begin + midnight)
        ends.append(end + midnight)
        values.append(value)
    return clip(np.concatenate(begins), np.concatenate(ends), np.concatenate(values), timetable)


def clip(begin: Ints, end: Ints, density: Floats, timetable: Timetable) -> Intervals:
    """Clip intervals with a density (contacts per microsecond) to the horizon."""
    first = np.maximum(begin, 0)
    last = np.minimum(end, timetable.length)
    mean = density * np.maximum(last - first, 0)
    identity = (begin - timetable.moment(_EPOCH)) // SECOND
    some = mean > 0
    return Intervals(first[some], last[some], mean[some], identity[some])


def _by_the_hour(pattern: Pattern) -> tuple[Ints, Ints, Floats]:
    """Cut the pattern of a day at the clock hours."""
    cut = [
        (max(begin, hour), min(end, hour + HOUR), value)
        for begin, end, value in pattern
        for hour in range(begin - begin % HOUR, end, HOUR)
    ]
    return (
        np.array([begin for begin, _, _ in cut], np.int64),
        np.array([end for _, end, _ in cut], np.int64),
        np.array([value for _, _, value in cut], np.float64),
    )


def _trend(
    scenario: Scenario, channel: str, intervals: Intervals, timetable: Timetable
) -> float | Floats:
    """Give the factor of the autonomous trend for each interval; it changes by the day."""
    trend = scenario.shift.trend.get(channel)
    if trend is None:
        return 1.0
    since = (trend.since.date() - timetable.first_day).days
    day = (intervals.begin + timetable.midnight) // DAY
    days, place = np.unique(day, return_inverse=True)
    years = (days - since) / _YEAR_IN_DAYS
    return power(np.full(len(days), 1.0 + trend.yearly_change), years)[place]

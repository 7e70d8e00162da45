"""Time in intervals, counted inside a window and in opening hours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.values import HOUR

Times = NDArray[np.int64]
"""Microseconds since the start of the horizon."""


def overlap(begin: Times, end: Times, window: tuple[int, int]) -> Times:
    """Give how much of each interval [begin, end) lies inside a window, in microseconds."""
    inside: Times = np.minimum(end, window[1]) - np.maximum(begin, window[0])
    return np.maximum(inside, 0)


def hours(durations: Times) -> float:
    """Add up microseconds as hours; the sum is exact, the division rounds once."""
    return int(durations.sum(dtype=np.int64)) / HOUR


def step_hours(begin: Times, end: Times, values: Times, window: tuple[int, int]) -> float:
    """Give the hours under a step function, ``values`` in [begin, end), inside a window."""
    return hours(overlap(begin, end, window) * values)


class WorkingClock:
    """The clock of a channel's opening hours, and its count of working days.

    Parameters
    ----------
    openings : opening intervals in order of time, microseconds
    midnight : microseconds from the midnight before the horizon to its start
    day : length of a day
    """

    def __init__(self, openings: Sequence[tuple[int, int]], midnight: int, day: int) -> None:
        pairs = np.array(openings, dtype=np.int64).reshape(-1, 2)
        self.opens, self.closes = pairs[:, 0], pairs[:, 1]
        length = self.closes - self.opens
        self.before = np.concatenate([[0], np.cumsum(length)[:-1]]) if len(pairs) else length
        self._first_day = (self.opens + midnight) // day
        self._midnight, self._length = midnight, day
        self._working_days = np.unique(
            np.concatenate(
                [
                    np.arange(first, (end + midnight - 1) // day + 1)
                    for first, end in zip(self._first_day, self.closes, strict=True)
                ]
            )
            if len(pairs)
            else np.array([], dtype=np.int64)
        )

    def elapsed(self, time: Times) -> Times:
        """Give the opening time passed since the start of the horizon, in microseconds."""
        if not len(self.opens):
            return np.zeros_like(time)
        place = np.maximum(np.searchsorted(self.opens, time, side="right") - 1, 0)
        inside = np.clip(time - self.opens[place], 0, self.closes[place] - self.opens[place])
        elapsed: Times = self.before[place] + inside
        return elapsed

    def deadline(self, arrived: Times, days: int) -> Times:
        """Give the closing time of the Nth working day after the day of arrival."""
        if not len(self.opens):
            return np.full_like(arrived, np.iinfo(np.int64).max)
        today = (arrived + self._midnight) // self._length
        place = np.searchsorted(self._working_days, today, side="right") - 1 + days
        known = place < len(self._working_days)
        day = self._working_days[np.minimum(place, len(self._working_days) - 1)]
        midnight = (day + 1) * self._length - self._midnight
        last = np.maximum(np.searchsorted(self.opens, midnight, side="left") - 1, 0)
        closing = np.minimum(self.closes[last], midnight)
        return np.where(known, closing, np.iinfo(np.int64).max)

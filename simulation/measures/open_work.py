"""Open work at moments that lie evenly in time: messages not answered, people who wait."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.play.record import NEVER

Ints = NDArray[np.int64]
Rows = NDArray[Any]
"""Rows of `ATTEMPT`."""


@dataclass(frozen=True)
class Marks:
    """Moments that lie evenly in time.

    Attributes
    ----------
    first, step : microseconds, the first one since the start of the horizon
    number : how many
    """

    first: int
    step: int
    number: int

    def times(self) -> Ints:
        """Give the moments, in microseconds since the start of the horizon."""
        return self.first + self.step * np.arange(self.number, dtype=np.int64)

    def count(self, begin: Ints, end: Ints) -> Ints:
        """Count, at each mark, the intervals [begin, end) that hold it."""
        counts: Ints = self.count_by(np.zeros(len(begin), np.int64), 1, begin, end)[0]
        return counts

    def count_by(self, group: Ints, groups: int, begin: Ints, end: Ints) -> Ints:
        """Count the same for each group of intervals; shape (groups, marks)."""
        width = self.number + 1
        change = np.zeros(groups * width, np.int64)
        for times, sign in ((begin, 1), (end, -1)):
            mark = np.clip(-((self.first - times) // self.step), 0, self.number)
            change += sign * np.bincount(group * width + mark, minlength=groups * width)
        counts: Ints = np.cumsum(change.reshape(groups, width), axis=1)[:, :-1]
        return counts


def marks_within(window: tuple[int, int], step: int, midnight: int) -> Marks:
    """Give the marks in a window, its begin included, that lie on whole steps of the clock.

    Parameters
    ----------
    window : begin and end, in microseconds since the start of the horizon
    step : from mark to mark; a part of a day
    midnight : microseconds from the midnight before the horizon to its start
    """
    first, after = (-(-(time + midnight) // step) for time in window)
    return Marks(first * step - midnight, step, max(0, after - first))


def open_intervals(rows: Rows, deferred: NDArray[np.bool_] | bool) -> tuple[Ints, Ints]:
    """Give from when until when attempts are open work, in microseconds.

    A message is open from when it was sent until it is answered; somebody who waits, from then
    until the conversation begins or patience ends.

    Parameters
    ----------
    rows : attempts
    deferred : which of them are messages
    """
    started, ended = rows["started"], rows["ended"]
    begin = np.where(deferred, rows["arrived"], rows["since"])
    return begin, np.where(deferred | (started == NEVER), ended, started)

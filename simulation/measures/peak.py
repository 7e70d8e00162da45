"""A peak: one period played with an event and without it, by the same citizens.

Because both have the same residents with the same luck, what differs is due to the event alone.
A channel has recovered at the first moment from which its open work stays within a margin of what
it would have been, until closing time of the second working day after.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulation.measures.open_work import Marks, marks_within, open_intervals
from simulation.measures.overlap import WorkingClock
from simulation.play.plan import Plan
from simulation.play.record import Cause, Outcome, Record
from simulation.scenario.values import DAY, HOUR, MINUTE

Ints = NDArray[np.int64]
Rows = NDArray[Any]

STEP: Final = 15 * MINUTE
"""Open work is compared at every quarter of an hour."""

CURVE_STEP: Final = HOUR
"""The curve of open work is kept at every hour."""

LEAST: Final = 1
SHARE: Final = 0.10
"""Open work counts as back to normal up to 1 more than without the event, or up to 10 % of the most
there is without it, if that is more."""


CALM_DAYS: Final = 2
"""Working days after that of recovery in which it must stay so."""

LATER: Final = np.iinfo(np.int64).max
"""Recovery of a channel that does not recover as long as it is followed."""

UNTOUCHED: Final = -1
"""Recovery of a channel that the event never put above the margin."""

LOST = (Outcome.ABANDONED, Outcome.BLOCKED, Outcome.SENT_AWAY)
"""Outcomes of attempts that found the channel open and met nobody."""


@dataclass(frozen=True)
class Side:
    """One of both plays, by channel.

    Attributes
    ----------
    largest : int64, shape (channels,): most open work at a mark, from the start of the event until
        recovery; where it was not noticed, until closing time of the second working day after
    longest : int64, shape (channels,), microseconds: longest wait of who came in that time; for
        messages in opening hours, until the answer
    attempts, lost : int64, shape (channels,): attempts from the start of the event on that found
        the channel open, and those among them that met nobody
    closed, again : int64, shape (channels,): attempts in that time that found the channel closed,
        and those that somebody made because an earlier one did
    curve : int32, shape (channels, curve marks): open work
    """

    largest: Ints
    longest: Ints
    attempts: Ints
    lost: Ints
    closed: Ints
    again: Ints
    curve: NDArray[np.int32]


@dataclass(frozen=True)
class Peak:
    """One replication with an event and without it.

    Attributes
    ----------
    recovered : int64, shape (channels,), microseconds since the start of the horizon; or
        `UNTOUCHED`, or `LATER`
    with_event, without : both plays
    """

    recovered: Ints
    with_event: Side
    without: Side


class PeakRules:
    """What both plays are compared by.

    Parameters
    ----------
    plan : of either; they differ in the event only
    window : start of the event, and until when it is followed, in microseconds

    Attributes
    ----------
    marks, curve_marks : moments at which open work is compared, and kept
    clocks : opening hours by channel
    calm_until : int64, shape (channels, marks): closing time of the second working day after
    """

    def __init__(self, plan: Plan, window: tuple[int, int]) -> None:
        midnight = plan.scenario.horizon.midnight
        self.window = window
        self.deferred = [channel.deferred for channel in plan.channels]
        self.marks = marks_within(window, STEP, midnight)
        day_before = max(0, (window[0] + midnight) // DAY * DAY - midnight)
        self.curve_marks = marks_within((day_before, window[1]), CURVE_STEP, midnight)
        self.clocks = [WorkingClock(each.openings, midnight, DAY) for each in plan.channels]
        times = self.marks.times()
        self.calm_until = np.array([clock.deadline(times, CALM_DAYS) for clock in self.clocks])


@lru_cache(maxsize=8)
def peak_rules(plan: Plan, window: tuple[int, int]) -> PeakRules:
    """Give the rules of a plan and a window, made once."""
    return PeakRules(plan, window)


def measure_peak(own: PeakRules, with_event: Record, without: Record) -> Peak:
    """Compare a replication with an event and the same one without it."""
    channels = range(len(own.deferred))
    both = [
        [record.attempts[record.attempts["channel"] == number] for number in channels]
        for record in (with_event, without)
    ]
    recovered = np.empty(len(channels), np.int64)
    for number in channels:
        more, usual = (_open(own, number, own.marks, side[number]) for side in both)
        recovered[number] = recovery(own.marks, own.calm_until[number], more, usual)
    sides = [_side(own, rows, recovered) for rows in both]
    return Peak(recovered, *sides)


def recovery(marks: Marks, calm_until: Ints, more: Ints, usual: Ints) -> int:
    """Give when open work is back to what it would have been, and stays so.

    Parameters
    ----------
    marks : moments of both
    calm_until : int64, by mark: until when it must stay so to count as recovered
    more, usual : int64, by mark: open work with the event, and without it

    Returns
    -------
    The moment of the mark, `UNTOUCHED` or `LATER`.
    """
    above = more - usual > max(LEAST, SHARE * int(usual.max(initial=0)))
    if not above.any():
        return UNTOUCHED
    times = marks.times()
    place = np.where(above, np.arange(len(above)), len(above))
    # The next mark above the margin, from each mark on; past the last one it is not known.
    next_above = np.minimum.accumulate(place[::-1])[::-1]
    begins = np.append(times, times[-1] + marks.step)[next_above]
    calm = (begins > calm_until) & (np.arange(len(above)) > np.argmax(above))
    return int(times[np.argmax(calm)]) if calm.any() else LATER


def _open(own: PeakRules, channel: int, marks: Marks, rows: Rows) -> Ints:
    return marks.count(*open_intervals(rows, own.deferred[channel]))


def _side(own: PeakRules, rows: list[Rows], recovered: Ints) -> Side:
    largest, longest, attempts, lost, closed, again = np.zeros((6, len(rows)), np.int64)
    curve = np.zeros((len(rows), own.curve_marks.number), np.int32)
    for number, all_rows in enumerate(rows):
        curve[number] = _open(own, number, own.curve_marks, all_rows)
        arrived = all_rows["arrived"]
        here = all_rows[(arrived >= own.window[0]) & (arrived < own.window[1])]
        closed[number] = np.count_nonzero(here["outcome"] == Outcome.CLOSED)
        again[number] = np.count_nonzero(here["cause"] == Cause.CLOSED)
        here = here[here["outcome"] != Outcome.CLOSED]
        attempts[number] = len(here)
        lost[number] = np.count_nonzero(np.isin(here["outcome"], LOST))
        until = own.calm_until[number, 0] if recovered[number] == UNTOUCHED else recovered[number]
        until = min(until, own.window[1])
        during = _open(own, number, own.marks, all_rows)[own.marks.times() <= until]
        largest[number] = during.max(initial=0)
        longest[number] = _waits(own, number, here[here["arrived"] < until]).max(initial=0)
    return Side(largest, longest, attempts, lost, closed, again, curve)


def _waits(own: PeakRules, channel: int, rows: Rows) -> Ints:
    """Give how long attempts waited: messages in opening hours, until their answer."""
    if own.deferred[channel]:
        clock = own.clocks[channel]
        waits: Ints = clock.elapsed(rows["ended"]) - clock.elapsed(rows["since"])
        return waits
    begin, end = open_intervals(rows, False)
    return end - begin

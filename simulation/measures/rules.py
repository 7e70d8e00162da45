"""What measuring needs of a plan, made once: months, and the times of norms as numbers."""

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.contacts.timetable import Timetable
from simulation.measures.overlap import WorkingClock
from simulation.play.plan import Plan
from simulation.scenario.norms import Norm
from simulation.scenario.values import DAY

Ints = NDArray[np.int64]


class Within(IntEnum):
    """How a norm's time is counted."""

    CLOCK = 0
    """On the clock, from the begin of the wait to its end."""
    OPEN = 1
    """In opening hours, from the begin of the wait to the end of the attempt."""
    DAYS = 2
    """By closing time of a working day after the day on which the wait began."""


class NormRule:
    """One norm.

    Attributes
    ----------
    channel : number of the channel
    within : how the time is counted
    limit : microseconds, for `Within.CLOCK` and `Within.OPEN`
    clock : opening hours of the channel
    deadlines : int64, for `Within.DAYS`: by day from the midnight before the horizon on, the
        latest end in time of an attempt whose wait began on that day; the last one holds for
        every later day too
    """

    def __init__(self, plan: Plan, norm: Norm) -> None:
        self.channel = list(plan.scenario.channels).index(norm.channel)
        openings, midnight = plan.channels[self.channel].openings, plan.scenario.horizon.midnight
        self.clock = WorkingClock(openings, midnight, DAY)
        self.deadlines = np.empty(0, np.int64)
        if norm.within is not None:
            self.within, self.limit = Within.CLOCK, norm.within
        elif norm.within_working_time is not None:
            self.within, self.limit = Within.OPEN, norm.within_working_time
        else:
            self.within, self.limit = Within.DAYS, 0
            days = (plan.end + midnight) // DAY + 2
            begins = np.arange(days, dtype=np.int64) * DAY - midnight
            self.deadlines = self.clock.deadline(begins, norm.within_working_days or 0)


class Rules:
    """The rules of one plan.

    Attributes
    ----------
    warm_up, horizon : the counted part of the horizon, in microseconds
    midnight : microseconds from the midnight before the horizon to its start
    months : labels of the months of the horizon
    deferred, slowed : bool, shape (channels,): messages; conversations slowed by others
    norms : in the scenario's order
    reasons, teams : how many
    """

    def __init__(self, plan: Plan) -> None:
        horizon = plan.scenario.horizon
        self.warm_up, self.horizon, self.midnight = horizon.warm_up, plan.horizon, horizon.midnight
        timetable = Timetable(horizon, plan.scenario.calendar)
        self.months = timetable.months(plan.horizon)
        self._month_begins = np.array(timetable.month_begins(plan.horizon), np.int64)
        self.deferred = np.array([channel.deferred for channel in plan.channels], np.bool_)
        self.slowed = np.array([bool(channel.slowdown) for channel in plan.channels], np.bool_)
        self.norms = [NormRule(plan, norm) for norm in plan.scenario.norms.values()]
        self.reasons, self.teams = len(plan.scenario.reasons), len(plan.teams)

    def first_counted(self, contacts: Contacts) -> int:
        """Give the number of the first contact that came after the warm-up."""
        return int(np.searchsorted(contacts.time, self.warm_up))

    def month(self, contacts: Contacts) -> NDArray[np.int16]:
        """Give the month of each contact; 0 is the month in which the horizon starts."""
        edges = np.searchsorted(contacts.time, self._month_begins[1:])
        counts = np.diff(edges, prepend=0, append=len(contacts))
        return np.repeat(np.arange(len(counts), dtype=np.int16), counts)


@lru_cache(maxsize=16)
def rules(plan: Plan) -> Rules:
    """Give the rules of a plan, made once."""
    return Rules(plan)

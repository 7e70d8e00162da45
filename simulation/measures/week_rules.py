"""What the week of a plan is measured by, made once: hour marks, teams, closing times."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.measures.open_work import marks_within
from simulation.measures.overlap import WorkingClock
from simulation.play.plan import Plan
from simulation.scenario.values import DAY, HOUR, MINUTE

Ints = NDArray[np.int64]

HOURS_A_DAY = 24
DAYS_A_WEEK = 7
HOURS_A_WEEK = HOURS_A_DAY * DAYS_A_WEEK

ANSWER_EDGES: Ints = np.arange(0, 80 * HOUR + 1, 5 * MINUTE, dtype=np.int64)
"""Opening times, in microseconds, at which the distribution of answer times is kept."""

ANSWER_DAYS = 11
"""Working days by whose closing time answers are counted: 0 is the day of arrival."""


class WeekRules:
    """The week of one plan.

    Attributes
    ----------
    window : counted part of the horizon: end of the warm-up, end of the horizon
    midnight : microseconds from the midnight before the horizon to its start
    marks : the clock hours in the window
    hour_of_week : int64, shape (marks,): 0 is the mark of Monday 0:00
    weekday : day of the week of that midnight; 0 is Monday
    teams : names of the teams of the scenario
    parent : int64, shape (teams of the plan,): the team of the scenario that each belongs to
    rosters : by team of the plan, int64, shape (steps, 3): begin, end, heads
    works : bool, shape (teams,): teams that serve a channel
    deferred : numbers of the channels of messages
    clocks : opening hours by number of a channel of messages
    deadlines : by number of such a channel, int64, shape (`ANSWER_DAYS`, days): latest end of
        a message whose wait began on a day, to be answered by closing time of a working day
    """

    def __init__(self, plan: Plan) -> None:
        horizon = plan.scenario.horizon
        self.window = horizon.warm_up, plan.horizon
        self.midnight = horizon.midnight
        self.marks = marks_within(self.window, HOUR, self.midnight)
        self.weekday = horizon.first_day.weekday()
        hours = self.weekday * HOURS_A_DAY + (self.marks.times() + self.midnight) // HOUR
        self.hour_of_week = hours % HOURS_A_WEEK
        self.teams = list(plan.scenario.teams)
        self.parent = np.array([self.teams.index(team.parent) for team in plan.teams], np.int64)
        self.rosters = [np.array(team.roster, np.int64).reshape(-1, 3) for team in plan.teams]
        self.works = np.zeros(len(self.teams), np.bool_)
        self.works[self.parent] = [bool(team.groups) for team in plan.teams]
        self.deferred = [place for place, each in enumerate(plan.channels) if each.deferred]
        self.clocks = {
            place: WorkingClock(plan.channels[place].openings, self.midnight, DAY)
            for place in self.deferred
        }
        begins = np.arange((plan.end + self.midnight) // DAY + 2, dtype=np.int64) * DAY
        self.deadlines = {
            place: np.array(
                [clock.deadline(begins - self.midnight, day) for day in range(ANSWER_DAYS)]
            )
            for place, clock in self.clocks.items()
        }


@lru_cache(maxsize=16)
def week_rules(plan: Plan) -> WeekRules:
    """Give the rules of a plan, made once."""
    return WeekRules(plan)

"""The week as a planner sees it: open work by the hour, answer times, how busy teams are.

Each replication gives a `Week` of whole numbers; a `WeekTally` adds them up. Neither its memory
nor its bytes depend on how many replications there are, or in what order they are added.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.measures.histogram import EDGES, bins_of
from simulation.measures.open_work import open_intervals
from simulation.measures.rules import rules
from simulation.measures.week_rules import (
    ANSWER_DAYS,
    ANSWER_EDGES,
    DAYS_A_WEEK,
    HOURS_A_DAY,
    HOURS_A_WEEK,
    WeekRules,
    week_rules,
)
from simulation.measures.week_teams import PERCENT, team_week
from simulation.play.plan import Plan
from simulation.play.record import Cause, Outcome, Record
from simulation.scenario.values import DAY

Ints = NDArray[np.int64]
Rows = NDArray[Any]


@dataclass(frozen=True)
class Week:
    """What one replication adds.

    Attributes
    ----------
    open_work : int32, shape (channels, hour marks): messages that are not answered yet, or
        people who wait
    hour_of_week : int64, shape (hour marks,)
    within : int64, shape (channels, edges + 1): messages answered within so much opening time
        and not sooner; the last are slower than every edge
    by_day : int64, shape (channels, days + 1): the same by closing time of a working day
    offered, first_line : int64, shape (channels,): messages counted, and those among them that
        no colleague passed on
    busy, present, rostered : int64, shape (teams, 7, 24), microseconds by weekday and hour of
        the day: at a contact, at work with overtime, in the roster with those who are absent
    days : int64, shape (teams, 24, 101): hours from Monday to Friday for which the team was
        rostered and in which it was at work, by their occupancy in whole per cents
    answered, handled : int64, shape (channels, teams): attempts answered within the window, and
        the time spent on messages in milliseconds
    """

    open_work: NDArray[np.int32]
    hour_of_week: Ints
    within: Ints
    by_day: Ints
    offered: Ints
    first_line: Ints
    busy: Ints
    present: Ints
    rostered: Ints
    days: Ints
    answered: Ints
    handled: Ints


class WeekTally:
    """The weeks of many replications added up; see `Week` for what is not told here.

    Attributes
    ----------
    channels, teams : names, in the order of the arrays
    work : int64, shape (channels, 168, bins of `EDGES`): hour marks by open work
    replications : how many were added
    """

    def __init__(self, channels: list[str], teams: list[str]) -> None:
        self.channels, self.teams = channels, teams
        self.work = _zeros(len(channels), HOURS_A_WEEK, len(EDGES))
        self.within = _zeros(len(channels), len(ANSWER_EDGES) + 1)
        self.by_day = _zeros(len(channels), ANSWER_DAYS + 1)
        self.offered, self.first_line = _zeros(2, len(channels))
        self.busy, self.present, self.rostered = _zeros(3, len(teams), DAYS_A_WEEK, HOURS_A_DAY)
        self.days = _zeros(len(teams), HOURS_A_DAY, PERCENT + 1)
        self.answered, self.handled = _zeros(2, len(channels), len(teams))
        self.replications = 0

    def add(self, week: Week) -> None:
        """Add a replication."""
        for work, own in zip(self.work, week.open_work, strict=True):
            np.add.at(work, (week.hour_of_week, bins_of(own)), 1)
        for name in ("within", "by_day", "offered", "first_line"):
            getattr(self, name)[...] += getattr(week, name)
        for name in ("busy", "present", "rostered", "days", "answered", "handled"):
            getattr(self, name)[...] += getattr(week, name)
        self.replications += 1


def measure_week(plan: Plan, contacts: Contacts, record: Record) -> Week:
    """Measure the weeks of one replication."""
    own, channels = week_rules(plan), len(plan.channels)
    first = rules(plan).first_counted(contacts)
    channel = record.attempts["channel"].astype(np.int64)
    within, by_day = _zeros(channels, len(ANSWER_EDGES) + 1), _zeros(channels, ANSWER_DAYS + 1)
    offered, first_line = _zeros(2, channels)
    for number in own.deferred:
        rows = record.attempts[channel == number]
        rows = rows[rows["contact"] >= first]
        within[number], by_day[number] = answer_times(own, number, rows)
        offered[number] = len(rows)
        first_line[number] = np.count_nonzero(rows["cause"] != Cause.TRANSFERRED)
    deferred = np.isin(np.arange(channels), own.deferred)[channel]
    begin, end = open_intervals(record.attempts, deferred)
    open_work = own.marks.count_by(channel, channels, begin, end).astype(np.int32)
    return Week(
        open_work, own.hour_of_week, within, by_day, offered, first_line, *team_week(own, record)
    )


def answer_times(own: WeekRules, channel: int, rows: Rows) -> tuple[Ints, Ints]:
    """Count answers to messages by opening time that passed, and by working day."""
    rows = rows[rows["outcome"] == Outcome.ANSWERED]
    since, ended = rows["since"], rows["ended"]
    clock, deadlines = own.clocks[channel], own.deadlines[channel]
    passed = clock.elapsed(ended) - clock.elapsed(since)
    edge = np.searchsorted(ANSWER_EDGES, passed, side="left")
    day = np.minimum((since + own.midnight) // DAY, deadlines.shape[1] - 1)
    late = np.zeros(len(rows), np.int64)
    for closing in deadlines:
        late += ended > closing[day]
    return (
        np.bincount(edge, minlength=len(ANSWER_EDGES) + 1),
        np.bincount(late, minlength=ANSWER_DAYS + 1),
    )


def _zeros(*shape: int) -> Ints:
    return np.zeros(shape, np.int64)

"""The outlook before a run: where more work is expected than the roster has people for.

Work is counted as it first arrives: expected contacts after trend, deflection and substitution,
times mean handling with wrap-up and the factors of teams, and what is passed on to a back
office. Who gives up or comes back is left out, so this is a warning and not a forecast.

Somebody who waits needs an agent in the same hour; a message can wait until somebody has time.
Hours are therefore compared for live channels and chat, and weeks for everything.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.durations import Durations
from simulation.contacts.rates import Intervals, expected_counts
from simulation.contacts.shift import Chance, ShiftRules
from simulation.contacts.sources import Group, all_groups
from simulation.contacts.table import Source
from simulation.contacts.timetable import Timetable
from simulation.measures.overlap import WorkingClock
from simulation.play.plan import MILLION, Plan, QueuePlan, make_plan
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, HOUR

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HOURS_A_DAY = 24
_HOURS_A_WEEK = 168
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Overload:
    """More work than people, for teams that serve the same channels.

    Attributes
    ----------
    period : whether hours or weeks are compared
    channels : channels whose work is added up, with the site where there are sites
    teams : teams whose heads are added up; empty if nobody serves the channels
    start : begin of the worst hour or week, local civil time
    load : expected work then, in hours; for an hour that is the offered load in erlangs
    heads : rostered hours then; for an hour the heads
    count : hours or weeks with more work than heads
    of : hours or weeks in which there is work
    """

    period: Literal["hour", "week"]
    channels: tuple[str, ...]
    teams: tuple[str, ...]
    start: dt.datetime
    load: float
    heads: float
    count: int
    of: int


def outlook(scenario: Scenario) -> tuple[Overload, ...]:
    """Find where expected work exceeds the roster, the shared teams taken together.

    Raises
    ------
    ValueError
        When the demand of the scenario cannot be laid out.
    """
    plan = make_plan(scenario)
    hourly = _Hourly(
        plan,
        work=expected_work(scenario, plan).hours,
        heads=[_by_hour(team.roster, scenario) for team in plan.teams],
    )
    hours = (hourly.worst_hour(*group) for group in _connected(plan, _waiting(plan)))
    weeks = (hourly.worst_week(*group) for group in _connected(plan, range(len(plan.queues))))
    return tuple(found for found in (*hours, *weeks) if found is not None)


def _waiting(plan: Plan) -> list[int]:
    """Give the queues in which somebody waits."""
    return [
        place
        for place, queue in enumerate(plan.queues)
        if not plan.channels[queue.channel].deferred
    ]


def _connected(plan: Plan, places: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Give groups of queues and teams that share no team or queue with another group."""
    left = list(places)
    while left:
        queues, teams = [left.pop(0)], set[int]()
        for queue in queues:  # grows while it is walked
            teams |= _teams_of(plan.queues[queue])
            linked = [other for other in left if teams & _teams_of(plan.queues[other])]
            queues.extend(linked)
            left = [other for other in left if other not in linked]
        yield sorted(queues), sorted(teams)


def _teams_of(queue: QueuePlan) -> set[int]:
    return {team for rank in queue.ranks for team in rank}


@dataclass(frozen=True)
class _Hourly:
    """Hours of work by channel and of heads by team, in each clock hour of the horizon."""

    plan: Plan
    work: Floats
    heads: Sequence[Floats]

    def worst_hour(self, queues: Sequence[int], teams: Sequence[int]) -> Overload | None:
        """Give the hour in which a group of queues has too few people most; None without."""
        load, people = self._sums(queues, teams)
        return self._worst("hour", (queues, teams), load, people)

    def worst_week(self, queues: Sequence[int], teams: Sequence[int]) -> Overload | None:
        """Give that week for a group in which messages can wait; None for any other group."""
        if all(queue in _waiting(self.plan) for queue in queues):
            return None
        lead = self.plan.scenario.horizon.first_day.weekday() * _HOURS_A_DAY
        load, people = (_weekly(hourly, lead) for hourly in self._sums(queues, teams))
        return self._worst("week", (queues, teams), load, people)

    def _sums(self, queues: Sequence[int], teams: Sequence[int]) -> tuple[Floats, Floats]:
        zero = np.zeros(self.work.shape[1])
        own = [self.plan.queues[queue] for queue in queues]
        work = (self.work[queue.channel] * _site_share(self.plan, queue) for queue in own)
        return sum(work, zero), sum((self.heads[team] for team in teams), zero)

    def _worst(
        self,
        period: Literal["hour", "week"],
        group: tuple[Sequence[int], Sequence[int]],
        load: Floats,
        people: Floats,
    ) -> Overload | None:
        over = load > people * (1 + _ROUNDING) + _ROUNDING
        if not over.any():
            return None
        worst = int(np.argmax(np.where(over, load - people, -np.inf)))
        return Overload(
            period=period,
            channels=tuple(_queue_name(self.plan, self.plan.queues[queue]) for queue in group[0]),
            teams=tuple(self.plan.teams[team].name for team in group[1]),
            start=_start(self.plan.scenario.horizon.first_day, period, worst),
            load=float(load[worst]),
            heads=float(people[worst]),
            count=int(over.sum()),
            of=int((load > 0).sum()),
        )


def _start(first: dt.date, period: Literal["hour", "week"], number: int) -> dt.datetime:
    """Give when an hour or a calendar week of the horizon begins, counted from 0."""
    midnight = dt.datetime.combine(first, dt.time())
    if period == "hour":
        return midnight + dt.timedelta(hours=number)
    monday = midnight - dt.timedelta(days=first.weekday())
    return max(midnight, monday + dt.timedelta(weeks=number))


def _queue_name(plan: Plan, queue: QueuePlan) -> str:
    name = plan.channels[queue.channel].name
    sites = list(plan.scenario.channels[name].sites)
    return f"{name}/{sites[queue.site]}" if sites else name


def _site_share(plan: Plan, queue: QueuePlan) -> float:
    shares = list(plan.scenario.channels[plan.channels[queue.channel].name].sites.values())
    return shares[queue.site] if shares else 1.0


def _weekly(hourly: Floats, lead: int) -> Floats:
    """Add hours up to weeks that begin on Monday, ``lead`` hours before the first one."""
    padded = np.concatenate([np.zeros(lead), hourly])
    tail = -len(padded) % _HOURS_A_WEEK
    weeks: Floats = np.pad(padded, (0, tail)).reshape(-1, _HOURS_A_WEEK).sum(axis=1)
    return weeks


def _clock_hours(scenario: Scenario) -> int:
    """Count the clock hours from the first midnight to the end of the horizon."""
    return -(-(scenario.horizon.length + scenario.horizon.midnight) // HOUR)


def _by_hour(steps: Sequence[tuple[int, int, float]], scenario: Scenario) -> Floats:
    """Give the rostered hours in each clock hour of the horizon."""
    horizon = scenario.horizon
    hours = np.zeros(_clock_hours(scenario))
    for begin, end, heads in steps:
        last = min(end, horizon.length) + horizon.midnight
        edges = [begin + horizon.midnight]
        while edges[-1] < last:
            edges.append(min(last, (edges[-1] // HOUR + 1) * HOUR))
        for start, stop in pairwise(edges):
            hours[start // HOUR] += (stop - start) / HOUR * heads
    return hours


@dataclass(frozen=True)
class Work:
    """Expected work, from the first midnight to the end of the horizon.

    Attributes
    ----------
    hours : float64, shape (channels, clock hours), hours of work that arrives
    open_hours : the same shape, the part of each hour in which the channel is open
    """

    hours: Floats
    open_hours: Floats


def expected_work(scenario: Scenario, plan: Plan) -> Work:
    """Give the work that is expected on each channel.

    Raises
    ------
    ValueError
        When the demand of the scenario cannot be laid out.
    """
    hours = _Work(scenario, plan).by_channel()
    openings = [
        _by_hour([(begin, end, 1.0) for begin, end in channel.openings], scenario)
        for channel in plan.channels
    ]
    return Work(hours, np.array(openings))


class _Work:
    """Adds up the expected hours of work by channel and clock hour."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self._scenario = scenario
        self._plan = plan
        self._durations: Durations = plan.durations
        self._timetable = Timetable(scenario.horizon, scenario.calendar)
        self._midnight = scenario.horizon.midnight
        self._clocks = [
            WorkingClock(channel.openings, self._midnight, DAY) for channel in plan.channels
        ]
        self._hours = np.zeros((len(plan.channels), _clock_hours(scenario)))

    def by_channel(self) -> Floats:
        """Give the work, in hours; shape (channels, clock hours)."""
        scenario, timetable = self._scenario, self._timetable
        rules = ShiftRules(scenario, timetable)
        rates = expected_counts(scenario, timetable)
        for group in all_groups(scenario, rates, timetable):
            self._add_group(group, rules)
        return self._hours

    def _add_group(self, group: Group, rules: ShiftRules) -> None:
        """Add the contacts of a group where they go after deflection and substitution."""
        intervals, mean = group.intervals, group.intervals.mean
        if group.source == Source.INDUCED:
            self._add(group.channel, group.reason, intervals, mean)
            return
        channel = list(self._scenario.channels)[group.channel]
        reason = list(self._scenario.reasons)[group.reason]
        event = group.source == Source.EVENT
        gone = [_share(each, intervals) for each in rules.deflection(channel, reason, event=event)]
        mean = mean * (1.0 - sum(gone, np.zeros(len(mean))))
        stays = mean.copy()
        for chance in rules.substitution(channel, reason):
            moved = mean * _share(chance, intervals)
            stays -= moved
            self._add(chance.to, group.reason, intervals, moved)
        self._add(group.channel, group.reason, intervals, stays)

    def _add(self, channel: int, reason: int, intervals: Intervals, mean: Floats) -> None:
        """Add contacts to a channel: those who find it open, and all messages."""
        plan = self._plan.channels[channel]
        begin, end = intervals.begin, intervals.end
        if not plan.deferred:
            clock = self._clocks[channel]
            mean = mean * (clock.elapsed(end) - clock.elapsed(begin)) / (end - begin)
        place = (begin + self._midnight) // HOUR
        np.add.at(self._hours[channel], place, mean * self._effort(channel, reason, begin))
        if plan.transfer is not None:
            passed = plan.transfer.probability[reason] / 2**64
            if passed and plan.transfer.channel != channel:
                self._add(plan.transfer.channel, reason, intervals, mean * passed)

    def _effort(self, channel: int, reason: int, times: Ints) -> Floats:
        """Give the mean hours of work for one contact that arrives at each time."""
        total = np.full(len(times), float(self._durations.extra[channel]))
        for kind in ("handling", "wrap_up"):
            drawn = self._durations.of(kind, channel, reason)
            if drawn is not None:
                total += drawn.quantile.mean() * drawn.factors_at(times)
        return total * (self._team_factor(channel, reason) / HOUR / self._at_once(channel))

    def _team_factor(self, channel: int, reason: int) -> float:
        """Give the mean factor of the teams that serve a channel."""
        own = [queue for queue in self._plan.queues if queue.channel == channel]
        teams = set[int]().union(*map(_teams_of, own))
        factors = [
            self._plan.teams[team].factors.get((channel, reason), MILLION) for team in sorted(teams)
        ]
        return sum(factors) / len(factors) / MILLION if factors else 1.0

    def _at_once(self, channel: int) -> float:
        """Give how many conversations' worth of work an agent does at once: 1, or more in chat."""
        slowdown = self._plan.channels[channel].slowdown
        return max((n * MILLION / slow for n, slow in enumerate(slowdown, 1)), default=1.0)


def _share(chance: Chance, intervals: Intervals) -> Floats:
    return chance.share * chance.adoption.at(intervals.begin)

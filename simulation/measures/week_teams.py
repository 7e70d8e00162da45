"""How busy teams are by the hour, and how many messages they answer."""

import numpy as np
from numpy.typing import NDArray

from simulation.measures.week_rules import DAYS_A_WEEK, HOURS_A_DAY, WeekRules
from simulation.play.record import Outcome, Record
from simulation.scenario.values import HOUR, SECOND

Ints = NDArray[np.int64]

PERCENT = 100
_FRIDAY = 4
_MILLISECOND = SECOND // 1_000


def team_week(own: WeekRules, record: Record) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """Give the last six parts of a `Week`, from ``busy`` on."""
    work = _Work(own, record)
    busy = _by_hour(own, work.team, work.begin, work.end, np.ones(len(work.team), np.int64))
    present = _present(own, record)
    busy[~own.works] = present[~own.works]
    channels, teams = len(record.cut_off), len(own.teams)
    handled = np.zeros((channels, teams), np.int64)
    messages = np.isin(work.channel, own.deferred)
    spent = (work.end - work.begin)[messages]
    np.add.at(handled, (work.channel[messages], work.team[messages]), spent)
    ended = record.attempts["ended"]
    inside = (record.attempts["outcome"] == Outcome.ANSWERED) & (ended >= own.window[0])
    inside &= ended < own.window[1]
    team = own.parent[record.attempts["team"][inside]]
    pair = record.attempts["channel"][inside] * np.int64(teams) + team
    answered = np.bincount(pair, minlength=channels * teams).reshape(channels, teams)
    rostered = _rostered(own)
    days = _by_occupancy(own, busy, np.where(rostered > 0, present, 0))
    return (
        _by_weekday(own, busy),
        _by_weekday(own, present),
        _by_weekday(own, rostered),
        days,
        answered,
        handled // _MILLISECOND,
    )


class _Work:
    """Every piece of work, whole attempts and others, as far as it lies in the window."""

    def __init__(self, own: WeekRules, record: Record) -> None:
        rows, spells = record.attempts, record.spells
        whole = rows["whole"] != 0

        def joined(of_rows: str, of_spells: str) -> Ints:
            return np.concatenate([rows[of_rows][whole], spells[of_spells]]).astype(np.int64)

        self.team: Ints = own.parent[joined("team", "team")]
        self.channel = joined("channel", "channel")
        self.begin = np.clip(joined("started", "begin"), *own.window)
        self.end = np.clip(joined("ended", "end"), *own.window)


def _present(own: WeekRules, record: Record) -> Ints:
    """Give the time that people of each team are at work, overtime included, by clock hour."""
    total = np.zeros((len(own.teams), _clock_hours(own)), np.int64)
    for team, parent in enumerate(own.parent):
        rows = record.presence[record.presence["team"] == team]
        ends = np.append(rows["time"][1:], record.end)[: len(rows)]
        begin, end = (np.clip(times, *own.window) for times in (rows["time"], ends))
        place = np.full(len(rows), parent)
        total += _by_hour(own, place, begin, end, rows["present"].astype(np.int64))
    return total


def _rostered(own: WeekRules) -> Ints:
    """Give the time in which people of each team are rostered, by clock hour."""
    total = np.zeros((len(own.teams), _clock_hours(own)), np.int64)
    for team, steps in zip(own.parent, own.rosters, strict=True):
        begin, end = (np.clip(steps[:, place], *own.window) for place in (0, 1))
        place = np.full(len(steps), team)
        total += _by_hour(own, place, begin, end, steps[:, 2])
    return total


def _clock_hours(own: WeekRules) -> int:
    """Count the clock hours from the midnight before the horizon to its end."""
    return -(-(own.window[1] + own.midnight) // HOUR)


def _by_hour(own: WeekRules, team: Ints, begin: Ints, end: Ints, heads: Ints) -> Ints:
    """Give the time within intervals inside the window, by team and clock hour.

    Returns
    -------
    int64, shape (teams, clock hours from the midnight before the horizon), microseconds. Every
    interval counts as often as it has heads.
    """
    hours = _clock_hours(own) + 1
    size = len(own.teams) * hours
    total, running = np.zeros((2, size), np.int64)
    for times, sign in ((end, 1), (begin, -1)):
        hour, rest = np.divmod(times + own.midnight, HOUR)
        place = team * hours + hour
        np.add.at(total, place, sign * rest * heads)
        np.add.at(running, place, -sign * heads)
    # Who has begun and not ended by the end of an hour was there until its end.
    still = np.cumsum(running.reshape(-1, hours), axis=1)
    return (total.reshape(-1, hours) + still * HOUR)[:, :-1]


def _by_weekday(own: WeekRules, hourly: Ints) -> Ints:
    """Add up clock hours by weekday and hour of the day; shape (teams, 7, 24)."""
    total = np.zeros((len(hourly), DAYS_A_WEEK, HOURS_A_DAY), np.int64)
    for weekday, day in enumerate(_days(hourly), own.weekday):
        total[:, weekday % DAYS_A_WEEK] += day
    return total


def _days(hourly: Ints) -> list[Ints]:
    """Cut clock hours into days; the last one is filled up."""
    lacking = -hourly.shape[1] % HOURS_A_DAY
    filled = np.pad(hourly, ((0, 0), (0, lacking)))
    return np.split(filled, filled.shape[1] // HOURS_A_DAY, axis=1)


def _by_occupancy(own: WeekRules, busy: Ints, present: Ints) -> Ints:
    """Count the hours from Monday to Friday by their occupancy in whole per cents, halves up."""
    counts = np.zeros((len(busy), HOURS_A_DAY, PERCENT + 1), np.int64)
    hour = np.arange(HOURS_A_DAY)
    for weekday, (work, people) in enumerate(
        zip(_days(busy), _days(present), strict=True), own.weekday
    ):
        if weekday % DAYS_A_WEEK > _FRIDAY:
            continue
        share = (2 * PERCENT * work + people) // (2 * np.maximum(people, 1))
        for team in range(len(busy)):
            there = people[team] > 0
            np.add.at(counts[team], (hour[there], np.minimum(share[team], PERCENT)[there]), 1)
    return counts

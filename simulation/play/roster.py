"""Who is at work when: the roster minus those who are absent that day.

Absence comes in spells. Each place in the roster is a person with a chain of days: absent with
the stated share, for spells of the stated mean length. The draws belong to the person and the
day, so the same people are absent in every scenario.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.randomness import contact_keys, purpose, uniforms
from simulation.scenario.teams import Absence
from simulation.scenario.values import DAY

_ABSENCE = purpose("absence")

Steps = list[tuple[int, int, float]]
"""(begin, end, heads) in microseconds since the start of the horizon."""


def absent(absence: Absence, people: int, days: int, key: int) -> NDArray[np.bool_]:
    """Draw who is absent on which day.

    Parameters
    ----------
    absence : share of days and mean spell in days
    people, days : size of the table
    key : stream of this team in this replication

    Returns
    -------
    bool, shape (days, people). Two-state Markov chain, stationary from the first day.
    """
    share, length = absence.share, absence.spell / DAY
    relapse = min(1.0, share / (1.0 - share) / length)
    draws = uniforms(contact_keys(key, np.arange(days)[:, np.newaxis], np.arange(people)), _ABSENCE)
    # What a day would be after an absence and after none; the day before decides between the two.
    after_absence, after_presence = draws < 1.0 - 1.0 / length, draws < relapse
    table = np.zeros((days, people), dtype=np.bool_)
    table[:1] = draws[:1] < share
    for day in range(1, days):
        table[day] = np.where(table[day - 1], after_absence[day], after_presence[day])
    return table


def at_work(
    steps: Steps, absence: Absence | None, midnight: int, key: int
) -> list[tuple[int, int]]:
    """Give the moments at which the number of people at work changes.

    Parameters
    ----------
    steps : the team's roster
    absence : unplanned absence, if any
    midnight : microseconds from the midnight before the horizon to its start
    key : stream of the team's absence in this replication

    Returns
    -------
    List of (time, heads at work), in order of time, without repeats.
    """
    changes: dict[int, int] = {}
    heads_of_day = _heads_of_day(steps, absence, midnight, key)
    for begin, end, heads in steps:
        moment = begin
        while moment < end:
            day = (moment + midnight) // DAY
            changes[moment] = heads_of_day(day, int(heads))
            moment = min(end, (day + 1) * DAY - midnight)
        changes.setdefault(end, 0)
    levels: list[tuple[int, int]] = []
    for time in sorted(changes):
        if changes[time] != (levels[-1][1] if levels else 0):
            levels.append((time, changes[time]))
    return levels


class _Everybody:
    """The roster of a day when nobody is absent."""

    def __call__(self, _day: int, heads: int) -> int:
        return heads


class _Present:
    """Those of the first ``heads`` people who are not absent on a day."""

    def __init__(self, table: NDArray[np.bool_]) -> None:
        present = np.cumsum(~table, axis=1)
        self._present = np.concatenate([np.zeros((len(table), 1), np.int64), present], axis=1)

    def __call__(self, day: int, heads: int) -> int:
        return int(self._present[day, heads])


def _heads_of_day(
    steps: Steps, absence: Absence | None, midnight: int, key: int
) -> _Everybody | _Present:
    if absence is None or absence.share == 0 or not steps:
        return _Everybody()
    people = int(max(heads for _, _, heads in steps))
    days = (steps[-1][1] + midnight) // DAY + 1
    return _Present(absent(absence, people, days, key))

"""Who is at work when: the roster minus those who are absent that day.

Absence comes in spells. Each place in the roster is a person with a chain of days: absent with
the stated share, for spells of the stated mean length. The draws belong to the person and the
day, so the same people are absent in every scenario.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.randomness import contact_keys, purpose, uniforms
from simulation.scenario.teams import Absence
from simulation.scenario.values import DAY

_ABSENCE = purpose("absence")

Ints = NDArray[np.int64]

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


@dataclass(frozen=True)
class Pieces:
    """A roster cut at midnights: from each moment on, the heads that it states for that day.

    Attributes
    ----------
    moments : int64, shape (n,), in order of time, microseconds
    days, heads : int64, shape (n,); no heads where the roster is empty from then on
    """

    moments: Ints
    days: Ints
    heads: Ints


def cut(steps: Steps, midnight: int) -> Pieces:
    """Cut a roster at midnights.

    Parameters
    ----------
    steps : the team's roster
    midnight : microseconds from the midnight before the horizon to its start
    """
    changes: dict[int, tuple[int, int]] = {}
    for begin, end, heads in steps:
        moment = begin
        while moment < end:
            day = (moment + midnight) // DAY
            changes[moment] = day, int(heads)
            moment = min(end, (day + 1) * DAY - midnight)
        changes.setdefault(end, (0, 0))
    rows = [(moment, *changes[moment]) for moment in sorted(changes)]
    return Pieces(*np.array(rows, np.int64).reshape(-1, 3).T)


def at_work(pieces: Pieces, absence: Absence | None, key: int) -> Ints:
    """Give the moments at which the number of people at work changes.

    Parameters
    ----------
    pieces : the team's roster
    absence : unplanned absence, if any
    key : stream of the team's absence in this replication

    Returns
    -------
    int64, shape (n, 2): time and heads at work, in order of time, without repeats.
    """
    heads = pieces.heads
    if absence is not None and absence.share and len(heads):
        heads = _present(pieces, absence, key)
    changes = np.diff(heads, prepend=0) != 0
    return np.column_stack([pieces.moments[changes], heads[changes]])


def _present(pieces: Pieces, absence: Absence, key: int) -> Ints:
    """Count, for each piece, those of its first heads people who are not absent that day."""
    people, days = int(pieces.heads.max()), int(pieces.days.max()) + 1
    present = np.zeros((days, people + 1), np.int64)
    np.cumsum(~absent(absence, people, days, key), axis=1, out=present[:, 1:])
    return present[pieces.days, pieces.heads]

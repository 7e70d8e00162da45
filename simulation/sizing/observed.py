"""People in the system by hour of the week: what a simulated period says about when they come.

An offered load knows neither who comes back nor how much days differ. So the ladder is made again
from what is seen: the mean and the spread of the number of people who are helped or wait, in each
slot, with the roster of the size that was found so far. That is iterative staffing by simulation
(Feldman, Mandelbaum, Massey and Whitt 2008, Management Science 54:324-338), with a normal
approximation of the number in the system, as there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.timetable import Timetable
from simulation.play.plan import Plan
from simulation.play.record import Outcome, Record
from simulation.scenario.values import MINUTE
from simulation.sizing.ladder import Ladder, Shape
from simulation.sizing.places import Place

Ints = NDArray[np.int64]

EVERY = 5 * MINUTE
"""Time between two looks at who is there."""


@dataclass(frozen=True)
class Seen:
    """How many people were there when it was looked, in each slot of one place.

    Attributes
    ----------
    looks, people, squares : int64, shape (slots,): looks, and the sums over them of the people
        and of their squares; whole, so that they add up exactly in any order
    """

    looks: Ints
    people: Ints
    squares: Ints

    def __add__(self, other: "Seen") -> "Seen":
        """Add what was seen in another replication."""
        return Seen(
            self.looks + other.looks, self.people + other.people, self.squares + other.squares
        )


def seen(plan: Plan, ladder: Ladder, record: Record, timetable: Timetable) -> tuple[Seen, ...]:
    """Count who is helped or waits on live channels, at each place of a ladder.

    Parameters
    ----------
    plan, record : what was played
    ladder : of the team
    timetable : of the scenario
    """
    return tuple(_seen(plan, ladder, place, record, timetable) for place in ladder.places)


def _seen(plan: Plan, ladder: Ladder, place: Place, record: Record, timetable: Timetable) -> Seen:
    moments, slots = looks(place, timetable)
    name = ladder.team if place.site is None else f"{ladder.team}/{place.site}"
    team = next(each for each in plan.teams if each.name == name)
    people = np.zeros(len(moments), np.int64)
    for queue in (queue for group in team.groups for queue in group):
        own = plan.queues[queue]
        if plan.channels[own.channel].deferred:
            continue
        rows = record.attempts
        mine = (rows["channel"] == own.channel) & (rows["outcome"] != Outcome.CLOSED)
        if len(plan.channels[own.channel].queues) > 1:
            mine &= rows["site"] == own.site
        came, left = np.sort(rows["since"][mine]), np.sort(rows["ended"][mine])
        there = np.searchsorted(came, moments, side="right")
        there -= np.searchsorted(left, moments, side="right")
        people += there // max(1, sum(len(rank) for rank in own.ranks))
    size = len(place.grid.slots)
    totals = (np.ones_like(people), people, people * people)
    return Seen(*(_summed(slots, each, size) for each in totals))


def looks(place: Place, timetable: Timetable) -> tuple[Ints, Ints]:
    """Give the moments at which is looked, and the slot of each."""
    moments, slots = [], []
    for number, slot in enumerate(place.grid.slots):
        inside = np.arange(slot.begin + EVERY // 2, slot.end, EVERY, dtype=np.int64)
        for date in place.grid.dates[slot.season, slot.weekday]:
            own = inside + timetable.midnight_of(date)
            own = own[(own >= 0) & (own < timetable.length)]
            moments.append(own)
            slots.append(np.full(len(own), number, np.int64))
    empty = np.empty(0, np.int64)
    return np.concatenate([empty, *moments]), np.concatenate([empty, *slots])


def _summed(slots: Ints, values: Ints, size: int) -> Ints:
    total = np.zeros(size, np.int64)
    np.add.at(total, slots, values)
    return total


def shape(ladder: Ladder, found: Sequence[Seen]) -> Shape:
    """Give the mean and the spread of the people who are there, for a new ladder.

    The work of messages, which wait, is added as it was expected.
    """
    told = []
    for place, own in zip(ladder.places, found, strict=True):
        means, spreads = [], []
        rows = zip(
            own.looks.tolist(),
            own.people.tolist(),
            own.squares.tolist(),
            place.waiting.tolist(),
            strict=True,
        )
        for count, people, squares, waiting in rows:
            mean = people / count if count else 0.0
            variance = squares / count - mean * mean if count else 0.0
            means.append(mean + waiting)
            spreads.append(sqrt(max(variance, 0.0) + waiting))
        told.append((tuple(means), tuple(spreads)))
    return tuple(told)

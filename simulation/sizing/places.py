"""Places: where a team works, when it can, and the load that is offered there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.timetable import Timetable
from simulation.experiment.outlook import Work, expected_work
from simulation.play.plan import Plan
from simulation.scenario.channels import Deferred
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import HOUR
from simulation.sizing.slots import Grid, blocks, grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HOURS_A_DAY = 24
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Place:
    """A team at one of its sites, or as a whole if it has none.

    Attributes
    ----------
    site : name; None without sites
    grid : when the team can work here
    load : offered load in each slot, in erlangs
    first : heads that come together at first in each slot
    needed : whether that first crew must be there whenever the slot comes
    waiting : the part of the load that can wait: messages
    reserve : people who stay free for who waits, while messages are there to be answered
    can_wait : whether all work is messages
    blocks : for each slot the first one of its block, of which all slots get a head at once
    """

    site: str | None
    grid: Grid
    load: Floats
    first: int
    needed: NDArray[np.bool_]
    waiting: Floats
    reserve: int
    can_wait: bool
    blocks: tuple[int, ...]


def places_of(scenario: Scenario, plan: Plan, name: str) -> list[Place]:
    """Lay out where a team works: its sites, or the team as a whole.

    Parameters
    ----------
    scenario, plan : with names in order
    name : of the team
    """
    team = scenario.teams[name]
    timetable = Timetable(scenario.horizon, scenario.calendar)
    work = expected_work(scenario, plan)
    found = []
    for planned in plan.teams:
        if planned.parent != name:
            continue
        queues = [plan.queues[queue] for group in planned.groups for queue in group]
        names = sorted({plan.channels[queue.channel].name for queue in queues})
        own = grid(scenario, team, names, timetable)
        waits = all(isinstance(scenario.channels[each], Deferred) for each in names)
        load, waiting = np.zeros((2, len(own.slots)))
        needed = np.zeros(len(own.slots), np.bool_)
        for queue in queues:
            channel = scenario.channels[plan.channels[queue.channel].name]
            shares = list(channel.sites.values())
            servers = sum(len(rank) for rank in queue.ranks)
            share = (shares[queue.site] if shares else 1.0) / servers
            if isinstance(channel, Deferred):
                waiting += _spread(own, work.hours[queue.channel] * share, timetable)
            else:
                erlangs, is_open = _busy(own, work, queue.channel, timetable)
                load += erlangs * share
                needed |= is_open
        site = None if planned.name == name else planned.name.removeprefix(f"{name}/")
        crew = max(1, team.minimum_crew)
        # Only where nobody can be kept waiting by it.
        own_blocks = blocks(own.slots) if waits else tuple(range(len(own.slots)))
        found.append(
            Place(site, own, load + waiting, crew, needed, waiting, team.reserve, waits, own_blocks)
        )
    return found


def _busy(
    own: Grid, work: Work, channel: int, timetable: Timetable
) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the mean load of a live channel in each slot, and whether it is open then."""
    load, is_open = np.zeros(len(own.slots)), np.zeros(len(own.slots), np.bool_)
    for place, slot in enumerate(own.slots):
        hours = _clock_hours(own, slot.season, slot.weekday, slot.begin // HOUR, timetable)
        hours = hours[work.open_hours[channel][hours] > 0]
        is_open[place] = len(hours) > 0
        if len(hours):
            load[place] = np.mean(work.hours[channel][hours] / work.open_hours[channel][hours])
    return load, is_open


def _spread(own: Grid, hours: Floats, timetable: Timetable) -> Floats:
    """Give the load of messages, spread evenly over the slots of each season."""
    total, room = np.zeros(len(own.seasons)), np.zeros(len(own.seasons))
    for number, season in enumerate(own.seasons):
        first = (season.first - timetable.first_day).days * _HOURS_A_DAY
        last = ((season.last - timetable.first_day).days + 1) * _HOURS_A_DAY
        total[number] = hours[first:last].sum()
    seasons = np.array([slot.season for slot in own.slots], np.int64)
    np.add.at(room, seasons, own.hours)
    load: Floats = (total / np.maximum(room, _ROUNDING))[seasons]
    return load


def _clock_hours(own: Grid, season: int, weekday: int, hour: int, timetable: Timetable) -> Ints:
    days = [(date - timetable.first_day).days for date in own.dates[season, weekday]]
    hours = np.array(days, np.int64) * _HOURS_A_DAY + hour
    # The horizon may begin and end within a day.
    return hours[hours * HOUR < timetable.length + timetable.midnight]

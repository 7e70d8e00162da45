"""What a scenario itself says is needed: the heads of its rosters, hour by hour."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.timetable import DayPattern, Timetable, opened, stepped
from simulation.rostering.need import Location, Spot
from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Team
from simulation.sizing.slots import Grid, Slot, grid

Stated = tuple[Location, NDArray[np.int64]]
"""A place, and the heads in each of its slots."""


def stated(scenario: Scenario, name: str, also: Team | None = None) -> list[Stated]:
    """Give the places of a team, and the heads that its roster has there.

    Parameters
    ----------
    scenario : whose team it is
    name : of the team
    also : a team whose roster will be laid beside it: seasons end where that changes, too
    """
    team = scenario.teams[name]
    timetable = Timetable(scenario.horizon, scenario.calendar)
    served = [channel for channel in team.channels if channel in scenario.channels]
    openings = [opened(scenario.channels[channel]) for channel in served]
    both = team.model_copy(
        update={"sites": {}, "roster": tuple(_blocks(team)) + tuple(_blocks(also))}
    )
    seasons = grid(scenario, both, served, timetable)
    rosters = dict(team.sites) if team.sites else {None: team.roster}
    return [_place(site, seasons, stepped(own), openings, team) for site, own in rosters.items()]


def _blocks(team: Team | None) -> Iterator[HeadsBlock]:
    for blocks in (team.roster, *team.sites.values()) if team is not None else ():
        yield from blocks


def _place(
    site: str | None,
    seasons: Grid,
    roster: DayPattern,
    openings: Sequence[DayPattern],
    team: Team,
) -> Stated:
    """Lay out a place: what its roster has, and in between what is open."""
    slots: list[Slot] = []
    heads: list[int] = []
    for (season, weekday), dates in sorted(seasons.dates.items()):
        steps = roster(dates[0])
        pieces = [*steps, *(piece for pattern in openings for piece in pattern(dates[0]))]
        edges = sorted({edge for piece in pieces for edge in piece[:2]})
        for begin, end in pairwise(edges):
            number = sum(int(many) for low, high, many in steps if low <= begin and end <= high)
            slots.append(Slot(season, weekday, begin, end))
            heads.append(max(number, team.minimum_crew) if number else 0)
    own = replace(seasons, slots=tuple(slots), hours=(0.0,) * len(slots))
    return Spot(site, own), np.array(heads, np.int64)

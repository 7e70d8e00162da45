"""When a team can work: the hours of the week in which one of its channels is open, by season.

A season is a range of dates in which neither opening hours nor today's roster change their weekly
pattern. A slot is a clock hour, or the part of it that is open, on one weekday of one season.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from simulation.contacts.timetable import Timetable, opened
from simulation.scenario.blocks import Block
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Team
from simulation.scenario.values import DAY, HOUR

LEAST_BLOCK = 2 * HOUR
"""Time for which it is worth coming to work that can wait."""

_ONE_DAY = dt.timedelta(days=1)


class Season(NamedTuple):
    """A range of dates within the horizon, both ends included."""

    first: dt.date
    last: dt.date


class Slot(NamedTuple):
    """A part of the week in one season."""

    season: int
    weekday: int
    """0 is Monday."""
    begin: int
    """Microseconds since midnight."""
    end: int


@dataclass(frozen=True)
class Grid:
    """The slots in which a team, or one site of it, can work.

    Attributes
    ----------
    seasons : in order of time
    slots : in order of season, weekday and time
    hours : hours that one head rostered in each slot works over the counted part of the horizon
    dates : by (season, weekday), the dates on which the roster holds
    """

    seasons: tuple[Season, ...]
    slots: tuple[Slot, ...]
    hours: tuple[float, ...]
    dates: dict[tuple[int, int], tuple[dt.date, ...]]


def grid(scenario: Scenario, team: Team, channels: Iterable[str], timetable: Timetable) -> Grid:
    """Lay out when a team can work.

    Parameters
    ----------
    scenario, team : whose week it is
    channels : names of the channels that the team serves here
    timetable : of the scenario
    """
    served = [scenario.channels[name] for name in channels]
    openings = [opened(channel) for channel in served]
    blocks = [block for roster in (team.roster, *team.sites.values()) for block in roster]
    hours_of = [block for each in served if each.open != "always" for block in each.open]
    found = tuple(_seasons([*blocks, *hours_of], timetable))
    dates: dict[tuple[int, int], list[dt.date]] = {}
    for number, season in enumerate(found):
        for date in _days(season):
            if team.holidays == "on" or not timetable.closed(date):
                dates.setdefault((number, date.weekday()), []).append(date)
    slots = [
        Slot(season, weekday, begin, end)
        for (season, weekday), own in sorted(dates.items())
        for begin, end in _hours(piece for opening in openings for piece in opening(own[0]))
        if any(_inside(timetable.midnight_of(date), begin, end, timetable.length) for date in own)
    ]
    window = scenario.horizon.warm_up, scenario.horizon.length
    return Grid(
        found,
        tuple(slots),
        tuple(_worked(slot, dates[slot.season, slot.weekday], timetable, window) for slot in slots),
        {key: tuple(own) for key, own in dates.items()},
    )


def blocks(slots: Sequence[Slot]) -> tuple[int, ...]:
    """Join the slots of each day into blocks that are worth coming for.

    Returns
    -------
    For each slot the number of the first one of its block. A block lasts at least `LEAST_BLOCK`,
    unless what is open at a stretch is shorter.
    """
    found: list[int] = []
    for number, slot in enumerate(slots):
        before = slots[number - 1] if number else None
        follows = before is not None and before[:2] == slot[:2] and before.end == slot.begin
        begun = found[-1] if follows else number
        long = slot.begin - slots[begun].begin >= LEAST_BLOCK
        rest = _stretch(slots, number) - slot.begin >= LEAST_BLOCK
        found.append(number if long and rest else begun)
    return tuple(found)


def _stretch(slots: Sequence[Slot], number: int) -> int:
    """Give until when it is open without a pause from a slot on."""
    until = slots[number].end
    for slot in slots[number + 1 :]:
        if slot[:2] != slots[number][:2] or slot.begin != until:
            break
        until = slot.end
    return until


def _seasons(blocks: Iterable[Block], timetable: Timetable) -> Iterator[Season]:
    """Cut the horizon where a block begins or ceases to hold."""
    days = list(timetable.days(timetable.length))
    edges = {days[0], days[-1] + _ONE_DAY}
    for block in blocks:
        edges |= {block.first_date} if block.first_date else set()
        edges |= {block.last_date + _ONE_DAY} if block.last_date else set()
    inside = sorted(edge for edge in edges if days[0] <= edge <= days[-1] + _ONE_DAY)
    for first, after in pairwise(inside):
        yield Season(first, after - _ONE_DAY)


def _days(season: Season) -> Iterator[dt.date]:
    for number in range((season.last - season.first).days + 1):
        yield season.first + number * _ONE_DAY


def _hours(pieces: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """Join pieces of a day, and cut them at their ends and at clock hours."""
    own = [(begin, end) for begin, end, _ in pieces]
    edges = {edge for piece in own for edge in piece} | set(range(0, DAY + 1, HOUR))
    for begin, end in pairwise(sorted(edges)):
        if any(low <= begin and end <= high for low, high in own):
            yield begin, end


def _inside(midnight: int, begin: int, end: int, length: int) -> bool:
    """Tell whether a part of a day lies in the horizon, if only for a moment."""
    return midnight + begin < length and midnight + end > 0


def _worked(
    slot: Slot, dates: Iterable[dt.date], timetable: Timetable, window: tuple[int, int]
) -> float:
    total = 0
    for date in dates:
        midnight = timetable.midnight_of(date)
        begin, end = max(window[0], midnight + slot.begin), min(window[1], midnight + slot.end)
        total += max(0, end - begin)
    return total / HOUR

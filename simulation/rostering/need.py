"""What a roster has to cover: people at work through each day of a typical week.

Seasons in which the same people are needed have the same week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, Protocol

from simulation.sizing.slots import Grid, Slot


class Location(Protocol):
    """Where people work: a site of a team, or the team as a whole."""

    @property
    def site(self) -> str | None:
        """Give its name; None without sites."""

    @property
    def grid(self) -> Grid:
        """Give the slots of its weeks."""


@dataclass(frozen=True)
class Spot:
    """A location, and nothing more.

    Attributes
    ----------
    site : name; None without sites
    grid : slots of its weeks
    """

    site: str | None
    grid: Grid


class Piece(NamedTuple):
    """People needed in a part of a day; times in microseconds since midnight."""

    begin: int
    end: int
    heads: int


@dataclass(frozen=True)
class Day:
    """One weekday of a week.

    Attributes
    ----------
    weekday : 0 is Monday
    dates : on how many dates of the horizon it comes
    pieces : what is needed, in order of time; where the team cannot work there is none
    """

    weekday: int
    dates: int
    pieces: tuple[Piece, ...]

    @property
    def opens(self) -> int:
        """Give the time from which somebody can be needed."""
        return self.pieces[0].begin

    @property
    def closes(self) -> int:
        """Give the time until which somebody can be needed."""
        return self.pieces[-1].end


@dataclass(frozen=True)
class Week:
    """The week of one or more seasons.

    Attributes
    ----------
    seasons : their numbers in the grid of the place
    days : those on which somebody is needed
    """

    seasons: tuple[int, ...]
    days: tuple[Day, ...]


def weeks_of(place: Location, heads: Sequence[int], minimum_crew: int) -> list[Week]:
    """Give what has to be covered at a place.

    Parameters
    ----------
    place : with its slots
    heads : people needed in each slot
    minimum_crew : fewest people wherever anyone is needed
    """
    found: dict[tuple[tuple[int, tuple[Piece, ...]], ...], list[int]] = {}
    rows = zip(place.grid.slots, heads, strict=True)
    for season, own in groupby(rows, key=lambda row: row[0].season):
        days = groupby(own, key=lambda row: row[0].weekday)
        key = tuple((weekday, _pieces(each, minimum_crew)) for weekday, each in days)
        key = tuple(day for day in key if any(piece.heads for piece in day[1]))
        found.setdefault(key, []).append(season)
    return [
        Week(
            tuple(seasons),
            tuple(
                Day(weekday, sum(len(place.grid.dates[s, weekday]) for s in seasons), pieces)
                for weekday, pieces in days
            ),
        )
        for days, seasons in found.items()
    ]


def _pieces(rows: Iterable[tuple[Slot, int]], minimum_crew: int) -> tuple[Piece, ...]:
    return tuple(
        Piece(slot.begin, slot.end, max(int(heads), minimum_crew) if heads else 0)
        for slot, heads in rows
    )

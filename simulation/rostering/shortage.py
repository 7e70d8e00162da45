"""Where today's roster has too few people, and where too many."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from simulation.contacts.timetable import DayPattern, stepped
from simulation.rostering.need import Location
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Team
from simulation.sizing.slots import Slot


class Difference(NamedTuple):
    """Today's people beside those who are needed, in a part of one day of the week."""

    season: int
    """Location of the season in the grid."""
    weekday: int
    """0 is Monday."""
    begin: int
    """Microseconds since midnight."""
    end: int
    """Microseconds since midnight."""
    needed: int
    """People needed."""
    today: int
    """People in today's roster."""

    @property
    def short(self) -> int:
        """Give how many people are lacking; below 0, how many are too many."""
        return self.needed - self.today


class Span(NamedTuple):
    """As many people too few, or too many, at the same time on one or more days."""

    season: int
    """Location of the season in the grid."""
    weekdays: tuple[int, ...]
    """0 is Monday."""
    begin: int
    """Microseconds since midnight."""
    end: int
    """Microseconds since midnight."""
    short: int
    """People lacking; below 0, too many."""


def differences(
    scenario: Scenario, team: str, place: Location, heads: Sequence[int]
) -> list[Difference]:
    """Lay today's roster beside the heads that are needed.

    Parameters
    ----------
    scenario : with today's roster
    team : name of the team
    place : one of its sites, or the team as a whole
    heads : people needed in each slot

    Returns
    -------
    Parts of the week in order, cut where either number changes; also where they are equal.
    """
    own = scenario.teams[team]
    pattern = stepped(own.roster if place.site is None else own.sites.get(place.site, ()))
    needed = zip(place.grid.slots, map(int, heads), strict=True)
    return [part for slot, many in needed for part in _parts(own, place, pattern, slot, many)]


def _parts(
    team: Team, place: Location, pattern: DayPattern, slot: Slot, needed: int
) -> Iterator[Difference]:
    """Cut a slot where today's roster changes; it is alike on all dates of a season."""
    steps = pattern(place.grid.dates[slot.season, slot.weekday][0])
    inside = {edge for step in steps for edge in step[:2] if slot.begin < edge < slot.end}
    for begin, end in pairwise(sorted({slot.begin, slot.end} | inside)):
        heads = sum(int(number) for low, high, number in steps if low <= begin and end <= high)
        today = max(heads, team.minimum_crew) if heads else 0
        yield Difference(slot.season, slot.weekday, begin, end, needed, today)


def spans(found: Sequence[Difference]) -> list[Span]:
    """Join neighbours with the same shortage or surplus, and then days that are alike.

    Returns
    -------
    By season the largest first, in hours of work; without what is right.
    """
    alike: dict[tuple[int, int, int, int], list[int]] = {}
    for _, day in groupby(found, key=lambda part: (part.season, part.weekday)):
        for part in _joined(list(day)):
            alike.setdefault((part.season, part.begin, part.end, part.short), []).append(
                part.weekday
            )
    joined = [
        Span(season, tuple(days), begin, end, short)
        for (season, begin, end, short), days in alike.items()
        if short
    ]
    return sorted(joined, key=_order)


def _joined(day: Sequence[Difference]) -> list[Difference]:
    joined: list[Difference] = []
    for part in day:
        last = joined[-1] if joined else None
        if last is not None and (last.end, last.short) == (part.begin, part.short):
            joined[-1] = last._replace(end=part.end)
        else:
            joined.append(part)
    return joined


def _order(span: Span) -> tuple[int, int, tuple[int, ...], int]:
    work = abs(span.short) * (span.end - span.begin) * len(span.weekdays)
    return span.season, -work, span.weekdays, span.begin

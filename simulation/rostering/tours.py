"""What a person's week can be: so many shifts of each length, that one of the contracts holds."""

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from typing import NamedTuple

from simulation.rostering.days import span
from simulation.scenario.shifts import Shifts
from simulation.scenario.values import DAY, HOUR

_ROUNDING = 1e-9
_WEEKLY_REST = 36 * HOUR
"""Arbeidstijdenwet, article 5:5: without interruption, in every seven days."""


class Tour(NamedTuple):
    """At most so many shifts of each length in a week.

    Attributes
    ----------
    counts : number of shifts by place of their length in the sorted lengths
    contract : place of the smallest contract that holds them, in the sorted contracts
    """

    counts: tuple[int, ...]
    contract: int


class Band(NamedTuple):
    """Times of day within which all shifts of one person lie, so that there is rest between."""

    begin: int
    end: int


def contracts_of(rules: Shifts) -> list[float]:
    """Give the contracts in paid hours a week, the smallest first."""
    return sorted(set(rules.contracts))


def tours(rules: Shifts, shrinkage: float) -> list[Tour]:
    """Give the weeks that contracts can hold, without those that lie within another one.

    Parameters
    ----------
    rules : of the team
    shrinkage : planned share of paid time outside shifts: a contract of h hours a week works
        h × (1 − shrinkage) hours of shifts in a mean week
    """
    lengths = sorted(set(rules.lengths))
    room = [hours * (1.0 - shrinkage) for hours in contracts_of(rules)]
    found: list[Tour] = []
    for number in range(1, rules.max_days + 1):
        for chosen in combinations_with_replacement(range(len(lengths)), number):
            hours = sum(lengths[place] for place in chosen) / HOUR
            holding = [place for place, most in enumerate(room) if hours <= most + _ROUNDING]
            if holding:
                counts = tuple(chosen.count(place) for place in range(len(lengths)))
                found.append(Tour(counts, holding[0]))
    return [tour for tour in found if not any(_within(tour, other) for other in found)]


def _within(tour: Tour, other: Tour) -> bool:
    """Tell whether another tour offers all this one does, on the same contract or a smaller."""
    return (
        tour != other
        and other.contract <= tour.contract
        and all(one <= two for one, two in zip(tour.counts, other.counts, strict=True))
    )


def bands(rules: Shifts, days: Sequence[tuple[int, int]]) -> list[Band]:
    """Give the bands that shifts of one person may lie in.

    Within a band of 24 hours less ``rest`` anyone can work on two days in a row. With at most six
    shifts a week there is a day off, and a band of 12 hours makes the rest around it 36.

    Parameters
    ----------
    rules : of the team
    days : opening and closing time of each day
    """
    begin, end = min(opens for opens, _ in days), max(closes for _, closes in days)
    width = min(DAY - rules.rest, 2 * DAY - _WEEKLY_REST)
    longest = max(span(rules, length) for length in rules.lengths)
    apart = max(rules.start_every, min(width // 4, width - longest))
    return list(_spread(begin, end, width, apart))


def _spread(begin: int, end: int, width: int, apart: int) -> Iterator[Band]:
    """Lay bands over a day, evenly and at most so far apart."""
    if end - begin <= width:
        yield Band(begin, end)
        return
    steps = -(-(end - begin - width) // apart)
    for step in range(steps + 1):
        offset = (end - begin - width) * step // steps
        yield Band(begin + offset, begin + offset + width)

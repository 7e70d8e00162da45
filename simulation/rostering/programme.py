"""The programme of one place: how many people with which contract, tour and shift.

A set covering (Dantzig 1954, Operations Research 2:339-341) with a count of people instead of a
column for each person's week:

- ``contracts[c]``: people with contract c, the same all through the horizon;
- ``tours[w, b, t]``: people who in week w work within band b as tour t allows;
- ``parts[w, b, t, l, d]``: those of them who work a shift of length l on day d;
- ``shifts[w, b, d, s]``: people in shift s, with its begin and break, on day d.

People who share a tour can be told apart afterwards (`people`), whatever the numbers are. Breaks
are chosen for a shift as a whole, whoever works it (Aykin 1996, Management Science 42:591-602).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from simulation.rostering.days import Shift, shifts_of_a_day
from simulation.rostering.need import Day, Week
from simulation.rostering.solver import Programme
from simulation.rostering.tours import Band, Tour
from simulation.scenario.shifts import ExtraPay, Shifts
from simulation.scenario.values import HOUR


@dataclass(frozen=True)
class Rules:
    """What holds for every roster of a team.

    Attributes
    ----------
    shifts : lengths, breaks, extra pay
    contracts : paid hours a week, the smallest first
    tours : weeks that a contract can hold
    minimum_crew : fewest people wherever anyone is
    horizon_weeks : length of the horizon
    extra_rate : what an hour of extra pay costs, in contract hours
    """

    shifts: Shifts
    contracts: Sequence[float]
    tours: Sequence[Tour]
    minimum_crew: int
    horizon_weeks: float
    extra_rate: float = 1.0

    @property
    def lengths(self) -> list[int]:
        """Give the lengths of shifts in microseconds, the shortest first."""
        return sorted(set(self.shifts.lengths))

    def extra_cost(self, shift: Shift, day: Day) -> float:
        """Give what a shift's extra pay costs, in contract hours in a mean week."""
        extra = extra_hours(shift, day.weekday, self.shifts.extra_pay)
        return self.extra_rate * extra * day.dates / self.horizon_weeks


@dataclass
class Columns:
    """Where the numbers of a programme are."""

    contracts: list[int] = field(default_factory=list)
    tours: dict[tuple[int, int, int], int] = field(default_factory=dict)
    parts: dict[tuple[int, int, int, int, int], int] = field(default_factory=dict)
    shifts: dict[tuple[int, int, int, Shift], int] = field(default_factory=dict)


def programme_of(
    rules: Rules, weeks: Sequence[Week], bands: Sequence[Band]
) -> tuple[Programme, Columns]:
    """Write the programme of a place. Its cost is in contract hours a week."""
    programme, at = Programme(), Columns()
    at.contracts = [programme.column(hours) for hours in rules.contracts]
    for number, week in enumerate(weeks):
        for place in range(len(week.days)):
            _shifts(programme, at, rules, (number, week.days[place], place), bands)
        for band in range(len(bands)):
            _parts(programme, at, rules, (number, week), band)
        _holders(programme, at, rules, number)
        for place, day in enumerate(week.days):
            _coverage(programme, at, rules, (number, place), day)
    return programme, at


def extra_hours(shift: Shift, weekday: int, extra: Sequence[ExtraPay]) -> float:
    """Give what the extra pay of a shift comes to, in hours of pay."""
    total = 0.0
    for block in extra:
        if weekday in block.days:
            until = 24 * HOUR if block.until is None else block.until
            for begin, end in ((shift.begin, shift.pause), (shift.resume, shift.end)):
                total += block.share * max(0, min(end, until) - max(begin, block.start)) / HOUR
    return total


def _shifts(
    programme: Programme,
    at: Columns,
    rules: Rules,
    where: tuple[int, Day, int],
    bands: Sequence[Band],
) -> None:
    number, day, place = where
    for shift in shifts_of_a_day(rules.shifts, day.opens, day.closes):
        cost = rules.extra_cost(shift, day)
        for band, (begin, end) in enumerate(bands):
            if begin <= shift.begin and shift.end <= end:
                at.shifts[number, band, place, shift] = programme.column(cost)


def _parts(
    programme: Programme, at: Columns, rules: Rules, where: tuple[int, Week], band: int
) -> None:
    """Tie tours to shifts: each person works one shift a day, and as many as the tour has."""
    number, week = where
    days, lengths = range(len(week.days)), rules.lengths
    for place, tour in enumerate(rules.tours):
        people = at.tours[number, band, place] = programme.column()
        for length, most in enumerate(tour.counts):
            if not most:
                continue
            own = {day: programme.column() for day in days}
            for day, column in own.items():
                at.parts[number, band, place, length, day] = column
            programme.row({people: -most} | dict.fromkeys(own.values(), 1.0), high=0.0)
        for day in days:
            own_day = [
                at.parts[number, band, place, length, day]
                for length, most in enumerate(tour.counts)
                if most
            ]
            programme.row({people: -1.0} | dict.fromkeys(own_day, 1.0), high=0.0)
    for day in days:
        for length, work in enumerate(lengths):
            terms = {
                column: 1.0
                for (n, b, d, shift), column in at.shifts.items()
                if (n, b, d) == (number, band, day) and shift.work == work
            }
            workers = [
                at.parts[number, band, place, length, day]
                for place, tour in enumerate(rules.tours)
                if tour.counts[length]
            ]
            programme.row(terms | dict.fromkeys(workers, -1.0), 0.0, 0.0)


def _holders(programme: Programme, at: Columns, rules: Rules, number: int) -> None:
    """Let there be contracts for the tours: as contracts are nested, counting from above will do.

    Hall's condition (1935): those whose tour needs at least contract c are no more than those
    who have at least contract c.
    """
    for contract in range(len(rules.contracts)):
        needing = {
            column: 1.0
            for (n, _, place), column in at.tours.items()
            if n == number and rules.tours[place].contract >= contract
        }
        having = dict.fromkeys(at.contracts[contract:], -1.0)
        programme.row(needing | having, high=0.0)


def _coverage(
    programme: Programme, at: Columns, rules: Rules, where: tuple[int, int], day: Day
) -> None:
    """Cover each part of a day, and have a whole crew wherever anyone is."""
    own = {
        column: shift
        for (number, _, place, shift), column in at.shifts.items()
        if (number, place) == where
    }
    edges = sorted(
        {edge for shift in own.values() for edge in shift}
        | {edge for piece in day.pieces for edge in (piece.begin, piece.end)}
    )
    most = sum(max(piece.heads, rules.minimum_crew) for piece in day.pieces)
    for begin, end in pairwise(edges):
        needed = max((p.heads for p in day.pieces if p.begin <= begin < p.end), default=0)
        present = {column: 1.0 for column, shift in own.items() if shift.covers(begin, end)}
        if needed:
            programme.row(present, low=needed)
        elif rules.minimum_crew > 1 and present:
            anyone = programme.column(most=1.0)
            programme.row({**present, anyone: -float(rules.minimum_crew)}, low=0.0)
            programme.row({**present, anyone: -float(most)}, high=0.0)

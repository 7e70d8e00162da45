"""The programme of one place: how many people with which contract, tour and shift.

A set covering (Dantzig 1954, Operations Research 2:339-341) with a count of people instead of a
column for each person's week:

- ``contracts[c]``: people with contract c, the same all through the horizon;
- ``tours[w, b, t]``: people who in week w work within band b as tour t allows;
- ``parts[w, b, t, l, d]``: those of them who work a shift of length l on day d;
- ``shifts[w, b, d, l, begin]``: people in a shift on day d;
- ``breaks[w, d, l, time]``: people of length l who have their break then.

People who share a tour can be told apart afterwards (`people`), whatever the numbers are. Breaks
are counted apart from shifts (Bechtold and Jacobs 1990, Management Science 36:1339-1351): shifts of
one length have their break equally long after they begin, so they can share out the breaks in
order, if by any time there are enough of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from simulation.rostering.days import begins, breaks, span, window
from simulation.rostering.need import Day, Week
from simulation.rostering.solver import Programme
from simulation.rostering.tours import Band, Tour
from simulation.scenario.shifts import ExtraPay, Shifts
from simulation.scenario.values import DAY, HOUR


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

    def extra_cost(self, begin: int, end: int, day: Day) -> float:
        """Give what extra pay from begin to end costs, in contract hours in a mean week."""
        extra = extra_hours(begin, end, day.weekday, self.shifts.extra_pay)
        return self.extra_rate * extra * day.dates / self.horizon_weeks


@dataclass
class Columns:
    """Where the numbers of a programme are."""

    contracts: list[int] = field(default_factory=list)
    tours: dict[tuple[int, int, int], int] = field(default_factory=dict)
    parts: dict[tuple[int, int, int, int, int], int] = field(default_factory=dict)
    shifts: dict[tuple[int, int, int, int, int], int] = field(default_factory=dict)
    breaks: dict[tuple[int, int, int, int], int] = field(default_factory=dict)


@dataclass
class Writer:
    """Writes the programme of a place.

    Attributes
    ----------
    rules : of the team
    bands : times of day within which the shifts of one person lie
    programme, at : what was written, and where
    """

    rules: Rules
    bands: Sequence[Band]
    programme: Programme = field(default_factory=Programme)
    at: Columns = field(default_factory=Columns)

    def write(self, weeks: Sequence[Week]) -> None:
        """Write all weeks. The cost is in contract hours a week."""
        column = self.programme.column
        self.at.contracts = [column(hours) for hours in self.rules.contracts]
        for number, week in enumerate(weeks):
            for place, day in enumerate(week.days):
                self._day(number, place, day)
            for band in range(len(self.bands)):
                self._tours(number, week, band)
            self._holders(number)

    def _day(self, number: int, place: int, day: Day) -> None:
        """Let people work on a day, and cover what it needs."""
        rules = self.rules.shifts
        shifts: list[tuple[int, int, int]] = []
        pauses: list[tuple[int, int, int]] = []
        for length, work in enumerate(self.rules.lengths):
            starts = begins(rules, work, day.opens, day.closes)
            by_start: dict[int, list[int]] = {start: [] for start in starts}
            for start in starts:
                end = start + span(rules, work)
                for band, (low, high) in enumerate(self.bands):
                    if low <= start and end <= high:
                        column = self.programme.column(self.rules.extra_cost(start, end, day))
                        self.at.shifts[number, band, place, length, start] = column
                        by_start[start].append(column)
                        shifts.append((start, end, column))
            own: dict[int, int] = {}
            for time in breaks(rules, work, starts):
                end = time + rules.break_length
                own[time] = self.programme.column(-self.rules.extra_cost(time, end, day))
                self.at.breaks[number, place, length, time] = own[time]
                pauses.append((time, end, own[time]))
            self._breaks(work, by_start, own)
        self._cover(day, shifts, pauses)

    def _breaks(self, work: int, starts: dict[int, list[int]], times: dict[int, int]) -> None:
        """Let each shift have a break: by any time enough, and none too early."""
        offsets = window(self.rules.shifts, work)
        if offsets is None or not starts:
            return
        ends = {
            start: [time for time in times if offsets[0] <= time - start <= offsets[1]]
            for start in starts
        }
        everyone = [column for columns in starts.values() for column in columns]
        self._not_more(everyone, list(times.values()), equal=True)
        for time in times:
            due = [c for start, own in starts.items() if ends[start][-1] <= time for c in own]
            self._not_more(due, [column for each, column in times.items() if each <= time])
            late = [c for start, own in starts.items() if ends[start][0] >= time for c in own]
            self._not_more(late, [column for each, column in times.items() if each >= time])

    def _not_more(self, few: Sequence[int], many: Sequence[int], *, equal: bool = False) -> None:
        if few:
            terms = dict.fromkeys(few, 1.0) | dict.fromkeys(many, -1.0)
            self.programme.row(terms, 0.0 if equal else -inf, 0.0)

    def _tours(self, number: int, week: Week, band: int) -> None:
        """Tie tours to shifts: each person works one a day, and as many as the tour has."""
        days = range(len(week.days))
        for place, tour in enumerate(self.rules.tours):
            people = self.programme.column()
            self.at.tours[number, band, place] = people
            for length, most in enumerate(tour.counts):
                if most:
                    own = {day: self.programme.column() for day in days}
                    for day, column in own.items():
                        self.at.parts[number, band, place, length, day] = column
                    terms = {people: -float(most)} | dict.fromkeys(own.values(), 1.0)
                    self.programme.row(terms, high=0.0)
            for day in days:
                lengths = [length for length, most in enumerate(tour.counts) if most]
                own_day = [self.at.parts[number, band, place, each, day] for each in lengths]
                self._not_more(own_day, [people])
        for day in days:
            for length in range(len(self.rules.lengths)):
                self._workers(number, band, day, length)

    def _workers(self, number: int, band: int, day: int, length: int) -> None:
        """Let there be one person for each shift of a length."""
        shifts = [
            column
            for (n, b, d, each, _), column in self.at.shifts.items()
            if (n, b, d, each) == (number, band, day, length)
        ]
        workers = [
            self.at.parts[number, band, place, length, day]
            for place, tour in enumerate(self.rules.tours)
            if tour.counts[length]
        ]
        terms = dict.fromkeys(shifts, 1.0) | dict.fromkeys(workers, -1.0)
        self.programme.row(terms, 0.0, 0.0)

    def _holders(self, number: int) -> None:
        """Let there be contracts for the tours: as they are nested, counting from above will do.

        Hall's condition (1935): those whose tour needs at least contract c are no more than those
        who have at least contract c.
        """
        for contract in range(len(self.rules.contracts)):
            needing = [
                column
                for (n, _, place), column in self.at.tours.items()
                if n == number and self.rules.tours[place].contract >= contract
            ]
            self._not_more(needing, self.at.contracts[contract:])

    def _cover(
        self,
        day: Day,
        shifts: Sequence[tuple[int, int, int]],
        pauses: Sequence[tuple[int, int, int]],
    ) -> None:
        """Cover each part of a day, and have a whole crew wherever anyone is."""
        crew = self.rules.minimum_crew
        edges = sorted({edge for part in (*shifts, *pauses, *day.pieces) for edge in part[:2]})
        most = float(crew + sum(max(piece.heads, crew) for piece in day.pieces))
        for begin, end in pairwise(edges):
            present = {c: 1.0 for low, high, c in shifts if low <= begin and end <= high}
            present |= {c: -1.0 for low, high, c in pauses if low <= begin and end <= high}
            needed = max((p.heads for p in day.pieces if p.begin <= begin < p.end), default=0)
            if needed:
                self.programme.row(present, low=needed)
            elif crew > 1 and present:
                anyone = self.programme.column(most=1.0)
                self.programme.row({**present, anyone: -float(crew)}, low=0.0)
                self.programme.row({**present, anyone: -most}, high=0.0)


def extra_hours(begin: int, end: int, weekday: int, extra: Sequence[ExtraPay]) -> float:
    """Give what the extra pay of working from begin to end comes to, in hours of pay."""
    total = 0.0
    for block in extra:
        if weekday in block.days:
            until = DAY if block.until is None else block.until
            total += block.share * max(0, min(end, until) - max(begin, block.start)) / HOUR
    return total

"""What a shift on one day can be: when it begins and ends, and where its break is."""

from collections.abc import Iterator
from typing import NamedTuple

from simulation.scenario.shifts import Shifts
from simulation.scenario.values import HOUR

_LEAST_PART = 2 * HOUR
"""Nobody has a break within so long of the begin or end of a shift, if it is long enough."""


class Shift(NamedTuple):
    """One person at work on one day; times in microseconds since midnight.

    Without a break, ``pause`` and ``resume`` are both the end.
    """

    begin: int
    pause: int
    resume: int
    end: int

    @property
    def work(self) -> int:
        """Give the length without the break."""
        return self.end - self.begin - (self.resume - self.pause)

    def covers(self, begin: int, end: int) -> bool:
        """Tell whether the person is at work throughout [begin, end)."""
        return (self.begin <= begin and end <= self.pause) or (
            self.resume <= begin and end <= self.end
        )


def span(rules: Shifts, length: int) -> int:
    """Give how long after its begin a shift of this work ends, its break included."""
    return length + (rules.break_length if length > rules.break_after else 0)


def shifts_of_a_day(rules: Shifts, opens: int, closes: int) -> Iterator[Shift]:
    """Give all shifts between opening and closing time."""
    for length in sorted(set(rules.lengths)):
        last = closes - span(rules, length)
        begins = {*range(opens, last + 1, rules.start_every), *([last] if last >= opens else [])}
        for begin in sorted(begins):
            end = begin + span(rules, length)
            if length <= rules.break_after:
                yield Shift(begin, end, end, end)
            for part in _first_parts(rules, length):
                pause = begin + part
                yield Shift(begin, pause, pause + rules.break_length, end)


def _first_parts(rules: Shifts, length: int) -> Iterator[int]:
    """Give how long a shift may go on before its break, so that neither part is too long."""
    if length <= rules.break_after:
        return
    least = min(_LEAST_PART, length // 2)
    low = max(length - rules.break_after, least)
    high = min(rules.break_after, length - least)
    yield from range(low, high + 1, rules.start_every)

"""What a shift on one day can be: when it begins and ends, and where its break is."""

from collections.abc import Iterator, Sequence
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


def begins(rules: Shifts, length: int, opens: int, closes: int) -> list[int]:
    """Give when shifts of this work may begin between opening and closing time."""
    last = closes - span(rules, length)
    if last < opens:
        return []
    return sorted({*range(opens, last + 1, rules.start_every), last})


def window(rules: Shifts, length: int) -> tuple[int, int] | None:
    """Give how long after its begin a shift may have its break, at the least and at the most.

    Neither part of the shift is longer than people may work without a break. None without one.
    """
    if length <= rules.break_after:
        return None
    least = min(_LEAST_PART, length // 2)
    return (
        max(length - rules.break_after, least),
        max(length - rules.break_after, min(rules.break_after, length - least)),
    )


def breaks(rules: Shifts, length: int, starts: Sequence[int]) -> list[int]:
    """Give when shifts of this work that begin at these times may have their breaks."""
    offsets = window(rules, length)
    if offsets is None:
        return []
    low, high = offsets
    return sorted(
        {start + offset for start in starts for offset in range(low, high + 1, rules.start_every)}
    )


def shifts_of_a_day(rules: Shifts, opens: int, closes: int) -> Iterator[Shift]:
    """Give all shifts between opening and closing time."""
    for length in sorted(set(rules.lengths)):
        starts = begins(rules, length, opens, closes)
        offsets = window(rules, length)
        times = breaks(rules, length, starts)
        for begin in starts:
            end = begin + span(rules, length)
            if offsets is None:
                yield Shift(begin, end, end, end)
                continue
            low, high = begin + offsets[0], begin + offsets[1]
            for time in times:
                if low <= time <= high:
                    yield Shift(begin, time, time + rules.break_length, end)

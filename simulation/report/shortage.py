"""Shortage and surplus of a roster in words: *Monday 10:00–12:00: 4 too few*."""

from collections.abc import Sequence

from simulation.report import words
from simulation.report.reader import Reader
from simulation.rostering.shortage import Span
from simulation.scenario.values import format_clock

_AT_LEAST_A_RUN = 3


def sentence(reader: Reader, span: Span) -> str:
    """Say when there are how many people too few, or too many."""
    return reader(
        "roster.too_few" if span.short > 0 else "roster.too_many",
        days=words.upper_first(weekdays(reader, span.weekdays)),
        begin=format_clock(span.begin),
        end=format_clock(span.end),
        n=reader.number(abs(span.short)),
    )


def weekdays(reader: Reader, days: Sequence[int]) -> str:
    """Name days of the week: three or more in a row by the first and the last."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = []
    for run in runs:
        names = [reader(f"roster.weekday.{day}") for day in run]
        if len(run) >= _AT_LEAST_A_RUN:
            named.append(reader("roster.days", first=names[0], last=names[-1]))
        else:
            named += names
    return reader.listing(named)

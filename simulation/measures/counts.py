"""Counts of attempts by how they ended, and what citizens experienced while waiting."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts, Effect
from simulation.contacts.timetable import Timetable
from simulation.measures.attempts import Attempts, Counted, Mask
from simulation.measures.overlap import hours, overlap
from simulation.play.plan import Plan
from simulation.play.record import NEVER, PASSED_ON, Cause, Outcome, Record
from simulation.scenario.values import HOUR, MINUTE, SECOND

Measure = tuple[str, float | int]
"""Path and value."""

WAIT_EDGES = (
    *(seconds * SECOND for seconds in (0, 10, 25, 30, 60, 120, 300)),
    *(minutes * MINUTE for minutes in (10, 15, 20, 30)),
    *(count * HOUR for count in (1, 2, 4, 8, 24, 48, 120, 240)),
)
"""Waits, in microseconds, at which the distribution of waits is kept."""

NO_RETURN = (Cause.FIRST, *PASSED_ON)
"""Causes of attempts that are not a citizen who tries again."""


def count_attempts(plan: Plan, rows: list[Counted]) -> Iterator[Measure]:
    """Count attempts per channel, per reason and per month, by outcome."""
    months = months_of(plan)
    shape = (len(plan.scenario.reasons), len(months), len(Outcome))
    for channel, here in zip(plan.channels, rows, strict=True):
        root = f"channels.{channel.name}"
        flat = (here.month + here.reason * shape[1]) * shape[2] + here.outcome
        table = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
        yield from _outcomes(root, table.sum(axis=(0, 1)))
        for reason, counts in zip(plan.scenario.reasons, table.sum(axis=1), strict=True):
            yield from _outcomes(f"{root}.reasons.{reason}", counts)
        for month, counts in zip(months, table.sum(axis=0), strict=True):
            yield from _outcomes(f"{root}.months.{month}", counts)


def months_of(plan: Plan) -> list[str]:
    """Give the labels of the months of the horizon."""
    return Timetable(plan.scenario.horizon, plan.scenario.calendar).months(plan.horizon)


def _outcomes(root: str, counts: NDArray[np.int64]) -> Iterator[Measure]:
    yield f"{root}.offered", int(counts.sum())
    for outcome in Outcome:
        yield f"{root}.{outcome.name.lower()}", int(counts[outcome])


def experience(
    plan: Plan, rows: list[Counted], attempts: list[Attempts], record: Record
) -> Iterator[Measure]:
    """Measure waits, abandonment, resolution and handling per channel."""
    citizens = 0.0
    for index, (channel, here) in enumerate(zip(plan.channels, rows, strict=True)):
        root = f"channels.{channel.name}"
        answered = here.where(Outcome.ANSWERED)
        count = _number(answered)
        first = _number(here.cause == Cause.FIRST)
        yield f"{root}.first_attempts", first
        yield f"{root}.repeat_attempts", len(here) - first
        open_offered = len(here) - _number(here.where(Outcome.CLOSED))
        if open_offered:
            yield f"{root}.abandonment", _number(here.where(Outcome.ABANDONED)) / open_offered
        yield from _waits(root, np.sort(here.wait[answered]))
        if count:
            yield f"{root}.resolution", _number(answered & here.resolved) / count
        if not channel.deferred:
            waited = hours(here.wait)
            yield f"{root}.citizen_wait_hours", waited
            citizens += waited
        yield f"{root}.handling_hours", _handling_hours(plan, index, attempts[index], record)
        at_once = answered & (here.unbroken | bool(channel.slowdown))
        if at_once.any():
            lasted = int((here.ended - here.started)[at_once].sum())
            yield f"{root}.mean_handling", lasted / _number(at_once) / SECOND
        yield from _in_system(plan, index, attempts[index])
    yield "citizens.wait_hours", citizens


def _number(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _waits(root: str, waits: NDArray[np.int64]) -> Iterator[Measure]:
    """Give the mean, the quantiles and the distribution of sorted waits."""
    for edge in WAIT_EDGES:
        count = int(np.searchsorted(waits, edge, side="right"))
        yield f"{root}.waits.{edge // SECOND}", count
    if len(waits):
        yield f"{root}.mean_wait", int(waits.sum()) / len(waits) / SECOND
        for percent in (50, 90, 95):
            place = (len(waits) * percent + 99) // 100 - 1
            yield f"{root}.wait_p{percent}", int(waits[place]) / SECOND


def window_of(plan: Plan) -> tuple[int, int]:
    """Give the counted part of the horizon, in microseconds."""
    return plan.scenario.horizon.warm_up, plan.horizon


def _handling_hours(plan: Plan, channel: int, here: Attempts, record: Record) -> float:
    parts = record.spells[record.spells["channel"] == channel]
    window, whole = window_of(plan), here.unbroken
    return hours(overlap(here.started[whole], here.ended[whole], window)) + hours(
        overlap(parts["begin"], parts["end"], window)
    )


def _in_system(plan: Plan, channel: int, here: Attempts) -> Iterator[Measure]:
    """Give the time-average number waiting, and for messages the number unanswered."""
    window = window_of(plan)
    length = (window[1] - window[0]) / HOUR
    left = np.where(here.started == NEVER, here.ended, here.started)
    root = f"channels.{plan.channels[channel].name}"
    yield f"{root}.mean_queue", hours(overlap(here.since, left, window)) / length
    if plan.channels[channel].deferred:
        backlog = hours(overlap(here.arrived, here.ended, window))
        yield f"{root}.mean_backlog", backlog / length


def demand(
    plan: Plan, contacts: Contacts, rows: list[Counted], record: Record
) -> Iterator[Measure]:
    """Count who came, what channel shift did, and who came back."""
    counts = contacts.time >= plan.scenario.horizon.warm_up
    induced = contacts.channel[counts & (contacts.effect == Effect.INDUCED)]
    for index, channel in enumerate(plan.channels):
        name = channel.name
        yield f"demand.{name}.demanded", int(contacts.demanded[index].sum())
        yield f"demand.{name}.deflected", int(contacts.deflected[index].sum())
        yield f"demand.{name}.substituted", int(contacts.substituted[index].sum())
        yield f"demand.{name}.induced", int((induced == index).sum())
    yield "demand.contacts", int(counts.sum())
    yield "demand.attempts", sum(len(here) for here in rows)
    no_return = sum(_number(here.cause == cause) for here in rows for cause in NO_RETURN)
    yield "demand.repeat_attempts", sum(len(here) for here in rows) - no_return
    answered = np.zeros(len(contacts.time), dtype=np.bool_)
    for here in rows:
        answered[here.contact[here.where(Outcome.ANSWERED)]] = True
    yield "demand.never_answered", _number(counts & ~answered)
    yield "demand.cut_off", int(record.cut_off.sum())

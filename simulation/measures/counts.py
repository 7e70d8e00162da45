"""Counts of attempts by how they ended, and what citizens experienced while waiting."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts, Effect
from simulation.measures.attempts import Counted
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


def count_attempts(plan: Plan, rows: Counted) -> Iterator[Measure]:
    """Count attempts per channel, per reason and per month, by outcome."""
    reasons, months = len(plan.scenario.reasons), len(rows.months)
    shape = (len(plan.channels), reasons, months, len(Outcome))
    flat = np.ravel_multi_index((rows.channel, rows.reason, rows.month, rows.outcome), shape)
    table = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
    for channel, by_channel in zip(plan.channels, table, strict=True):
        root = f"channels.{channel.name}"
        yield from _outcomes(root, by_channel.sum(axis=(0, 1)))
        for reason, counts in zip(plan.scenario.reasons, by_channel.sum(axis=1), strict=True):
            yield from _outcomes(f"{root}.reasons.{reason}", counts)
        for month, counts in zip(rows.months, by_channel.sum(axis=0), strict=True):
            yield from _outcomes(f"{root}.months.{month}", counts)


def _outcomes(root: str, counts: NDArray[np.int64]) -> Iterator[Measure]:
    yield f"{root}.offered", int(counts.sum())
    for outcome in Outcome:
        yield f"{root}.{outcome.name.lower()}", int(counts[outcome])


def experience(plan: Plan, rows: Counted, record: Record) -> Iterator[Measure]:
    """Measure waits, abandonment, resolution and handling per channel."""
    citizens = 0.0
    for index, channel in enumerate(plan.channels):
        root = f"channels.{channel.name}"
        here = rows.channel == index
        answered = here & rows.where(Outcome.ANSWERED)
        first = int((here & (rows.cause == Cause.FIRST)).sum())
        yield f"{root}.first_attempts", first
        yield f"{root}.repeat_attempts", int(here.sum()) - first
        open_offered = int((here & ~rows.where(Outcome.CLOSED)).sum())
        if open_offered:
            abandoned = int((here & rows.where(Outcome.ABANDONED)).sum())
            yield f"{root}.abandonment", abandoned / open_offered
        yield from _waits(root, np.sort(rows.wait[answered]))
        count = int(answered.sum())
        if count:
            yield f"{root}.resolution", int((answered & rows.resolved).sum()) / count
        if not channel.deferred:
            waited = hours(rows.wait[here])
            yield f"{root}.citizen_wait_hours", waited
            citizens += waited
        handling = _handling_hours(plan, index, record)
        yield f"{root}.handling_hours", handling
        at_once = answered & (rows.unbroken | bool(channel.slowdown))
        if at_once.any():
            lasted = int((rows.ended - rows.started)[at_once].sum())
            yield f"{root}.mean_handling", lasted / int(at_once.sum()) / SECOND
        yield from _in_system(plan, index, record)
    yield "citizens.wait_hours", citizens


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


def _handling_hours(plan: Plan, channel: int, record: Record) -> float:
    rows, spells = record.attempts, record.spells
    whole = rows[(rows["channel"] == channel) & (rows["whole"] == 1)]
    parts = spells[spells["channel"] == channel]
    window = window_of(plan)
    return hours(overlap(whole["started"], whole["ended"], window)) + hours(
        overlap(parts["begin"], parts["end"], window)
    )


def _in_system(plan: Plan, channel: int, record: Record) -> Iterator[Measure]:
    """Give the time-average number waiting, and for messages the number unanswered."""
    window = window_of(plan)
    length = (window[1] - window[0]) / HOUR
    rows = record.attempts[record.attempts["channel"] == channel]
    left = np.where(rows["started"] == NEVER, rows["ended"], rows["started"])
    root = f"channels.{plan.channels[channel].name}"
    yield f"{root}.mean_queue", hours(overlap(rows["since"], left, window)) / length
    if plan.channels[channel].deferred:
        backlog = hours(overlap(rows["arrived"], rows["ended"], window))
        yield f"{root}.mean_backlog", backlog / length


def demand(plan: Plan, contacts: Contacts, rows: Counted, record: Record) -> Iterator[Measure]:
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
    yield "demand.attempts", len(rows.channel)
    yield "demand.repeat_attempts", int((~np.isin(rows.cause, NO_RETURN)).sum())
    answered = np.zeros(len(contacts.time), dtype=np.bool_)
    answered[rows.contact[rows.where(Outcome.ANSWERED)]] = True
    yield "demand.never_answered", int((counts & ~answered).sum())
    yield "demand.cut_off", int(record.cut_off.sum())

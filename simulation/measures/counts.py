"""Counts of attempts by how they ended, and what citizens experienced while waiting."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts, Effect
from simulation.measures.overlap import hours
from simulation.measures.rules import Rules
from simulation.measures.tally import Ints, Tally
from simulation.play.plan import Plan
from simulation.play.record import PASSED_ON, Cause, Outcome, Record
from simulation.scenario.values import HOUR, MINUTE, SECOND

Measure = tuple[str, float | int]
"""Path and value."""

WAIT_EDGES = (
    *(seconds * SECOND for seconds in (0, 10, 25, 30, 60, 120, 300)),
    *(minutes * MINUTE for minutes in (10, 15, 20, 30)),
    *(count * HOUR for count in (1, 2, 4, 8, 24, 48, 120, 240)),
)
"""Waits, in microseconds, at which the distribution of waits is kept."""

NO_RETURN = [Cause.FIRST, *PASSED_ON]
"""Causes of attempts that are not a citizen who tries again."""


def count_attempts(plan: Plan, rules: Rules, tally: Tally) -> Iterator[Measure]:
    """Count attempts per channel, per reason and per month, by outcome."""
    for channel, table in zip(plan.channels, tally.attempts, strict=True):
        root = f"channels.{channel.name}"
        yield from _outcomes(root, table.sum(axis=(0, 1)))
        for reason, counts in zip(plan.scenario.reasons, table.sum(axis=1), strict=True):
            yield from _outcomes(f"{root}.reasons.{reason}", counts)
        for month, counts in zip(rules.months, table.sum(axis=0), strict=True):
            yield from _outcomes(f"{root}.months.{month}", counts)


def _outcomes(root: str, counts: NDArray[np.int64]) -> Iterator[Measure]:
    yield f"{root}.offered", int(counts.sum())
    for outcome in Outcome:
        yield f"{root}.{outcome.name.lower()}", int(counts[outcome])


def experience(plan: Plan, rules: Rules, tally: Tally) -> Iterator[Measure]:
    """Measure waits, abandonment, resolution and handling per channel."""
    citizens = 0.0
    length = (rules.horizon - rules.warm_up) / HOUR
    for index, channel in enumerate(plan.channels):
        root = f"channels.{channel.name}"
        ended = tally.attempts[index].sum(axis=(0, 1))
        offered, answered = int(ended.sum()), int(ended[Outcome.ANSWERED])
        first = int(tally.causes[index, Cause.FIRST])
        yield f"{root}.first_attempts", first
        yield f"{root}.repeat_attempts", offered - first
        open_offered = offered - int(ended[Outcome.CLOSED])
        if open_offered:
            yield f"{root}.abandonment", int(ended[Outcome.ABANDONED]) / open_offered
        yield from _waits(root, tally.waits[index])
        if answered:
            yield f"{root}.resolution", int(tally.resolved[index]) / answered
        if not channel.deferred:
            waited = hours(tally.waited[index])
            yield f"{root}.citizen_wait_hours", waited
            citizens += waited
        yield f"{root}.handling_hours", hours(tally.handled[index])
        if tally.direct[index]:
            lasted = int(tally.direct_time[index]) / int(tally.direct[index])
            yield f"{root}.mean_handling", lasted / SECOND
        yield f"{root}.mean_queue", hours(tally.waiting[index]) / length
        if channel.deferred:
            yield f"{root}.mean_backlog", hours(tally.unanswered[index]) / length
    yield "citizens.wait_hours", citizens


def _waits(root: str, waits: Ints) -> Iterator[Measure]:
    """Give the mean, the quantiles and the distribution of sorted waits."""
    counts = np.searchsorted(waits, WAIT_EDGES, side="right")
    for edge, count in zip(WAIT_EDGES, counts.tolist(), strict=True):
        yield f"{root}.waits.{edge // SECOND}", count
    if len(waits):
        yield f"{root}.mean_wait", int(waits.sum()) / len(waits) / SECOND
        for percent in (50, 90, 95):
            place = (len(waits) * percent + 99) // 100 - 1
            yield f"{root}.wait_p{percent}", int(waits[place]) / SECOND


def demand(
    plan: Plan, rules: Rules, contacts: Contacts, tally: Tally, record: Record
) -> Iterator[Measure]:
    """Count who came, what channel shift did, and who came back."""
    first = rules.first_counted(contacts)
    is_induced = contacts.effect[first:] == Effect.INDUCED
    induced = np.bincount(contacts.channel[first:][is_induced], minlength=len(plan.channels))
    for index, channel in enumerate(plan.channels):
        name = channel.name
        yield f"demand.{name}.demanded", int(contacts.demanded[index].sum())
        yield f"demand.{name}.deflected", int(contacts.deflected[index].sum())
        yield f"demand.{name}.substituted", int(contacts.substituted[index].sum())
        yield f"demand.{name}.induced", int(induced[index])
    counted = len(contacts) - first
    yield "demand.contacts", counted
    attempts = int(tally.causes.sum())
    yield "demand.attempts", attempts
    yield "demand.repeat_attempts", attempts - int(tally.causes[:, NO_RETURN].sum())
    yield "demand.never_answered", counted - tally.answered
    yield "demand.cut_off", int(record.cut_off.sum())

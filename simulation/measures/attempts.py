"""The attempts of one replication by channel, as columns that measures are computed from."""

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.contacts.timetable import Timetable
from simulation.play.plan import Plan
from simulation.play.record import ATTEMPT, NEVER, Outcome, Record

Mask = NDArray[np.bool_]
"""Which attempts of a channel are meant."""


@dataclass(frozen=True)
class Attempts:
    """Attempts in one channel, in the order in which they ended; one array entry each.

    The columns are those of `ATTEMPT`; ``unbroken`` tells attempts that were one uninterrupted
    piece of work.
    """

    contact: NDArray[np.int64]
    team: NDArray[np.int16]
    outcome: NDArray[np.int8]
    cause: NDArray[np.int8]
    unbroken: Mask
    resolved: Mask
    arrived: NDArray[np.int64]
    since: NDArray[np.int64]
    started: NDArray[np.int64]
    ended: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.contact)

    @cached_property
    def _by_outcome(self) -> dict[Outcome, Mask]:
        return {outcome: self.outcome == outcome for outcome in Outcome}

    def where(self, outcome: Outcome) -> Mask:
        """Give which attempts ended this way."""
        return self._by_outcome[outcome]


@dataclass(frozen=True)
class Counted(Attempts):
    """Attempts in one channel of contacts that first came after the warm-up.

    ``month`` is that of the contact's first arrival. ``wait`` is the wait on the clock in
    microseconds: until the conversation began, until a message was answered, or until the
    citizen left.
    """

    reason: NDArray[np.int16]
    month: NDArray[np.int64]
    wait: NDArray[np.int64]


def by_channel(plan: Plan, record: Record) -> list[Attempts]:
    """Give all attempts, channel by channel."""
    order = np.argsort(record.attempts["channel"], kind="stable")
    # NumPy moves rows of plain numbers much faster than rows of a structured array.
    words = record.attempts.view(np.int64).reshape(-1, ATTEMPT.itemsize // 8)
    rows = words[order].reshape(-1).view(ATTEMPT)
    edges = np.searchsorted(rows["channel"], np.arange(len(plan.channels) + 1))
    columns = {
        "contact": rows["contact"].astype(np.int64),
        "team": rows["team"].copy(),
        "outcome": rows["outcome"].copy(),
        "cause": rows["cause"].copy(),
        "unbroken": rows["whole"] != 0,
        "resolved": rows["resolved"] != 0,
        "arrived": rows["arrived"].copy(),
        "since": rows["since"].copy(),
        "started": rows["started"].copy(),
        "ended": rows["ended"].copy(),
    }
    return [
        Attempts(**{name: column[begin:end] for name, column in columns.items()})
        for begin, end in pairwise(edges.tolist())
    ]


def counted(plan: Plan, contacts: Contacts, attempts: list[Attempts]) -> list[Counted]:
    """Select the attempts that count, channel by channel, and place them."""
    timetable = Timetable(plan.scenario.horizon, plan.scenario.calendar)
    month = timetable.month(contacts.time)
    return [
        _counted(plan.scenario.horizon.warm_up, contacts, month, each, deferred=channel.deferred)
        for channel, each in zip(plan.channels, attempts, strict=True)
    ]


def _counted(
    warm_up: int,
    contacts: Contacts,
    month: NDArray[np.int64],
    attempts: Attempts,
    *,
    deferred: bool,
) -> Counted:
    columns = {field.name: getattr(attempts, field.name) for field in fields(attempts)}
    if warm_up:
        counts = contacts.time[attempts.contact] >= warm_up
        columns = {name: column[counts] for name, column in columns.items()}
    contact, started, ended = columns["contact"], columns["started"], columns["ended"]
    until = ended if deferred else np.where(started == NEVER, ended, started)
    return Counted(
        **columns,
        reason=contacts.reason[contact],
        month=month[contact],
        wait=until - columns["since"],
    )

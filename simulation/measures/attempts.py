"""The counted attempts of one replication, as columns that measures are computed from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.contacts.timetable import Timetable
from simulation.play.plan import Plan
from simulation.play.record import NEVER, Outcome, Record


@dataclass(frozen=True)
class Counted:
    """Attempts of contacts that first came after the warm-up; one array entry each.

    ``wait`` is the wait on the clock in microseconds: until the conversation began, until a
    message was answered, or until the citizen left. ``unbroken`` tells attempts that were one
    uninterrupted piece of work.
    """

    channel: NDArray[np.int64]
    reason: NDArray[np.int64]
    month: NDArray[np.int64]
    outcome: NDArray[np.int64]
    cause: NDArray[np.int64]
    resolved: NDArray[np.bool_]
    unbroken: NDArray[np.bool_]
    contact: NDArray[np.int64]
    since: NDArray[np.int64]
    started: NDArray[np.int64]
    ended: NDArray[np.int64]
    wait: NDArray[np.int64]
    months: tuple[str, ...]

    def where(self, outcome: Outcome) -> NDArray[np.bool_]:
        """Give which attempts ended this way."""
        ended: NDArray[np.bool_] = self.outcome == outcome
        return ended


def counted(plan: Plan, contacts: Contacts, record: Record) -> Counted:
    """Select the attempts that count: those of contacts that came after the warm-up."""
    scenario = plan.scenario
    rows = record.attempts
    first = contacts.time[rows["contact"]]
    rows = rows[first >= scenario.horizon.warm_up]
    contact = rows["contact"].astype(np.int64)
    deferred = np.array([channel.deferred for channel in plan.channels])[rows["channel"]]
    live_start = ~deferred & (rows["started"] != NEVER)
    timetable = Timetable(scenario.horizon, scenario.calendar)
    return Counted(
        channel=rows["channel"].astype(np.int64),
        reason=contacts.reason[contact].astype(np.int64),
        month=timetable.month(contacts.time[contact]),
        outcome=rows["outcome"].astype(np.int64),
        cause=rows["cause"].astype(np.int64),
        resolved=rows["resolved"] != 0,
        unbroken=rows["whole"] != 0,
        contact=contact,
        since=rows["since"].astype(np.int64),
        started=rows["started"].astype(np.int64),
        ended=rows["ended"].astype(np.int64),
        wait=np.where(live_start, rows["started"], rows["ended"]) - rows["since"],
        months=tuple(timetable.months(plan.horizon)),
    )

"""The model on SimPy's clock: the definition of what happens to a contact.

Every attempt is a SimPy event. It fires when its citizen arrives and again when the agent is
done; who has to wait gets a second event for the moment at which patience or the municipality
ends the wait. Rosters, closings and openings are events of one more process. SimPy's
``Resource`` knows no skills, no changing capacity and no order among ties, so queues and teams
are ours (`floor`), and an event's priority spells out the order at one instant: class of event,
then contact, then attempt. After each event work is assigned until nothing moves.

The rules stand in three parts: what agents do (`service`), what rosters and opening hours do
(`shifts`), and, here, what citizens do.
"""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np

from simulation.contacts.table import FOREVER, Contacts
from simulation.play.floor import NUMBER_BITS, Attempt, Deadline, Queue, Turn
from simulation.play.plan import Plan
from simulation.play.record import Cause, Outcome, Record
from simulation.play.service import ABANDONMENT, ARRIVAL
from simulation.play.shifts import Shifts

CHUNK = 65_536
"""Contacts that stand ready as Python objects at a time: memory stays flat."""

RETURN_AFTER = {
    Outcome.ABANDONED: Cause.ABANDONED,
    Outcome.BLOCKED: Cause.BLOCKED,
    Outcome.CLOSED: Cause.CLOSED,
    Outcome.SENT_AWAY: Cause.SENT_AWAY,
}
"""Ends without an answer after which a citizen may try again."""


def play(plan: Plan, contacts: Contacts, replication: int) -> Record:
    """Play one replication.

    Parameters
    ----------
    plan : the scenario, compiled
    contacts : who comes, in order of time
    replication : its number, for the draws of absence

    Returns
    -------
    What happened.
    """
    with _without_garbage_collection():
        return _Play(plan, contacts, replication).run()


@contextmanager
def _without_garbage_collection() -> Generator[None, None, None]:
    """Play leaves no cycles behind; looking for them again and again would only cost time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Play(Shifts):
    """One replication while it runs."""

    def __init__(self, plan: Plan, contacts: Contacts, replication: int) -> None:
        super().__init__(plan, contacts)
        self._on_first_arrival = [self._arrive_first]
        self._on_later_arrival = [self._arrive_again]
        self._on_patience = [self._abandon]
        self._arrivals = _first_attempts(contacts)
        self._timetable = plan.timetable(replication).tolist()

    def run(self) -> Record:
        """Play until everyone has left, or until the cut."""
        self._next_arrival(0)
        self.clock.process(self._run_timetable(self._timetable))
        self.clock.run(until=self.plan.end)
        self._censor(self.plan.end)
        return self.journal.record(self.plan.end)

    # Arrivals

    def _next_arrival(self, now: int) -> None:
        for attempt in self._arrivals:
            attempt.callbacks = self._on_first_arrival
            self.schedule(attempt, ARRIVAL | attempt.order, attempt.arrived - now)
            break

    def _arrive_first(self, attempt: Attempt) -> None:
        self._next_arrival(attempt.arrived)
        self._arrive(attempt)

    def _arrive_again(self, attempt: Attempt) -> None:
        if self.citizens.still_wants(attempt):
            self._arrive(attempt)

    def _arrive(self, attempt: Attempt) -> None:
        now = attempt.arrived
        channel = self.channels[attempt.channel]
        queue = attempt.queue = channel.queues[attempt.site]
        if queue.deferred:
            self._receive(attempt, queue, now)
            return
        if not channel.is_open:
            self._end(attempt, Outcome.CLOSED, now)
            return
        if queue.line is not None:
            if self.lines[queue.line] >= self.plan.lines[queue.line]:
                self._end(attempt, Outcome.BLOCKED, now)
                return
            self.lines[queue.line] += 1
        if self._meet(attempt, queue, now):
            return
        if queue.capacity is not None and queue.count >= queue.capacity:
            self._leave_line(attempt, Outcome.BLOCKED, now)
        elif attempt.patience == 0:
            self._leave_line(attempt, Outcome.ABANDONED, now)
        else:
            queue.join(attempt)
            self._limit_wait(attempt)

    def _receive(self, attempt: Attempt, queue: Queue, now: int) -> None:
        """Take in a message: at once, or at the next opening."""
        if attempt.patience < FOREVER and Cause.IMPATIENT in queue.channel.plan.returns:
            attempt.timer = Turn(partial(self._lose_patience, attempt))
            self.schedule(attempt.timer, ABANDONMENT | attempt.order, attempt.patience)
        if not queue.channel.is_open:
            queue.channel.stay_overnight(attempt)
        elif not self._meet(attempt, queue, now):
            queue.join(attempt)

    def _limit_wait(self, attempt: Attempt) -> None:
        """Schedule the end of a wait: by patience, or by the municipality if that is not later."""
        divert = attempt.queue.channel.plan.divert
        if divert is not None and divert[0] <= attempt.patience:
            attempt.timer = Turn(partial(self._divert, attempt, divert[1]))
            self.schedule(attempt.timer, ABANDONMENT | attempt.order, divert[0])
        elif attempt.patience < FOREVER:
            attempt.timer = Deadline(attempt, self._on_patience)
            self.schedule(attempt.timer, ABANDONMENT | attempt.order, attempt.patience)

    # The ends of a wait

    def _abandon(self, deadline: Deadline) -> None:
        attempt = deadline.attempt
        attempt.queue.drop(attempt)
        self._leave_line(attempt, Outcome.ABANDONED, self.clock.now)

    def _divert(self, attempt: Attempt, channel: int, _: Turn) -> None:
        now = self.clock.now
        attempt.queue.drop(attempt)
        self._leave_line(attempt, Outcome.DIVERTED, now)
        self._expect(self.citizens.pass_on(attempt, channel, Cause.DIVERTED, now), now)

    def _lose_patience(self, attempt: Attempt, _: Turn) -> None:
        """Begin a second thread; the message itself stays."""
        now = self.clock.now
        self._expect(self.citizens.come_back(attempt, Cause.IMPATIENT, now), now)

    def _leave_line(self, attempt: Attempt, outcome: Outcome, now: int) -> None:
        self._free_line(attempt)
        self._end(attempt, outcome, now)

    def _end(self, attempt: Attempt, outcome: Outcome, now: int) -> None:
        """Write down an attempt that met no agent, and let the citizen try again or not."""
        self.journal.attempt(attempt, outcome, now, 0)
        cause = RETURN_AFTER.get(outcome)
        if cause is not None:
            self._expect(self.citizens.come_back(attempt, cause, now), now)

    def _expect(self, attempt: Attempt | None, now: int) -> None:
        """Schedule the arrival of a later attempt, if there is one."""
        if attempt is not None:
            attempt.callbacks = self._on_later_arrival
            self.schedule(attempt, ARRIVAL | attempt.order, attempt.arrived - now)

    def _censor(self, end: int) -> None:
        """Write down who is still there when play stops."""
        serving = [
            event
            for event in self.clock.pending()
            if isinstance(event, Attempt) and event.callbacks is self._on_completion
        ]
        for team in self.teams:
            for agent in team.chatting:
                serving += agent.chats
                self.journal.spell(team.index, agent.chats[0].channel, agent.begin, end)
        for attempt in sorted(serving, key=lambda attempt: attempt.order):
            self.journal.censor(attempt, Outcome.IN_SERVICE, end)
        for channel in self.channels:
            waiting = [attempt for queue in channel.queues for attempt in queue.everyone()]
            for attempt in waiting + channel.overnight:
                self.journal.censor(attempt, Outcome.WAITING, end)


def _first_attempts(contacts: Contacts) -> Iterator[Attempt]:
    """Give the first attempts in order of time, made ready in chunks."""
    for begin in range(0, len(contacts.time), CHUNK):
        part = slice(begin, begin + CHUNK)
        wrap_up = contacts.wrap_up[part]
        contact = np.arange(begin, begin + len(wrap_up))
        columns = (
            contact,
            contacts.channel[part],
            contacts.reason[part],
            contacts.site[part],
            contacts.time[part],
            contacts.patience[part],
            contacts.handling[part] + wrap_up,
            contact << NUMBER_BITS | 1,
        )
        attempts = map(Attempt, *(column.tolist() for column in columns))
        if not wrap_up.any():
            yield from attempts
        else:
            for attempt, after in zip(attempts, wrap_up.tolist(), strict=True):
                attempt.wrap_up = after
                yield attempt

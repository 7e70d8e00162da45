"""The shop floor during a replication: attempts, queues, teams and agents who chat.

These hold state and keep it in order; the rules that change it stand in `engine`.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable
from typing import Any

from simpy.events import Event

from simulation.play.plan import MILLION, ChannelPlan, TeamPlan
from simulation.play.record import NEVER, Cause

NUMBER_BITS = 12
"""Bits for the number of an attempt in the order of events at one instant."""


class Turn(Event):
    """A SimPy event that carries nothing but what to do when its time has come."""

    _ok = True
    _value = None

    def __init__(self, callback: Callable[[Any], None]) -> None:
        self.callbacks = [callback]

    def cancel(self) -> None:
        """Make the event do nothing; it stays in SimPy's schedule until its time."""
        self.callbacks = []


class Attempt(Turn):
    """One attempt of one contact: an event that fires at its arrival and at its completion."""

    def __init__(
        self,
        callback: Callable[[Any], None],
        contact: int,
        number: int,
        channel: int,
        reason: int,
        site: int,
        cause: int,
        arrived: int,
        patience: int,
        handling: int,
        wrap_up: int,
    ) -> None:
        self.callbacks = [callback]
        self.contact = contact
        self.number = number
        self.channel = channel
        self.reason = reason
        self.site = site
        self.cause = cause
        self.arrived = self.since = arrived
        self.patience = patience
        self.effort = handling + wrap_up
        self.wrap_up = wrap_up
        self.order = contact << NUMBER_BITS | number
        self.waits = False
        self.whole = 1
        self.started = NEVER
        self.resumed = NEVER
        self.work = 0
        self.timer: Turn | None = None
        self.turn: Turn | None = None
        self.queue: Queue
        self.team: Team

    @property
    def place(self) -> tuple[int, int]:
        """Place in a queue: the longest waiting first, then the lower contact identity."""
        return self.since, self.order

    def handed_back(self, callback: Callable[[Any], None], now: int) -> "Attempt":
        """Give the same attempt as a new event, with the effort that is left."""
        again = Attempt.__new__(Attempt)
        again.__dict__.update(self.__dict__)
        again.callbacks = [callback]
        left = self.work - (now - self.resumed)
        factor = self.team.factors.get((self.channel, self.reason), MILLION)
        again.effort = -(-left * MILLION // factor)
        again.whole = 0
        return again


class Queue:
    """Those who wait in one channel at one site, the longest waiting first."""

    def __init__(self, channel: "ChannelState", site: int) -> None:
        self.channel = channel
        self.site = site
        self.deferred = channel.plan.deferred
        self.ranks: list[list[Team]] = []
        self.count = 0
        self.closing = False
        self._line: deque[Attempt] = deque()

    def join(self, attempt: Attempt) -> None:
        """Let an attempt wait."""
        line = self._line
        attempt.waits = True
        self.count += 1
        if line and attempt.place < line[-1].place:
            line.insert(bisect_left([each.place for each in line], attempt.place), attempt)
        else:
            line.append(attempt)

    def head(self) -> Attempt:
        """Give the longest waiting; the queue must not be empty."""
        line = self._line
        while not line[0].waits:
            line.popleft()
        return line[0]

    def drop(self, attempt: Attempt) -> None:
        """Take out an attempt, wherever it stands."""
        attempt.waits = False
        self.count -= 1
        if not self.count:
            self._line.clear()
            self.closing = False

    def everyone(self) -> list[Attempt]:
        """Give all who wait, in order."""
        return [attempt for attempt in self._line if attempt.waits]


class ChannelState:
    """A channel during play."""

    def __init__(self, plan: ChannelPlan) -> None:
        self.plan = plan
        self.is_open = False
        self.queues: list[Queue] = []
        self.overnight: list[Attempt] = []

    def stay_overnight(self, attempt: Attempt) -> None:
        """Keep a message that came outside working hours until the next opening."""
        insort(self.overnight, attempt, key=lambda each: each.order)


class ChatAgent:
    """An agent with at least one chat open."""

    def __init__(self, team: "Team", now: int) -> None:
        self.team = team
        self.chats: list[Attempt] = []
        self.begin = self.updated = now
        self.leaves = False

    def room(self, channel: ChannelPlan, channels: list[ChannelState]) -> bool:
        """Whether the agent can take one more chat of this channel."""
        if self.leaves:
            return False
        limits = [len(channels[chat.channel].plan.slowdown) for chat in self.chats]
        return len(self.chats) < min([*limits, len(channel.slowdown)])

    def progress(self, now: int, channels: list[ChannelState]) -> None:
        """Bring the effort that is left of every chat up to date."""
        count = len(self.chats)
        for chat in self.chats:
            pace = channels[chat.channel].plan.slowdown[count - 1]
            chat.work = max(0, chat.work - (now - self.updated) * MILLION // pace)
        self.updated = now


class Team:
    """A team at one place during play."""

    def __init__(self, index: int, plan: TeamPlan) -> None:
        self.index = index
        self.factors = plan.factors
        self.reserve = plan.reserve
        self.groups: list[list[Queue]] = []
        self.scheduled = 0
        self.present = 0
        self.idle = 0
        self.leaving = 0
        self.messages: dict[Attempt, None] = {}
        self.chatting: list[ChatAgent] = []

    def next_in_line(self) -> Attempt | None:
        """Give who an idle agent of this team takes next, if anyone."""
        for group in self.groups:
            best: Attempt | None = None
            for queue in group:
                if queue.count and not (queue.deferred and self.idle <= self.reserve):
                    head = queue.head()
                    if best is None or head.place < best.place:
                        best = head
            if best is not None:
                return best
        return None

    def last_in_line(self) -> Attempt | None:
        """Give who still waits in a closed channel that this team has to empty, if anyone."""
        waiting = [
            queue.head() for group in self.groups for queue in group if queue.closing
        ]
        return min(waiting, key=lambda attempt: attempt.place, default=None)


class Citizen:
    """What is remembered of a contact that makes more than one attempt."""

    def __init__(self) -> None:
        self.attempts = 1
        self.tries = 1
        self.resolved = False


LATER = frozenset((Cause.DIVERTED, Cause.TRANSFERRED))
"""Causes of attempts that are no new try of the citizen."""

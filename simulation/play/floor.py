"""The shop floor during a replication: attempts, queues, channels and teams.

These hold state and keep it in order; the rules that change it stand in `engine`.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from simpy import Environment
from simpy.events import Event

from simulation.play.plan import MILLION, ChannelPlan, TeamPlan
from simulation.play.record import NEVER, Cause

NUMBER_BITS = 12
"""Bits for the number of an attempt in the order of events at one instant."""


class Clock(Environment):
    """SimPy's clock, in whole microseconds since the start of the horizon."""

    @property
    def now(self) -> int:
        """The present moment."""
        return self._now  # type: ignore[return-value]

    def pending(self) -> list[Event]:
        """Give the events that are still scheduled, in no particular order."""
        return [event for *_, event in self._queue]


class Turn(Event):
    """A SimPy event that carries nothing but what to do when its time has come.

    ``callbacks`` is set by who schedules it.
    """

    _ok = True
    _value = None

    def __init__(self, callback: Callable[[Any], None]) -> None:
        self.callbacks = [callback]

    def cancel(self) -> None:
        """Make the event do nothing; it stays in SimPy's schedule until its time."""
        self.callbacks = []


class Deadline(Turn):
    """The moment at which the patience of who waits ends."""

    callbacks: Any

    def __init__(self, attempt: "Attempt", callbacks: Sequence[Callable[[Any], None]]) -> None:
        self.attempt = attempt
        self.callbacks = callbacks


class Attempt(Turn):
    """One attempt of one contact: an event that fires at its arrival and at its completion."""

    callbacks: Any
    queue: "Queue"
    team: "Team"
    number = 1
    cause: int = Cause.FIRST
    wrap_up = 0
    waits = False
    whole = 1
    started = NEVER
    resumed = NEVER
    work = 0
    timer: Turn | None = None
    turn: Turn | None = None
    on_line = False
    goodbye: Turn | None = None

    def __init__(  # noqa: PLR0917 - made by map() from columns, two million times
        self,
        contact: int,
        channel: int,
        reason: int,
        site: int,
        arrived: int,
        patience: int,
        effort: int,
        order: int,
    ) -> None:
        self.contact = contact
        self.channel = channel
        self.reason = reason
        self.site = site
        self.arrived = self.since = arrived
        self.patience = patience
        self.effort = effort
        self.order = order

    @property
    def place(self) -> tuple[int, int]:
        """Place in a queue: the longest waiting first, then the lower contact identity."""
        return self.since, self.order

    @property
    def done_at(self) -> int:
        """Moment at which the agent is done, for work that nothing slows down."""
        return self.resumed + self.work

    def scaled(self, effort: int) -> int:
        """Give what an effort takes in the team that has the attempt."""
        factor = self.team.factors.get((self.channel, self.reason), MILLION)
        return (effort * factor + MILLION // 2) // MILLION

    def remainder(self, now: int) -> "Attempt":
        """Give the same attempt as a new event, with the effort that is left now."""
        rest = Attempt.__new__(Attempt)
        rest.__dict__.update(self.__dict__)
        left = self.work - (now - self.resumed)
        factor = self.team.factors.get((self.channel, self.reason), MILLION)
        rest.effort = -(-left * MILLION // factor)
        rest.whole = 0
        return rest


class Queue:
    """Those who wait in one channel at one site, the longest waiting first."""

    def __init__(self, channel: "Channel") -> None:
        self.channel = channel
        self.deferred = channel.plan.deferred
        self.chat = bool(channel.plan.slowdown)
        self.line = channel.plan.line
        self.capacity = channel.plan.capacity
        self.settles = channel.plan.settles
        self.ranks: list[list[Team]] = []
        self.only: Team | None = None
        self.count = 0
        self.closing = False
        self._line: deque[Attempt] = deque()

    def connect(self, ranks: list[list["Team"]]) -> None:
        """Say which teams serve the queue, in order of preference."""
        self.ranks = ranks
        teams = [team for rank in ranks for team in rank]
        if len(teams) == 1 and not self.chat:
            self.only = teams[0]

    def join(self, attempt: Attempt) -> None:
        """Let an attempt wait."""
        line = self._line
        attempt.waits = True
        self.count += 1
        if line and attempt.since <= line[-1].since and attempt.place < line[-1].place:
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

    def call_last(self, now: int) -> None:
        """Keep agents whose shift ends as a channel closes, for those who wait there."""
        if now in self.channel.closes:
            self.closing = self.count > 0

    def everyone(self) -> list[Attempt]:
        """Give all who wait, in order."""
        return [attempt for attempt in self._line if attempt.waits]


class Channel:
    """A channel during play."""

    def __init__(self, plan: ChannelPlan) -> None:
        self.plan = plan
        self.is_open = False
        served = plan.serve_at_closing and not plan.deferred
        self.closes = frozenset(end for _, end in plan.openings) if served else frozenset()
        self.queues = [Queue(self) for _ in plan.queues]
        self.overnight: list[Attempt] = []

    def stay_overnight(self, attempt: Attempt) -> None:
        """Keep a message that came outside working hours until the next opening."""
        insort(self.overnight, attempt, key=lambda each: each.order)


class Team:
    """A team at one place during play.

    Attributes
    ----------
    scheduled : heads at work according to the roster, absence taken off
    present : people at work, those in overtime included
    idle : people with nothing to do
    leaving : people who go home as soon as they have finished with a citizen
    messages : messages that are being handled, the latest started last
    chatting : agents with at least one chat open
    """

    def __init__(self, index: int, plan: TeamPlan) -> None:
        self.index = index
        self.factors = plan.factors
        self.reserve = plan.reserve
        self.groups: list[list[Queue]] = []
        self.queues: list[Queue] = []
        self.scheduled = 0
        self.present = 0
        self.idle = 0
        self.leaving = 0
        self.messages: dict[Attempt, None] = {}
        self.chatting: list[ChatAgent] = []

    def connect(self, groups: list[list[Queue]]) -> None:
        """Say which queues the team serves, in the order in which an agent looks at them."""
        self.groups = groups
        self.queues = [queue for group in groups for queue in group]

    def waiting(self) -> bool:
        """Whether anyone waits in a queue that this team serves."""
        for queue in self.queues:  # noqa: SIM110 - any() costs a generator for each completion
            if queue.count:
                return True
        return False

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
        for group in self.groups:
            waiting = [queue.head() for queue in group if queue.closing]
            if waiting:
                return min(waiting, key=lambda attempt: attempt.place)
        return None

    def to_hand_back(self, now: int) -> list[Attempt]:
        """Give the messages that are being handled: those just done, then the latest started."""
        latest_first = list(reversed(self.messages))
        return sorted(latest_first, key=lambda message: message.done_at > now)


class ChatAgent:
    """An agent with at least one chat open, each going slower the more there are."""

    def __init__(self, team: Team, now: int) -> None:
        self.team = team
        self.chats: list[Attempt] = []
        self.begin = self.updated = now
        self.leaves = False

    def has_room(self, queue: Queue) -> bool:
        """Whether the agent can take one more chat, from this queue."""
        if self.leaves and not queue.closing:
            return False
        queues = [queue, *(chat.queue for chat in self.chats)]
        return len(self.chats) < min(len(each.channel.plan.slowdown) for each in queues)

    def takes(self, chat: Attempt, work: int) -> int:
        """Give how long work on a chat takes with the present number of chats."""
        return -(-work * self.pace(chat) // MILLION)

    def pace(self, chat: Attempt) -> int:
        """Give how much slower a chat goes now, in parts per million."""
        return chat.queue.channel.plan.slowdown[len(self.chats) - 1]

    def progress(self, now: int) -> None:
        """Bring the work that is left of every chat up to date."""
        for chat in self.chats:
            done = (now - self.updated) * MILLION // self.pace(chat)
            chat.work = max(0, chat.work - done)
        self.updated = now

"""The model on SimPy's clock: the definition of what happens to a contact.

Every attempt is a SimPy event. It fires when its citizen arrives and again when the agent is
done; who has to wait gets a second event for the moment at which patience or the municipality
ends the wait. Rosters, closings and openings are events of one more process. SimPy's
``Resource`` knows no skills, no changing capacity and no order among ties, so queues and teams
are ours (`floor`), and an event's priority spells out the order at one instant: class of event,
then contact, then attempt. After each event work is assigned until nothing moves.
"""

import gc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

import numpy as np
from simpy.events import Event

from simulation.contacts.table import FOREVER, Contacts
from simulation.play.citizens import AGENT, Citizens
from simulation.play.floor import (
    NUMBER_BITS,
    Attempt,
    Channel,
    ChatAgent,
    Clock,
    Queue,
    Team,
    Turn,
)
from simulation.play.journal import Journal
from simulation.play.plan import Plan
from simulation.play.record import NEVER, Cause, Outcome, Record

ROSTER, CLOSING, OPENING, COMPLETION, ABANDONMENT, ARRIVAL = (
    number << 31 + NUMBER_BITS for number in range(1, 7)
)
"""Classes of events, in their order at one instant."""

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


class _Play:
    """One replication while it runs."""

    def __init__(self, plan: Plan, contacts: Contacts, replication: int) -> None:
        self.plan = plan
        self.clock = Clock()
        self.schedule: Callable[[Event, int, int], None] = cast(Any, self.clock.schedule)
        self.journal = Journal(len(plan.channels))
        self.citizens = Citizens(plan, contacts, self.journal)
        self.channels = [Channel(channel) for channel in plan.channels]
        self.teams = [Team(index, team) for index, team in enumerate(plan.teams)]
        self.lines = [0] * len(plan.lines)
        # SimPy reads an event's callbacks and never changes them: attempts may share the lists.
        self._on_first_arrival = [self._arrive_first]
        self._on_later_arrival = [self._arrive_again]
        self._on_completion = [self._complete]
        self._connect()
        self._arrivals = _first_attempts(contacts)
        self._timetable = self._scheduled_events(plan.at_work(replication))

    def _connect(self) -> None:
        queues = [queue for channel in self.channels for queue in channel.queues]
        for queue, queue_plan in zip(queues, self.plan.queues, strict=True):
            queue.connect([[self.teams[team] for team in rank] for rank in queue_plan.ranks])
        for team, team_plan in zip(self.teams, self.plan.teams, strict=True):
            team.connect([[queues[queue] for queue in group] for group in team_plan.groups])

    def run(self) -> Record:
        """Play until everyone has left, or until the cut."""
        self._next_arrival(0)
        self.clock.process(self._run_timetable())
        self.clock.run(until=self.plan.end)
        self._censor(self.plan.end)
        return self.journal.record(self.plan.end)

    # Rosters, closings and openings

    def _scheduled_events(self, at_work: list[list[tuple[int, int]]]) -> list[tuple[int, ...]]:
        events: list[tuple[int, ...]] = []
        for team, levels in enumerate(at_work):
            events += [(time, ROSTER, team, heads) for time, heads in levels]
        for channel, plan in enumerate(self.plan.channels):
            for begin, end in plan.openings:
                events += [(begin, OPENING, channel, 0), (end, CLOSING, channel, 0)]
        return sorted(event for event in events if event[0] < self.plan.end)

    def _run_timetable(self) -> Generator[Event, None, None]:
        for time, kind, which, heads in self._timetable:
            turn = Turn(lambda _: None)
            self.schedule(turn, kind | which, time - self.clock.now)
            yield turn
            if kind == ROSTER:
                self._change_roster(self.teams[which], heads, time)
            elif kind == CLOSING:
                self._close(self.channels[which], time)
            else:
                self._open(self.channels[which], time)

    def _change_roster(self, team: Team, heads: int, now: int) -> None:
        change = heads - team.scheduled
        team.scheduled = heads
        if change > 0:
            self._more_heads(team, change, now)
        else:
            self._fewer_heads(team, -change, now)
        self.journal.present(team.index, now, team.present)

    def _more_heads(self, team: Team, more: int, now: int) -> None:
        """Keep those who were about to leave; the others are new, and idle."""
        kept = min(more, team.leaving)
        team.leaving -= kept
        more -= kept
        for agent in team.chatting:
            if more and agent.leaves:
                agent.leaves = False
                more -= 1
        team.present += more
        team.idle += more
        self._assign(team, now)

    def _fewer_heads(self, team: Team, fewer: int, now: int) -> None:
        """Send idle agents home first; others hand back a message or finish with a citizen."""
        gone = min(fewer, team.idle)
        team.idle -= gone
        team.present -= gone
        fewer -= gone
        for queue in team.queues:
            queue.call_last(now)
        for message in team.to_hand_back(now)[:fewer]:
            fewer -= 1
            team.leaving += 1
            if message.done_at > now:
                self._hand_back(message, now)
                self._release(team, now)
        staying = [agent for agent in team.chatting if not agent.leaves]
        for agent in sorted(staying, key=lambda agent: len(agent.chats))[:fewer]:
            agent.leaves = True
            fewer -= 1
        team.leaving += fewer

    def _hand_back(self, attempt: Attempt, now: int) -> None:
        """Put a message back into its queue with the effort that is left."""
        attempt.cancel()
        del attempt.team.messages[attempt]
        self.journal.spell(attempt.team.index, attempt.channel, attempt.resumed, now)
        rest = attempt.remainder(now)
        rest.queue.join(rest)
        self._offer(rest.queue, now)

    def _open(self, channel: Channel, now: int) -> None:
        channel.is_open = True
        messages, channel.overnight = channel.overnight, []
        for message in messages:
            message.since = now
            message.queue.join(message)
        for queue in channel.queues:
            queue.closing = False
            self._offer(queue, now)

    def _close(self, channel: Channel, now: int) -> None:
        """Serve who still waits, or send them away when nobody is at work who could."""
        channel.is_open = False
        if channel.plan.deferred:
            return
        for queue in channel.queues:
            at_work = any(team.present for rank in queue.ranks for team in rank)
            if channel.plan.serve_at_closing and at_work:
                queue.closing = queue.count > 0
                continue
            for attempt in queue.everyone():
                self._leave_queue(attempt)
                self._leave_line(attempt, Outcome.SENT_AWAY, now)

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
            attempt.timer = Turn(partial(self._abandon, attempt))
            self.schedule(attempt.timer, ABANDONMENT | attempt.order, attempt.patience)

    # The ends of a wait

    def _leave_queue(self, attempt: Attempt) -> None:
        attempt.queue.drop(attempt)
        if attempt.timer is not None and not attempt.queue.deferred:
            attempt.timer.cancel()
            attempt.timer = None

    def _abandon(self, attempt: Attempt, _: Turn) -> None:
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

    def _free_line(self, attempt: Attempt) -> None:
        line = attempt.queue.line
        if line is not None:
            self.lines[line] -= 1

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

    # Agents

    def _meet(self, attempt: Attempt, queue: Queue, now: int) -> bool:
        """Give the attempt a free agent, or a place among an agent's chats; False if none."""
        team = queue.only
        if team is not None:
            if team.idle <= (team.reserve if queue.deferred else 0):
                return False
            self._start(attempt, team, now)
            return True
        for rank in queue.ranks:
            free = [each for each in rank if each.idle > (each.reserve if queue.deferred else 0)]
            if free:
                self._start(attempt, self._draw_team(attempt, free), now)
                return True
            agents = [
                agent
                for each in rank
                for agent in each.chatting
                if queue.chat and agent.has_room(queue)
            ]
            if agents:
                fewest = min(agents, key=lambda agent: len(agent.chats))
                self._start_chat(attempt, fewest, now)
                return True
        return False

    def _draw_team(self, attempt: Attempt, teams: list[Team]) -> Team:
        """Draw uniformly over the free agents of one rank."""
        if len(teams) > 1:
            draw = self.citizens.draw(attempt, AGENT) * sum(team.idle for team in teams) >> 64
            for team in teams:
                draw -= team.idle
                if draw < 0:
                    return team
        return teams[0]

    def _offer(self, queue: Queue, now: int) -> None:
        """Assign those who wait in one queue as long as anyone is free for them."""
        while queue.count and self._meet(queue.head(), queue, now):
            pass

    def _assign(self, team: Team, now: int) -> None:
        """Assign work to the idle agents of one team, then to agents with room for a chat."""
        while team.idle:
            attempt = team.next_in_line()
            if attempt is None:
                return
            self._start(attempt, team, now)
        if team.chatting:
            for queue in team.queues:
                if queue.chat:
                    self._offer(queue, now)

    def _start(self, attempt: Attempt, team: Team, now: int) -> None:
        """Begin with an attempt, waiting or just arrived, on an idle agent of a team."""
        team.idle -= 1
        queue = attempt.queue
        if queue.chat:
            agent = ChatAgent(team, now)
            team.chatting.append(agent)
            self._start_chat(attempt, agent, now)
            return
        self._begin(attempt, team, now)
        attempt.callbacks = self._on_completion
        self.schedule(attempt, COMPLETION | attempt.order, attempt.work)
        if queue.deferred:
            team.messages[attempt] = None
        elif attempt.wrap_up and queue.channel.plan.line is not None:
            # The line is free when the conversation ends, the agent when the wrap-up does.
            attempt.on_line = True
            attempt.turn = Turn(partial(self._hang_up, attempt))
            talk = attempt.scaled(attempt.effort - attempt.wrap_up)
            self.schedule(attempt.turn, COMPLETION | attempt.order, talk)

    def _begin(self, attempt: Attempt, team: Team, now: int) -> None:
        if attempt.waits:
            self._leave_queue(attempt)
        attempt.team = team
        attempt.resumed = now
        if attempt.started == NEVER:
            attempt.started = now
        attempt.work = attempt.scaled(attempt.effort) if team.factors else attempt.effort

    def _hang_up(self, attempt: Attempt, _: Turn | None = None) -> None:
        if attempt.on_line:
            attempt.on_line = False
            self._free_line(attempt)

    def _complete(self, attempt: Attempt) -> None:
        now = attempt.done_at
        team = attempt.team
        if attempt.queue.deferred:
            del team.messages[attempt]
            if attempt.timer is not None:
                attempt.timer.cancel()
            if not attempt.whole:
                self.journal.spell(team.index, attempt.channel, attempt.resumed, now)
        elif attempt.turn is None and attempt.queue.line is not None:
            self.lines[attempt.queue.line] -= 1
        self._answered(attempt, now)
        self._release(team, now)

    def _answered(self, attempt: Attempt, now: int) -> None:
        """Write down an answer, and pass the contact on or let the citizen come back."""
        if attempt.queue.settles and not self.citizens.known:
            self.journal.attempt(attempt, Outcome.ANSWERED, now, 1)
            return
        channel = self.citizens.transferred_to(attempt)
        if channel is not None:
            self.journal.attempt(attempt, Outcome.ANSWERED, now, 0)
            self._expect(self.citizens.pass_on(attempt, channel, Cause.TRANSFERRED, now), now)
            return
        resolved = self.citizens.resolves(attempt)
        self.journal.attempt(attempt, Outcome.ANSWERED, now, resolved)
        if not resolved:
            self._expect(self.citizens.come_back(attempt, Cause.UNRESOLVED, now), now)

    def _release(self, team: Team, now: int) -> None:
        """Let an agent who is done take the next, wait for work, or go home."""
        if team.leaving:
            last = team.last_in_line()
            if last is None:
                team.leaving -= 1
                team.present -= 1
                self.journal.present(team.index, now, team.present)
            else:
                team.idle += 1
                self._start(last, team, now)
                if last.queue.chat:
                    team.leaving -= 1
                    team.chatting[-1].leaves = True
                    self._assign(team, now)
            return
        team.idle += 1
        if team.waiting():
            self._assign(team, now)

    # Chats

    def _start_chat(self, attempt: Attempt, agent: ChatAgent, now: int) -> None:
        agent.progress(now)
        self._begin(attempt, agent.team, now)
        attempt.whole = 0
        attempt.on_line = attempt.queue.line is not None
        agent.chats.append(attempt)
        self._pace_chats(agent)

    def _pace_chats(self, agent: ChatAgent) -> None:
        """Schedule the end of every chat, and of its wrap-up, at the pace of their number."""
        for chat in agent.chats:
            if chat.turn is not None:
                chat.turn.cancel()
            chat.turn = Turn(partial(self._complete_chat, chat, agent))
            self.schedule(chat.turn, COMPLETION | chat.order, agent.takes(chat, chat.work))
            if chat.wrap_up and chat.on_line:
                if chat.goodbye is not None:
                    chat.goodbye.cancel()
                chat.goodbye = Turn(partial(self._hang_up, chat))
                talk = max(0, chat.work - chat.scaled(chat.wrap_up))
                self.schedule(chat.goodbye, COMPLETION | chat.order, agent.takes(chat, talk))

    def _complete_chat(self, attempt: Attempt, agent: ChatAgent, _: Turn) -> None:
        now = self.clock.now
        team = agent.team
        agent.progress(now)
        agent.chats.remove(attempt)
        self._hang_up(attempt)
        self._answered(attempt, now)
        if agent.chats:
            self._pace_chats(agent)
            self._assign(team, now)
            return
        team.chatting.remove(agent)
        self.journal.spell(team.index, attempt.channel, agent.begin, now)
        if agent.leaves:
            team.leaving += 1
        self._release(team, now)

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

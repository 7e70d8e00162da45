"""Agents at work: who takes which contact, until when, and what an answer leads to.

The first part of the definition; `shifts` and `engine` build on it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from simpy.events import Event

from simulation.contacts.table import Contacts
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
from simulation.play.record import NEVER, Cause, Outcome

MARK = 1 << 31 + NUMBER_BITS
COMPLETION, ABANDONMENT, ARRIVAL = (number * MARK for number in range(4, 7))
"""Classes of events, in their order at one instant, after those of a timetable's marks."""


class Service(ABC):
    """The floor of one replication, and the work of its agents."""

    def __init__(self, plan: Plan, contacts: Contacts) -> None:
        self.plan = plan
        self.clock = Clock()
        self.schedule: Callable[[Event, int, int], None] = cast(Any, self.clock.schedule)
        self.journal = Journal(len(plan.channels))
        self.citizens = Citizens(plan, contacts, self.journal)
        self.channels = [Channel(channel) for channel in plan.channels]
        self.teams = [Team(index, team) for index, team in enumerate(plan.teams)]
        self.lines = [0] * len(plan.lines)
        # SimPy reads an event's callbacks and never changes them: attempts may share the list.
        self._on_completion = [self._complete]
        self._connect()

    def _connect(self) -> None:
        queues = [queue for channel in self.channels for queue in channel.queues]
        for queue, queue_plan in zip(queues, self.plan.queues, strict=True):
            queue.connect([[self.teams[team] for team in rank] for rank in queue_plan.ranks])
        for team, team_plan in zip(self.teams, self.plan.teams, strict=True):
            team.connect([[queues[queue] for queue in group] for group in team_plan.groups])

    @abstractmethod
    def _expect(self, attempt: Attempt | None, now: int) -> None:
        """Schedule the arrival of a later attempt, if there is one."""

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
        now = attempt.resumed + attempt.work
        team = attempt.team
        if attempt.queue.deferred:
            del team.messages[attempt]
            if attempt.timer is not None:
                attempt.timer.cancel()
            if not attempt.whole:
                self.journal.spell(team.index, attempt.channel, attempt.resumed, now)
        elif attempt.turn is None and attempt.queue.line is not None:
            self.lines[attempt.queue.line] -= 1
        if attempt.queue.settles and not self.citizens.known:
            self.journal.attempt(attempt, Outcome.ANSWERED, now, 1)
        else:
            self._answered(attempt, now)
        self._release(team, now)

    def _answered(self, attempt: Attempt, now: int) -> None:
        """Write down an answer, and pass the contact on or let the citizen come back."""
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

    # Queues and lines

    def _leave_queue(self, attempt: Attempt) -> None:
        attempt.queue.drop(attempt)
        if attempt.timer is not None and not attempt.queue.deferred:
            attempt.timer.cancel()
            attempt.timer = None

    def _free_line(self, attempt: Attempt) -> None:
        line = attempt.queue.line
        if line is not None:
            self.lines[line] -= 1

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

"""The model on SimPy's clock: the definition of what happens to a contact.

Every attempt is a SimPy event. It fires when its citizen arrives and again when the agent is
done; who has to wait gets a second event for the moment at which patience or the municipality
ends the wait. Rosters, closings and openings are events of their own. SimPy's ``Resource``
knows no skills, no changing capacity and no order among ties, so queues and teams are ours
(`floor`), and an event's priority spells out the order at one instant: class of event, then
contact, then attempt. After each event work is assigned until nothing moves.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from simpy import Environment

from simulation.contacts.randomness import mix_one, purpose, row
from simulation.contacts.table import FOREVER, Contacts
from simulation.play.floor import (
    LATER,
    NUMBER_BITS,
    Attempt,
    ChannelState,
    ChatAgent,
    Citizen,
    Queue,
    Team,
    Turn,
)
from simulation.play.plan import MILLION, ONE, Plan
from simulation.play.record import (
    ATTEMPT,
    ATTEMPT_FORMAT,
    NEVER,
    NOBODY,
    PRESENCE,
    SPELL,
    Cause,
    Outcome,
    Record,
)

ROSTER, CLOSING, OPENING, COMPLETION, ABANDONMENT, ARRIVAL = (
    number << 31 + NUMBER_BITS for number in range(1, 7)
)
"""Classes of events, in their order at one instant."""

CHUNK = 65_536
"""Contacts that stand ready as Python objects at a time: memory stays flat."""

AGENT = purpose("agent")
RESOLUTION = purpose("resolution")
TRANSFER = purpose("transfer")
SITE = purpose("site")
EFFORT = purpose("effort")
PATIENCE = purpose("patience")
WRAP_UP = purpose("wrap-up")
TRY = {cause: purpose(f"return after {cause.name}") for cause in Cause}
DELAY = {cause: purpose(f"delay after {cause.name}") for cause in Cause}
TARGET = {cause: purpose(f"channel after {cause.name}") for cause in Cause}

_AFTER = {
    Outcome.ABANDONED: Cause.ABANDONED,
    Outcome.BLOCKED: Cause.BLOCKED,
    Outcome.CLOSED: Cause.CLOSED,
    Outcome.SENT_AWAY: Cause.SENT_AWAY,
}


def play(plan: Plan, contacts: Contacts, replication: int) -> Record:
    """Play one replication.

    Parameters
    ----------
    plan : the scenario, compiled
    contacts : who comes, in order of time
    replication : number of the replication, for the draws of absence

    Returns
    -------
    What happened.
    """
    return _Play(plan, contacts, replication).run()


class _Play:
    """One replication while it runs."""

    def __init__(self, plan: Plan, contacts: Contacts, replication: int) -> None:
        self.plan = plan
        self.contacts = contacts
        self.env = Environment()
        self.channels = [ChannelState(channel) for channel in plan.channels]
        self.teams = [Team(index, team) for index, team in enumerate(plan.teams)]
        self.lines = [0] * len(plan.lines)
        self.citizens: dict[int, Citizen] = {}
        self.serving: dict[int, Attempt] = {}
        self.cut_off = [0] * len(plan.channels)
        self.rows = bytearray()
        self.spells: list[tuple[int, int, int, int]] = []
        self.presence: list[tuple[int, int, int]] = []
        self._pack = struct.Struct(ATTEMPT_FORMAT).pack
        self._connect()
        self._arrivals = self._first_attempts()
        self._timetable = self._scheduled_events(plan.at_work(replication))

    def _connect(self) -> None:
        queues = []
        for plan in self.plan.queues:
            queue = Queue(self.channels[plan.channel], plan.site)
            queue.ranks = [[self.teams[team] for team in rank] for rank in plan.ranks]
            self.channels[plan.channel].queues.append(queue)
            queues.append(queue)
        for team, team_plan in zip(self.teams, self.plan.teams, strict=True):
            team.groups = [[queues[queue] for queue in group] for group in team_plan.groups]

    def run(self) -> Record:
        """Play until everyone has left, or until the cut."""
        self._next_arrival()
        self.env.process(self._run_timetable())
        self.env.run(until=self.plan.end)
        self._censor()
        return Record(
            attempts=np.frombuffer(bytes(self.rows), dtype=ATTEMPT),
            spells=np.array(self.spells, dtype=SPELL),
            presence=np.array(self.presence, dtype=PRESENCE),
            cut_off=np.array(self.cut_off, dtype=np.int64),
            end=self.plan.end,
        )

    # Rosters, closings and openings

    def _scheduled_events(self, at_work: list[list[tuple[int, int]]]) -> list[tuple[int, ...]]:
        events: list[tuple[int, ...]] = []
        for team, levels in enumerate(at_work):
            events += [(time, ROSTER, team, heads) for time, heads in levels]
        for channel, plan in enumerate(self.plan.channels):
            for begin, end in plan.openings:
                events += [(begin, OPENING, channel, 0), (end, CLOSING, channel, 0)]
        return sorted(event for event in events if event[0] < self.plan.end)

    def _run_timetable(self) -> Iterator[Turn]:
        for time, kind, which, heads in self._timetable:
            turn = Turn(lambda _: None)
            self.env.schedule(turn, kind | which, time - self.env.now)
            yield turn
            if kind == ROSTER:
                self._change_roster(self.teams[which], heads)
            elif kind == CLOSING:
                self._close(self.channels[which])
            else:
                self._open(self.channels[which])

    def _change_roster(self, team: Team, heads: int) -> None:
        change = heads - team.scheduled
        team.scheduled = heads
        if change > 0:
            self._more_heads(team, change)
        else:
            self._fewer_heads(team, -change)
        self.presence.append((team.index, self.env.now, team.present))

    def _more_heads(self, team: Team, more: int) -> None:
        kept = min(more, team.leaving)
        team.leaving -= kept
        more -= kept
        for agent in team.chatting:
            if more and agent.leaves:
                agent.leaves = False
                more -= 1
        team.present += more
        team.idle += more
        self._assign(team)

    def _fewer_heads(self, team: Team, fewer: int) -> None:
        """Send idle agents home first; others hand back a message or finish with a citizen."""
        gone = min(fewer, team.idle)
        team.idle -= gone
        team.present -= gone
        fewer -= gone
        while fewer and team.messages:
            self._hand_back(next(reversed(team.messages)))
            team.leaving += 1
            self._release(team)
            fewer -= 1
        chatting = [agent for agent in team.chatting if not agent.leaves]
        for agent in sorted(chatting, key=lambda agent: len(agent.chats))[:fewer]:
            agent.leaves = True
            fewer -= 1
        team.leaving += fewer

    def _hand_back(self, attempt: Attempt) -> None:
        now = self.env.now
        attempt.cancel()
        del attempt.team.messages[attempt], self.serving[attempt.order]
        self.spells.append((attempt.team.index, attempt.channel, attempt.resumed, now))
        left = attempt.handed_back(self._complete, now)
        left.queue.join(left)
        self._offer(left.queue)

    def _open(self, channel: ChannelState) -> None:
        channel.is_open = True
        messages, channel.overnight = channel.overnight, []
        for message in messages:
            message.since = self.env.now
            message.queue.join(message)
        for queue in channel.queues:
            queue.closing = False
            self._offer(queue)

    def _close(self, channel: ChannelState) -> None:
        channel.is_open = False
        if channel.plan.deferred:
            return
        for queue in channel.queues:
            at_work = any(team.present for rank in queue.ranks for team in rank)
            if channel.plan.serve_at_closing and at_work:
                queue.closing = queue.count > 0
            else:
                for attempt in queue.everyone():
                    self._leave_queue(attempt)
                    self._end(attempt, Outcome.SENT_AWAY)

    # Arrivals

    def _first_attempts(self) -> Iterator[Attempt]:
        table = self.contacts
        arrive = self._arrive_first
        contact = 0
        for begin in range(0, len(table.time), CHUNK):
            part = slice(begin, begin + CHUNK)
            for time, channel, reason, site, patience, handling, wrap_up in zip(
                table.time[part].tolist(),
                table.channel[part].tolist(),
                table.reason[part].tolist(),
                table.site[part].tolist(),
                table.patience[part].tolist(),
                table.handling[part].tolist(),
                table.wrap_up[part].tolist(),
                strict=True,
            ):
                yield Attempt(
                    arrive, contact, 1, channel, reason, site, 0, time, patience, handling, wrap_up
                )
                contact += 1

    def _next_arrival(self) -> None:
        attempt = next(self._arrivals, None)
        if attempt is not None:
            self.env.schedule(attempt, ARRIVAL | attempt.order, attempt.arrived - self.env.now)

    def _arrive_first(self, attempt: Attempt) -> None:
        self._next_arrival()
        self._arrive(attempt)

    def _arrive_again(self, attempt: Attempt) -> None:
        if attempt.cause in LATER or not self.citizens[attempt.contact].resolved:
            self._arrive(attempt)

    def _arrive(self, attempt: Attempt) -> None:
        channel = self.channels[attempt.channel]
        queue = attempt.queue = channel.queues[attempt.site]
        if queue.deferred:
            self._receive_message(attempt, channel, queue)
            return
        plan = channel.plan
        if not channel.is_open:
            self._end(attempt, Outcome.CLOSED)
            return
        if plan.line is not None:
            if self.lines[plan.line] >= self.plan.lines[plan.line]:
                self._end(attempt, Outcome.BLOCKED)
                return
            self.lines[plan.line] += 1
        if self._meet(attempt, queue):
            return
        if plan.capacity is not None and queue.count >= plan.capacity:
            self._end_on_line(attempt, Outcome.BLOCKED)
        elif attempt.patience == 0:
            self._end_on_line(attempt, Outcome.ABANDONED)
        else:
            queue.join(attempt)
            self._limit_wait(attempt)

    def _receive_message(self, attempt: Attempt, channel: ChannelState, queue: Queue) -> None:
        if attempt.patience < FOREVER and Cause.IMPATIENT in channel.plan.returns:
            attempt.timer = Turn(lambda _: self._come_back(attempt, Cause.IMPATIENT))
            self.env.schedule(attempt.timer, ABANDONMENT | attempt.order, attempt.patience)
        if not channel.is_open:
            channel.stay_overnight(attempt)
        elif not self._meet(attempt, queue):
            queue.join(attempt)

    def _limit_wait(self, attempt: Attempt) -> None:
        divert = self.channels[attempt.channel].plan.divert
        if divert is not None and divert[0] <= attempt.patience:
            attempt.timer = Turn(lambda _: self._divert(attempt))
            self.env.schedule(attempt.timer, ABANDONMENT | attempt.order, divert[0])
        elif attempt.patience < FOREVER:
            attempt.timer = Turn(lambda _: self._abandon(attempt))
            self.env.schedule(attempt.timer, ABANDONMENT | attempt.order, attempt.patience)

    # Waiting and its ends

    def _leave_queue(self, attempt: Attempt) -> None:
        attempt.queue.drop(attempt)
        if attempt.timer is not None and not attempt.queue.deferred:
            attempt.timer.cancel()
            attempt.timer = None

    def _abandon(self, attempt: Attempt) -> None:
        attempt.queue.drop(attempt)
        self._end_on_line(attempt, Outcome.ABANDONED)

    def _divert(self, attempt: Attempt) -> None:
        attempt.queue.drop(attempt)
        self._end_on_line(attempt, Outcome.DIVERTED)
        divert = self.channels[attempt.channel].plan.divert
        if divert is not None:
            self._pass_on(attempt, divert[1], Cause.DIVERTED)

    def _end_on_line(self, attempt: Attempt, outcome: Outcome) -> None:
        self._free_line(attempt)
        self._end(attempt, outcome)

    def _free_line(self, attempt: Attempt) -> None:
        line = self.channels[attempt.channel].plan.line
        if line is not None:
            self.lines[line] -= 1

    def _end(self, attempt: Attempt, outcome: Outcome) -> None:
        """Write down an attempt that met no agent, and let the citizen try again or not."""
        self._write(attempt, outcome, self.env.now, 0)
        cause = _AFTER.get(outcome)
        if cause is not None:
            self._come_back(attempt, cause)

    # Agents

    def _meet(self, attempt: Attempt, queue: Queue) -> bool:
        """Give the attempt a free agent, or a place among an agent's chats; False if none."""
        for rank in queue.ranks:
            free = [
                team for team in rank if team.idle > (team.reserve if queue.deferred else 0)
            ]
            if free:
                team = free[0] if len(free) == 1 else self._draw_team(attempt, free)
                self._start(attempt, team)
                return True
            if queue.channel.plan.slowdown:
                agents = [
                    agent
                    for team in rank
                    for agent in team.chatting
                    if agent.room(queue.channel.plan, self.channels)
                ]
                if agents:
                    self._start_chat(attempt, min(agents, key=lambda agent: len(agent.chats)))
                    return True
        return False

    def _draw_team(self, attempt: Attempt, teams: list[Team]) -> Team:
        """Draw uniformly over the free agents of several teams."""
        draw = self._draw(attempt, AGENT) * sum(team.idle for team in teams) >> 64
        for team in teams:
            draw -= team.idle
            if draw < 0:
                break
        return team

    def _offer(self, queue: Queue) -> None:
        """Assign those who wait in one queue as long as anyone is free for them."""
        while queue.count:
            attempt = queue.head()
            if not self._meet(attempt, queue):
                break

    def _assign(self, team: Team) -> None:
        """Assign work to the idle agents of one team, then to agents with room for a chat."""
        while team.idle:
            attempt = team.next_in_line()
            if attempt is None:
                return
            self._start(attempt, team)
        if team.chatting:
            for group in team.groups:
                for queue in group:
                    if queue.channel.plan.slowdown:
                        self._offer(queue)

    def _start(self, attempt: Attempt, team: Team) -> None:
        """Begin with an attempt, waiting or just arrived, on an idle agent of a team."""
        team.idle -= 1
        if self.channels[attempt.channel].plan.slowdown:
            agent = ChatAgent(team, self.env.now)
            team.chatting.append(agent)
            self._start_chat(attempt, agent)
            return
        self._begin(attempt, team)
        attempt.callbacks = [self._complete]
        self.env.schedule(attempt, COMPLETION | attempt.order, attempt.work)
        if attempt.queue.deferred:
            team.messages[attempt] = None
        elif attempt.wrap_up:
            self._hang_up_before_wrap_up(attempt)

    def _begin(self, attempt: Attempt, team: Team) -> None:
        if attempt.waits:
            self._leave_queue(attempt)
        now = self.env.now
        attempt.team = team
        attempt.resumed = now
        if attempt.started == NEVER:
            attempt.started = now
        attempt.work = self._scaled(attempt.effort, attempt)
        self.serving[attempt.order] = attempt

    def _scaled(self, effort: int, attempt: Attempt) -> int:
        factors = attempt.team.factors
        if not factors:
            return effort
        factor = factors.get((attempt.channel, attempt.reason), MILLION)
        return (effort * factor + MILLION // 2) // MILLION

    def _hang_up_before_wrap_up(self, attempt: Attempt) -> None:
        if self.channels[attempt.channel].plan.line is None:
            return
        talk = self._scaled(attempt.effort - attempt.wrap_up, attempt)
        attempt.turn = Turn(lambda _: self._free_line(attempt))
        self.env.schedule(attempt.turn, COMPLETION | attempt.order, min(talk, attempt.work))

    def _complete(self, attempt: Attempt) -> None:
        del self.serving[attempt.order]
        team = attempt.team
        now = self.env.now
        if attempt.queue.deferred:
            del team.messages[attempt]
            if attempt.timer is not None:
                attempt.timer.cancel()
            if not attempt.whole:
                self.spells.append((team.index, attempt.channel, attempt.resumed, now))
        elif attempt.turn is None:
            self._free_line(attempt)
        self._answered(attempt, now)
        self._release(team)

    def _release(self, team: Team) -> None:
        """Let an agent who is done take the next, wait for work, or go home."""
        if team.leaving:
            last = team.last_in_line()
            if last is None:
                team.leaving -= 1
                self._go_home(team)
            else:
                team.idle += 1
                self._start(last, team)
            return
        team.idle += 1
        self._assign(team)

    def _go_home(self, team: Team) -> None:
        team.present -= 1
        self.presence.append((team.index, self.env.now, team.present))

    # Chats

    def _start_chat(self, attempt: Attempt, agent: ChatAgent) -> None:
        agent.progress(self.env.now, self.channels)
        self._begin(attempt, agent.team)
        attempt.whole = 0
        agent.chats.append(attempt)
        self._pace(agent)

    def _pace(self, agent: ChatAgent) -> None:
        """Schedule the completion of every chat at the pace of the present number."""
        count = len(agent.chats)
        for chat in agent.chats:
            if chat.turn is not None:
                chat.turn.cancel()
            pace = self.channels[chat.channel].plan.slowdown[count - 1]
            chat.turn = Turn(lambda _, chat=chat: self._complete_chat(chat, agent))  # type: ignore[misc]
            self.env.schedule(chat.turn, COMPLETION | chat.order, -(-chat.work * pace // MILLION))

    def _complete_chat(self, attempt: Attempt, agent: ChatAgent) -> None:
        del self.serving[attempt.order]
        team = agent.team
        now = self.env.now
        agent.progress(now, self.channels)
        agent.chats.remove(attempt)
        self._free_line(attempt)
        self._answered(attempt, now)
        if agent.chats:
            self._pace(agent)
            self._assign(team)
            return
        team.chatting.remove(agent)
        self.spells.append((team.index, attempt.channel, agent.begin, now))
        if agent.leaves:
            team.leaving += 1
        self._release(team)

    # After an answer, and after none

    def _answered(self, attempt: Attempt, now: int) -> None:
        plan = self.channels[attempt.channel].plan
        transfer = plan.transfer
        if transfer is not None:
            chance = transfer.probability[attempt.reason]
            if chance and self._draw(attempt, TRANSFER) < chance:
                self._write(attempt, Outcome.ANSWERED, now, 0)
                self._pass_on(attempt, transfer.channel, Cause.TRANSFERRED)
                return
        chance = plan.resolution[attempt.reason]
        resolved = chance == ONE or self._draw(attempt, RESOLUTION) < chance
        self._write(attempt, Outcome.ANSWERED, now, resolved)
        if not resolved:
            self._come_back(attempt, Cause.UNRESOLVED)
        elif self.citizens and attempt.contact in self.citizens:
            self.citizens[attempt.contact].resolved = True

    def _come_back(self, attempt: Attempt, cause: Cause) -> None:
        """Let a citizen try again after an attempt, as the channel's rule for the cause says."""
        rule = self.channels[attempt.channel].plan.returns.get(cause)
        if rule is None or self._draw(attempt, TRY[cause]) >= rule.probability:
            return
        citizen = self.citizens.setdefault(attempt.contact, Citizen())
        if citizen.resolved:
            return
        if citizen.tries >= self.plan.max_attempts:
            self.cut_off[attempt.channel] += 1
            return
        after = self.env.now
        if cause == Cause.CLOSED:
            opening = self._next_opening(attempt.channel)
            if opening is None:
                return
            after = opening
        citizen.tries += 1
        target = self._draw(attempt, TARGET[cause])
        channel = next(channel for edge, channel in rule.targets if target < edge)
        delay = rule.delays[row(self._draw(attempt, DELAY[cause]))]
        self._make_attempt(attempt, channel, cause, after + delay)

    def _pass_on(self, attempt: Attempt, channel: int, cause: Cause) -> None:
        """Send the contact to another channel at this instant: no new try of the citizen."""
        self.citizens.setdefault(attempt.contact, Citizen())
        self._make_attempt(attempt, channel, cause, self.env.now)

    def _next_opening(self, channel: int) -> int | None:
        openings = self.channels[channel].plan.openings
        place = bisect_right(openings, (self.env.now, self.plan.end + 1))
        return openings[place][0] if place < len(openings) else None

    def _make_attempt(self, before: Attempt, channel: int, cause: Cause, time: int) -> None:
        citizen = self.citizens[before.contact]
        citizen.attempts += 1
        number = citizen.attempts
        patience, handling, wrap_up = self._durations(before, number, channel, time)
        attempt = Attempt(
            self._arrive_again,
            before.contact,
            number,
            channel,
            before.reason,
            self._site(before.contact, channel),
            cause,
            time,
            patience,
            handling,
            wrap_up,
        )
        self.env.schedule(attempt, ARRIVAL | attempt.order, time - self.env.now)

    def _durations(
        self, before: Attempt, number: int, channel: int, time: int
    ) -> tuple[int, int, int]:
        """Give patience, handling and wrap-up of a later attempt, kept or drawn again."""
        contacts, plan, contact = self.contacts, self.plan, before.contact
        key = int(contacts.key[contact])
        same = channel == int(contacts.channel[contact])
        durations = plan.durations
        effort = 1 if plan.keep_effort else number
        patience = 1 if plan.keep_patience else number
        kept_patience = plan.keep_patience and same
        kept_effort = plan.keep_effort and same
        return (
            int(contacts.patience[contact])
            if kept_patience
            else durations.later_patience(channel, row(mix_one(key, PATIENCE, patience)), time),
            int(contacts.handling[contact])
            if kept_effort
            else durations.later_handling(
                channel, before.reason, row(mix_one(key, EFFORT, effort)), time
            ),
            int(contacts.wrap_up[contact])
            if kept_effort
            else durations.later_wrap_up(channel, row(mix_one(key, WRAP_UP, effort)), time),
        )

    def _site(self, contact: int, channel: int) -> int:
        sites = self.plan.channels[channel].sites
        if not sites:
            return 0
        return bisect_right(sites, mix_one(int(self.contacts.key[contact]), SITE, 1))

    # Book-keeping

    def _draw(self, attempt: Attempt, what: int) -> int:
        """Draw 64 bits that belong to this contact, this attempt and this purpose."""
        return mix_one(int(self.contacts.key[attempt.contact]), what, attempt.number)

    def _write(self, attempt: Attempt, outcome: int, ended: int, resolved: int) -> None:
        met = attempt.started != NEVER
        self.rows += self._pack(
            attempt.contact,
            attempt.number,
            attempt.channel,
            attempt.site,
            attempt.team.index if met else NOBODY,
            outcome,
            attempt.cause,
            attempt.whole if met else 0,
            resolved,
            attempt.arrived,
            attempt.since,
            attempt.started,
            ended,
        )

    def _censor(self) -> None:
        """Write down who is still there when play stops."""
        end = self.plan.end
        for order in sorted(self.serving):
            attempt = self.serving[order]
            self._write(attempt, Outcome.IN_SERVICE, end, 0)
            if not attempt.whole and attempt.queue.deferred:
                self.spells.append((attempt.team.index, attempt.channel, attempt.resumed, end))
        for team in self.teams:
            self.spells += [
                (team.index, agent.chats[0].channel, agent.begin, end) for agent in team.chatting
            ]
        for channel in self.channels:
            for queue in channel.queues:
                for attempt in queue.everyone():
                    self._write(attempt, Outcome.WAITING, end, 0)
            for attempt in channel.overnight:
                self._write(attempt, Outcome.WAITING, end, 0)

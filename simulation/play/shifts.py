"""Shifts: people who come and go by the roster, and channels that open and close.

The second part of the definition, between `service` and `engine`.
"""

from abc import abstractmethod
from collections.abc import Generator, Sequence

from simpy.events import Event

from simulation.play.floor import Attempt, Channel, Team, Turn
from simulation.play.plan import Mark
from simulation.play.record import Outcome
from simulation.play.service import MARK, Service


class Shifts(Service):
    """What the timetable does to teams and channels."""

    @abstractmethod
    def _leave_line(self, attempt: Attempt, outcome: Outcome, now: int) -> None:
        """Free the line, write down the attempt, and let the citizen try again or not."""

    def _run_timetable(self, timetable: Sequence[Sequence[int]]) -> Generator[Event, None, None]:
        for time, mark, which, heads in timetable:
            turn = Turn(lambda _: None)
            self.schedule(turn, MARK * mark | which, time - self.clock.now)
            yield turn
            if mark == Mark.ROSTER:
                self._change_roster(self.teams[which], heads, time)
            elif mark == Mark.CLOSING:
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

"""What a citizen does after an answer and after none: tries again, by which channel, and when.

What is random about a later attempt belongs to the contact, the number of the attempt and the
purpose of the draw: it is computed from those when it is needed, the same in every engine.
"""

from bisect import bisect_right

from simulation.contacts.durations import EFFORT, PATIENCE, SITE, WRAP_UP
from simulation.contacts.randomness import mix_one, purpose, row
from simulation.contacts.table import Contacts
from simulation.play.floor import NUMBER_BITS, Attempt
from simulation.play.journal import Journal
from simulation.play.plan import ONE, Plan
from simulation.play.record import PASSED_ON, Cause

AGENT = purpose("agent")
RESOLUTION = purpose("resolution")
TRANSFER = purpose("transfer")
TRY = {cause: purpose(f"return after {cause.name}") for cause in Cause}
DELAY = {cause: purpose(f"delay after {cause.name}") for cause in Cause}
TARGET = {cause: purpose(f"channel after {cause.name}") for cause in Cause}


class Citizen:
    """What is remembered of a contact that makes more than one attempt."""

    def __init__(self) -> None:
        self.attempts = 1
        self.tries = 1
        self.resolved = False


class Citizens:
    """The people behind the contacts of one replication."""

    def __init__(self, plan: Plan, contacts: Contacts, journal: Journal) -> None:
        self.plan = plan
        self.contacts = contacts
        self.journal = journal
        self.known: dict[int, Citizen] = {}

    def draw(self, attempt: Attempt, what: int) -> int:
        """Draw 64 bits that belong to this contact, this attempt and this purpose."""
        return mix_one(int(self.contacts.key[attempt.contact]), what, attempt.number)

    def still_wants(self, attempt: Attempt) -> bool:
        """Whether a later attempt is still made: one resolution stops further returns."""
        return attempt.cause in PASSED_ON or not self.known[attempt.contact].resolved

    def resolves(self, attempt: Attempt) -> bool:
        """Whether an answer resolves the question; if so, remember it."""
        chance = self.plan.channels[attempt.channel].resolution[attempt.reason]
        resolved = chance == ONE or self.draw(attempt, RESOLUTION) < chance
        if resolved and self.known and attempt.contact in self.known:
            self.known[attempt.contact].resolved = True
        return resolved

    def transferred_to(self, attempt: Attempt) -> int | None:
        """Give the channel of the back office to which an answer is passed on, if it is."""
        rule = self.plan.channels[attempt.channel].transfer
        if rule is None:
            return None
        chance = rule.probability[attempt.reason]
        return rule.channel if chance and self.draw(attempt, TRANSFER) < chance else None

    def come_back(self, attempt: Attempt, cause: Cause, now: int) -> Attempt | None:
        """Give the next attempt of a citizen, as the channel's rule for the cause says."""
        rule = self.plan.channels[attempt.channel].returns.get(cause)
        if rule is None or self.draw(attempt, TRY[cause]) >= rule.probability:
            return None
        citizen = self.known.setdefault(attempt.contact, Citizen())
        if citizen.resolved:
            return None
        if citizen.tries >= self.plan.max_attempts:
            if self.contacts.time[attempt.contact] >= self.plan.scenario.horizon.warm_up:
                self.journal.cut_off[attempt.channel] += 1
            return None
        after = self._next_opening(attempt.channel, now) if cause == Cause.CLOSED else now
        if after is None:
            return None
        citizen.tries += 1
        target = self.draw(attempt, TARGET[cause])
        channel = next(channel for edge, channel in rule.targets if target < edge)
        delay = rule.delays[row(self.draw(attempt, DELAY[cause]))]
        return self._next_attempt(attempt, citizen, channel, cause, after + delay)

    def pass_on(self, attempt: Attempt, channel: int, cause: Cause, now: int) -> Attempt:
        """Give the attempt in another channel, at this instant: no new try of the citizen."""
        citizen = self.known.setdefault(attempt.contact, Citizen())
        return self._next_attempt(attempt, citizen, channel, cause, now)

    def _next_opening(self, channel: int, now: int) -> int | None:
        openings = self.plan.channels[channel].openings
        place = bisect_right(openings, (now, self.plan.end + 1))
        return openings[place][0] if place < len(openings) else None

    def _next_attempt(
        self, before: Attempt, citizen: Citizen, channel: int, cause: Cause, time: int
    ) -> Attempt:
        citizen.attempts += 1
        number = citizen.attempts
        contact, reason = before.contact, before.reason
        handling, wrap_up = self._effort(contact, reason, number, channel, time)
        attempt = Attempt(
            contact,
            channel,
            reason,
            self._site(contact, channel),
            time,
            self._patience(contact, number, channel, time),
            handling + wrap_up,
            contact << NUMBER_BITS | number,
        )
        attempt.number, attempt.cause, attempt.wrap_up = number, cause, wrap_up
        return attempt

    def _site(self, contact: int, channel: int) -> int:
        """Give the site: the same draw at every attempt, so people keep to their city office."""
        sites = self.plan.channels[channel].sites
        if not sites:
            return 0
        return bisect_right(sites, mix_one(int(self.contacts.key[contact]), SITE, 1))

    def _patience(self, contact: int, number: int, channel: int, time: int) -> int:
        contacts, keep = self.contacts, self.plan.keep_patience
        if keep and channel == contacts.channel[contact]:
            return int(contacts.patience[contact])
        bits = mix_one(int(contacts.key[contact]), PATIENCE, 1 if keep else number)
        return self.plan.durations.later_patience(channel, row(bits), time)

    def _effort(
        self, contact: int, reason: int, number: int, channel: int, time: int
    ) -> tuple[int, int]:
        """Give handling and wrap-up, kept or drawn again."""
        contacts, keep = self.contacts, self.plan.keep_effort
        if keep and channel == contacts.channel[contact]:
            return int(contacts.handling[contact]), int(contacts.wrap_up[contact])
        key, attempt = int(contacts.key[contact]), 1 if keep else number
        durations = self.plan.durations
        return (
            durations.later_handling(channel, reason, row(mix_one(key, EFFORT, attempt)), time),
            durations.later_wrap_up(channel, row(mix_one(key, WRAP_UP, attempt)), time),
        )

"""Channels: how people are received, how long they wait, and what they do afterwards."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.blocks import Block
from simulation.scenario.demand import Shares
from simulation.scenario.distributions import Distribution
from simulation.scenario.text import Text
from simulation.scenario.values import Count, Duration, Name, Rank, Share

Opening = Literal["always"] | Annotated[tuple[Block, ...], Field(min_length=1, max_length=300)]
"""Opening hours: ``always``, or the blocks of the week in which a channel is open."""


class Return(Part):
    """Coming back: with a probability, after a delay, through a channel."""

    probability: Share = 1.0
    """Probability that the citizen tries again; otherwise the contact is lost."""

    delay: Distribution
    """Time until the next attempt."""

    to: Shares = {}
    """Probability of each channel; the same channel if not given."""


class Transfer(Part):
    """Passing an answer on to a back office, which answers on a clock of its own."""

    to: Name
    """Deferred channel of the back office."""

    probability: Share
    """Share of the handled contacts that is passed on."""

    by_reason: dict[Name, Share] = {}
    """The same for reasons that differ."""


class Divert(Part):
    """Offering another channel to who has waited too long."""

    after: Duration
    """Waiting time after which the citizen is diverted."""

    to: Name
    """Channel to which the citizen goes, at once."""


class BaseChannel(Part):
    """What every channel has."""

    title: Text | None = None
    """What readers call the channel."""

    open: Opening = "always"
    """When the channel is open. A deferred channel takes messages at any time; what comes
    outside these hours counts as arriving at the next opening."""

    holidays: Literal["closed", "open"] = "closed"
    """Whether closed days of the calendar close the channel."""

    sites: Shares = {}
    """Sites with a queue of their own, such as city offices, with their share of the arrivals."""

    teams: dict[Name, Rank] = {}
    """Rank of each team for this channel: a lower rank is asked first. Teams that serve the
    channel and are not named have rank 1."""

    handling: Distribution
    """Time an agent needs for a contact (for a message: the effort), before wrap-up."""

    handling_by_reason: dict[Name, Distribution] = {}
    """The same for reasons that differ."""

    wrap_up: Distribution | None = None
    """Work after the conversation that keeps the agent busy and the line free."""

    extra_effort: dict[Name, Duration] = {}
    """Fixed additions to each handling, by name, such as signing or screening messages that need
    no answer."""

    resolution: Share = 1.0
    """Probability that an answer resolves the question."""

    resolution_by_reason: dict[Name, Share] = {}
    """The same for reasons that differ."""

    transfer: Transfer | None = None
    """Passing on to a back office; the question is resolved there or not."""

    patience: Distribution | None = None
    """Live and chat: how long somebody waits before leaving. Deferred: time without an answer
    after which the citizen tries another channel as well. For ever if not given."""

    after_unresolved: Return | None = None
    """What an answer that did not resolve the question leads to; nothing if not given."""

    backlog: Count = 0
    """Contacts already waiting at the start of the horizon."""


class WaitingChannel(BaseChannel):
    """What live channels and chat share: somebody is waiting."""

    queue_capacity: Count | None = None
    """Places to wait; who finds them taken is blocked. Unlimited if not given."""

    divert: Divert | None = None
    """Diversion to another channel after a wait."""

    at_closing: Literal["serve", "send_away"] = "serve"
    """Who waits at closing time is served, in overtime if need be, or sent away."""

    after_abandoned: Return | None = None
    """What a citizen who ran out of patience does; nothing if not given."""

    after_blocked: Return | None = None
    """What a citizen who was blocked does; nothing if not given."""

    after_closed: Return | None = None
    """What a citizen who finds the channel closed does; the delay runs from the next opening."""

    after_sent_away: Return | None = None
    """What a citizen who is sent away at closing does; nothing if not given."""


class Live(WaitingChannel):
    """Counter or telephone: one citizen with one agent."""

    kind: Literal["live"]
    """The kind of channel."""


class Chat(WaitingChannel):
    """Chat: an agent holds several conversations, each of which goes slower."""

    kind: Literal["chat"]
    """The kind of channel."""

    slowdown: Annotated[
        tuple[Annotated[float, Field(ge=1, le=100)], ...], Field(min_length=1, max_length=20)
    ]
    """How much slower a conversation goes with 1, 2, ... open; its length is the most that an
    agent holds. [1, 1.3, 1.7]: three at once, each at 1/1.7 of its speed alone."""


class Deferred(BaseChannel):
    """Social media, e-mail, a back office: the message waits in a backlog."""

    kind: Literal["deferred"]
    """The kind of channel."""

    after_impatient: Return | None = None
    """The second thread that begins when patience ends; the message itself stays. The delay
    runs from that moment."""

    @model_validator(mode="after")
    def _impatience_needs_patience(self) -> Self:
        if self.after_impatient is not None and self.patience is None:
            raise ValueError("'after_impatient' needs 'patience'; add how long people wait")
        return self


Channel = Annotated[Live | Chat | Deferred, Field(discriminator="kind")]
"""A channel of one of the three kinds."""


class Lines(Part):
    """Lines (trunks) that several channels share; when all are in use, callers are blocked."""

    capacity: Count
    """Number of lines. A line is in use from arrival until the conversation ends."""

    channels: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Live or chat channels that use these lines."""


class Returns(Part):
    """What a citizen keeps from one attempt to the next."""

    patience: Literal["per_contact", "per_attempt"] = "per_attempt"
    """Whether patience is kept or drawn again for each attempt."""

    effort: Literal["per_contact", "per_attempt"] = "per_contact"
    """Whether the quantile of the handling time is kept or drawn again for each attempt."""

    max_attempts: Annotated[int, Field(ge=1, le=100)] = 10
    """Most attempts of one contact over all threads, diversions and transfers not counted; what
    the bound cuts off is counted."""

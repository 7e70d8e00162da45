"""Who would come without any strategy: streams of contacts, their rhythm, and events."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.blocks import RateBlock, WeightBlock
from simulation.scenario.text import Text
from simulation.scenario.values import Amount, Duration, Moment, Name, Share

Shares = dict[Name, Share]
"""Shares by name; they add up to 1."""


class Reason(Part):
    """Why people get in touch."""

    title: Text | None = None
    """What readers call the reason."""


class Stream(Part):
    """A stream of contacts to one channel: a yearly volume with a rhythm, or absolute rates."""

    channel: Name | None = None
    """Channel at which the contacts arrive; the name of the stream if not given."""

    reasons: Shares = {}
    """Share of each reason; may be left out when the scenario has one reason."""

    yearly: Amount | None = None
    """Expected contacts in a calendar year, after closed days, before events and shift."""

    season: Annotated[tuple[Amount, ...], Field(min_length=12, max_length=12)] | None = None
    """Relative busyness of a day in January to December; every month alike if not given."""

    weekdays: Annotated[tuple[Amount, ...], Field(min_length=7, max_length=7)] | None = None
    """Relative busyness of Monday to Sunday; Monday to Friday alike if not given."""

    hours: Annotated[tuple[WeightBlock, ...], Field(max_length=300)] = ()
    """Relative busyness through the day; the channel's opening hours, evenly, if not given."""

    rates: Annotated[tuple[RateBlock, ...], Field(min_length=1, max_length=2_000)] | None = None
    """Absolute rates, instead of a yearly volume; elsewhere the rate is 0."""

    on_closed_days: Literal["lost", "next_open_day", "comes"] | None = None
    """What happens to the demand of a closed day: it is lost, moves to the same time on the next
    open day, or comes and finds the channel closed. ``lost`` for a yearly volume and ``comes``
    for absolute rates, if not given."""

    @model_validator(mode="after")
    def _volume_or_rates(self) -> Self:
        if (self.yearly is None) == (self.rates is None):
            raise ValueError("give either 'yearly' (with its rhythm) or 'rates'")
        if self.rates is not None and (self.season or self.weekdays or self.hours):
            raise ValueError("'season', 'weekdays' and 'hours' go with 'yearly', not with 'rates'")
        return self


class Variation(Part):
    """Random factors with mean 1 that all streams share; 0 turns one off."""

    year_cv: Annotated[float, Field(ge=0, le=2)] = 0.0
    """Coefficient of variation of the year factor (gamma), drawn once in a replication."""

    day_cv: Annotated[float, Field(ge=0, le=5)] = 0.0
    """Coefficient of variation of the day factor (gamma); for a gamma with shape a: 1/√a."""

    day_autocorrelation: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Correlation of the (normal scores of the) day factors of two days in a row."""


class Event(Part):
    """Something that makes extra people get in touch: a storm, road works, King's Day."""

    title: Text | None = None
    """What readers call the event."""

    start: Moment
    """When it begins."""

    contacts: Amount
    """Expected number of extra contacts, over the whole event."""

    decay: Duration
    """Mean time after the start at which an extra contact comes (exponential decay)."""

    reasons: Shares = {}
    """Share of each reason; may be left out when the scenario has one reason."""

    channels: Shares
    """Share of each channel."""


class Trend(Part):
    """Autonomous change of a channel's volume, in every scenario alike."""

    yearly_change: Annotated[float, Field(ge=-0.9, le=2)]
    """Relative change in a year: -0.03 is 3 % fewer contacts each year."""

    since: Moment
    """Date to which the stated volumes belong."""


class Ramp(Part):
    """A share that grows in a straight line after a start."""

    start: Moment
    """When the growth begins; before, the share is ``initial``."""

    duration: Duration
    """How long the growth takes; 0 days is a step."""

    initial: Share = 0.0
    """Share before the start."""

    final: Share = 1.0
    """Share at the end of the growth, and after."""


class Deflection(Part):
    """Proactive information makes contacts unnecessary (*voorkomen contact*)."""

    shares: Shares
    """Share of the contacts, by reason, that is no longer needed."""

    event_shares: Shares = {}
    """The same for contacts that an event causes; ``shares`` where a reason is not named."""

    channels: dict[Name, Share] = {}
    """Factor by channel; 1 for every channel if the list is left out, 0 for one not named."""

    adoption: Ramp | None = None
    """Growth of the effect; there at once if not given."""

    def share(self, channel: str, reason: str, *, event: bool) -> float:
        """Give the share of contacts that is no longer needed at full adoption."""
        share = self.shares.get(reason, 0.0)
        if event:
            share = self.event_shares.get(reason, share)
        return share * (self.channels.get(channel, 0.0) if self.channels else 1.0)


class Reach(Part):
    """The share of residents that the platforms on offer reach together; they overlap."""

    platforms: dict[Name, Share]
    """Reach of each platform by itself."""

    offered: tuple[Name, ...] | None = None
    """Platforms that are offered; all that are named if not given."""

    overlap: Share = 0.0
    """0: users of one platform are as likely as others to use the next; 1: they are the same
    people, so that the largest platform counts alone."""

    def share(self) -> float:
        """Give the share of residents reached by at least one platform on offer."""
        names = self.platforms if self.offered is None else self.offered
        shares = [self.platforms[name] for name in names]
        missed = 1.0
        for share in shares:
            missed *= 1.0 - share
        return self.overlap * max(shares, default=0.0) + (1.0 - self.overlap) * (1.0 - missed)


class Substitution(Part):
    """Contacts that now come as a message (*vervangen contact*).

    Probability = willingness × stated-to-realised × adoption × reach × factor of the channel.
    """

    to: Name
    """Channel that takes the contacts over."""

    willingness: Shares
    """Stated willingness by reason; a reason that is not named does not shift."""

    stated_to_realised: Amount = 1.0
    """Realised behaviour divided by stated willingness."""

    channels: dict[Name, Share]
    """Channels from which contacts shift, each with a factor from 0 to 1."""

    reach: Reach | None = None
    """Reach of the platforms; everybody if not given."""

    adoption: Ramp | None = None
    """Growth of the channel's use; there at once if not given."""

    hours: Annotated[tuple[WeightBlock, ...], Field(max_length=300)] = ()
    """The new channel's own rhythm within the day; the contact keeps its instant if not given."""


class Induced(Part):
    """Messages that exist only because the channel does (*extra contact*)."""

    to: Name
    """Channel at which they arrive."""

    shares: Shares
    """Extra messages, by reason, as a share of that reason's demand over all streams."""

    reach: Reach | None = None
    """Reach of the platforms; everybody if not given."""

    adoption: Ramp | None = None
    """Growth of the channel's use; there at once if not given."""


class Shift(Part):
    """The four effects of channel shift, kept apart and applied in this order."""

    trend: dict[Name, Trend] = {}
    """Autonomous trend by channel, in the baseline too."""

    deflection: dict[Name, Deflection] = {}
    """Proactive information, by name; the shares of several add up."""

    substitution: dict[Name, Substitution] = {}
    """Shift to another channel, by name; the probabilities of several add up."""

    induced: dict[Name, Induced] = {}
    """Extra demand, by name."""

"""Teams: who is rostered when, for which channels, and at what pay."""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.distributions import ROUNDING
from simulation.scenario.shifts import Shifts
from simulation.scenario.text import Text
from simulation.scenario.values import DAY, Count, Duration, Factor, Name, Rank

Roster = Annotated[tuple[HeadsBlock, ...], Field(max_length=2_000)]
"""Blocks of the week with the people rostered; nobody elsewhere."""


class Service(Part):
    """How a team serves a channel."""

    rank: Rank = 1
    """Order in which an agent of this team takes contacts: a lower rank goes first; within a
    rank the longest waiting."""

    handling_factor: Factor = 1.0
    """What handling times are multiplied by in this team."""

    handling_factor_by_reason: dict[Name, Factor] = {}
    """The same for reasons that differ."""


class Absence(Part):
    """Unplanned absence: people who are rostered and paid but do not come."""

    share: Annotated[float, Field(ge=0, le=0.9)]
    """Share of the rostered days."""

    spell: Duration = 5 * DAY
    """Mean length of a spell, in whole calendar days; at least 1 day."""

    @model_validator(mode="after")
    def _whole_days(self) -> Self:
        if self.spell < DAY:
            raise ValueError("'spell' must be at least 1 day")
        shortest = math.ceil(self.share / (1.0 - self.share) - ROUNDING)
        if self.spell < shortest * DAY:
            raise ValueError(
                f"a share of {self.share:g} needs a 'spell' of at least {shortest} days"
            )
        return self


class Team(Part):
    """A team of interchangeable people."""

    title: Text | None = None
    """What readers call the team."""

    roster: Roster = ()
    """Heads rostered through the week."""

    sites: dict[Name, Roster] = {}
    """A roster for each site instead; people of one site do not help at another."""

    channels: dict[Name, Service] = {}
    """Channels that the team serves. A team without channels does rostered work that is not a
    contact, such as publishing information."""

    reserve: Count = 0
    """A deferred message is started only if at least this many agents stay idle after it."""

    minimum_crew: Count = 0
    """Fewest heads rostered wherever the roster has anyone; lower numbers are raised to it."""

    holidays: Literal["off", "on"] = "off"
    """Whether the roster is empty on closed days of the calendar."""

    shrinkage: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Planned share of paid time that is not rostered on contacts: leave, training, meetings."""

    absence: Absence | None = None
    """Unplanned absence; nobody is absent if not given."""

    shifts: Shifts | None = None
    """What shifts and contracts a roster of people may have; the defaults hold if not given."""

    pay_scale: Name | None = None
    """Pay scale in ``costs``; needed when the scenario has costs."""

    @model_validator(mode="after")
    def _one_kind_of_roster(self) -> Self:
        if self.roster and self.sites:
            raise ValueError("give either 'roster' or 'sites'; a site has a roster of its own")
        return self

"""A scenario: everything that one simulated organisation is asked to be."""

import json
from typing import Annotated, Literal

from pydantic import Field

from simulation.scenario.base import Part
from simulation.scenario.channels import Channel, Lines, Returns
from simulation.scenario.costs import Costs
from simulation.scenario.demand import Event, Reason, Shift, Stream, Variation
from simulation.scenario.finance import Finance
from simulation.scenario.horizon import Calendar, Horizon
from simulation.scenario.norms import Norm
from simulation.scenario.teams import Team
from simulation.scenario.text import Text
from simulation.scenario.values import Name

FORMAT = 1
"""Version of the scenario format."""


class Scenario(Part):
    """A channel strategy for one organisation over one period."""

    kanaalkompas: Literal[1]
    """Version of the format."""

    title: Text
    """Name of the scenario."""

    why: Text | None = None
    """Why somebody would choose it, and what changes: the memo in two sentences."""

    organisation: Text | None = None
    """Whose channels these are, such as the name of the municipality."""

    horizon: Horizon
    """The period that is simulated."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    """Which random citizens: the same seed gives the same citizens in every scenario."""

    replications: Annotated[int, Field(ge=1, le=100_000)] = 30
    """How many times the period is simulated."""

    staffing: Literal["as_rostered", "equal_service"] = "as_rostered"
    """How `compare` staffs scenarios when this one is the baseline: as their rosters say, or each
    just well enough for its norms."""

    calendar: Calendar = Calendar()
    """Closed days."""

    reasons: dict[Name, Reason] = {"contact": Reason()}
    """Why people get in touch."""

    demand: dict[Name, Stream]
    """Streams of contacts."""

    variation: Variation = Variation()
    """Random factors on the demand."""

    events: dict[Name, Event] = {}
    """Events that cause extra contacts."""

    shift: Shift = Shift()
    """Channel shift."""

    channels: Annotated[dict[Name, Channel], Field(min_length=1, max_length=200)]
    """Channels."""

    lines: dict[Name, Lines] = {}
    """Lines that channels share."""

    returns: Returns = Returns()
    """What a citizen keeps from one attempt to the next."""

    teams: Annotated[dict[Name, Team], Field(max_length=500)] = {}
    """Teams."""

    norms: dict[Name, Norm] = {}
    """Service norms."""

    costs: Costs | None = None
    """Prices; without them only volumes, waits and hours are reported."""

    finance: Finance | None = None
    """The business case: years, contracts, the weight of later euros. Only `business-case` looks
    at it."""


def by_name(scenario: Scenario) -> Scenario:
    """Give the same scenario with everything that has a name in the order of the names.

    The order of keys in a file says nothing: simulated like this, it changes nothing either.
    """
    plain = scenario.model_dump(mode="json", by_alias=True)
    return Scenario.model_validate_json(json.dumps(plain, sort_keys=True))

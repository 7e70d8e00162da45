"""Service norms: always a formula, a time, a target and a period."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.text import Text
from simulation.scenario.values import Duration, Name, Share

Formula = Literal[
    "answered_within / offered",
    "answered_within / (offered - abandoned_within)",
    "(answered_within + abandoned_within) / offered",
    "answered_within / answered",
]
"""How a service level is computed. *Within* is at most T; *offered* leaves out attempts that
found the channel closed."""


class Norm(Part):
    """A service norm on one channel."""

    title: Text | None = None
    """What readers call the norm."""

    channel: Name
    """Channel to which it applies."""

    within: Duration | None = None
    """T on the clock, for live channels and chat: the wait until the conversation begins."""

    within_working_time: Duration | None = None
    """T in opening hours of a deferred channel, from arrival until the answer is sent."""

    within_working_days: Annotated[int, Field(ge=0, le=60)] | None = None
    """For a deferred channel: answered by closing time of this many working days after the day
    of arrival; a message outside opening hours arrives at the next opening."""

    target: Share
    """Share that is wanted."""

    formula: Formula = "answered_within / offered"
    """How the share is computed."""

    period: Literal["horizon", "month"] = "horizon"
    """A monthly norm has to be attained in every calendar month of the horizon."""

    counts: bool = True
    """Whether it counts for "all norms attained"; if not, it is shown beside them."""

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        times = (self.within, self.within_working_time, self.within_working_days)
        if sum(time is not None for time in times) != 1:
            raise ValueError("give one of 'within', 'within_working_time' or 'within_working_days'")
        return self

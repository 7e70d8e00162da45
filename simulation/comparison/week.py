"""The week of a planner as plain data: what figures and tables show, ready to be written.

Shares are from 0 to 1 and None where there is nothing to divide by. Definitions are in
``docs/model.md``, under "The week of a planner".
"""

from typing import Annotated, Final, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.comparison.document import Entry
from simulation.comparison.fields import Number, Tally
from simulation.measures.histogram import quantiles
from simulation.measures.week import WeekTally
from simulation.measures.week_rules import (
    ANSWER_DAYS,
    ANSWER_EDGES,
    DAYS_A_WEEK,
    HOURS_A_WEEK,
)
from simulation.measures.week_teams import PERCENT
from simulation.scenario.channels import Deferred
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import HOUR, Name, Share

PERCENTILES: Final = (5, 25, 50, 75, 95)
CEILING: Final = 0.85
"""Occupancy to watch; facts, section 3.3: industry 85 to 90 %."""

RANGE: Final = (5.0, 15.0)
"""Messages per productive hour; facts, section 4.2: ANWB about 5, Utrecht 7 to 15."""

_WORKING_DAYS: Final = 5

Count = Annotated[int, Field(ge=0)]
Whole = Annotated[int, Field(ge=0)] | None
Day = Annotated[tuple[Share | None, ...], Field(min_length=24, max_length=24)]
Hourly = Annotated[tuple[Whole, ...], Field(min_length=HOURS_A_WEEK, max_length=HOURS_A_WEEK)]


CURVE = Field(min_length=1, max_length=len(ANSWER_EDGES))


class OpenWork(Entry):
    """Open work at each hour mark of the week: messages not answered, or people who wait."""

    channel: Name
    """Key in the scenario."""

    deferred: bool
    """Whether it counts messages; otherwise people who wait."""

    p5: Hourly
    """5th percentile over all weeks and replications, from the mark of Monday 0:00 on."""

    p25: Hourly
    """25th percentile."""

    p50: Hourly
    """Median."""

    p75: Hourly
    """75th percentile."""

    p95: Hourly
    """95th percentile."""


class Answers(Entry):
    """How long messages wait for their answer, as shares of all that were offered."""

    channel: Name
    """Key in the scenario."""

    offered: Count
    """Messages, over all replications."""

    answered: Count
    """Those among them that were answered."""

    passed_on: bool
    """Whether all messages come from colleagues, as in a back office."""

    hours: Annotated[tuple[Number, ...], CURVE]
    """Opening hours between arrival and answer, ascending from 0."""

    within: Annotated[tuple[Share, ...], CURVE]
    """Share answered within so many opening hours."""

    by_day: Annotated[tuple[Share, ...], Field(min_length=ANSWER_DAYS, max_length=ANSWER_DAYS)]
    """Share answered by closing time of the day of arrival, and of the working days after it."""

    @model_validator(mode="after")
    def _as_long(self) -> Self:
        if len(self.hours) != len(self.within):
            raise ValueError("'hours' and 'within' must be as long as each other")
        return self


class Occupancy(Entry):
    """Busy time as a share of time at work, by hour of the day for which the team is rostered."""

    team: Name
    """Key in the scenario."""

    by_weekday: Annotated[tuple[Day, ...], Field(min_length=DAYS_A_WEEK, max_length=DAYS_A_WEEK)]
    """From Monday to Sunday, over all weeks and replications."""

    mean: Day
    """Monday to Friday together."""

    p5: Day
    """5th percentile over single working days, Monday to Friday, to whole per cents."""

    p95: Day
    """95th percentile."""


class Productivity(Entry):
    """Messages that a team answers in an hour."""

    channel: Name
    """Key of the channel."""

    team: Name
    """Key of the team."""

    answered: Number
    """Messages answered in a replication, on average."""

    hours: Number
    """Hours at work in a replication, overtime included, on average."""

    only_messages: bool
    """Whether the team serves no other channel: else its hours are not those of this channel."""

    per_hour: Number | None
    """Messages answered in an hour at work; None for a team that does other work too."""

    per_handling_hour: Number | None
    """Messages answered in an hour of handling them: what it would be without a pause."""

    passed_on: bool
    """Whether all messages come from colleagues, so that the range of webcare does not apply."""


class WeekView(Entry):
    """The week of one scenario."""

    replications: Tally
    """Replications that were added up."""

    open_work: tuple[OpenWork, ...]
    """By channel."""

    answers: tuple[Answers, ...]
    """By channel of messages."""

    occupancy: tuple[Occupancy, ...]
    """By team that serves a channel and was at work from Monday to Friday."""

    productivity: tuple[Productivity, ...]
    """By channel of messages and team that answered any."""


def week_view(scenario: Scenario, tally: WeekTally) -> WeekView:
    """Turn a tally into what can be shown.

    Parameters
    ----------
    scenario : the one that was played
    tally : at least one replication of it
    """
    deferred = [isinstance(scenario.channels[name], Deferred) for name in tally.channels]
    messages = [place for place, own in enumerate(deferred) if own and tally.offered[place]]
    return WeekView(
        replications=tally.replications,
        open_work=tuple(
            _open_work(tally, place, deferred=own) for place, own in enumerate(deferred)
        ),
        answers=tuple(_answers(tally, place) for place in messages),
        occupancy=tuple(
            _occupancy(tally, place)
            for place, name in enumerate(tally.teams)
            if scenario.teams[name].channels and tally.days[place].any()
        ),
        productivity=tuple(
            _productivity(scenario, tally, channel, team)
            for channel in messages
            for team in range(len(tally.teams))
            if tally.answered[channel, team]
        ),
    )


def _open_work(tally: WeekTally, place: int, *, deferred: bool) -> OpenWork:
    rows = [quantiles(hour, PERCENTILES) for hour in tally.work[place]]
    bands = {
        f"p{percent}": own
        for percent, own in zip(PERCENTILES, zip(*rows, strict=True), strict=True)
    }
    return OpenWork(channel=tally.channels[place], deferred=deferred, **bands)


def _answers(tally: WeekTally, place: int) -> Answers:
    offered = int(tally.offered[place])
    within = np.cumsum(tally.within[place])[:-1]
    answered = int(tally.within[place].sum())
    # Where all that was answered has been, the curve ends.
    size = min(len(within), int(np.searchsorted(within, within[-1])) + 1)
    return Answers(
        channel=tally.channels[place],
        offered=offered,
        answered=answered,
        passed_on=not tally.first_line[place],
        hours=tuple((ANSWER_EDGES[:size] / HOUR).tolist()),
        within=tuple((within[:size] / offered).tolist()),
        by_day=tuple((np.cumsum(tally.by_day[place])[:-1] / offered).tolist()),
    )


def _occupancy(tally: WeekTally, place: int) -> Occupancy:
    there = tally.rostered[place] > 0
    busy, present = tally.busy[place] * there, tally.present[place] * there
    spread = [quantiles_of_shares(hour) for hour in tally.days[place]]
    return Occupancy(
        team=tally.teams[place],
        by_weekday=tuple(map(_shares, busy, present)),
        mean=_shares(busy[:_WORKING_DAYS].sum(axis=0), present[:_WORKING_DAYS].sum(axis=0)),
        p5=tuple(low for low, _ in spread),
        p95=tuple(high for _, high in spread),
    )


def quantiles_of_shares(counts: NDArray[np.int64]) -> tuple[float | None, float | None]:
    """Give the 5th and 95th percentile of shares that were counted by whole per cents."""
    low, high = quantiles(counts, (5, 95))
    return (None if low is None else low / PERCENT, None if high is None else high / PERCENT)


def _shares(busy: NDArray[np.int64], present: NDArray[np.int64]) -> tuple[float | None, ...]:
    pairs = zip(busy.tolist(), present.tolist(), strict=True)
    return tuple(work / people if people else None for work, people in pairs)


def _productivity(scenario: Scenario, tally: WeekTally, channel: int, team: int) -> Productivity:
    name = tally.teams[team]
    answered = int(tally.answered[channel, team])
    hours = int(tally.present[team].sum()) / HOUR
    handled = int(tally.handled[channel, team]) / (HOUR // 1_000)
    alone = list(scenario.teams[name].channels) == [tally.channels[channel]]
    return Productivity(
        channel=tally.channels[channel],
        team=name,
        answered=answered / tally.replications,
        hours=hours / tally.replications,
        only_messages=alone,
        per_hour=answered / hours if alone and hours else None,
        per_handling_hour=answered / handled if handled else None,
        passed_on=not tally.first_line[channel],
    )

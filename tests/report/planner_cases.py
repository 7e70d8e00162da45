"""A small office, its week and its peak, played for real, and views with chosen numbers."""

from functools import cache
from typing import Any

from simulation.comparison.peak import PeakResult, peak_result
from simulation.comparison.week import (
    Answers,
    Occupancy,
    OpenWork,
    Productivity,
    WeekView,
    week_view,
)
from simulation.experiment.incident import Wish, wished
from simulation.experiment.peaks import Incident, play_peaks
from simulation.experiment.weeks import play_weeks
from simulation.scenario import loads

TEXT = """
kanaalkompas: 1
title: {nl: Klein kantoor, en: Small office}
seed: 5
horizon: {start: 2026-03-02, length: 28 days, name: {nl: maart, en: March}}
reasons: {question: {}}
demand:
  phone: {rates: [{days: mon-fri, from: "09:00", until: "17:00", per_hour: 20}]}
  webcare: {rates: [{from: "08:00", until: "22:00", per_hour: 4}]}
events:
  storm:
    title: {nl: storm, en: storm}
    start: 2026-03-10 10:00
    contacts: 150
    decay: 3 hours
    channels: {phone: 0.6, webcare: 0.4}
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 5 minutes}
    patience: {family: exponential, mean: 5 minutes}
    after_abandoned: {probability: 0.5, delay: {family: exponential, mean: 1 hours}}
  webcare:
    kind: deferred
    title: {nl: Sociale media, en: Social media}
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 6 minutes}
    transfer: {to: back_office, probability: 0.1}
  back_office:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    handling: {family: exponential, mean: 10 minutes}
teams:
  desk:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 3}]
    channels: {phone: {}}
  webcare:
    title: {nl: Team sociale media, en: Social media team}
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {webcare: {}}
  experts:
    roster: [{days: mon-fri, from: "13:00", until: "15:00", heads: 1}]
    channels: {back_office: {}}
norms:
  webcare_1_day: {channel: webcare, within_working_days: 1, target: 0.9}
"""

CHANNEL, TEAM = "webcare", "webcare"


@cache
def scenario() -> Any:
    """Read the office."""
    return loads(TEXT).scenario


@cache
def week() -> WeekView:
    """Play its week."""
    weeks = play_weeks(scenario(), range(1, 6), workers=1)
    return week_view(weeks.scenario, weeks.tally)


@cache
def peak() -> PeakResult:
    """Play its storm."""
    incident = Incident(*wished(scenario(), Wish()), 2)
    return peak_result(play_peaks(scenario(), incident, range(1, 11), workers=1), "office", 10)


def with_medians(by_hour: dict[int, int], otherwise: int = 0) -> WeekView:
    """Give the week with other medians of messages on social media."""
    medians = tuple(by_hour.get(hour, otherwise) for hour in range(168))
    rows = dict.fromkeys(("p5", "p25", "p50", "p75", "p95"), medians)
    own = OpenWork(channel=CHANNEL, deferred=True, **rows)
    return week().model_copy(update={"open_work": (own,)})


def with_answers(share: float, **more: Any) -> WeekView:
    """Give the week in which a share is answered, at any time; ``channel`` and others may vary."""
    own = Answers(
        **{
            "channel": CHANNEL,
            "offered": 1000,
            "answered": round(1000 * share),
            "passed_on": False,
            "hours": (0.0, 4.0, 8.0, 9.0),
            "within": (share,) * 4,
            "by_day": (share,) * 11,
            **more,
        }
    )
    return week().model_copy(update={"answers": (own,)})


def with_occupancy(*means: dict[int, float]) -> WeekView:
    """Give the week with other mean occupancies, by hour, of the first teams."""
    teams = ("desk", "webcare", "experts")[: len(means)]
    shown = []
    for team, by_hour in zip(teams, means, strict=True):
        day = tuple(by_hour.get(hour) for hour in range(24))
        nobody = (None,) * 24
        shown.append(
            Occupancy(team=team, by_weekday=(*[day] * 5, nobody, nobody), mean=day, p5=day, p95=day)
        )
    return week().model_copy(update={"occupancy": tuple(shown)})


def with_productivity(per_hour: float | None) -> WeekView:
    """Give the week in which the team answers so many messages in an hour."""
    own = Productivity(
        channel=CHANNEL,
        team=TEAM,
        answered=100,
        hours=20,
        only_messages=per_hour is not None,
        per_hour=per_hour,
        per_handling_hour=9.0,
        passed_on=False,
    )
    return week().model_copy(update={"productivity": (own,)})

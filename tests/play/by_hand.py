"""Stories with an end that can be worked out by hand.

A test states a scenario in a few lines of YAML, the contacts one by one, and what becomes of
them; time is in minutes since the start of the horizon, a Monday at midnight. Every engine tells
the story, and all tell it alike.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml

from simulation.contacts.table import FOREVER, Contacts, Source
from simulation.measures import measure
from simulation.play.plan import make_plan
from simulation.play.record import NEVER, NOBODY, Cause, Outcome
from simulation.scenario.load import loads
from tests.play.alike import play_alike

MINUTE = 60_000_000
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

BEGINNING = {
    "kanaalkompas": 1,
    "title": "By hand",
    "horizon": {"start": "2026-01-05", "length": "1 days"},
    "demand": {},
}
"""What a story says when it says nothing else: Monday 5 January 2026, one day."""

HANDLING = {"family": "deterministic", "mean": "5 minutes"}
"""How long later attempts take, and what a channel says when the story does not."""


@dataclass(frozen=True)
class Come:
    """A contact, by hand: durations in minutes, ``patience`` None for ever."""

    at: float
    channel: str | None = None
    handling: float = 5
    patience: float | None = None
    wrap_up: float = 0
    reason: str | None = None
    site: str | None = None
    key: int | None = None


@dataclass(frozen=True)
class Lived:
    """An attempt as it went, in minutes; ``started`` is None for who met no agent."""

    contact: int
    number: int
    channel: str
    site: str | None
    team: str | None
    outcome: str
    cause: str
    resolved: bool
    arrived: float
    since: float
    started: float | None
    ended: float


@dataclass(frozen=True)
class Story:
    """What happened, and what it was made of."""

    scenario: Any
    plan: Any
    contacts: Contacts
    record: Any
    attempts: list[Lived]
    """By contact, then by number of the attempt."""

    def tell(self, words, **which):
        """Give what the words name of each attempt, such as ``"outcome started"``.

        One word gives a plain list, more a list of tuples; ``contact=1`` or ``channel="phone"``
        chooses attempts.
        """
        names = words.split()
        chosen = [
            attempt
            for attempt in self.attempts
            if all(getattr(attempt, name) == value for name, value in which.items())
        ]
        if len(names) == 1:
            return [getattr(attempt, names[0]) for attempt in chosen]
        return [tuple(getattr(attempt, name) for name in names) for attempt in chosen]

    def present(self, team):
        """Give (minute, people at work) at each change in the horizon, overtime included."""
        index = [each.name for each in self.plan.teams].index(team)
        levels: list[tuple[float, int]] = []
        for row in self.record.presence[self.record.presence["team"] == index].tolist():
            minute, people = row[1] / MINUTE, row[2]
            if row[1] >= self.plan.horizon:
                break
            if levels and levels[-1][0] == minute:
                levels.pop()
            if people != (levels[-1][1] if levels else 0):
                levels.append((minute, people))
        return levels

    def spells(self):
        """Give (team, channel, begin, end) of work that is not one whole attempt."""
        return [
            (
                self.plan.teams[team].name,
                self.plan.channels[channel].name,
                begin / MINUTE,
                end / MINUTE,
            )
            for team, channel, begin, end in self.record.spells.tolist()
        ]

    def cut_off(self, channel):
        """Give the returns to a channel's citizens that the bound on attempts cut off."""
        return int(self.record.cut_off[list(self.scenario.channels).index(channel)])

    def measures(self):
        """Give all measures by path."""
        return measure(self.plan, self.contacts, self.record, 1)


def clock(text):
    """Give the minute of a weekday and time in the first week: ``clock("tue 09:30")``."""
    *day, time = text.split()
    hours, minutes = time.split(":")
    return (DAYS.index(day[0]) if day else 0) * 1440 + int(hours) * 60 + int(minutes)


def scenario_of(text, **parts):
    """Read a scenario from the lines of a story, cross-checks and all."""
    said = {**BEGINNING, **yaml.safe_load(text), **parts}
    for channel in said["channels"].values():
        channel.setdefault("handling", HANDLING)
    for channel in said["channels"].values():
        for key in ("handling", "wrap_up", "patience"):
            if isinstance(channel.get(key), str):
                channel[key] = {"family": "deterministic", "mean": channel[key]}
        for key in [key for key in channel if key.startswith("after_")]:
            if isinstance(channel[key], str):
                channel[key] = {"delay": channel[key]}
            delay = channel[key]["delay"]
            if isinstance(delay, str):
                channel[key] = {
                    **channel[key],
                    "delay": {"family": "deterministic", "mean": delay},
                }
    return loads(yaml.safe_dump(said, sort_keys=False)).scenario


def table(scenario, contacts):
    """Give the contacts of a story as the table that engines play."""
    channels, reasons = list(scenario.channels), list(scenario.reasons)
    ordered = sorted(contacts, key=lambda contact: contact.at)

    def column(values, kind):
        return np.array(list(values), dtype=kind)

    def time(minutes):
        return round(minutes * MINUTE)

    def site(contact):
        sites = list(scenario.channels[contact.channel or channels[0]].sites)
        return sites.index(contact.site) if contact.site else 0

    channel = column((channels.index(c.channel or channels[0]) for c in ordered), np.int16)
    counts = np.zeros((len(channels), len(reasons)), np.int64)
    return Contacts(
        time=column((time(c.at) for c in ordered), np.int64),
        key=column(
            (
                0x9E3779B97F4A7C15 * (n + 1) % 2**64 if c.key is None else c.key
                for n, c in enumerate(ordered)
            ),
            np.uint64,
        ),
        reason=column((reasons.index(c.reason or reasons[0]) for c in ordered), np.int16),
        channel=channel,
        origin=channel,
        site=column((site(c) for c in ordered), np.int16),
        source=np.full(len(ordered), Source.BASE, np.int8),
        effect=np.zeros(len(ordered), np.int8),
        patience=column(
            (FOREVER if c.patience is None else time(c.patience) for c in ordered), np.int64
        ),
        handling=column((time(c.handling) for c in ordered), np.int64),
        wrap_up=column((time(c.wrap_up) for c in ordered), np.int64),
        demanded=counts,
        deflected=counts,
        substituted=counts,
    )


def story(text, *contacts, **parts):
    """Play contacts in a scenario; they are numbered from 0 in order of time."""
    scenario = scenario_of(text, **parts)
    plan, who = make_plan(scenario), table(scenario, contacts)
    record = play_alike(plan, who, 1)
    return Story(scenario, plan, who, record, lived(plan, record))


def lived(plan, record):
    """Give the rows of a record as readable attempts, by contact and number."""
    rows = np.sort(record.attempts, order=["contact", "number"])
    names = list(rows.dtype.fields or ())
    return [_lived(plan, dict(zip(names, row, strict=True))) for row in rows.tolist()]


def _lived(plan, row):
    channel = plan.channels[row["channel"]]
    sites = list(plan.scenario.channels[channel.name].sites)
    return Lived(
        contact=row["contact"],
        number=row["number"],
        channel=channel.name,
        site=sites[row["site"]] if sites else None,
        team=None if row["team"] == NOBODY else plan.teams[row["team"]].name,
        outcome=Outcome(row["outcome"]).name.lower().replace("_", " "),
        cause=Cause(row["cause"]).name.lower().replace("_", " "),
        resolved=bool(row["resolved"]),
        arrived=row["arrived"] / MINUTE,
        since=row["since"] / MINUTE,
        started=None if row["started"] == NEVER else row["started"] / MINUTE,
        ended=row["ended"] / MINUTE,
    )

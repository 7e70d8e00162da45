"""Rosters of people: who works when, at what cost, and how the hours add up."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from simulation.rostering.days import Shift
from simulation.scenario.values import HOUR, format_clock, parse_clock


def _clock(value: object) -> object:
    return parse_clock(value) if isinstance(value, str) else value


Time = Annotated[int, BeforeValidator(_clock), PlainSerializer(format_clock)]
"""Microseconds since midnight, written as ``HH:MM``."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Turn(_Document):
    """One shift of one person, on the same weekday of every week that is alike."""

    week: int
    """Place in the weeks of the site."""
    weekday: int
    """0 is Monday."""
    begin: Time
    """When the shift begins."""
    break_begin: Time | None
    """When its break begins; none without a break."""
    break_end: Time | None
    """When its break ends."""
    end: Time
    """When the shift ends."""

    @property
    def shift(self) -> Shift:
        """Give the shift without its day."""
        pause = self.end if self.break_begin is None else self.break_begin
        resume = self.end if self.break_end is None else self.break_end
        return Shift(self.begin, pause, resume, self.end)

    @property
    def stretches(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Give (begin, end) of the work before the break and after it."""
        begin, pause, resume, end = self.shift
        return (begin, pause), (resume, end)

    @property
    def hours(self) -> float:
        """Give the hours of work, the break not counted."""
        return self.shift.work / HOUR


class Person(_Document):
    """Somebody with a contract."""

    name: str
    """Team, site and number."""
    contract: float
    """Paid hours a week."""
    turns: tuple[Turn, ...]
    """Shifts, in order of week and weekday."""


class Season(_Document):
    """A range of dates on which a week holds."""

    first: dt.date
    """First date."""
    last: dt.date
    """Last date."""
    week: int
    """Place of its week in the weeks of the site."""


class Cover(_Document):
    """People at work in a part of a week, beside those who are needed."""

    week: int
    """Place in the weeks of the site."""
    weekday: int
    """0 is Monday."""
    begin: Time
    """When the part begins."""
    end: Time
    """When it ends."""
    needed: int
    """People needed."""
    rostered: int
    """People at work, breaks left out."""


class WeekHours(_Document):
    """How the paid hours of one week add up: contracts = shifts + shrinkage + unused."""

    week: int
    """Place in the weeks of the site."""
    contracts: float
    """Paid hours."""
    shifts: float
    """Hours of work in shifts."""
    shrinkage: float
    """Planned shrinkage: leave, training, meetings."""
    unused: float
    """Hours that fit in no shift or that no hour needs."""


class SiteRoster(_Document):
    """The people of one site, or of a team without sites."""

    site: str | None
    """Name of the site."""
    seasons: tuple[Season, ...]
    """Dates of each week, in order of time."""
    people: tuple[Person, ...]
    """Everyone with a contract, the largest contracts first."""
    cover: tuple[Cover, ...]
    """People at work and needed, through each week."""
    hours: tuple[WeekHours, ...]
    """How the hours of each week add up."""
    weight: float
    """What the roster costs, in paid hours a week with extra pay counted in."""
    bound: float
    """No roster costs less."""

    @property
    def gap(self) -> float:
        """Give how much cheaper the cheapest roster could be, as a share."""
        return 1.0 - self.bound / self.weight if self.weight else 0.0


class Cost(_Document):
    """What a roster costs in a year, in euros: only what really ends when hours end."""

    contracts: float
    """Pay of the contracts."""
    extra_pay: float
    """Extra pay for irregular hours."""

    @property
    def total(self) -> float:
        """Give the sum."""
        return self.contracts + self.extra_pay


class Roster(_Document):
    """A roster of people for one team."""

    team: str
    """Name of the team."""
    sites: tuple[SiteRoster, ...]
    """Its sites, or one entry for the team as a whole."""
    fte: float
    """Full-time equivalents of the contracts."""
    cost: Cost | None
    """What it costs in a year; none without prices."""
    gap: float
    """How much cheaper the cheapest roster could be, as a share."""

    @property
    def people(self) -> list[Person]:
        """Give everyone at every site."""
        return [person for site in self.sites for person in site.people]

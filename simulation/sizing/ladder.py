"""Ladders: rosters of one team in order of size, each with a few hours more than the one before.

A ladder says where the next person helps most. In an hour with an offered load of R erlangs the
k-th head is worth the more the smaller (k - R) / √R is: square-root staffing (Halfin and Whitt
1981, Operations Research 29:567-588), read backwards. Messages can wait, so their work is spread
evenly over the hours in which they are answered. Taken in this order, heads make rosters that
contain each other; a rung is the largest one that so many full-time people can fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.timetable import Timetable
from simulation.experiment.outlook import Work, expected_work
from simulation.play.plan import Plan, make_plan
from simulation.scenario.channels import Deferred
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, HOUR
from simulation.sizing.slots import Grid, grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONTRACT_HOURS = 1_872.0
"""Paid hours in a year of one full-time person where the scenario states none (HOT 2023)."""

_YEAR = 365.0
_HOURS_A_DAY = 24
_LEAST_SPREAD = 0.1
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Place:
    """A team at one of its sites, or as a whole if it has none.

    Attributes
    ----------
    site : name; None without sites
    grid : when the team can work here
    load : offered load in each slot, in erlangs
    first : heads that come together at first in each slot
    needed : whether that first crew must be there whenever the slot comes
    waiting : the part of the load that can wait: messages
    reserve : people who stay free for who waits, while messages are there to be answered
    """

    site: str | None
    grid: Grid
    load: Floats
    first: int
    needed: NDArray[np.bool_]
    waiting: Floats
    reserve: int = 0


@dataclass(frozen=True)
class Ladder:
    """Rosters of a team in order of size.

    Attributes
    ----------
    name : of the team, or ``team/site`` for one site of it
    team : name of the team
    places : its sites, or the team as a whole
    step : full-time equivalents from one rung to the next
    """

    name: str
    team: str
    places: tuple[Place, ...]
    step: float
    _place: Ints
    _slot: Ints
    _heads: Ints
    _fte: Floats
    _per_hour: float

    @property
    def lowest(self) -> int:
        """The first rung: one crew wherever somebody must be there."""
        must = sum(int(place.needed.sum()) for place in self.places)
        return ceil(float(self._fte[must - 1]) / self.step - _ROUNDING) if must else 0

    @property
    def highest(self) -> int:
        """The last rung: far more people than work; 0 for a team that can never work."""
        return ceil(float(self._fte[-1]) / self.step - _ROUNDING) if len(self._fte) else 0

    def heads(self, rung: int) -> list[Ints]:
        """Give the heads in each slot of each place on a rung; int64, shape (slots,)."""
        count = self._units(rung)
        heads = [np.zeros(len(place.grid.slots), np.int64) for place in self.places]
        for place, slot, number in zip(
            self._place[:count].tolist(),
            self._slot[:count].tolist(),
            self._heads[:count].tolist(),
            strict=True,
        ):
            heads[place][slot] = number
        return heads

    def fte(self, rung: int) -> float:
        """Give the full-time equivalents that a rung takes; at most ``rung * step``."""
        count = self._units(rung)
        return float(self._fte[count - 1]) if count else 0.0

    def nearest(self, fte: float) -> int:
        """Give the rung that takes about so many full-time equivalents."""
        return min(max(round(fte / self.step), self.lowest), self.highest)

    def fte_of(self, rung: int, site: str | None) -> float:
        """Give the full-time equivalents that a rung gives to one site."""
        number = [place.site for place in self.places].index(site)
        count = self._units(rung)
        return float(np.diff(self._fte, prepend=0.0)[:count][self._place[:count] == number].sum())

    def load_fte(self) -> float:
        """Give the full-time equivalents that the offered load alone would keep busy."""
        return self._per_hour * sum(
            float(place.load @ np.array(place.grid.hours)) for place in self.places
        )

    def plenty(self, rung: int) -> float:
        """Give how many people there are for each that the load alone would keep busy."""
        return self.fte(rung) / max(self.load_fte(), _ROUNDING)

    def _units(self, rung: int) -> int:
        return int(np.searchsorted(self._fte, rung * self.step + _ROUNDING, side="right"))


Shape = tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]
"""For each place the mean and the spread of the people who are there, in each slot."""


def make_ladder(
    scenario: Scenario,
    name: str,
    step: float = 1.0,
    plenty: float = 1.0,
    shape: Shape | None = None,
) -> Ladder:
    """Make the ladder of a team, from its offered load or from what was seen.

    Parameters
    ----------
    scenario : with names in order (`by_name`)
    name : of a team that serves a channel, or ``team/site`` for one site of it
    step : full-time equivalents from one rung to the next
    plenty : how many times as many people the last rung has as the expected work calls for
    shape : from `observed`; the offered load if not given
    """
    plan = make_plan(scenario)
    team, _, site = name.partition("/")
    places = [place for place in _places(scenario, plan, team) if site in {"", place.site}]
    shape = shape or tuple(map(_expected, places))
    per_hour = fte_of_an_hour(scenario, team)
    return _stacked(name, places, shape, Steps(step, per_hour, plenty))


def _expected(place: Place) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give the offered load, and its root: the spread of a Poisson number."""
    load: list[float] = place.load.tolist()
    return tuple(load), tuple(map(sqrt, load))


@dataclass(frozen=True)
class Steps:
    """How rungs follow each other.

    Attributes
    ----------
    step : full-time equivalents from one rung to the next
    per_hour : full-time equivalents that one rostered hour takes
    plenty : see `make_ladder`
    """

    step: float
    per_hour: float
    plenty: float


def fte_of_an_hour(scenario: Scenario, team: str) -> float:
    """Give the full-time equivalents that one rostered hour in the horizon takes."""
    horizon = scenario.horizon
    contract = scenario.costs.contract_hours if scenario.costs else CONTRACT_HOURS
    years = (horizon.length - horizon.warm_up) / DAY / _YEAR
    return 1.0 / (1.0 - scenario.teams[team].shrinkage) / contract / years


def _places(scenario: Scenario, plan: Plan, name: str) -> list[Place]:
    team = scenario.teams[name]
    timetable = Timetable(scenario.horizon, scenario.calendar)
    work = expected_work(scenario, plan)
    found = []
    for planned in plan.teams:
        if planned.parent != name:
            continue
        queues = [plan.queues[queue] for group in planned.groups for queue in group]
        names = sorted({plan.channels[queue.channel].name for queue in queues})
        own = grid(scenario, team, names, timetable)
        load, waiting = np.zeros((2, len(own.slots)))
        needed = np.zeros(len(own.slots), np.bool_)
        for queue in queues:
            channel = scenario.channels[plan.channels[queue.channel].name]
            shares = list(channel.sites.values())
            servers = sum(len(rank) for rank in queue.ranks)
            share = (shares[queue.site] if shares else 1.0) / servers
            if isinstance(channel, Deferred):
                waiting += _spread(own, work.hours[queue.channel] * share, timetable)
            else:
                erlangs, is_open = _busy(own, work, queue.channel, timetable)
                load += erlangs * share
                needed |= is_open
        site = None if planned.name == name else planned.name.removeprefix(f"{name}/")
        crew = max(1, team.minimum_crew)
        found.append(Place(site, own, load + waiting, crew, needed, waiting, team.reserve))
    return found


def _busy(
    own: Grid, work: Work, channel: int, timetable: Timetable
) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the mean load of a live channel in each slot, and whether it is open then."""
    load, is_open = np.zeros(len(own.slots)), np.zeros(len(own.slots), np.bool_)
    for place, slot in enumerate(own.slots):
        hours = _clock_hours(own, slot.season, slot.weekday, slot.begin // HOUR, timetable)
        hours = hours[work.open_hours[channel][hours] > 0]
        is_open[place] = len(hours) > 0
        if len(hours):
            load[place] = np.mean(work.hours[channel][hours] / work.open_hours[channel][hours])
    return load, is_open


def _spread(own: Grid, hours: Floats, timetable: Timetable) -> Floats:
    """Give the load of messages, spread evenly over the slots of each season."""
    total, room = np.zeros(len(own.seasons)), np.zeros(len(own.seasons))
    for number, season in enumerate(own.seasons):
        first = (season.first - timetable.first_day).days * _HOURS_A_DAY
        last = ((season.last - timetable.first_day).days + 1) * _HOURS_A_DAY
        total[number] = hours[first:last].sum()
    seasons = np.array([slot.season for slot in own.slots], np.int64)
    np.add.at(room, seasons, own.hours)
    load: Floats = (total / np.maximum(room, _ROUNDING))[seasons]
    return load


def _clock_hours(own: Grid, season: int, weekday: int, hour: int, timetable: Timetable) -> Ints:
    days = [(date - timetable.first_day).days for date in own.dates[season, weekday]]
    hours = np.array(days, np.int64) * _HOURS_A_DAY + hour
    # The horizon may begin and end within a day.
    return hours[hours * HOUR < timetable.length + timetable.midnight]


def _stacked(name: str, places: Sequence[Place], shape: Shape, steps: Steps) -> Ladder:
    """Put the heads of all slots in order of their worth."""
    rows: list[tuple[float, float, int, int, int, float]] = []
    for number, (place, (means, spreads)) in enumerate(zip(places, shape, strict=True)):
        for slot, load in enumerate(place.load.tolist()):
            hours = place.grid.hours[slot] * steps.per_hour
            mean, spread = means[slot], max(spreads[slot], _LEAST_SPREAD)
            most = place.first + place.reserve + _beyond(load, steps.plenty)
            for heads in range(place.first, most + 1):
                extra = place.first if heads == place.first else 1
                must = heads == place.first and bool(place.needed[slot])
                worth = -np.inf if must else (heads - mean) / spread
                # Where hours are alike, the days of the week take turns.
                turn = _turn(place.grid.slots[slot].begin // HOUR, place.grid.slots[slot].weekday)
                rows.append((worth, turn, number, slot, heads, hours * extra))
    rows.sort()
    columns = list(zip(*rows, strict=True)) or [()] * 6
    return Ladder(
        name=name,
        team=name.partition("/")[0],
        places=tuple(places),
        step=steps.step,
        _place=np.array(columns[2], np.int64),
        _slot=np.array(columns[3], np.int64),
        _heads=np.array(columns[4], np.int64),
        _fte=np.cumsum(np.array(columns[5], np.float64)),
        _per_hour=steps.per_hour,
    )


def _beyond(load: float, plenty: float) -> int:
    """Give more heads than could be busy in a slot."""
    return ceil(plenty * (2 * load + 6 * sqrt(load) + 4))


def _turn(hour: int, weekday: int) -> float:
    """Give the hours of a week an order that skips about, so that no day fills up first."""
    golden = 0.618033988749895
    return ((hour * 7 + weekday) * golden) % 1.0

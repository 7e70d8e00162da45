"""Ladders: rosters of one team in order of size, each with a few hours more than the one before.

A ladder says where the next person helps most. In an hour with an offered load of R erlangs the
k-th head is worth the more the smaller (k - R) / √R is: square-root staffing (Halfin and Whitt
1981, Operations Research 29:567-588), read backwards. Messages can wait, so their work is spread
evenly over the hours in which they are answered. Taken in this order, heads make rosters that
contain each other; a rung is the largest one that so many full-time people can fill.

Where all work can wait, nobody has to come for a single hour. There heads come in blocks of two
hours or more, the first block of every day before the second, so that all days are alike but for
one head in one block.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.play.plan import make_plan
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY, HOUR
from simulation.sizing.places import Place, places_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONTRACT_HOURS = 1_872.0
"""Paid hours in a year of one full-time person where the scenario states none (HOT 2023)."""

_YEAR = 365.0
_LEAST_SPREAD = 0.1
_ROUNDING = 1e-9


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
    places = [place for place in places_of(scenario, plan, team) if site in {"", place.site}]
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


_Row = tuple[float, float, int, int, int, int, float]
"""Worth, turn, place, block, heads, slot, and the full-time equivalents of these heads."""


def _stacked(name: str, places: Sequence[Place], shape: Shape, steps: Steps) -> Ladder:
    """Put the heads of all slots in order of their worth."""
    rows = sorted(
        row
        for number, (place, own) in enumerate(zip(places, shape, strict=True))
        for row in _rows(number, place, own, steps)
    )
    _, _, place, block, heads, slot, fte = list(zip(*rows, strict=True)) or [()] * 7
    return Ladder(
        name=name,
        team=name.partition("/")[0],
        places=tuple(places),
        step=steps.step,
        _place=np.array(place, np.int64),
        _slot=np.array(slot, np.int64),
        _heads=np.array(heads, np.int64),
        _fte=_whole(np.array([place, block, heads], np.int64), np.array(fte, np.float64)),
        _per_hour=steps.per_hour,
    )


def _rows(
    number: int, place: Place, shape: tuple[tuple[float, ...], tuple[float, ...]], steps: Steps
) -> Iterator[_Row]:
    """Give the heads of each slot of a place, one more at a time."""
    ranks = _ranks(place)
    for slot, load in enumerate(place.load.tolist()):
        fte = place.grid.hours[slot] * steps.per_hour
        mean, spread = shape[0][slot], max(shape[1][slot], _LEAST_SPREAD)
        own, block = place.grid.slots[slot], place.blocks[slot]
        # Where hours are alike, the days of the week take turns: nobody waits for days because
        # another day has all the people.
        turn = _turn(own.begin // HOUR, own.weekday)
        if place.can_wait:
            turn = ranks[block] + _turn(0, own.weekday)
        most = place.first + place.reserve + _beyond(load, steps.plenty)
        for heads in range(place.first, most + 1):
            extra = place.first if heads == place.first else 1
            must = heads == place.first and bool(place.needed[slot])
            worth = -np.inf if must else (heads - mean) / spread
            yield worth, turn, number, block, heads, slot, fte * extra


def _ranks(place: Place) -> dict[int, int]:
    """Give for each block, by its first slot, how many come before it on its day."""
    days: dict[tuple[int, int], dict[int, int]] = {}
    for slot, block in zip(place.grid.slots, place.blocks, strict=True):
        before = days.setdefault((slot.season, slot.weekday), {})
        before.setdefault(block, len(before))
    return {block: rank for own in days.values() for block, rank in own.items()}


def _whole(groups: Ints, fte: Floats) -> Floats:
    """Add up full-time equivalents; a block counts as a whole from its first slot on."""
    total = np.cumsum(fte)
    last = np.ones(len(fte), np.bool_)
    last[:-1] = (groups[:, 1:] != groups[:, :-1]).any(axis=0)
    ends = np.flatnonzero(last)
    return total[ends[np.searchsorted(ends, np.arange(len(fte)))]]


def _beyond(load: float, plenty: float) -> int:
    """Give more heads than could be busy in a slot."""
    return ceil(plenty * (2 * load + 6 * sqrt(load) + 4))


def _turn(hour: int, weekday: int) -> float:
    """Give the hours of a week an order that skips about, so that no day fills up first."""
    golden = 0.618033988749895
    return ((hour * 7 + weekday) * golden) % 1.0

"""How long a contact takes and how long somebody waits: the distributions, ready to be drawn.

First attempts are drawn as arrays. Later attempts happen while an engine plays, which then
takes a row of a pool sampled in advance, so that no engine computes a logarithm. Both multiply
by the factor of the moment of arrival and round half up to the microsecond.
"""

import math
from bisect import bisect_right
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.quantiles import Quantile, compile_quantile
from simulation.contacts.randomness import Bits, purpose
from simulation.contacts.timetable import Timetable, constant
from simulation.scenario.channels import Channel
from simulation.scenario.distributions import Distribution
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

PATIENCE = purpose("patience")
EFFORT = purpose("effort")
WRAP_UP = purpose("wrap-up")
SITE = purpose("site")

FOREVER = 2**62
"""Patience of who never leaves, in microseconds."""

AFTER_HORIZON = 60 * DAY
"""How long after the horizon factors by arrival go on; later, they are 1."""

_FIRST = 1

Kind = Literal["patience", "handling", "wrap_up"]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Drawn:
    """A distribution with its factors by moment of arrival.

    Parameters
    ----------
    distribution : what a scenario says
    timetable : translates the blocks of its factors

    Attributes
    ----------
    quantile : the distribution before factors
    factors : (begin, end, factor) where the factor is not 1; end exclusive, in microseconds
    """

    def __init__(self, distribution: Distribution, timetable: Timetable) -> None:
        self.quantile: Quantile = compile_quantile(distribution)
        blocks = distribution.by_arrival
        self.factors = timetable.lay_out(
            constant(blocks, [block.factor for block in blocks]),
            timetable.length + AFTER_HORIZON if blocks else 0,
            on_closed_days=True,
        )
        self._begins = [begin for begin, _, _ in self.factors]
        self._rows: list[int] | None = None

    def factor_at(self, time: int) -> float:
        """Give the factor for an arrival at a time."""
        place = bisect_right(self._begins, time) - 1
        return self.factors[place][2] if place >= 0 and time < self.factors[place][1] else 1.0

    def factors_at(self, times: Ints) -> Floats:
        """Give the factors for arrivals at times; float64 in the shape of ``times``."""
        place = np.searchsorted(np.array(self._begins, np.int64), times, side="right") - 1
        ends = np.array([*(end for _, end, _ in self.factors), 0], np.int64)
        values = np.array([*(value for _, _, value in self.factors), 1.0])
        return np.where(times < ends[place], values[place], 1.0)

    def draw(self, keys: Bits, what: int, times: Ints, into: Ints) -> None:
        """Draw durations of first attempts for a purpose, in microseconds."""
        self.quantile.draw(keys, what, _FIRST, into)
        if self.factors:
            into[:] = np.floor(into * self.factors_at(times) + 0.5)

    def later(self, row: int, time: int) -> int:
        """Give the duration of a later attempt from its row in the pool, in microseconds."""
        if self._rows is None:
            self._rows = self.quantile.pool().tolist()
        duration = self._rows[row]
        return math.floor(duration * self.factor_at(time) + 0.5) if self.factors else duration


class Durations:
    """Every distribution of durations that a scenario names for its channels.

    Parameters
    ----------
    scenario : channels and reasons are counted in its own order

    Attributes
    ----------
    extra : fixed additions to each handling by channel, in microseconds
    """

    def __init__(self, scenario: Scenario) -> None:
        timetable = Timetable(scenario.horizon, scenario.calendar)
        known: dict[Distribution, Drawn] = {}

        def drawn(distribution: Distribution) -> Drawn:
            if distribution not in known:
                known[distribution] = Drawn(distribution, timetable)
            return known[distribution]

        channels: list[Channel] = list(scenario.channels.values())
        self.extra = tuple(sum(channel.extra_effort.values()) for channel in channels)
        self._patience = [drawn(c.patience) if c.patience else None for c in channels]
        self._wrap_up = [drawn(c.wrap_up) if c.wrap_up else None for c in channels]
        self._handling = [
            [
                drawn(channel.handling_by_reason.get(reason, channel.handling))
                for reason in scenario.reasons
            ]
            for channel in channels
        ]

    def of(self, kind: Kind, channel: int, reason: int = 0) -> Drawn | None:
        """Give what is drawn for a channel and reason; None for no wrap-up or endless patience."""
        if kind == "handling":
            return self._handling[channel][reason]
        return self._patience[channel] if kind == "patience" else self._wrap_up[channel]

    def handling(self, channel: int, reason: int) -> Quantile:
        """Give the handling time of a channel and reason, before extra effort and factors."""
        return self._handling[channel][reason].quantile

    def patience(self, channel: int) -> Quantile | None:
        """Give the patience in a channel; None if people wait for ever."""
        drawn = self._patience[channel]
        return drawn.quantile if drawn else None

    def wrap_up(self, channel: int) -> Quantile | None:
        """Give the wrap-up in a channel; None if there is none."""
        drawn = self._wrap_up[channel]
        return drawn.quantile if drawn else None

    def factor_at(self, kind: Kind, channel: int, reason: int, time: int) -> float:
        """Give the factor by moment of arrival; 1 where the scenario states none."""
        drawn = self.of(kind, channel, reason)
        return drawn.factor_at(time) if drawn else 1.0

    # Those of first attempts are drawn into an array of their own, in one piece.

    def draw_patience(
        self, channel: int, _reason: int, keys: Bits, times: Ints, into: Ints
    ) -> None:
        """Draw the patience of first attempts, in microseconds."""
        drawn = self._patience[channel]
        if drawn:
            drawn.draw(keys, PATIENCE, times, into)
        else:
            into[:] = FOREVER

    def draw_handling(self, channel: int, reason: int, keys: Bits, times: Ints, into: Ints) -> None:
        """Draw the handling of first attempts with extra effort, before factors of a team."""
        self._handling[channel][reason].draw(keys, EFFORT, times, into)
        if self.extra[channel]:
            into += self.extra[channel]

    def draw_wrap_up(self, channel: int, _reason: int, keys: Bits, times: Ints, into: Ints) -> None:
        """Draw the wrap-up of first attempts, in microseconds."""
        drawn = self._wrap_up[channel]
        if drawn:
            drawn.draw(keys, WRAP_UP, times, into)
        else:
            into[:] = 0

    def later_patience(self, channel: int, row: int, time: int) -> int:
        """Give the patience of a later attempt that arrives at a time."""
        drawn = self._patience[channel]
        return drawn.later(row, time) if drawn else FOREVER

    def later_handling(self, channel: int, reason: int, row: int, time: int) -> int:
        """Give the handling of a later attempt with extra effort, before factors of a team."""
        return self._handling[channel][reason].later(row, time) + self.extra[channel]

    def later_wrap_up(self, channel: int, row: int, time: int) -> int:
        """Give the wrap-up of a later attempt that arrives at a time."""
        drawn = self._wrap_up[channel]
        return drawn.later(row, time) if drawn else 0

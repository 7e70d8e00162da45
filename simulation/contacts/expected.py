"""How many contacts a replication is expected to have: to know beforehand how much work it is.

Adoption and trends are taken at noon of each day, so the number is right to within a thousandth
or so. Nothing here needs arrays: who answers questions from a browser loads none.
"""

import math
from collections.abc import Mapping

from simulation.contacts.layout import Layout
from simulation.contacts.timetable import Pattern, Timetable
from simulation.scenario.demand import Event, Ramp
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

_YEAR_IN_DAYS = 365.25


def expected_contacts(scenario: Scenario) -> float:
    """Give how many contacts a replication is expected to have, those that wait at first included.

    Parameters
    ----------
    scenario : base demand with its trends, events, proactive information and extra demand count;
        contacts that move to another channel stay contacts, and later attempts are none

    Raises
    ------
    ValueError
        When a yearly volume has no day on which it can come.
    """
    own = _Expected(scenario)
    base = math.fsum(own.base(name) for name in scenario.demand)
    events = math.fsum(own.event(event) for event in scenario.events.values())
    return base + events + sum(channel.backlog for channel in scenario.channels.values())


class _Expected:
    """A scenario on its calendar."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._timetable = Timetable(scenario.horizon, scenario.calendar)

    def base(self, name: str) -> float:
        """Count what a stream brings: who still has to come, and the extra messages it leads to."""
        stream = self._scenario.demand[name]
        channel = stream.channel or name
        shares = self._shares(stream.reasons)
        layout = Layout(name, stream, self._scenario.channels[channel], self._timetable)
        total = 0.0
        for midnight, pattern in layout.days():
            noon = midnight + DAY // 2
            coming = self._within(midnight, pattern) * self._trend(channel, noon)
            total += coming * math.fsum(
                share * (self._staying(channel, reason, noon) + self._induced(reason, noon))
                for reason, share in shares.items()
            )
        return total

    def event(self, event: Event) -> float:
        """Count the extra contacts of an event that fall in the horizon and are still needed."""
        start, decay = self._timetable.moment(event.start), max(event.decay, 1)
        begin, end = max(0, -start), self._timetable.length - start
        if end <= begin:
            return 0.0
        coming = event.contacts * (math.exp(-begin / decay) - math.exp(-end / decay))
        time = min(start + decay, self._timetable.length)
        return coming * math.fsum(
            part * share * self._staying(channel, reason, time, event=True)
            for channel, part in event.channels.items()
            for reason, share in self._shares(event.reasons).items()
        )

    def _shares(self, shares: Mapping[str, float]) -> Mapping[str, float]:
        return shares or dict.fromkeys(list(self._scenario.reasons)[:1], 1.0)

    def _within(self, midnight: int, pattern: Pattern) -> float:
        """Add up a day, as far as it lies in the horizon."""
        return math.fsum(
            value * max(0, min(midnight + end, self._timetable.length) - max(midnight + begin, 0))
            for begin, end, value in pattern
        )

    def _trend(self, channel: str, time: int) -> float:
        trend = self._scenario.shift.trend.get(channel)
        if trend is None:
            return 1.0
        years = (time - self._timetable.moment(trend.since)) / DAY / _YEAR_IN_DAYS
        return math.pow(1.0 + trend.yearly_change, years)

    def _staying(self, channel: str, reason: str, time: int, *, event: bool = False) -> float:
        """Give the share of contacts that proactive information does not make unnecessary."""
        return 1.0 - math.fsum(
            rule.share(channel, reason, event=event) * self._adopted(rule.adoption, time)
            for rule in self._scenario.shift.deflection.values()
        )

    def _induced(self, reason: str, time: int) -> float:
        """Give the extra messages for each contact with a reason."""
        return math.fsum(
            rule.shares.get(reason, 0.0)
            * (1.0 if rule.reach is None else rule.reach.share())
            * self._adopted(rule.adoption, time)
            for rule in self._scenario.shift.induced.values()
        )

    def _adopted(self, ramp: Ramp | None, time: int) -> float:
        if ramp is None:
            return 1.0
        since = time - self._timetable.moment(ramp.start)
        grown = min(max(since / ramp.duration, 0.0), 1.0) if ramp.duration else float(since >= 0)
        return ramp.initial + (ramp.final - ramp.initial) * grown

"""Where contacts come from: the base demand, events, and demand that a channel induces.

A source is a list of groups: contacts of one stream, reason and channel, with the numbers
expected in each interval. Groups are named, and listed in the order of their names, so the
order in a scenario file means nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.portable import exp
from simulation.contacts.rates import Intervals, StreamRates, clip, reason_shares
from simulation.contacts.shift import Adoption, reached
from simulation.contacts.table import Source
from simulation.contacts.timetable import Timetable
from simulation.scenario.demand import Event
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import MINUTE

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EVENT_STEP = 15 * MINUTE
_FADED = 40
"""After this many decay times less than one contact in 10¹⁷ is still to come."""


@dataclass(frozen=True)
class Group:
    """Contacts of one source, reason and channel.

    Attributes
    ----------
    source : where they come from
    names : what tells the group apart within its source, for the draws
    channel, reason : indices in the scenario's order
    intervals : expected contacts
    """

    source: Source
    names: tuple[str, ...]
    channel: int
    reason: int
    intervals: Intervals

    @property
    def stream(self) -> tuple[str, ...]:
        """What names the draws of this group."""
        return (self.source.name.lower(), *self.names)


def all_groups(
    scenario: Scenario, rates: Sequence[StreamRates], timetable: Timetable
) -> list[Group]:
    """Give the groups of every source in which anyone is expected, in the order of generation."""
    groups = [
        *base_groups(scenario, rates),
        *event_groups(scenario, timetable),
        *induced_groups(scenario, rates, timetable),
    ]
    return [group for group in groups if len(group.intervals.mean)]


def base_groups(scenario: Scenario, rates: Sequence[StreamRates]) -> list[Group]:
    """Split each stream into its reasons."""
    return [
        Group(Source.BASE, (stream.name, name), stream.channel, reason, _part(stream, reason))
        for stream in rates
        for name, reason in _by_name(scenario.reasons)
    ]


def event_groups(scenario: Scenario, timetable: Timetable) -> list[Group]:
    """Split each event into its channels and reasons."""
    groups = []
    for title, event in sorted(scenario.events.items()):
        intervals = _wave(event, timetable)
        shares = reason_shares(event.reasons, scenario)
        for channel, place in _by_name(scenario.channels):
            for name, reason in _by_name(scenario.reasons):
                share = event.channels.get(channel, 0.0) * shares[reason]
                part = intervals.times(share)
                groups.append(Group(Source.EVENT, (title, channel, name), place, reason, part))
    return groups


def induced_groups(
    scenario: Scenario, rates: Sequence[StreamRates], timetable: Timetable
) -> list[Group]:
    """Give each rule of induced demand its share of every stream, by reason."""
    channels = list(scenario.channels)
    groups = []
    for title, rule in sorted(scenario.shift.induced.items()):
        adoption, reach = Adoption(rule.adoption, timetable), reached(rule.reach)
        for stream in rates:
            grown = adoption.at(stream.intervals.begin) * reach
            for name, reason in _by_name(scenario.reasons):
                part = _part(stream, reason, grown * rule.shares.get(name, 0.0))
                names = (title, stream.name, name)
                groups.append(Group(Source.INDUCED, names, channels.index(rule.to), reason, part))
    return groups


def _part(stream: StreamRates, reason: int, factor: float | Floats = 1.0) -> Intervals:
    return stream.intervals.times(stream.shares[reason] * factor)


def _by_name(keys: Iterable[str]) -> list[tuple[str, int]]:
    """Give names with their index in the scenario, in the order of the names."""
    return sorted((name, place) for place, name in enumerate(keys))


def _wave(event: Event, timetable: Timetable) -> Intervals:
    """Give the extra contacts of an event: many at first, then fewer (exponential decay)."""
    start = timetable.moment(event.start)
    decay = max(event.decay, 1)
    steps = max(0, min(_FADED * decay, timetable.length - start)) // _EVENT_STEP + 1
    skipped = max(0, min(-start // _EVENT_STEP, steps))
    begin = start + np.arange(skipped, steps, dtype=np.int64) * _EVENT_STEP
    left = event.contacts * exp(-(np.arange(skipped, steps + 1) * _EVENT_STEP) / decay)
    return clip(begin, begin + _EVENT_STEP, (left[:-1] - left[1:]) / _EVENT_STEP, timetable)

"""Sampling who comes: one replication of the demand, before anything happens to it.

A scenario is prepared once: what is expected in each interval, and how it shifts. A replication
then draws the number in each interval by inversion, so that more volume adds people and moves
nobody, and gives every contact a key from which all that is random about it follows.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.counts import poisson_quantile
from simulation.contacts.durations import Durations
from simulation.contacts.factors import demand_factors
from simulation.contacts.fast import LOOPS
from simulation.contacts.randomness import Bits, contact_keys, purpose, stream, uniforms
from simulation.contacts.rates import Intervals, expected_counts
from simulation.contacts.rows import Kind, Part, put_together
from simulation.contacts.shift import STAYS, Chance, ShiftRules, deflected, move, substituted
from simulation.contacts.sources import Group, all_groups
from simulation.contacts.table import Contacts, Effect, Source
from simulation.contacts.timetable import Timetable
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

Ints = NDArray[np.int64]

_COUNT = purpose("count")
_INSTANT = purpose("instant")
_REASON = purpose("reason")


def sample(scenario: Scenario, replication: int) -> Contacts:
    """Give who comes in one replication; for several, prepare a `Sampler` once."""
    return Sampler(scenario).contacts(replication)


class _Tally:
    """Counts by channel of origin and reason, from the end of warm-up."""

    def __init__(self, scenario: Scenario) -> None:
        self._warm_up = scenario.horizon.warm_up
        self.table = np.zeros((len(scenario.channels), len(scenario.reasons)), np.int64)

    def add(self, group: Group, times: Ints) -> None:
        """Count contacts of a group by their instants."""
        self.table[group.channel, group.reason] += np.count_nonzero(times >= self._warm_up)


class Sampler:
    """The demand of a scenario, ready to be sampled.

    Parameters
    ----------
    scenario : who is expected, and how they shift
    durations : distributions of its channels; compiled if not given

    Attributes
    ----------
    timetable : days, openings and months of the horizon
    rates : expected contacts of each stream, in the order of their names
    """

    def __init__(self, scenario: Scenario, durations: Durations | None = None) -> None:
        self._scenario = scenario
        self._durations = durations or Durations(scenario)
        self.timetable = Timetable(scenario.horizon, scenario.calendar)
        self.rates = expected_counts(scenario, self.timetable)
        self._groups = all_groups(scenario, self.rates, self.timetable)
        self._shift = ShiftRules(scenario, self.timetable)
        self._chances = [self._chances_of(group) for group in self._groups]

    def contacts(self, replication: int) -> Contacts:
        """Give who comes in one replication."""
        scenario = self._scenario
        factors = demand_factors(scenario.variation, self.timetable, scenario.seed, replication)
        tallies = demanded, gone, moved = _Tally(scenario), _Tally(scenario), _Tally(scenario)
        parts = []
        counts = self._counts(factors, replication)
        for group, chances, count in zip(self._groups, self._chances, counts, strict=True):
            key = stream(scenario.seed, "contact", replication, *group.stream)
            parts.append(_shifted(group, chances, *_placed(group.intervals, count, key), tallies))
        parts += self._backlog(replication)
        return put_together(
            parts,
            self._durations,
            list(scenario.channels.values()),
            self.timetable.length,
            (demanded.table, gone.table, moved.table),
        )

    def _chances_of(self, group: Group) -> tuple[list[Chance], list[Chance]]:
        """Give the chances of deflection and of substitution; induced contacts have none."""
        if group.source == Source.INDUCED:
            return [], []
        channel = list(self._scenario.channels)[group.channel]
        reason = list(self._scenario.reasons)[group.reason]
        event = group.source == Source.EVENT
        return (
            self._shift.deflection(channel, reason, event=event),
            self._shift.substitution(channel, reason),
        )

    def _counts(self, factors: NDArray[np.float64], replication: int) -> list[Ints]:
        """Draw how many contacts of each group come in each of its intervals."""
        # Together, because a call for few intervals takes as long as one for many.
        u, means = [np.empty(0)], [np.empty(0)]
        for group in self._groups:
            intervals, mean = group.intervals, group.intervals.mean
            if group.source != Source.EVENT:
                mean = mean * factors[(intervals.begin + self.timetable.midnight) // DAY]
            key = stream(self._scenario.seed, "count", replication, *group.stream)
            draws = contact_keys(key, intervals.identity, np.zeros_like(intervals.identity))
            u.append(uniforms(draws, _COUNT))
            means.append(mean)
        counts = poisson_quantile(np.concatenate(u), np.concatenate(means))
        return np.split(counts, np.cumsum([len(mean) for mean in means])[:-1])[1:]

    def _backlog(self, replication: int) -> Iterator[Part]:
        """Give who is waiting at time 0, with reasons in the proportions of the demand."""
        for name, channel in sorted(self._scenario.channels.items()):
            if channel.backlog:
                place = list(self._scenario.channels).index(name)
                key = stream(self._scenario.seed, "contact", replication, "backlog", name)
                ordinals = np.arange(channel.backlog, dtype=np.int64)
                keys = contact_keys(key, np.zeros_like(ordinals), ordinals)
                reason = self._mixed(place, keys)
                time = np.zeros_like(ordinals)
                kinds = [
                    Kind(Source.BACKLOG, place, number, place, Effect.NONE)
                    for number in range(len(self._scenario.reasons))
                ]
                yield Part(time, keys, kinds, reason)

    def _mixed(self, channel: int, keys: Bits) -> Ints:
        """Draw a reason for each contact from the demand mix of a channel."""
        reasons = list(self._scenario.reasons)
        order = sorted(range(len(reasons)), key=reasons.__getitem__)
        volumes = [0.0] * len(reasons)
        for rates in self.rates:
            if rates.channel == channel:
                volume = math.fsum(rates.intervals.mean)
                volumes = [
                    before + volume * share
                    for before, share in zip(volumes, rates.shares, strict=True)
                ]
        edges = np.cumsum([volumes[reason] for reason in order])
        if not edges[-1]:
            return np.zeros(len(keys), np.int64)
        place = np.searchsorted(edges[:-1], uniforms(keys, _REASON) * edges[-1], side="right")
        reason: Ints = np.array(order, np.int64)[place]
        return reason


def _placed(intervals: Intervals, counts: Ints, key: int) -> tuple[Ints, Bits]:
    """Give each contact its key, and its time within its interval."""
    if LOOPS is not None:
        times, keys = LOOPS.place(
            intervals.begin, intervals.end, intervals.identity, counts, key, _INSTANT
        )
        return times, keys
    row = np.repeat(np.arange(len(counts)), counts)
    ordinals = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    keys = contact_keys(key, intervals.identity[row], ordinals)
    length = (intervals.end - intervals.begin)[row]
    within = (uniforms(keys, _INSTANT) * length).astype(np.int64)
    return intervals.begin[row] + np.minimum(within, length - 1), keys


def _shifted(
    group: Group,
    chances: tuple[list[Chance], list[Chance]],
    time: Ints,
    key: Bits,
    tallies: tuple[_Tally, ...],
) -> Part:
    """Apply deflection, then substitution, to the contacts of a group."""
    demanded, gone, moved = tallies
    kind = Kind(group.source, group.channel, group.reason, group.channel, Effect.NONE)
    if group.source == Source.INDUCED:
        return Part(time, key, [kind._replace(effect=Effect.INDUCED)])
    demanded.add(group, time)
    deflecting, substituting = chances
    if deflecting:
        unneeded = deflected(deflecting, key, time)
        gone.add(group, time[unneeded])
        time, key = time[~unneeded], key[~unneeded]
    if not substituting:
        return Part(time, key, [kind])
    rules = substituted(substituting, key, time)
    moved.add(group, time[rules != STAYS])
    kinds = [
        kind,
        *(kind._replace(channel=each.to, effect=Effect.SUBSTITUTED) for each in substituting),
    ]
    return Part(move(substituting, rules, key, time), key, kinds, rules + 1)

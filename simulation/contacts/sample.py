"""Sampling who comes: one replication of the demand, before anything happens to it.

A scenario is prepared once: what is expected in each interval, and how it shifts. A replication
then draws the number in each interval by inversion, so that more volume adds people and moves
nobody, and gives every contact a key from which all that is random about it follows.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.counts import poisson_quantile
from simulation.contacts.durations import EFFORT, PATIENCE, SITE, WRAP_UP, Durations
from simulation.contacts.factors import demand_factors
from simulation.contacts.randomness import Bits, contact_keys, mix, purpose, stream, uniforms
from simulation.contacts.rates import Intervals, expected_counts
from simulation.contacts.shift import STAYS, Chance, ShiftRules, deflected, move, substituted
from simulation.contacts.sources import Group, all_groups
from simulation.contacts.table import Contacts, Effect, Source
from simulation.contacts.timetable import Timetable
from simulation.scenario.channels import Channel
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

Ints = NDArray[np.int64]
Kind = TypeVar("Kind", np.int64, np.uint64, np.int16, np.int8)

_COUNT = purpose("count")
_INSTANT = purpose("instant")
_REASON = purpose("reason")
_FIRST = 1
_ONE = 2**64


def sample(scenario: Scenario, replication: int) -> Contacts:
    """Give who comes in one replication; for several, prepare a `Sampler` once."""
    return Sampler(scenario).contacts(replication)


@dataclass(frozen=True)
class _Part:
    """Contacts of one group, or of the backlog of one channel."""

    source: Source
    origin: int
    reason: int | Ints
    time: Ints
    key: Bits
    channel: int | Ints
    effect: int | NDArray[np.int8]

    def column(self, name: str, kind: type[Kind]) -> NDArray[Kind]:
        """Give one column; a number stands for all contacts of the part."""
        value: int | NDArray[np.generic] = getattr(self, name)
        if isinstance(value, np.ndarray):
            return value.astype(kind, copy=False)
        return np.full(len(self.time), value, kind)


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
        tallies = tuple(_Tally(scenario) for _ in range(3))
        parts = []
        for group, chances in zip(self._groups, self._chances, strict=True):
            time, key = self._arrivals(group, factors, replication)
            parts.append(_shifted(group, chances, time, key, tallies))
        parts += self._backlog(replication)
        return self._table(parts, tallies)

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

    def _arrivals(
        self, group: Group, factors: NDArray[np.float64], replication: int
    ) -> tuple[Ints, Bits]:
        """Draw the contacts of a group: their times and keys, in order of interval."""
        names = (group.source.name.lower(), *group.names)
        seed, intervals = self._scenario.seed, group.intervals
        mean = intervals.mean
        if group.source != Source.EVENT:
            mean = mean * factors[(intervals.begin + self.timetable.midnight) // DAY]
        counting = stream(seed, "count", replication, *names)
        draws = contact_keys(counting, intervals.identity, np.zeros_like(intervals.identity))
        counts = poisson_quantile(uniforms(draws, _COUNT), mean)
        return _placed(intervals, counts, stream(seed, "contact", replication, *names))

    def _backlog(self, replication: int) -> Iterator[_Part]:
        """Give who is waiting at time 0, with reasons in the proportions of the demand."""
        for name, channel in sorted(self._scenario.channels.items()):
            if channel.backlog:
                place = list(self._scenario.channels).index(name)
                key = stream(self._scenario.seed, "contact", replication, "backlog", name)
                ordinals = np.arange(channel.backlog, dtype=np.int64)
                keys = contact_keys(key, np.zeros_like(ordinals), ordinals)
                reason = self._mixed(place, keys)
                time = np.zeros_like(ordinals)
                yield _Part(Source.BACKLOG, place, reason, time, keys, place, Effect.NONE)

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

    def _table(self, parts: Sequence[_Part], tallies: Sequence[_Tally]) -> Contacts:
        """Put the parts together in order of time."""
        time = _column(parts, "time", np.int64)
        order = np.argsort(time, kind="stable")
        time = time[order]
        key = _column(parts, "key", np.uint64)[order]
        reason = _column(parts, "reason", np.int16)[order]
        channel = _column(parts, "channel", np.int16)[order]
        patience, handling, wrap_up = self._drawn(time, key, channel, reason)
        demanded, gone, moved = (tally.table for tally in tallies)
        return Contacts(
            time=time,
            key=key,
            reason=reason,
            channel=channel,
            origin=_column(parts, "origin", np.int16)[order],
            site=self._sites(key, channel),
            source=_column(parts, "source", np.int8)[order],
            effect=_column(parts, "effect", np.int8)[order],
            patience=patience,
            handling=handling,
            wrap_up=wrap_up,
            demanded=demanded,
            deflected=gone,
            substituted=moved,
        )

    def _drawn(
        self, time: Ints, key: Bits, channel: NDArray[np.int16], reason: NDArray[np.int16]
    ) -> tuple[Ints, Ints, Ints]:
        """Draw patience, handling and wrap-up of the first attempts."""
        durations = self._durations
        columns = tuple(np.zeros(len(time), np.int64) for _ in range(3))
        patience, handling, wrap_up = columns
        for place, rows in _rows_by(channel, len(self._scenario.channels)):
            keys, times = key[rows], time[rows]
            patience[rows] = durations.first_patience(
                place, uniforms(keys, PATIENCE, _FIRST), times
            )
            wrap_up[rows] = durations.first_wrap_up(place, uniforms(keys, WRAP_UP, _FIRST), times)
            effort = uniforms(keys, EFFORT, _FIRST)
            for why, some in _rows_by(reason[rows], len(self._scenario.reasons)):
                handling[rows[some]] = durations.first_handling(
                    place, why, effort[some], times[some]
                )
        return patience, handling, wrap_up

    def _sites(self, key: Bits, channel: NDArray[np.int16]) -> NDArray[np.int16]:
        """Draw the site of each contact whose channel has sites."""
        site = np.zeros(len(key), np.int16)
        for place, here in enumerate(self._scenario.channels.values()):
            if here.sites:
                rows = np.flatnonzero(channel == place)
                bits = mix(key[rows], SITE, _FIRST)
                site[rows] = np.searchsorted(_site_edges(here), bits, side="right")
        return site


def _placed(intervals: Intervals, counts: Ints, key: int) -> tuple[Ints, Bits]:
    """Give each contact its key, and its time within its interval."""
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
) -> _Part:
    """Apply deflection, then substitution, to the contacts of a group."""
    demanded, gone, moved = tallies
    if group.source == Source.INDUCED:
        return _Part(
            group.source, group.channel, group.reason, time, key, group.channel, Effect.INDUCED
        )
    demanded.add(group, time)
    deflecting, substituting = chances
    if deflecting:
        unneeded = deflected(deflecting, key, time)
        gone.add(group, time[unneeded])
        time, key = time[~unneeded], key[~unneeded]
    rules = substituted(substituting, key, time)
    shifts = rules != STAYS
    moved.add(group, time[shifts])
    channel, time = move(substituting, rules, group.channel, key, time)
    effect = np.where(shifts, Effect.SUBSTITUTED, Effect.NONE).astype(np.int8)
    return _Part(group.source, group.channel, group.reason, time, key, channel, effect)


def _column(parts: Sequence[_Part], name: str, kind: type[Kind]) -> NDArray[Kind]:
    """Put one column of all parts together, in the order of generation."""
    return np.concatenate([np.empty(0, kind), *(part.column(name, kind) for part in parts)])


def _rows_by(codes: NDArray[np.int16], number: int) -> Iterator[tuple[int, Ints]]:
    """Give the rows of each code that occurs."""
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(number + 1))
    for code in range(number):
        if edges[code] < edges[code + 1]:
            yield code, order[edges[code] : edges[code + 1]]


def _site_edges(channel: Channel) -> NDArray[np.uint64]:
    """Give the 64-bit draws at which the next site begins."""
    total, edges = 0.0, []
    for share in list(channel.sites.values())[:-1]:
        total += share
        edges.append(min(round(total * _ONE), _ONE - 1))
    return np.array(edges, np.uint64)

"""The scenario as tables that an engine can play without looking anything up.

Names become indices, shares become thresholds of 64-bit draws, factors become parts per
million, durations become pools of quantiles: an engine only adds, compares and draws.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property, lru_cache

import numpy as np

from simulation.contacts.durations import AFTER_HORIZON, Durations
from simulation.contacts.quantiles import compile_quantile
from simulation.contacts.randomness import stream
from simulation.contacts.timetable import Timetable
from simulation.play.record import Cause
from simulation.play.roster import Ints, Pieces, Steps, at_work, cut
from simulation.scenario.channels import Channel, Chat, Deferred, Live, Return
from simulation.scenario.distributions import Distribution
from simulation.scenario.scenario import Scenario
from simulation.scenario.teams import Roster, Team

MILLION = 1_000_000
"""Factors are whole parts per million, so that engines agree to the microsecond."""

ONE = 2**64
"""A probability p is the threshold p × 2⁶⁴ of a 64-bit draw."""

RUN_OUT = AFTER_HORIZON
"""Longest play after the horizon; who is still there then is censored, and counted as such."""


def threshold(probability: float) -> int:
    """Give the threshold below which a uniform 64-bit draw means yes."""
    return round(probability * ONE)


@dataclass(frozen=True)
class ReturnRule:
    """Coming back after one cause."""

    cause: Cause
    probability: int
    delays: Sequence[int]
    targets: tuple[tuple[int, int], ...]
    """(cumulative threshold, channel) in the scenario's order."""


@dataclass(frozen=True)
class TransferRule:
    """Passing on to a back office."""

    channel: int
    probability: tuple[int, ...]
    """Threshold by reason."""


@dataclass(frozen=True)
class QueuePlan:
    """One queue: a channel, or one site of it."""

    channel: int
    site: int
    ranks: tuple[tuple[int, ...], ...]
    """Teams in order of preference; those of one rank together."""


@dataclass(frozen=True)
class ChannelPlan:
    """One channel."""

    name: str
    deferred: bool
    slowdown: tuple[int, ...]
    """Chat: parts per million by number of open conversations; empty if not a chat."""
    queues: tuple[int, ...]
    sites: tuple[int, ...]
    """Cumulative thresholds of the sites."""
    capacity: int | None
    line: int | None
    divert: tuple[int, int] | None
    """(waiting time, channel)."""
    serve_at_closing: bool
    resolution: tuple[int, ...]
    """Threshold by reason."""
    transfer: TransferRule | None
    returns: dict[Cause, ReturnRule]
    openings: tuple[tuple[int, int], ...]

    @property
    def settles(self) -> bool:
        """Whether every answer resolves the question here: nothing is drawn for it."""
        return self.transfer is None and all(chance == ONE for chance in self.resolution)


@dataclass(frozen=True)
class TeamPlan:
    """One team at one place."""

    name: str
    parent: str
    """Key in the scenario; ``name`` adds the site."""
    groups: tuple[tuple[int, ...], ...]
    """Queues in the order in which an agent looks at them; those of one rank together."""
    factors: dict[tuple[int, int], int]
    """Parts per million by (channel, reason), where not one million."""
    reserve: int
    roster: Steps = field(repr=False)
    pieces: Pieces = field(repr=False)
    """The roster, cut at midnights."""


class Mark(IntEnum):
    """Kinds of marks in a timetable, in their order at one instant."""

    ROSTER = 1
    CLOSING = 2
    OPENING = 3


@dataclass(frozen=True, eq=False)
class Plan:
    """A scenario, ready to be played."""

    scenario: Scenario = field(repr=False)
    durations: Durations = field(repr=False)
    horizon: int
    end: int
    """Horizon, or the end of the run-out."""
    channels: tuple[ChannelPlan, ...]
    queues: tuple[QueuePlan, ...]
    teams: tuple[TeamPlan, ...]
    lines: tuple[int, ...]
    """Capacity of each group of lines."""
    max_attempts: int
    keep_patience: bool
    keep_effort: bool

    def at_work(self, replication: int) -> list[Ints]:
        """Give, for each team, the (time, heads) at which the number at work changes."""
        scenario = self.scenario
        return [
            at_work(
                team.pieces,
                scenario.teams[team.parent].absence,
                stream(scenario.seed, "absence", replication, team.name),
            )
            for team in self.teams
        ]

    def timetable(self, replication: int) -> Ints:
        """Give the marks of rosters and opening hours before the end, in order.

        Returns
        -------
        int64, shape (n, 4): time, `Mark`, team or channel, heads.
        """
        marks = [self._hours]
        for team, levels in enumerate(self.at_work(replication)):
            roster = np.zeros((len(levels), 4), np.int64)
            roster[:, 0], roster[:, 1], roster[:, 2] = levels[:, 0], Mark.ROSTER, team
            roster[:, 3] = levels[:, 1]
            marks.append(roster)
        table = np.concatenate(marks)
        table = table[table[:, 0] < self.end]
        ordered: Ints = table[np.lexsort((table[:, 2], table[:, 1], table[:, 0]))]
        return ordered

    @cached_property
    def _hours(self) -> Ints:
        """The marks of opening hours."""
        marks = [
            mark
            for channel, plan in enumerate(self.channels)
            for begin, end in plan.openings
            for mark in ((begin, Mark.OPENING, channel, 0), (end, Mark.CLOSING, channel, 0))
        ]
        return np.array(marks, np.int64).reshape(-1, 4)


def make_plan(scenario: Scenario, before: Plan | None = None) -> Plan:
    """Compile a scenario.

    Parameters
    ----------
    scenario : to be compiled
    before : a plan of the same scenario with other teams, whose channels are taken over
    """
    horizon = scenario.horizon.length
    end = horizon + (RUN_OUT if scenario.horizon.run_out == "drain" else 0)
    timetable = Timetable(scenario.horizon, scenario.calendar)
    places = _places(scenario)
    teams = tuple(_team(scenario, place, timetable, end) for place in places)
    queues = tuple(
        QueuePlan(channel, site, _ranks(scenario, places, channel, site))
        for channel, site in _queues(scenario)
    )
    return Plan(
        scenario=scenario,
        durations=before.durations if before else Durations(scenario),
        horizon=horizon,
        end=end,
        channels=before.channels
        if before
        else tuple(_channel(scenario, name, timetable, end) for name in scenario.channels),
        queues=queues,
        teams=teams,
        lines=tuple(group.capacity for group in scenario.lines.values()),
        max_attempts=scenario.returns.max_attempts,
        keep_patience=scenario.returns.patience == "per_contact",
        keep_effort=scenario.returns.effort == "per_contact",
    )


@dataclass(frozen=True)
class _Place:
    """A team, at one site if it has sites."""

    team: str
    site: str | None
    roster: Roster


def _places(scenario: Scenario) -> list[_Place]:
    places: list[_Place] = []
    for name, team in scenario.teams.items():
        if team.sites:
            places += [_Place(name, site, roster) for site, roster in team.sites.items()]
        else:
            places.append(_Place(name, None, team.roster))
    return places


def _queues(scenario: Scenario) -> list[tuple[int, int]]:
    return [
        (index, site)
        for index, channel in enumerate(scenario.channels.values())
        for site in range(max(1, len(channel.sites)))
    ]


def _serves(team: Team, place: _Place, name: str, channel: Channel, site: int) -> bool:
    if name not in team.channels:
        return False
    return place.site is None or not channel.sites or list(channel.sites)[site] == place.site


def _ranks(
    scenario: Scenario, places: list[_Place], index: int, site: int
) -> tuple[tuple[int, ...], ...]:
    name = list(scenario.channels)[index]
    channel = scenario.channels[name]
    by_rank: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        if _serves(scenario.teams[place.team], place, name, channel, site):
            by_rank.setdefault(channel.teams.get(place.team, 1), []).append(number)
    return tuple(tuple(by_rank[rank]) for rank in sorted(by_rank))


def _team(scenario: Scenario, place: _Place, timetable: Timetable, end: int) -> TeamPlan:
    team = scenario.teams[place.team]
    steps = timetable.steps(place.roster, end, on_closed_days=team.holidays == "on")
    crewed: Steps = [(b, e, max(heads, team.minimum_crew) if heads else 0) for b, e, heads in steps]
    names = list(scenario.channels)
    by_rank: dict[tuple[int, bool], list[int]] = {}
    for queue, (index, site) in enumerate(_queues(scenario)):
        channel = scenario.channels[names[index]]
        if _serves(team, place, names[index], channel, site):
            # At equal rank somebody who is waiting goes before a message.
            rank = (team.channels[names[index]].rank, isinstance(channel, Deferred))
            by_rank.setdefault(rank, []).append(queue)
    return TeamPlan(
        name=place.team if place.site is None else f"{place.team}/{place.site}",
        parent=place.team,
        groups=tuple(tuple(by_rank[rank]) for rank in sorted(by_rank)),
        factors=_factors(scenario, team),
        reserve=team.reserve,
        roster=crewed,
        pieces=cut(crewed, scenario.horizon.midnight),
    )


def _factors(scenario: Scenario, team: Team) -> dict[tuple[int, int], int]:
    factors: dict[tuple[int, int], int] = {}
    for channel, name in enumerate(scenario.channels):
        if name in team.channels:
            service = team.channels[name]
            for reason, title in enumerate(scenario.reasons):
                factor = service.handling_factor_by_reason.get(title, service.handling_factor)
                if round(factor * MILLION) != MILLION:
                    factors[channel, reason] = round(factor * MILLION)
    return factors


def _channel(scenario: Scenario, name: str, timetable: Timetable, end: int) -> ChannelPlan:
    channel = scenario.channels[name]
    names = list(scenario.channels)
    index = names.index(name)
    waiting = None if isinstance(channel, Deferred) else channel
    divert = waiting.divert if waiting else None
    lines = [place for place, group in enumerate(scenario.lines.values()) if name in group.channels]
    return ChannelPlan(
        name=name,
        deferred=isinstance(channel, Deferred),
        slowdown=tuple(round(factor * MILLION) for factor in channel.slowdown)
        if isinstance(channel, Chat)
        else (),
        queues=tuple(place for place, key in enumerate(_queues(scenario)) if key[0] == index),
        sites=_cumulative(list(channel.sites.values())),
        capacity=waiting.queue_capacity if waiting else None,
        line=lines[0] if lines else None,
        divert=(divert.after, names.index(divert.to)) if divert else None,
        serve_at_closing=waiting.at_closing == "serve" if waiting else True,
        resolution=tuple(
            threshold(channel.resolution_by_reason.get(reason, channel.resolution))
            for reason in scenario.reasons
        ),
        transfer=_transfer(scenario, channel),
        returns=_returns(scenario, index, channel),
        openings=tuple(timetable.openings(channel, end)),
    )


def _cumulative(shares: Sequence[float]) -> tuple[int, ...]:
    total, sums = 0.0, []
    for share in shares:
        total += share
        sums.append(threshold(total))
    return (*sums[:-1], ONE) if sums else ()


def _transfer(scenario: Scenario, channel: Channel) -> TransferRule | None:
    if channel.transfer is None:
        return None
    transfer = channel.transfer
    return TransferRule(
        list(scenario.channels).index(transfer.to),
        tuple(
            threshold(transfer.by_reason.get(reason, transfer.probability))
            for reason in scenario.reasons
        ),
    )


def _returns(scenario: Scenario, index: int, channel: Channel) -> dict[Cause, ReturnRule]:
    rules: dict[Cause, Return | None] = {Cause.UNRESOLVED: channel.after_unresolved}
    if isinstance(channel, Live | Chat):
        rules[Cause.ABANDONED] = channel.after_abandoned
        rules[Cause.BLOCKED] = channel.after_blocked
        rules[Cause.CLOSED] = channel.after_closed
        rules[Cause.SENT_AWAY] = channel.after_sent_away
    else:
        rules[Cause.IMPATIENT] = channel.after_impatient
    return {
        cause: _return(scenario, index, cause, rule)
        for cause, rule in rules.items()
        if rule is not None
    }


def _return(scenario: Scenario, index: int, cause: Cause, rule: Return) -> ReturnRule:
    names = list(scenario.channels)
    targets = [names.index(name) for name in rule.to] or [index]
    sums = _cumulative(list(rule.to.values()) or [1.0])
    return ReturnRule(
        cause=cause,
        probability=threshold(rule.probability),
        delays=_pool(rule.delay),
        targets=tuple(zip(sums, targets, strict=True)),
    )


@lru_cache(maxsize=64)
def _pool(delay: Distribution) -> Sequence[int]:
    """Give a pool of delays; scenarios that share a rule share its pool."""
    return array("q", compile_quantile(delay).pool().tolist())

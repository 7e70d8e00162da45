"""The plan as flat arrays: what the compiled loop reads.

Lists of lists become one list and the places where each part begins: part i of ``values`` is
``values[begin[i] : begin[i + 1]]``. -1 stands for what is not there. A chance is a 64-bit
threshold; `ALWAYS` stands for 2⁶⁴, which does not fit.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.durations import EFFORT, PATIENCE, SITE, WRAP_UP, Drawn, Kind
from simulation.play.citizens import AGENT, DELAY, RESOLUTION, TARGET, TRANSFER, TRY
from simulation.play.plan import MILLION, ONE, ChannelPlan, Plan
from simulation.play.record import Cause

ALWAYS = ONE - 1
"""The chance that holds for every draw. No threshold of a float is this number."""

Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]

PURPOSES = np.array(
    [
        AGENT,
        RESOLUTION,
        TRANSFER,
        PATIENCE,
        EFFORT,
        WRAP_UP,
        SITE,
        *(purposes[cause] for cause in Cause for purposes in (TRY, DELAY, TARGET)),
    ],
    np.uint64,
)
"""Purposes of draws; from the seventh on, three for each cause."""


class Tables:
    """A plan as arrays.

    Attributes
    ----------
    channel_* : by channel, and by channel and reason or cause where a name says so
    queue_* : by queue; ``rank_begin`` by rank, ``rank_teams`` the teams of all ranks in order
    team_* : by team; ``group_begin`` by group, ``group_queues`` the queues of all groups
    rule_* : by rule of coming back
    pools : int64, shape (pools × 65536,): durations and delays of later attempts
    factor_* : factors by moment of arrival, one part for each pool
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._channels(plan)
        self._queues(plan)
        self._teams(plan)
        self._rules(plan)
        self._durations(plan)

    def _channels(self, plan: Plan) -> None:
        channels = plan.channels
        self.channel_deferred = ints(channel.deferred for channel in channels)
        self.channel_serves = ints(channel.serve_at_closing for channel in channels)
        self.channel_capacity = ints(absent(channel.capacity) for channel in channels)
        self.channel_line = ints(absent(channel.line) for channel in channels)
        self.channel_divert_after = ints(c.divert[0] if c.divert else -1 for c in channels)
        self.channel_divert_to = ints(c.divert[1] if c.divert else -1 for c in channels)
        self.channel_first_queue = ints(channel.queues[0] for channel in channels)
        self.channel_transfer_to = ints(c.transfer.channel if c.transfer else -1 for c in channels)
        self.channel_transfer = chances(
            chance
            for c in channels
            for chance in (c.transfer.probability if c.transfer else [0] * len(c.resolution))
        )
        self.channel_resolution = chances(chance for c in channels for chance in c.resolution)
        self.slowdown_begin, self.slowdown = joined([channel.slowdown for channel in channels])
        self.opening_begin, self.opening = joined(
            [[begin for begin, _ in channel.openings] for channel in channels]
        )
        self.last_call_begin, self.last_call = joined([_last_calls(each) for each in channels])
        self.site_begin, self.site_edge = edges([channel.sites for channel in channels])

    def _queues(self, plan: Plan) -> None:
        ranks = [queue.ranks for queue in plan.queues]
        self.queue_channel = ints(queue.channel for queue in plan.queues)
        self.queue_only = ints(
            each[0][0]
            if len(each) == len(each[0]) == 1 and not plan.channels[queue.channel].slowdown
            else -1
            for queue, each in zip(plan.queues, ranks, strict=True)
        )
        self.queue_begin = begins(ranks)
        self.rank_begin, self.rank_teams = joined([rank for each in ranks for rank in each])

    def _teams(self, plan: Plan) -> None:
        groups = [team.groups for team in plan.teams]
        self.team_reserve = ints(team.reserve for team in plan.teams)
        self.team_begin = begins(groups)
        self.group_begin, self.group_queues = joined([group for each in groups for group in each])
        self.line_capacity = ints(plan.lines)
        self.team_factor = ints(
            team.factors.get((channel, reason), MILLION)
            for team in plan.teams
            for channel in range(len(plan.channels))
            for reason in range(len(plan.scenario.reasons))
        )

    def _rules(self, plan: Plan) -> None:
        rules = [rule for channel in plan.channels for rule in channel.returns.values()]
        places = {id(rule): place for place, rule in enumerate(rules)}
        self.rule_of = ints(
            places[id(channel.returns[cause])] if cause in channel.returns else -1
            for channel in plan.channels
            for cause in Cause
        )
        self.rule_chance = chances(rule.probability for rule in rules)
        self.target_begin, self.target_edge = edges(
            [[edge for edge, _ in rule.targets] for rule in rules]
        )
        # One channel more than edges: where a draw passes every edge.
        self.target_channel = ints(
            channel
            for place, rule in enumerate(rules)
            for _, channel in rule.targets[
                : self.target_begin[place + 1] - self.target_begin[place] + 1
            ]
        )

    def _durations(self, plan: Plan) -> None:
        """Lay out what later attempts are drawn from; nothing where no attempt is a later one."""
        pools, durations = _Pools(), plan.durations
        rules = [rule for channel in plan.channels for rule in channel.returns.values()]
        drawing = bool(rules) or any(c.transfer or c.divert for c in plan.channels)

        def pool(kind: Kind, channel: int, reason: int = 0) -> int:
            drawn = durations.of(kind, channel, reason) if drawing else None
            return -1 if drawn is None else pools.drawn(drawn)

        channels, reasons = range(len(plan.channels)), range(len(plan.scenario.reasons))
        self.rule_pool = ints(pools.delays(rule.delays) for rule in rules)
        self.patience_pool = ints(pool("patience", channel) for channel in channels)
        self.wrap_up_pool = ints(pool("wrap_up", channel) for channel in channels)
        self.handling_pool = ints(
            pool("handling", channel, reason) for channel in channels for reason in reasons
        )
        self.extra = ints(durations.extra)
        self.pools = np.concatenate([np.zeros(0, np.int64), *pools.rows])
        self.factor_begin, self.factor_from = joined(
            [[begin for begin, _, _ in each] for each in pools.factors]
        )
        self.factor_to = ints(end for each in pools.factors for _, end, _ in each)
        self.factor = np.array([value for each in pools.factors for _, _, value in each], float)


class _Pools:
    """Pools of values drawn in advance, each laid down once."""

    def __init__(self) -> None:
        self.rows: list[Ints] = []
        self.factors: list[list[tuple[int, int, float]]] = []
        self._known: dict[int, int] = {}

    def delays(self, rows: Sequence[int]) -> int:
        """Give the number of a pool of delays."""
        return self._number(id(rows), lambda: np.array(rows, np.int64), [])

    def drawn(self, drawn: Drawn) -> int:
        """Give the number of the pool of a distribution."""
        return self._number(id(drawn), drawn.quantile.pool, drawn.factors)

    def _number(
        self, key: int, rows: Callable[[], Ints], factors: Sequence[tuple[int, int, float]]
    ) -> int:
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(rows())
            self.factors.append(list(factors))
        return self._known[key]


def ints(values: Iterable[int]) -> Ints:
    """Give whole numbers as an array."""
    return np.fromiter(values, np.int64)


def chances(values: Iterable[int]) -> Bits:
    """Give thresholds of draws as an array."""
    return np.array([min(value, ALWAYS) for value in values], np.uint64)


def absent(value: int | None) -> int:
    """Give -1 for what is not there."""
    return -1 if value is None else value


def begins(parts: Sequence[Sequence[object]]) -> Ints:
    """Give the places where parts begin, and the end of the last."""
    return np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)


def joined(parts: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Give the places where parts begin, and the parts as one array."""
    return begins(parts), ints(chain.from_iterable(parts))


def edges(cumulative: Sequence[Sequence[int]]) -> tuple[Ints, Bits]:
    """Give thresholds of what is drawn from shares, without the last and others at 2⁶⁴."""
    parts = [[edge for edge in each[:-1] if edge < ONE] for each in cumulative]
    return begins(parts), np.array(list(chain.from_iterable(parts)), np.uint64)


def _last_calls(channel: ChannelPlan) -> list[int]:
    """Give the closing times at which those who still wait are served."""
    served = channel.serve_at_closing and not channel.deferred
    return sorted({end for _, end in channel.openings}) if served else []


@lru_cache(maxsize=16)
def tables(plan: Plan) -> Tables:
    """Give the tables of a plan, made once; those of a city take 7 MB, and are soon made again."""
    return Tables(plan)

"""Channel shift: contacts that are no longer needed, and contacts that move.

Each effect has one uniform number of the contact's own, so a stronger effect takes in the same
people and some more. Deflection comes first; who is still there may be substituted. Rules of
one effect take turns by name, each with a piece of the line from 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.fast import uniforms
from simulation.contacts.randomness import Bits, purpose
from simulation.contacts.timetable import Timetable, stepped
from simulation.scenario.blocks import WeightBlock
from simulation.scenario.demand import Ramp, Reach, Substitution
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_DEFLECTION = purpose("deflection")
_SUBSTITUTION = purpose("substitution")
_OWN_RHYTHM = purpose("own_rhythm")
_ROUNDING = 1e-9

STAYS = -1
"""Place of the rule for a contact that no rule moves."""


class Adoption:
    """A share that grows in a straight line; always 1 without a ramp.

    Parameters
    ----------
    ramp : what a scenario says
    timetable : gives the start of the growth in microseconds
    """

    def __init__(self, ramp: Ramp | None, timetable: Timetable) -> None:
        self._initial = 1.0 if ramp is None else ramp.initial
        self._growth = 0.0 if ramp is None else ramp.final - ramp.initial
        self._start = 0 if ramp is None else timetable.moment(ramp.start)
        self._duration = 0 if ramp is None else ramp.duration

    def at(self, times: Ints) -> Floats:
        """Give the share at times in microseconds since the start of the horizon."""
        since = times - self._start
        if self._duration:
            grown = np.minimum(np.maximum(since / self._duration, 0.0), 1.0)
        else:
            grown = (since >= 0).astype(np.float64)
        return self._initial + self._growth * grown

    def bends(self) -> list[int]:
        """Give the times between which the share is a straight line."""
        return [self._start - 1, self._start, self._start + self._duration]


class Rhythm:
    """A channel's own rhythm: draws the time of day anew, on the same calendar day.

    Parameters
    ----------
    blocks : relative busyness through the day
    timetable : gives the days of the horizon, to which the rhythm is clipped
    """

    def __init__(self, blocks: Sequence[WeightBlock], timetable: Timetable) -> None:
        self._midnight = timetable.midnight
        pattern = stepped(blocks)
        rows: list[tuple[int, int, float, float]] = []
        for day, date in enumerate(timetable.days(timetable.length)):
            start = timetable.midnight_of(date)
            pieces = [
                (max(0, start + begin), min(timetable.length, start + end), weight)
                for begin, end, weight in pattern(date)
            ]
            rows += _shares(day, [piece for piece in pieces if piece[0] < piece[1]])
        self._begin = np.array([row[0] for row in rows], np.int64)
        self._length = np.array([row[1] for row in rows], np.int64)
        self._low = np.array([row[2] for row in rows], np.float64)
        self._width = np.array([row[3] for row in rows], np.float64)

    def redraw(self, times: Ints, keys: Bits) -> Ints:
        """Give new times on the same days; the old ones on a day on which nobody comes."""
        if not len(self._begin):
            return times
        day = (times + self._midnight) // DAY
        position = day + uniforms(keys, _OWN_RHYTHM)
        row = np.maximum(np.searchsorted(self._low, position, side="right") - 1, 0)
        within = (position - self._low[row]) / self._width[row] * self._length[row]
        step = np.minimum(within.astype(np.int64), self._length[row] - 1)
        return np.where(np.floor(self._low[row]) == day, self._begin[row] + step, times)


def _shares(day: int, pieces: list[tuple[int, int, float]]) -> list[tuple[int, int, float, float]]:
    """Give (begin, length, low, width) of pieces: their part of the line from day to day + 1."""
    edges = [0.0]
    for begin, end, weight in pieces:
        edges.append(edges[-1] + (end - begin) * weight)
    return [
        (begin, end - begin, day + low / edges[-1], (high - low) / edges[-1])
        for (begin, end, _), low, high in zip(pieces, edges, edges[1:], strict=False)
    ]


@dataclass(frozen=True)
class Chance:
    """A probability that one rule gives contacts of one kind.

    Attributes
    ----------
    share : probability at full adoption
    adoption : its growth
    to : channel to which the rule moves a contact; `STAYS` for deflection
    rhythm : the new channel's own, if the scenario says so
    """

    share: float
    adoption: Adoption
    to: int = STAYS
    rhythm: Rhythm | None = None


class ShiftRules:
    """Deflection and substitution of a scenario, by channel and reason.

    Raises
    ------
    ValueError
        When the probabilities of an effect add up to more than 1 somewhere in the horizon.
    """

    def __init__(self, scenario: Scenario, timetable: Timetable) -> None:
        self._scenario = scenario
        self._channels = list(scenario.channels)
        self._length = timetable.length
        shift = scenario.shift
        self._deflections = [
            (rule, Adoption(rule.adoption, timetable))
            for _, rule in sorted(shift.deflection.items())
        ]
        self._substitutions = [
            (
                rule,
                Adoption(rule.adoption, timetable),
                Rhythm(rule.hours, timetable) if rule.hours else None,
            )
            for _, rule in sorted(shift.substitution.items())
        ]

    def deflection(self, channel: str, reason: str, *, event: bool) -> list[Chance]:
        """Give the chances that a contact is no longer needed."""
        chances = [
            Chance(rule.share(channel, reason, event=event), adoption)
            for rule, adoption in self._deflections
        ]
        return self._checked(chances, f"deflection from {channel!r} for {reason!r}")

    def substitution(self, channel: str, reason: str) -> list[Chance]:
        """Give the chances that a contact moves to another channel."""
        chances = [
            Chance(
                _substituted_share(rule, channel, reason),
                adoption,
                self._channels.index(rule.to),
                rhythm,
            )
            for rule, adoption, rhythm in self._substitutions
        ]
        return self._checked(chances, f"substitution from {channel!r} for {reason!r}")

    def _checked(self, chances: list[Chance], what: str) -> list[Chance]:
        some = [chance for chance in chances if chance.share > 0]
        bends = {bend for chance in some for bend in chance.adoption.bends()}
        times = np.array([min(max(bend, 0), self._length) for bend in sorted(bends)], np.int64)
        highest = float(_total(some, times).max(initial=0.0))
        if highest > 1 + _ROUNDING:
            raise ValueError(f"the probability of {what} rises to {highest:.4g}; it may not pass 1")
        return some


def deflected(chances: Sequence[Chance], keys: Bits, times: Ints) -> NDArray[np.bool_]:
    """Tell which contacts are no longer needed."""
    return uniforms(keys, _DEFLECTION) < _total(chances, times)


def substituted(chances: Sequence[Chance], keys: Bits, times: Ints) -> Ints:
    """Give the place of the rule that moves each contact, or `STAYS`."""
    moves = np.full(len(times), STAYS, np.int64)
    if not chances:
        return moves
    draws = uniforms(keys, _SUBSTITUTION)
    edge = np.zeros(len(times))
    for place, chance in enumerate(chances):
        edge = edge + chance.share * chance.adoption.at(times)
        moves[(moves == STAYS) & (draws < edge)] = place
    return moves


def move(chances: Sequence[Chance], rules: Ints, keys: Bits, times: Ints) -> Ints:
    """Give each contact its time: in the own rhythm of the channel that a rule moves it to."""
    for place, chance in enumerate(chances):
        if chance.rhythm is not None:
            mine = rules == place
            times = times.copy()
            times[mine] = chance.rhythm.redraw(times[mine], keys[mine])
    return times


def reached(reach: Reach | None) -> float:
    """Give the share of residents that a rule reaches; everybody if it does not say."""
    return 1.0 if reach is None else reach.share()


def _total(chances: Sequence[Chance], times: Ints) -> Floats:
    total = np.zeros(len(times))
    for chance in chances:
        total = total + chance.share * chance.adoption.at(times)
    return total


def _substituted_share(rule: Substitution, channel: str, reason: str) -> float:
    willingness = rule.willingness.get(reason, 0.0) * rule.stated_to_realised
    return willingness * reached(rule.reach) * rule.channels.get(channel, 0.0)

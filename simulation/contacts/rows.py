"""Contacts put together: what parts of the demand bring, as one table in order of time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.contacts import fast
from simulation.contacts.durations import SITE, Durations
from simulation.contacts.randomness import Bits
from simulation.contacts.table import Contacts, Effect, Source
from simulation.scenario.channels import Channel

Ints = NDArray[np.int64]

Draw = Callable[[int, int, Bits, Ints, Ints], None]
"""Draws durations by channel, reason, keys and times of contacts into an array."""

NO_TIMES = np.empty(0, np.int64)

NO_KEYS = np.empty(0, np.uint64)

_FIRST = 1
_ONE = 2**64


class Kind(NamedTuple):
    """What contacts have in common, by which they are drawn and counted."""

    source: Source
    origin: int
    """Channel before shift."""
    reason: int
    channel: int
    """Channel of the first attempt."""
    effect: Effect


@dataclass(frozen=True)
class Part:
    """Contacts of one group, or of the backlog of one channel, as they were generated."""

    time: Ints
    key: Bits
    kinds: Sequence[Kind]
    place: Ints | None = None
    """Place in ``kinds`` of each contact; without it all are of the first kind."""

    def alike(self, begin: int) -> Iterator["Alike"]:
        """Give the contacts of each kind; those of this part come after so many others."""
        if self.place is None:
            yield Alike(self.kinds[0], slice(begin, begin + len(self.time)), self.time, self.key)
            return
        for number, kind in enumerate(self.kinds):
            rows = np.flatnonzero(self.place == number)
            yield Alike(kind, rows + begin, self.time[rows], self.key[rows])


@dataclass(frozen=True)
class Alike:
    """Contacts of one kind, and the rows that they have among those of all parts."""

    kind: Kind
    rows: slice | Ints
    time: Ints
    key: Bits

    def draw(self, how: Draw, column: Ints) -> None:
        """Draw durations into the rows of these contacts."""
        channel, reason = self.kind.channel, self.kind.reason
        if isinstance(self.rows, slice):
            how(channel, reason, self.key, self.time, column[self.rows])
            return
        found = np.empty(len(self.key), np.int64)
        how(channel, reason, self.key, self.time, found)
        column[self.rows] = found


def put_together(
    parts: Sequence[Part],
    durations: Durations,
    channels: Sequence[Channel],
    horizon: int,
    counts: tuple[Ints, Ints, Ints],
) -> Contacts:
    """Draw what is random about first attempts, and sort them by time.

    Parameters
    ----------
    parts : contacts in the order in which they were generated, which is kept among equal times
    durations, channels : of the scenario
    horizon : its length in microseconds
    counts : demanded, deflected and substituted contacts; see `Contacts`
    """
    numbers = [0, *accumulate(len(part.time) for part in parts)]
    groups = [
        each for part, begin in zip(parts, numbers, strict=False) for each in part.alike(begin)
    ]
    rows, time = fast.in_order(np.concatenate([NO_TIMES, *(part.time for part in parts)]), horizon)
    # Every column is filled as the contacts were generated, and only then put in order: so both
    # go along columns, and the processor's cache holds what they need.
    column = np.empty(len(time), np.int64)

    def drawn(how: Draw) -> Ints:
        for group in groups:
            group.draw(how, column)
        return column.take(rows, mode="clip")

    key = np.concatenate([NO_KEYS, *(part.key for part in parts)], out=column.view(np.uint64))
    demanded, deflected, substituted = counts
    return Contacts(
        time=time,
        key=key.take(rows, mode="clip"),
        **_kinds(groups, rows, column),
        site=_sites(groups, rows, channels),
        patience=drawn(durations.draw_patience),
        handling=drawn(durations.draw_handling),
        wrap_up=drawn(durations.draw_wrap_up),
        demanded=demanded,
        deflected=deflected,
        substituted=substituted,
    )


def _kinds(groups: Sequence[Alike], rows: Ints, column: Ints) -> dict[str, NDArray[Any]]:
    """Give the columns that hold the fields of each contact's kind."""
    for number, group in enumerate(groups):
        column[group.rows] = number
    table = np.array([group.kind for group in groups], np.int16).reshape(-1, len(Kind._fields))
    return dict(zip(Kind._fields, fast.kinds(column, rows, table), strict=True))


def _sites(groups: Sequence[Alike], rows: Ints, channels: Sequence[Channel]) -> NDArray[np.int16]:
    """Give the column of sites."""
    column = np.zeros(len(rows), np.int16)
    some = [group for group in groups if channels[group.kind.channel].sites]
    for group in some:
        column[group.rows] = sites(channels[group.kind.channel], group.key)
    return column.take(rows, mode="clip") if some else column


def sites(channel: Channel, key: Bits) -> NDArray[np.int16]:
    """Draw the site of each contact of a channel with sites."""
    total, edges = 0.0, []
    for share in list(channel.sites.values())[:-1]:
        total += share
        edges.append(min(round(total * _ONE), _ONE - 1))
    return fast.sites(key, SITE, _FIRST, np.array(edges, np.uint64))

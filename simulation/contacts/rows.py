"""Contacts put together: what parts of the demand bring, as one table in order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.durations import SITE, Durations
from simulation.contacts.fast import in_order
from simulation.contacts.randomness import Bits, mix
from simulation.contacts.table import Contacts, Effect, Source
from simulation.scenario.channels import Channel

Ints = NDArray[np.int64]

NO_TIMES = np.empty(0, np.int64)

KIND_TYPES = (np.int8, np.int16, np.int16, np.int16, np.int8)
"""Types of the columns of `Contacts` that hold the fields of a `Kind`."""

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

    def of_kind(self) -> Iterator[tuple[Kind, slice | Ints]]:
        """Give each kind with the rows of its contacts."""
        if self.place is None:
            yield self.kinds[0], slice(None)
            return
        for number, kind in enumerate(self.kinds):
            yield kind, np.flatnonzero(self.place == number)


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
    kinds = [kind for part in parts for kind in part.kinds]
    place, time = in_order(np.concatenate([NO_TIMES, *(part.time for part in parts)]), horizon)
    number = len(time)
    patience, handling, wrap_up = (np.empty(number, np.int64) for _ in range(3))
    key, code = np.empty(number, np.uint64), np.empty(number, np.intp)
    site = np.zeros(number, np.int16)
    begin = first_kind = 0
    for part in parts:
        end = begin + len(part.time)
        for which, (kind, rows) in enumerate(part.of_kind(), first_kind):
            at, keys, times = place[begin:end][rows], part.key[rows], part.time[rows]
            key[at], code[at] = keys, which
            durations.draw_patience(kind.channel, keys, times, patience, at)
            durations.draw_wrap_up(kind.channel, keys, times, wrap_up, at)
            durations.draw_handling(kind.channel, kind.reason, keys, times, handling, at)
            if channels[kind.channel].sites:
                site[at] = sites(channels[kind.channel], keys)
        begin, first_kind = end, first_kind + len(part.kinds)
    table = np.array(kinds, np.int16).reshape(-1, len(Kind._fields)).T
    source, origin, reason, channel, effect = (
        column.astype(dtype).take(code, mode="clip")
        for column, dtype in zip(table, KIND_TYPES, strict=True)
    )
    demanded, deflected, substituted = counts
    return Contacts(
        time=time,
        key=key,
        reason=reason,
        channel=channel,
        origin=origin,
        site=site,
        source=source,
        effect=effect,
        patience=patience,
        handling=handling,
        wrap_up=wrap_up,
        demanded=demanded,
        deflected=deflected,
        substituted=substituted,
    )


def sites(channel: Channel, key: Bits) -> NDArray[np.int16]:
    """Draw the site of each contact of a channel with sites."""
    total, edges = 0.0, []
    for share in list(channel.sites.values())[:-1]:
        total += share
        edges.append(min(round(total * _ONE), _ONE - 1))
    bits = mix(key, SITE, _FIRST)
    return np.searchsorted(np.array(edges, np.uint64), bits, side="right").astype(np.int16)

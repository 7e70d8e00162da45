"""Who comes: the contacts of one replication as columns, in order of time."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.durations import FOREVER

__all__ = ["FOREVER", "Contacts", "Effect", "Source"]


class Source(IntEnum):
    """Where a contact comes from."""

    BASE = 0
    EVENT = 1
    INDUCED = 2
    BACKLOG = 3


class Effect(IntEnum):
    """What channel shift did to a contact that is there."""

    NONE = 0
    SUBSTITUTED = 1
    INDUCED = 2


@dataclass(frozen=True)
class Contacts:
    """The contacts of one replication; a contact's row is its order among equals.

    Channels, reasons and sites are numbered in the scenario's order. Durations are in
    microseconds and belong to the first attempt.

    Attributes
    ----------
    time : int64, shape (n,), arrival in microseconds since the start of the horizon, ascending
    key : uint64, shape (n,), identity from which all that is random about the contact follows
    reason : int16, shape (n,)
    channel : int16, shape (n,), channel of the first attempt, after shift
    origin : int16, shape (n,), channel before shift
    site : int16, shape (n,), 0 for a channel without sites
    source : int8, shape (n,), a `Source`
    effect : int8, shape (n,), an `Effect`
    patience : int64, shape (n,), `FOREVER` where nobody leaves
    handling : int64, shape (n,), with extra effort, before the factors of a team
    wrap_up : int64, shape (n,), before the factors of a team
    demanded : int64, shape (channels, reasons), base and event contacts by channel of origin,
        before deflection and substitution
    deflected : int64, shape (channels, reasons), those among them that proactive information
        made unnecessary, by channel of origin
    substituted : int64, shape (channels, reasons), those that moved to another channel, by
        channel of origin

    Notes
    -----
    The three counts are of contacts whose instant of origin is at or after the end of warm-up.
    """

    time: NDArray[np.int64]
    key: NDArray[np.uint64]
    reason: NDArray[np.int16]
    channel: NDArray[np.int16]
    origin: NDArray[np.int16]
    site: NDArray[np.int16]
    source: NDArray[np.int8]
    effect: NDArray[np.int8]
    patience: NDArray[np.int64]
    handling: NDArray[np.int64]
    wrap_up: NDArray[np.int64]
    demanded: NDArray[np.int64]
    deflected: NDArray[np.int64]
    substituted: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.time)

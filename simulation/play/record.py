"""What happened in one replication: a row for every attempt, and who was at work.

Play writes these tables and nothing else; every count, wait, hour and euro is computed from
them afterwards. Both engines write the same bytes.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Outcome(IntEnum):
    """How an attempt ended."""

    ANSWERED = 0
    ABANDONED = 1
    BLOCKED = 2
    DIVERTED = 3
    SENT_AWAY = 4
    CLOSED = 5
    IN_SERVICE = 6
    WAITING = 7


class Cause(IntEnum):
    """Why an attempt was made."""

    FIRST = 0
    UNRESOLVED = 1
    ABANDONED = 2
    BLOCKED = 3
    CLOSED = 4
    SENT_AWAY = 5
    IMPATIENT = 6
    DIVERTED = 7
    TRANSFERRED = 8


PASSED_ON = frozenset((Cause.DIVERTED, Cause.TRANSFERRED))
"""Causes of attempts that are no new try of the citizen."""

NOBODY = -1
"""Team of an attempt that never met an agent."""

NEVER = -1
"""Start of an attempt that never met an agent."""

ATTEMPT = np.dtype(
    [
        ("contact", "<i4"),
        ("number", "<i2"),
        ("channel", "<i2"),
        ("site", "<i2"),
        ("team", "<i2"),
        ("outcome", "i1"),
        ("cause", "i1"),
        ("whole", "i1"),
        ("resolved", "i1"),
        ("arrived", "<i8"),
        ("since", "<i8"),
        ("started", "<i8"),
        ("ended", "<i8"),
    ]
)
"""One attempt. Times are microseconds since the start of the horizon.

``contact`` is the row in the table of contacts and ``number`` counts the attempts of a contact
over all its threads, from 1. ``since`` is when waiting began to count: the arrival, or the next
opening for a message that came outside working hours. ``whole`` is 1 when the attempt was one
uninterrupted piece of work from ``started`` to ``ended``; other work stands in ``spells``.
``resolved`` is 1 when the answer resolved the question.
"""

ATTEMPT_FORMAT = "<ihhhhbbbbqqqq"
"""The same row for `struct.pack`."""

SPELL = np.dtype([("team", "<i2"), ("channel", "<i2"), ("begin", "<i8"), ("end", "<i8")])
"""A piece of work that is not a whole attempt: a message handed back, or an agent's chats."""

PRESENCE = np.dtype([("team", "<i2"), ("time", "<i8"), ("present", "<i4")])
"""People of a team at work from this moment on, those in overtime included."""


@dataclass(frozen=True)
class Record:
    """The tables of one replication.

    Attributes
    ----------
    attempts : structured array of `ATTEMPT`, in the order in which attempts ended
    spells : structured array of `SPELL`
    presence : structured array of `PRESENCE`, in order of time
    cut_off : int64, shape (channels,): returns that the bound on attempts cut off
    end : moment at which play stopped, in microseconds
    """

    attempts: NDArray[Any]
    spells: NDArray[Any]
    presence: NDArray[Any]
    cut_off: NDArray[np.int64]
    end: int

"""The tally of one replication: what its attempts and pieces of work add up to, as whole numbers.

All measures are computed from it. One pass over the record fills it: a compiled loop where there
is one (`compiled`), whole columns otherwise (`columns`). Whole numbers do not depend on which.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.measures.rules import Rules
from simulation.play.record import Cause, Outcome

Ints = NDArray[np.int64]


class Tally:
    """What is counted and added up.

    Attempts count when their contact first came after the warm-up, and stand in the month of
    that first arrival. Time is in microseconds. A wait runs on the clock until the conversation
    began, until a message was answered, or until the citizen left.

    Attributes
    ----------
    attempts : int64, shape (channels, reasons, months, outcomes)
    causes : int64, shape (channels, causes)
    resolved : int64, shape (channels,), answers that resolved the question
    waited : int64, shape (channels,), sum of waits
    waits : by channel, the waits of those answered, ascending
    direct, direct_time : int64, shape (channels,), answers that were one piece of work or given
        by an agent who chats, and how long they took from their start
    quick : int64, shape (norms, months, outcomes), attempts in the channel of a norm that ended
        within its time
    answered : contacts answered at least once
    waiting, unanswered, handled : int64, shape (channels,), time of all attempts within the
        counted part of the horizon: before their start, until their end (of messages), at work
    busy, run_out : int64, shape (teams,), time at work within the counted part of the horizon,
        and after the horizon
    """

    def __init__(self, rules: Rules) -> None:
        channels, months = len(rules.deferred), len(rules.months)
        self.attempts = _zeros(channels, rules.reasons, months, len(Outcome))
        self.causes = _zeros(channels, len(Cause))
        self.quick = _zeros(len(rules.norms), months, len(Outcome))
        self.resolved, self.waited, self.direct, self.direct_time = _zeros(4, channels)
        self.waiting, self.unanswered, self.handled = _zeros(3, channels)
        self.busy, self.run_out = _zeros(2, rules.teams)
        self.waits: list[Ints] = []
        self.answered = 0


def _zeros(*shape: int) -> Ints:
    return np.zeros(shape, np.int64)

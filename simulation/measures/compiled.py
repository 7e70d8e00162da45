# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The tally in one pass over the attempts, compiled: the same numbers as `columns` gives.

This file is Python, and Cython compiles it as it stands; `fast` says whether it did. Where it
did not, whole columns do the work.
"""

import cython
import numpy as np
from cython import cfunc, exceptval, inline, longlong, schar, short, uchar
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.measures.rules import Rules, Within
from simulation.measures.tally import Tally
from simulation.play import record as recorded
from simulation.play.record import Cause, Outcome, Record
from simulation.scenario.values import DAY

OUTCOMES = cython.declare(cython.longlong, len(Outcome))
CAUSES = cython.declare(cython.longlong, len(Cause))
ANSWERED = cython.declare(cython.longlong, Outcome.ANSWERED)
NEVER = cython.declare(cython.longlong, recorded.NEVER)
CLOCK = cython.declare(cython.longlong, Within.CLOCK)
OPEN = cython.declare(cython.longlong, Within.OPEN)
LENGTH_OF_DAY = cython.declare(cython.longlong, DAY)

COMPILED: bool = cython.compiled
"""Whether this module runs as C."""


@cfunc
@inline
@exceptval(check=False)
def _overlap(begin: longlong, end: longlong, first: longlong, last: longlong) -> longlong:
    inside: longlong = min(end, last) - max(begin, first)
    return inside if inside > 0 else 0


@cfunc
@inline
@exceptval(check=False)
def _opening(
    opens: longlong[::1], first: longlong, last: longlong, place: longlong, time: longlong
) -> longlong:
    """Give the place in [first, last) of the last opening that began by a time, or ``first``.

    ``place`` is where the search begins.
    """
    while place + 1 < last and opens[place + 1] <= time:
        place += 1
    while place > first and opens[place] > time:
        place -= 1
    return place


def tally(rules: Rules, contacts: Contacts, record: Record) -> Tally:
    """Count and add up one replication."""
    total = Tally(rules)
    _add_work(total, rules, record)
    _add_attempts(total, rules, contacts, record)
    return total


def _add_work(total: Tally, rules: Rules, record: Record) -> None:
    team: cython.const[short][:] = record.spells["team"]
    channel: cython.const[short][:] = record.spells["channel"]
    begin: cython.const[longlong][:] = record.spells["begin"]
    end: cython.const[longlong][:] = record.spells["end"]
    handled: longlong[::1] = total.handled
    busy: longlong[::1] = total.busy
    run_out: longlong[::1] = total.run_out
    first: longlong = rules.warm_up
    last: longlong = rules.horizon
    stop: longlong = record.end
    for row in range(len(team)):
        inside: longlong = _overlap(begin[row], end[row], first, last)
        handled[channel[row]] += inside
        busy[team[row]] += inside
        run_out[team[row]] += _overlap(begin[row], end[row], last, stop)


class _Norms:
    """The norms as flat arrays, channel by channel.

    Attributes
    ----------
    begin : int64, shape (channels + 1,), where the norms of each channel begin
    number, within, limit : of each norm; ``number`` is its place in the scenario's order
    opening_begin, deadline_begin : shape (norms + 1,), where the parts of each norm begin in
        ``opens``, ``closes`` and ``before``, and in ``deadlines``
    """

    def __init__(self, rules: Rules) -> None:
        channels = [norm.channel for norm in rules.norms]
        number = np.argsort(channels, kind="stable")
        norms = [rules.norms[place] for place in number]
        self.begin = np.searchsorted(np.sort(channels), np.arange(len(rules.deferred) + 1))
        self.number = number
        self.within = np.array([norm.within for norm in norms], np.int64)
        self.limit = np.array([norm.limit for norm in norms], np.int64)
        self.opening_begin, self.opens = _joined([norm.clock.opens for norm in norms])
        _, self.closes = _joined([norm.clock.closes for norm in norms])
        _, self.before = _joined([norm.clock.before for norm in norms])
        self.deadline_begin, self.deadlines = _joined([norm.deadlines for norm in norms])


def _joined(parts: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put parts one after another; give where each begins, and all of them."""
    begin = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=begin[1:])
    return begin, np.concatenate([np.empty(0, np.int64), *parts])


def _add_attempts(total: Tally, rules: Rules, contacts: Contacts, record: Record) -> None:
    rows = record.attempts
    contact: cython.const[cython.int][:] = rows["contact"]
    channel: cython.const[short][:] = rows["channel"]
    team: cython.const[short][:] = rows["team"]
    outcome: cython.const[schar][:] = rows["outcome"]
    cause: cython.const[schar][:] = rows["cause"]
    whole: cython.const[schar][:] = rows["whole"]
    resolved: cython.const[schar][:] = rows["resolved"]
    arrived: cython.const[longlong][:] = rows["arrived"]
    since: cython.const[longlong][:] = rows["since"]
    started: cython.const[longlong][:] = rows["started"]
    ended: cython.const[longlong][:] = rows["ended"]

    reason: cython.const[short][::1] = contacts.reason
    month: short[::1] = rules.month(contacts)
    deferred: uchar[::1] = rules.deferred.view(np.uint8)
    slowed: uchar[::1] = rules.slowed.view(np.uint8)
    first_counted: longlong = rules.first_counted(contacts)
    warm_up: longlong = rules.warm_up
    horizon: longlong = rules.horizon
    midnight: longlong = rules.midnight
    stop: longlong = record.end
    reasons: longlong = rules.reasons
    months: longlong = len(rules.months)

    norms = _Norms(rules)
    norm_begin: longlong[::1] = norms.begin
    norm_number: longlong[::1] = norms.number
    within: longlong[::1] = norms.within
    limit: longlong[::1] = norms.limit
    opening_begin: longlong[::1] = norms.opening_begin
    opens: longlong[::1] = norms.opens
    closes: longlong[::1] = norms.closes
    before: longlong[::1] = norms.before
    deadline_begin: longlong[::1] = norms.deadline_begin
    deadlines: longlong[::1] = norms.deadlines
    place: longlong[::1] = norms.opening_begin.copy()

    attempts: longlong[::1] = total.attempts.reshape(-1)
    causes: longlong[::1] = total.causes.reshape(-1)
    quick: longlong[::1] = total.quick.reshape(-1)
    answers: longlong[::1] = total.resolved
    waited: longlong[::1] = total.waited
    direct: longlong[::1] = total.direct
    direct_time: longlong[::1] = total.direct_time
    waiting: longlong[::1] = total.waiting
    unanswered: longlong[::1] = total.unanswered
    handled: longlong[::1] = total.handled
    busy: longlong[::1] = total.busy
    run_out: longlong[::1] = total.run_out

    # A part for the waits of each channel, as long as all may be: what is not used costs nothing.
    waits_of_all = np.empty((len(rules.deferred), len(rows)), np.int64)
    waits: longlong[:, ::1] = waits_of_all
    count = np.zeros(len(rules.deferred), np.int64)
    answered: longlong[::1] = count
    seen: uchar[::1] = np.zeros(len(contacts), np.uint8)
    persons: longlong = 0

    for row in range(len(contact)):
        here: longlong = channel[row]
        how: longlong = outcome[row]
        begun: longlong = started[row]
        end: longlong = ended[row]
        waited_from: longlong = since[row]
        left: longlong = end if begun == NEVER else begun
        if whole[row]:
            inside: longlong = _overlap(begun, end, warm_up, horizon)
            handled[here] += inside
            busy[team[row]] += inside
            run_out[team[row]] += _overlap(begun, end, horizon, stop)
        waiting[here] += _overlap(waited_from, left, warm_up, horizon)
        if deferred[here]:
            unanswered[here] += _overlap(arrived[row], end, warm_up, horizon)
            left = end
        who: longlong = contact[row]
        if who < first_counted:
            continue
        wait: longlong = left - waited_from
        when: longlong = month[who]
        attempts[((here * reasons + reason[who]) * months + when) * OUTCOMES + how] += 1
        causes[here * CAUSES + cause[row]] += 1
        waited[here] += wait
        if how == ANSWERED:
            waits[here, answered[here]] = wait
            answered[here] += 1
            answers[here] += resolved[row] != 0
            if whole[row] or slowed[here]:
                direct[here] += 1
                direct_time[here] += end - begun
            persons += seen[who] == 0
            seen[who] = 1
        for norm in range(norm_begin[here], norm_begin[here + 1]):
            if within[norm] == CLOCK:
                if wait > limit[norm]:
                    continue
            elif within[norm] == OPEN:
                # Attempts come in order of their end, so the last opening is near the next.
                first: longlong = opening_begin[norm]
                last: longlong = opening_begin[norm + 1]
                if first < last:
                    until: longlong = _opening(opens, first, last, place[norm], end)
                    place[norm] = until
                    open_: longlong = _opening(opens, first, last, until, waited_from)
                    if (
                        before[until]
                        + _overlap(opens[until], closes[until], opens[until], end)
                        - before[open_]
                        - _overlap(opens[open_], closes[open_], opens[open_], waited_from)
                        > limit[norm]
                    ):
                        continue
                elif limit[norm] < 0:
                    continue
            else:
                day: longlong = deadline_begin[norm] + (waited_from + midnight) // LENGTH_OF_DAY
                if end > deadlines[min(day, deadline_begin[norm + 1] - 1)]:
                    continue
            quick[(norm_number[norm] * months + when) * OUTCOMES + how] += 1
    total.answered = int(persons)
    for each, found in zip(waits_of_all, count.tolist(), strict=True):
        each[:found].sort()
        total.waits.append(each[:found])

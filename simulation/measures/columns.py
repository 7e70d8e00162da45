"""The tally on whole columns, channel by channel: how it is filled without a compiler."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.table import Contacts
from simulation.measures.overlap import overlap
from simulation.measures.rules import NormRule, Rules, Within
from simulation.measures.tally import Ints, Tally
from simulation.play.record import NEVER, SPELL, Outcome, Record
from simulation.scenario.values import DAY

Rows = NDArray[Any]
"""Rows of `ATTEMPT`."""


def tally(rules: Rules, contacts: Contacts, record: Record) -> Tally:
    """Count and add up one replication."""
    total, first, month = Tally(rules), rules.first_counted(contacts), rules.month(contacts)
    answered = np.zeros(len(contacts), np.bool_)
    for channel in range(len(rules.deferred)):
        rows = record.attempts[record.attempts["channel"] == channel]
        _add_times(total, rules, channel, rows)
        _add_work(total, rules, _whole(rows), record.end)
        rows = rows[rows["contact"] >= first]
        contact = rows["contact"]
        _add_counts(total, rules, channel, rows, (contacts.reason[contact], month[contact]))
        answered[contact[rows["outcome"] == Outcome.ANSWERED]] = True
    _add_work(total, rules, record.spells, record.end)
    total.answered = int(np.count_nonzero(answered))
    return total


def _left(rows: Rows) -> Ints:
    """Give when each attempt left the queue."""
    return np.where(rows["started"] == NEVER, rows["ended"], rows["started"])


def _add_times(total: Tally, rules: Rules, channel: int, rows: Rows) -> None:
    window = rules.warm_up, rules.horizon
    total.waiting[channel] = overlap(rows["since"], _left(rows), window).sum()
    if rules.deferred[channel]:
        total.unanswered[channel] = overlap(rows["arrived"], rows["ended"], window).sum()


def _whole(rows: Rows) -> Rows:
    """Give the attempts that were one piece of work, as such pieces."""
    rows = rows[rows["whole"] != 0]
    work = np.empty(len(rows), SPELL)
    work["team"], work["channel"] = rows["team"], rows["channel"]
    work["begin"], work["end"] = rows["started"], rows["ended"]
    return work


def _add_work(total: Tally, rules: Rules, work: Rows, end: int) -> None:
    begin, until = work["begin"], work["end"]
    inside = overlap(begin, until, (rules.warm_up, rules.horizon))
    np.add.at(total.handled, work["channel"], inside)
    np.add.at(total.busy, work["team"], inside)
    np.add.at(total.run_out, work["team"], overlap(begin, until, (rules.horizon, end)))


def _add_counts(
    total: Tally, rules: Rules, channel: int, rows: Rows, group: tuple[Rows, Rows]
) -> None:
    reason, month = group
    np.add.at(total.attempts[channel], (reason, month, rows["outcome"]), 1)
    np.add.at(total.causes[channel], rows["cause"], 1)
    wait = (rows["ended"] if rules.deferred[channel] else _left(rows)) - rows["since"]
    total.waited[channel] = wait.sum()
    answered = rows["outcome"] == Outcome.ANSWERED
    total.waits.append(np.sort(wait[answered]))
    total.resolved[channel] = np.count_nonzero(answered & (rows["resolved"] != 0))
    direct = answered & ((rows["whole"] != 0) | rules.slowed[channel])
    total.direct[channel] = np.count_nonzero(direct)
    total.direct_time[channel] = (rows["ended"] - rows["started"])[direct].sum()
    for quick, norm in zip(total.quick, rules.norms, strict=True):
        if norm.channel == channel:
            mask = _quick(rules, norm, rows, wait)
            np.add.at(quick, (month[mask], rows["outcome"][mask]), 1)


def _quick(rules: Rules, norm: NormRule, rows: Rows, wait: Ints) -> NDArray[np.bool_]:
    """Give which attempts ended (were answered or left) within the time of a norm."""
    since, ended = rows["since"], rows["ended"]
    match norm.within:
        case Within.CLOCK:
            return wait <= norm.limit
        case Within.OPEN:
            return norm.clock.elapsed(ended) - norm.clock.elapsed(since) <= norm.limit
        case Within.DAYS:
            day = np.minimum((since + rules.midnight) // DAY, len(norm.deadlines) - 1)
            in_time: NDArray[np.bool_] = ended <= norm.deadlines[day]
            return in_time

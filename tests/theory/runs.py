"""Runs of a scenario text, and what an interval over them may claim."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.contacts.sample import Sampler
from simulation.contacts.table import Contacts
from simulation.play.engine import play
from simulation.play.plan import Plan, make_plan
from simulation.play.record import Outcome, Record
from simulation.scenario import loads
from simulation.verification.judgement import adjusted
from simulation.verification.student import critical

LEVEL = 0.999


@dataclass(frozen=True)
class Game:
    """One replication: what was asked, who came, what happened."""

    plan: Plan
    contacts: Contacts
    record: Record

    def in_order(self):
        """Give the attempts, in order of contact and attempt."""
        rows = self.record.attempts
        return rows[np.lexsort((rows["number"], rows["contact"]))]

    def counted(self):
        """Give the attempts that arrived after the warm-up, in order of contact and attempt."""
        rows = self.in_order()
        return rows[rows["arrived"] >= self.plan.scenario.horizon.warm_up]


def games(text: str, replications: int, first: int = 1) -> Iterator[Game]:
    """Play replications of a scenario text."""
    scenario = loads(text).scenario
    sampler, plan = Sampler(scenario), make_plan(scenario)
    for number in range(first, first + replications):
        contacts = sampler.contacts(number)
        yield Game(plan, contacts, play(plan, contacts, number))


def queue_text(
    *,
    per_hour: float,
    hours: float,
    heads: int,
    handling: str,
    warm_up: float = 0.0,
    patience: str | None = None,
    capacity: int | None = None,
    lines: int | None = None,
    kind: str = "live",
    more: str = "",
    run_out: str = "drain",
) -> str:
    """Write the scenario file of one queue with one team."""
    channel = [f"kind: {kind}", f"handling: {handling}"]
    if patience is not None:
        channel.append(f"patience: {patience}")
    if capacity is not None:
        channel.append(f"queue_capacity: {capacity}")
    if more:
        channel.append(more)
    trunks = "" if lines is None else f"lines: {{trunk: {{capacity: {lines}, channels: [phone]}}}}"
    return f"""
kanaalkompas: 1
title: A queue
horizon: {{start: 2026-01-05, length: {hours} hours, warm_up: {warm_up} hours, run_out: {run_out}}}
demand: {{phone: {{rates: [{{per_hour: {per_hour}}}]}}}}
channels: {{phone: {{{", ".join(channel)}}}}}
{trunks}
teams: {{agents: {{roster: [{{heads: {heads}}}], channels: {{phone: {{}}}}}}}}
"""


def outcomes(rows, outcome: Outcome):
    """Give which attempts ended in one way."""
    return rows["outcome"] == outcome


def interval(values, controls=None) -> tuple[float, float]:
    """Give the mean of independent values and the half-width of its 99.9 % t-interval.

    Parameters
    ----------
    values : one per replication
    controls : shape (replications, k), numbers of the same replications whose expectation is
        exactly 0; what they explain is taken off the spread (control variates)
    """
    mean, error, freedom = adjusted(values, [()] * len(values) if controls is None else controls)
    return mean, critical((1 - LEVEL) / 2, freedom) * error

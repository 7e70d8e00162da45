"""What one replication of a case shows, and what is known beforehand of the people who came."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, sqrt

import numpy as np

from simulation.contacts.table import Contacts
from simulation.experiment.replication import Simulator
from simulation.measures import Measures
from simulation.play.engines import Engine
from simulation.play.record import Record
from simulation.scenario import loads
from simulation.verification.case import Case
from simulation.verification.published import Published

SERVICE = 60_000_000
"""A mean service in microseconds."""


@dataclass(frozen=True)
class Seen:
    """One replication of a case."""

    figures: dict[str, float]
    """Estimates of the figures that theory knows, without bias but for the start from empty."""

    controls: tuple[float, ...]
    """Numbers whose expectation is 0."""

    attempts: int
    """Rows of the record."""

    digest: str
    """Fingerprint of everything that was written down."""


@lru_cache(maxsize=4)
def simulator(text: str, engine: Engine) -> Simulator:
    """Make a scenario ready, and keep it for its next replications."""
    return Simulator(loads(text).scenario, engine)


def observe(case: Case | Published, seed: int, engine: Engine, number: int) -> Seen:
    """Play one replication and look."""
    ready = simulator(case.text(seed), engine)
    played = ready.played(number)
    measures = ready.measured(played, number)
    known: tuple[float, ...] = ()
    if isinstance(case, Published):
        found = {each.name: each.of(measures) for each in case.figures}
    else:
        found, known = figures(case, measures), tuple(controls(case, played.contacts))
    return Seen(found, known, len(played.record.attempts), fingerprint(played.record))


def fingerprint(record: Record) -> str:
    """Give a text that two records share only if they are the same, byte for byte."""
    digest = hashlib.sha256()
    for table in (record.attempts, record.spells, record.presence, record.cut_off):
        digest.update(table.tobytes())
    digest.update(str(record.end).encode())
    return digest.hexdigest()


def figures(case: Case, measures: Measures) -> dict[str, float]:
    """Turn measures into the figures of theory.

    Sums over who came while counting are divided by the number that is expected to come, which
    is known: a mean over those who did come would be a ratio of two chances, and biased.
    """
    of = {
        name: measures[f"channels.calls.{name}"]
        for name in ("offered", "abandoned", "blocked", "waits.0", "mean_queue")
    }
    lasted = measures.get("channels.calls.mean_handling", 0.0) * measures["channels.calls.answered"]
    return {
        "waits": (of["offered"] - of["blocked"] - of["waits.0"]) / case.expected,
        "wait": measures["channels.calls.citizen_wait_hours"] * 60 / case.expected,
        "abandons": of["abandoned"] / case.expected,
        "blocked": of["blocked"] / case.expected,
        "queue": of["mean_queue"],
        "busy": measures["teams.agents.busy_hours"] * 60 / case.length,
        "chats": lasted / 60 / case.length,
    }


def controls(case: Case, contacts: Contacts) -> Iterator[float]:
    """Give what is known of who came: deviations from what is expected of them.

    They take off the spread of the figures what is only due to who happened to come (control
    variates).
    """
    expected = case.erlangs * (case.warm_up + case.length)
    effort = contacts.handling / SERVICE
    yield len(effort) / expected - 1.0
    if case.service.spread:
        yield float(effort.sum()) / expected - 1.0
    if case.service.spread and case.agents == 1:
        yield float((effort**2).sum()) / expected - (1.0 + case.service.spread**2)
    if case.patience and (case.patience.spread or case.patience.zero_share):
        mean = case.patience.mean * (1.0 - case.patience.zero_share)
        yield float((contacts.patience / SERVICE).sum()) / expected - mean
    if case.agents > 1:
        yield from _without_limit(case, contacts)


def _without_limit(case: Case, contacts: Contacts) -> Iterator[float]:
    """Give what the same people would find in M/G/∞, where the number is Poisson."""
    time = contacts.time
    left = np.sort(time + contacts.handling)
    found = np.arange(len(time)) - np.searchsorted(left, time, side="right")
    found = found[time >= round(case.warm_up * SERVICE)]
    for level in {case.agents, max(1, round(case.agents - sqrt(case.agents)))}:
        reached, excess = _beyond(case.erlangs, level)
        yield np.count_nonzero(found >= level) / case.expected - reached
        yield float(np.maximum(found - level, 0).sum()) / case.expected - excess


@lru_cache(maxsize=64)
def _beyond(mean: float, level: int) -> tuple[float, float]:
    """Give P(N ≥ level) and E(N − level)⁺ of a Poisson number."""
    shares = [exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(level + 1)]
    more = 1.0 - sum(shares)
    reached = more + shares[level]
    return reached, mean * (reached + shares[level - 1]) - level * reached

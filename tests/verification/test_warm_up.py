"""Counting begins when the start from empty can no longer be seen.

Every queue starts empty, so that its expectations approach those of equilibrium from one side. For
Markovian queues the whole way is computed from the equations; for others it is bounded.
"""

from math import ceil, exp, log, sqrt

import numpy as np
import pytest
from scipy import integrate, linalg, stats

from simulation.play.engines import Engine
from simulation.verification.case import families
from simulation.verification.laws import exact

ALLOWED = 0.1
"""Largest bias, as a part of the half-width that an interval of the compiled engine may have."""


def of(*laws):
    """Give the families and cases that some formulas answer, or all."""
    return [
        pytest.param(family, case, id=f"{family.name}: {case.name}")
        for family in families()
        for case in family.cases
        if not laws or family.law in laws
    ]


def shares_over_time(case):
    """Give the average shares of states while counting, from empty, and who waits for what."""
    c, load = case.agents, case.erlangs
    if case.places is not None:
        most = c + case.places
    else:
        most = c + (300 if case.patience is None and case.load > 0.85 else 150)
    theta = 1 / case.patience.mean if case.patience else 0.0
    rates = np.array([min(n, c) + max(0, n - c) * theta for n in range(1, most + 1)])
    if case.slowdown:
        rates = np.array([n / slow for n, slow in enumerate(case.slowdown, 1)])
        most = len(rates)
    generator = np.diag(np.full(most, load), 1) + np.diag(rates, -1)
    generator -= np.diag(generator.sum(axis=1))
    begin = linalg.expm(generator * case.warm_up)[0]
    # The deviation from equilibrium integrated over an endless window: at least that over ours.
    equilibrium = np.linalg.lstsq(
        np.vstack([generator.T, np.ones(most + 1)]), np.append(np.zeros(most + 1), 1), rcond=None
    )[0]
    deviation = np.linalg.lstsq(
        np.vstack([generator.T, np.ones(most + 1)]), np.append(equilibrium - begin, 0), rcond=None
    )[0]
    return equilibrium, deviation / case.length


def weights(case, states):
    """Give what each state contributes to each figure."""
    n, c = np.arange(states), case.agents
    waiting = np.maximum(n - c, 0)
    full = n == states - 1
    return {
        "waits": ((n >= c) & ~(full & (case.places is not None))).astype(float),
        "wait": waiting / case.erlangs,
        "queue": waiting.astype(float),
        "abandons": waiting / case.erlangs / (case.patience.mean if case.patience else 1.0),
        "blocked": full.astype(float),
        "busy": np.minimum(n, c).astype(float),
        "chats": n.astype(float),
    }


@pytest.mark.parametrize(
    ("family", "case"), of("erlang_b", "erlang_c", "erlang_a", "trunks", "sharing")
)
def test_markovian_queues_are_in_equilibrium_when_counting_begins(family, case):
    """Also for laws that theory says do not matter, with the exponential in their place."""
    equilibrium, deviation = shares_over_time(case)
    _, precision = family.of(case, Engine.COMPILED)
    for figure, value in exact(family, case).items():
        weight = weights(case, len(equilibrium))[figure]
        assert weight @ equilibrium == pytest.approx(value, rel=1e-3)
        assert abs(weight @ deviation) < ALLOWED * precision * value


def third_moment(law):
    if law.family == "deterministic":
        return 1.0
    if law.family == "gamma":
        shape = 1 / law.cv**2
        return (shape + 1) * (shape + 2) / shape**2
    if law.family == "lognormal":
        return (1 + law.cv**2) ** 3
    assert law.family == "hyperexponential"
    # Balanced means: p / rate = (1 - p) / other rate = 1 / 2.
    p = (1 + sqrt((law.cv**2 - 1) / (law.cv**2 + 1))) / 2
    return 6 * (1 / (2 * p) ** 2 + 1 / (2 * (1 - p)) ** 2) / 2


@pytest.mark.parametrize(("family", "case"), of("m_g_1"))
def test_what_m_g_1_lacks_over_all_time_does_not_count(family, case):
    """Beside the same queue from equilibrium, with work V, it lacks in all E V² / 2(1 − ρ).

    The lack starts at V, and shrinks at rate 1 while the queue from empty is idle, which takes
    1 / (1 − ρ) of time for each unit. Only the part after the warm-up counts; it is less.
    """
    load, law = case.load, case.service
    mean = load * (1 + law.spread**2) / 2 / (1 - load)
    square = 2 * mean**2 + load * third_moment(law) / 3 / (1 - load)
    _, precision = family.of(case, Engine.COMPILED)
    assert square / 2 / (1 - load) / case.length < ALLOWED * precision * mean


def residual(law, time):
    """Give the part of the mean service that lies beyond a time, E(S − t)⁺."""
    if law.family == "exponential":
        return exp(-time)
    if law.family == "deterministic":
        return max(0.0, 1.0 - time)
    if law.family == "hyperexponential":
        p = (1 + sqrt((law.cv**2 - 1) / (law.cv**2 + 1))) / 2
        return (exp(-2 * p * time) + exp(-2 * (1 - p) * time)) / 2
    if law.family == "gamma":
        found = stats.gamma(1 / law.cv**2, scale=law.cv**2)
    else:
        sigma = sqrt(log(1 + law.cv**2))
        found = stats.lognorm(sigma, scale=exp(-sigma * sigma / 2))
    return float(integrate.quad(found.sf, time, max(60.0, 40 * ceil(time)), limit=400)[0])


@pytest.mark.parametrize(("family", "case"), of())
def test_with_agents_for_everyone_nobody_would_be_missing(family, case):
    """M/G/∞ from empty lacks E(S − t)⁺ of its mean at t: little when counting begins."""
    assert residual(case.service, case.warm_up) < 1e-3 * family.of(case, Engine.COMPILED)[1]

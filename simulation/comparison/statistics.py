"""Intervals over replications: Student's t for means, Clopper-Pearson for shares.

Only additions, multiplications and square roots are used, in the order of the replications:
the same numbers give the same bytes on every processor.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

import numpy as np

from simulation.comparison.document import Attainment, Estimate
from simulation.contacts.portable import exp, log, log_gamma

CONFIDENCE = 0.90
"""Level of every interval."""

FEWEST = 10
"""Replications below which no interval of a mean is given."""

_Z95 = 1.6448536269514722
"""95th percentile of the standard normal distribution."""

LIMIT_ATTAINED = 0.8
"""A norm is attained if it is in at least this share of the replications, if none is asked."""

LIMIT_MISSED = 0.2
"""A norm is missed if it is attained in at most this share of the replications."""


def t95(freedom: int) -> float:
    """Give the 95th percentile of Student's t, for 9 degrees of freedom or more.

    Expansion around the normal percentile (Abramowitz and Stegun 1964, 26.7.5); its error is
    below 1e-5 from 9 degrees of freedom on.
    """
    z = _Z95
    z2 = z * z
    terms = (
        (z2 + 1) * z / 4,
        ((5 * z2 + 16) * z2 + 3) * z / 96,
        (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384,
        ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92_160,
    )
    value, power = z, 1.0
    for term in terms:
        power /= freedom
        value += term * power
    return value


def estimate(values: Sequence[float]) -> Estimate:
    """Estimate a mean from one value per replication, in the order of the replications.

    Raises
    ------
    ValueError
        Without any value.
    """
    count = len(values)
    if not count:
        raise ValueError("an estimate needs at least one value")
    total = 0.0
    for value in values:
        total += value
    mean = total / count
    ordered = sorted(values)
    low = high = None
    if count >= FEWEST:
        squares = 0.0
        for value in values:
            squares += (value - mean) * (value - mean)
        half = t95(count - 1) * sqrt(squares / (count - 1) / count)
        low, high = mean - half, mean + half
    return Estimate(
        mean=mean,
        low=low,
        high=high,
        p5=quantile(ordered, 5),
        p95=quantile(ordered, 95),
        n=count,
    )


def quantile(ordered: Sequence[float], percent: int) -> float:
    """Give a percentile of sorted values: the smallest with at least that share at or below."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


@lru_cache(maxsize=4_096)
def share_interval(successes: int, of: int) -> tuple[float, float]:
    """Give the exact 90 % interval of a share (Clopper and Pearson 1934)."""
    low = 0.0 if successes == 0 else 1.0 - _largest_share(of - successes, of)
    high = 1.0 if successes == of else _largest_share(successes, of)
    return low, high


def _largest_share(successes: int, of: int) -> float:
    """Bisect for the share at which at most so many successes have probability 5 %."""
    counts = np.arange(successes + 1, dtype=np.float64)
    ways = log_gamma(of + 1.0) - log_gamma(counts + 1.0) - log_gamma(of - counts + 1.0)
    low, high = successes / of, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        masses = exp(ways + counts * log(middle) + (of - counts) * log(1.0 - middle))
        if float(np.cumsum(masses)[-1]) < (1 - CONFIDENCE) / 2:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def attainment(flags: Sequence[float], limit: float = LIMIT_ATTAINED) -> Attainment:
    """Summarise in how many replications a norm is attained.

    Parameters
    ----------
    flags : 1 for each replication in which it is, 0 for the others
    limit : share of the replications from which on it counts as attained
    """
    count = len(flags)
    attained = int(sum(flags))
    low, high = share_interval(attained, count) if count else (0.0, 1.0)
    share = attained / count if count else 0.0
    if share >= limit and count:
        status, decided = "attained", low >= limit
    elif share <= LIMIT_MISSED and count:
        status, decided = "missed", high <= LIMIT_MISSED
    else:
        status, decided = "unclear", low > LIMIT_MISSED and high < limit
    return Attainment.model_validate(
        {
            "attained": attained,
            "of": count,
            "low": low,
            "high": high,
            "status": status,
            "decided": decided,
        }
    )

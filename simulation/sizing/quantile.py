"""How many replications a size must satisfy: quantiles with intervals, without assumptions."""

from collections.abc import Sequence
from math import ceil, comb

from simulation.comparison.statistics import CONFIDENCE


def quantile(ordered: Sequence[int], share: float) -> int:
    """Give the smallest value that at least a share of sorted values does not exceed."""
    return ordered[ceil(share * len(ordered) - 1e-9) - 1]


def quantile_interval(count: int, share: float) -> tuple[int, int]:
    """Give the places of the sorted values between which a quantile lies with confidence.

    Parameters
    ----------
    count : how many values
    share : of the quantile, between 0 and 1

    Returns
    -------
    Places from 1: the first may be 0 and the last ``count + 1``, when no value bounds it. The
    number of values below the quantile is binomial (David and Nagaraja 2003, Order Statistics,
    section 7.1); each tail has at most half of what the confidence leaves.
    """
    tail = (1.0 - CONFIDENCE) / 2.0
    masses = [comb(count, k) * share**k * (1.0 - share) ** (count - k) for k in range(count + 1)]
    low, below = 0, 0.0
    while below + masses[low] <= tail:
        below += masses[low]
        low += 1
    high, above = count + 1, 0.0
    while above + masses[high - 1] <= tail:
        above += masses[high - 1]
        high -= 1
    return low, high

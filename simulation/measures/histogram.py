"""Counts of whole numbers in little memory: quantiles of millions of values, however many.

Values below 256 have a bin each; above that a bin is narrower than 1 % of its values. Bins are
the same everywhere, so histograms of replications add up, in any order, to the same bytes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_EXACT = 256
_PARTS = 128
_DOUBLINGS = 16

EDGES: Ints = np.concatenate(
    [
        np.arange(_EXACT),
        *(np.arange(_PARTS, 2 * _PARTS) << (1 + doubling) for doubling in range(_DOUBLINGS)),
    ]
).astype(np.int64)
"""Smallest value of each bin, ascending; the last bin holds all above it (16.7 million)."""


def bins_of(values: NDArray[np.integer]) -> Ints:
    """Give the bin of each value of 0 or more."""
    places: Ints = np.searchsorted(EDGES, values, side="right") - 1
    return places


def quantiles(counts: Ints, percents: Sequence[int]) -> list[int | None]:
    """Give the smallest value that at least so many per cent of the values do not exceed.

    Parameters
    ----------
    counts : int64, shape (bins,), numbers of values by bin of `EDGES`
    percents : whole, from 1 to 100

    Returns
    -------
    The smallest value of the bin in which each quantile lies; None when nothing was counted.
    """
    below = np.cumsum(counts)
    total = int(below[-1])
    if not total:
        return [None] * len(percents)
    ranks = [-(-total * percent // 100) for percent in percents]
    return [int(EDGES[np.searchsorted(below, rank)]) for rank in ranks]

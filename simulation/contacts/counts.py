"""Poisson counts by inversion: how many come, from one uniform number.

Inversion makes the count grow with the mean while the uniform number stays: a scenario with
more volume adds people and takes nobody away. The quantile is found by adding probabilities,
never by an approximation: from 0 upwards for small means, otherwise from a place just outside
the answer, on the side of the smaller tail, so that tails of 1e-16 are still exact.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from simulation.contacts import fast
from simulation.contacts.portable import Floats, exp, normal_quantile
from simulation.contacts.special import log_poisson_mass

Whole = npt.NDArray[np.int64]

MAX_MEAN = 1e6
"""Largest mean of one count."""

LEAST_U = 2.0**-64
"""Smallest uniform number; far below it, probabilities would vanish in double precision."""

_WALK_MEAN, _WALK_U = 64.0, 0.999
"""Up to this mean and this uniform number, adding from 0 upwards is fast and exact."""

_MEDIAN = 0.5
_CHUNK = 8_192


def poisson_quantile(u: Floats, mean: Floats) -> Whole:
    """Give the smallest k for which a Poisson count is at most k with probability u or more.

    Parameters
    ----------
    u
        Uniform numbers, from 2^-64 to below 1.
    mean
        Expected counts, from 0 to a million; a shape that broadcasts with that of `u`.

    Returns
    -------
    array
        Counts; each depends on its own `u` and `mean` only.

    Raises
    ------
    ValueError
        When a number is out of range.
    """
    u, mean = np.broadcast_arrays(np.asarray(u, np.float64), np.asarray(mean, np.float64))
    if not ((u >= LEAST_U) & (u < 1)).all():
        raise ValueError("uniform numbers must be at least 2^-64 and below 1")
    if not ((mean >= 0) & (mean <= MAX_MEAN)).all():
        raise ValueError(f"the mean of a Poisson count must be from 0 to {MAX_MEAN:,.0f}")
    result = np.zeros(u.shape, dtype=np.int64)
    walk = (mean == 0) | ((mean <= _WALK_MEAN) & (u <= _WALK_U))
    low = ~walk & (u <= _MEDIAN)
    high = ~(walk | low)
    for places, method in ((walk, _walk_up), (low, _from_below), (high, _from_above)):
        result[places] = _in_parts(method, u[places], mean[places])
    return result


def _in_parts(method: Callable[[Floats, Floats], Whole], u: Floats, mean: Floats) -> Whole:
    result = np.empty(u.size, dtype=np.int64)
    for begin in range(0, u.size, _CHUNK):
        part = slice(begin, begin + _CHUNK)
        result[part] = method(u[part], mean[part])
    return result


def _walk_up(u: Floats, mean: Floats) -> Whole:
    """Add probabilities from 0 upwards until they reach u; drop who has arrived."""
    mass = exp(-mean)
    return climb(u, mean, np.zeros(u.shape), mass, mass)


def climb(u: Floats, mean: Floats, k: Floats, mass: Floats, below: Floats) -> Whole:
    """Go up from k, with P(N = k) and P(N <= k) given, to the first count that reaches u."""
    if fast.LOOPS is not None:
        found: Whole = fast.LOOPS.climb(u, mean, k, mass, below)
        return found
    result, active = k.astype(np.int64), np.flatnonzero(below < u)
    u, mean, k, mass, below = (array[active] for array in (u, mean, k, mass, below))
    while active.size:
        k = k + 1.0
        mass = mass * (mean / k)
        below = below + mass
        result[active] += 1
        going = below < u
        active = active[going]
        u, mean, k, mass, below = (array[going] for array in (u, mean, k, mass, below))
    return result


def _descend(q: Floats, mean: Floats, k: Floats, mass: Floats, above: Floats) -> Whole:
    """Go down from k, with P(N = k) and P(N > k) given, while P(N > k - 1) is at most q."""
    result = k.astype(np.int64)
    active = np.arange(k.size)
    while active.size:
        above = above + mass
        going = (above <= q) & (k >= 1.0)
        active = active[going]
        q, mean, k, mass, above = (array[going] for array in (q, mean, k, mass, above))
        result[active] -= 1
        mass = mass * (k / mean)
        k = k - 1.0
    return result


def _from_below(u: Floats, mean: Floats) -> Whole:
    """Start below the answer with the exact lower tail and go up."""
    root = np.sqrt(mean)
    z = normal_quantile(u)
    k = np.maximum(np.floor(mean + z * root + (z * z - 1.0) / 6.0) - 2.0, 0.0)
    while True:
        mass, below = _lower_tail(k, mean)
        too_high = (below >= u) & (k > 0)
        if not too_high.any():
            return climb(u, mean, k, mass, below)
        k = np.where(too_high, np.maximum(k - np.ceil(root), 0.0), k)


def _from_above(u: Floats, mean: Floats) -> Whole:
    """Start above the answer with the exact upper tail and go down."""
    root, q = np.sqrt(mean), 1.0 - u
    z = normal_quantile(u)
    k = np.ceil(mean + z * root + (z * z - 1.0) / 6.0) + 2.0
    while True:
        mass, above = _upper_tail(k, mean)
        too_low = above > q
        if not too_low.any():
            return _descend(q, mean, k, mass, above)
        k = np.where(too_low, k + np.ceil(root), k)


def _lower_tail(k: Floats, mean: Floats) -> tuple[Floats, Floats]:
    """Give P(N = k) and P(N <= k), for k below the mean."""
    mass = exp(log_poisson_mass(k, mean))
    return mass, sum_down(mass, k, mean)


def sum_down(mass: Floats, k: Floats, mean: Floats) -> Floats:
    """Add P(N = k) and those of lower counts until no bit changes."""
    if fast.LOOPS is not None:
        found: Floats = fast.LOOPS.sum_down(mass, k, mean)
        return found
    total, term, here = mass, mass, k
    while True:
        term = term * (here / mean)
        new = total + term
        if (new == total).all():
            return new
        total, here = new, np.maximum(here - 1.0, 0.0)


def _upper_tail(k: Floats, mean: Floats) -> tuple[Floats, Floats]:
    """Give P(N = k) and P(N > k), for k above the mean."""
    mass = exp(log_poisson_mass(k, mean))
    return mass, sum_up(mass, k, mean)


def sum_up(mass: Floats, k: Floats, mean: Floats) -> Floats:
    """Add those of higher counts than k to P(N = k + 1) until no bit changes."""
    if fast.LOOPS is not None:
        found: Floats = fast.LOOPS.sum_up(mass, k, mean)
        return found
    term, here = mass * (mean / (k + 1.0)), k + 1.0
    total = term
    while True:
        here = here + 1.0
        term = term * (mean / here)
        new = total + term
        if (new == total).all():
            return new
        total = new

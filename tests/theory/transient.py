"""Formulas of queues on their way to equilibrium, that only the tests use.

Source: Eick, Massey and Whitt (1993), The physics of the M(t)/G/∞ queue. Units as in
`simulation.verification.formulas`.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy import integrate, linalg


def busy_in_m_t_g_infinity(
    rate: Callable[[float], float],
    survival: Callable[[float], float],
    time: float,
    edges: list[float],
) -> float:
    """Give the expected number in M(t)/G/∞ at a time, from empty at 0.

    Parameters
    ----------
    rate : arrivals per unit of time at a moment, constant between ``edges``
    survival : P(service > t)
    """
    bounds = [*(edge for edge in edges if edge < time), time]
    total = 0.0
    for begin, end in pairwise(bounds):
        part, _ = integrate.quad(lambda u: survival(time - u), begin, end, epsabs=1e-10)
        total += rate((begin + end) / 2) * part
    return total


def found_busy_from_empty(c: int, load: float, until: float, places: int = 400) -> float:
    """Give the expected number of arrivals in [0, until) that wait in M/M/c from empty."""
    size = c + places
    generator = np.zeros((size + 1, size + 1))
    for n in range(size):
        generator[n, n + 1] += load
        generator[n + 1, n] += min(n + 1, c)
    generator -= np.diag(generator.sum(axis=1))
    # The integral of the state probabilities, by one exponential of an augmented matrix.
    augmented = np.zeros((2 * size + 2, 2 * size + 2))
    augmented[: size + 1, : size + 1] = generator * until
    augmented[: size + 1, size + 1 :] = np.eye(size + 1) * until
    spent = linalg.expm(augmented)[0, size + 1 :]
    return float(load * spent[c:].sum())

"""Tails of the Poisson, gamma and normal distributions, with the same bits everywhere.

The building blocks of `counts` and `quantiles`, made of the functions of `portable`. Tails
are computed from their own side, so that a tail of 1e-16 has as many correct digits as one
of one half.
"""

import numpy as np

from simulation.contacts.portable import (
    HALF_LN_2PI,
    STIRLING,
    STIRLING_FROM,
    Floats,
    elementwise,
    exp,
    expm1,
    log,
    log1p,
    log_gamma,
    polynomial,
)

_NEAR = 0.1
"""Where the series of the deviance takes over from its formula."""

_DEVIANCE = tuple(1 / (2 * power + 1) for power in range(10, 0, -1))
_TINY = 1e-300
_CONVERGED = 2.0**-52


def log_poisson_mass(k: Floats, mean: Floats) -> Floats:
    """Logarithm of mean^k e^-mean / gamma(k + 1), also for k that are not whole.

    Parameters
    ----------
    k, mean
        Arrays of one shape; k >= 0, mean > 0.

    References
    ----------
    C. Loader (2000), Fast and accurate computation of binomial probabilities: the mass as
    Stirling's error and a deviance, which do not cancel for large means.
    """
    with np.errstate(all="ignore"):
        small = k < STIRLING_FROM
        safe = np.where(small, STIRLING_FROM, k)
        stirling = polynomial(1.0 / (safe * safe), STIRLING) / safe
        large = -stirling - _deviance(safe, mean) - HALF_LN_2PI - 0.5 * log(safe)
        powers = np.where(k == 0, 0.0, k * log(mean))
        return np.where(small, powers - mean - log_gamma(k + 1.0), large)


def _deviance(k: Floats, mean: Floats) -> Floats:
    """K log(k / mean) + mean - k, without cancellation where k is near the mean."""
    ratio = (k - mean) / (k + mean)
    square = ratio * ratio
    series = (k - mean) * ratio + 2.0 * k * ratio * square * polynomial(square, _DEVIANCE)
    formula = k * log(k / mean) + mean - k
    return np.where(np.abs(ratio) < _NEAR, series, formula)


def log_gamma_mass(shape: float, log_x: Floats) -> Floats:
    """Logarithm of x^shape e^-x / gamma(shape + 1), for x given by its logarithm."""
    if shape < STIRLING_FROM:
        return shape * log_x - exp(log_x) - log_gamma(shape + 1.0)
    return log_poisson_mass(np.full(log_x.shape, shape), exp(np.maximum(log_x, -700.0)))


def log_gamma_tails(shape: float, log_x: Floats) -> tuple[Floats, Floats]:
    """Logarithms of the regularised incomplete gamma functions P and Q.

    Parameters
    ----------
    shape
        Shape of the gamma distribution, from 0.001 to a million (the work grows with its root).
    log_x
        Logarithms of the values (scale 1), one dimension.

    Returns
    -------
    tuple of arrays
        Log probability of a value up to x, and above x; relative error of the
        probabilities about 1e-13.

    References
    ----------
    Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5.29 (series) and 6.5.31
    (continued fraction, evaluated by Lentz's method).
    """
    log_x = np.minimum(log_x, log(4.0 * shape + 1e4))
    mass, x = log_gamma_mass(shape, log_x), exp(log_x)
    lower, upper = np.empty(x.shape), np.empty(x.shape)
    left = x < shape + 2.0
    with np.errstate(all="ignore"):
        lower[left] = np.minimum(mass[left] + log(_series(shape, x[left])), 0.0)
        upper[left] = log(-expm1(lower[left]))
        right = ~left
        upper[right] = mass[right] + log(shape * _continued_fraction(shape, x[right]))
        lower[right] = log(-expm1(upper[right]))
    return lower, upper


def _series(shape: float, x: Floats) -> Floats:
    """Sum of x^n / ((shape + 1) ... (shape + n)) over n >= 0."""
    total, term, n = np.ones(x.shape), np.ones(x.shape), shape
    while True:
        n += 1.0
        term = term * (x / n)
        new = total + term
        if (new == total).all():
            return new
        total = new


def _continued_fraction(shape: float, x: Floats) -> Floats:
    """Q(shape, x) divided by x^shape e^-x / gamma(shape)."""
    b = x + (1.0 - shape)
    c, d = np.full(x.shape, 1.0 / _TINY), 1.0 / b
    h, n = d.copy(), 0.0
    while True:
        n += 1.0
        numerator = -n * (n - shape)
        b = b + 2.0
        d = 1.0 / (numerator * d + b)
        c = numerator / c + b
        change = c * d
        moving = np.abs(change - 1.0) > _CONVERGED
        if not moving.any():
            return h
        h = np.where(moving, h * change, h)


def gamma_tails(shape: float, log_x: float) -> tuple[float, float]:
    """Regularised incomplete gamma functions P and Q of one value, given by its logarithm."""
    lower, upper = log_gamma_tails(shape, np.array([log_x]))
    return exp(float(lower[0])), exp(float(upper[0]))


@elementwise
def log_normal_cdf(z: Floats) -> Floats:
    """Logarithm of the probability that a standard normal number is at most z."""
    with np.errstate(all="ignore"):
        half_square = log(z * z * 0.5)
    _, beyond = log_gamma_tails(0.5, half_square)
    return np.where(z <= 0, log(0.5 * exp(beyond)), log1p(-0.5 * exp(beyond)))


def normal_cdf(z: float) -> float:
    """Probability that a standard normal number is at most z; relative error about 1e-13."""
    return exp(log_normal_cdf(z))

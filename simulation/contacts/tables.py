"""Quantile functions without a closed form, as tables of the logarithm of the duration.

The logarithm of a gamma or hyperexponential quantile is a smooth function of z, the standard
normal number with the same probability. A table holds it at many z, with its exact slope;
between them it is a cubic polynomial (Hermite's), kept monotone. Knots are found once per
shape, in a few milliseconds; a draw then costs a look-up and an exponential.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulation.contacts.portable import (
    HALF_LN_2PI,
    Floats,
    elementwise,
    exp,
    expm1,
    log,
    log_gamma,
    normal_quantile,
    polynomial,
)
from simulation.contacts.special import log_gamma_mass, log_gamma_tails, log_normal_cdf

LARGE_SHAPE = 1_000.0
"""From this shape on, a gamma quantile is computed by expansion instead of by table."""

_LOWEST_Z, _KNOTS_PER_UNIT, _KNOTS = -8.5, 128, 2_177
"""Knots from z = -8.5 to 8.5: beyond every uniform number of 53 bits."""

_KNOTS_PER_NAT = 256
_LEAST = 2.0**-56
_NEWTON_STEPS, _CLOSE = 60, 1e-9


@dataclass(frozen=True, eq=False)
class Table:
    """A monotone function of z by cubic polynomials between knots."""

    knots: Floats
    """Values of z, increasing; one dimension."""

    pieces: tuple[Floats, Floats, Floats, Floats]
    """Coefficients of the cubic in (z - knot), highest power first, one for each piece."""

    even: bool
    """Whether the knots are those of the even grid."""

    def __call__(self, z: Floats) -> Floats:
        """Evaluate at an array of z; beyond the knots the end values hold."""
        return elementwise(self._evaluate)(z)

    def _evaluate(self, z: Floats) -> Floats:
        z = np.clip(z, self.knots[0], self.knots[-1])
        if self.even:
            place = ((z - _LOWEST_Z) * _KNOTS_PER_UNIT).astype(np.int64)
        else:
            place = np.searchsorted(self.knots, z, side="right") - 1
        place = np.minimum(place, len(self.knots) - 2)
        step = z - self.knots[place]
        cubic, square, linear, constant = self.pieces
        result = cubic[place] * step + square[place]
        result = result * step + linear[place]
        return result * step + constant[place]


def _table(z: Floats, values: Floats, slopes: Floats, *, even: bool) -> Table:
    """Make a table; slopes are limited to three times the secants (Fritsch and Carlson 1980)."""
    width = z[1:] - z[:-1]
    secant = (values[1:] - values[:-1]) / width
    left, right = np.minimum(slopes[:-1], 3.0 * secant), np.minimum(slopes[1:], 3.0 * secant)
    square = (3.0 * secant - 2.0 * left - right) / width
    cubic = (left + right - 2.0 * secant) / (width * width)
    return Table(z, (cubic, square, left, values[:-1]), even)


@lru_cache(maxsize=1)
def _grid() -> tuple[Floats, Floats, Floats]:
    """Give z at the even knots, the logarithm of its smaller tail and of its density."""
    z = np.arange(_KNOTS) / _KNOTS_PER_UNIT + _LOWEST_Z
    return z, log_normal_cdf(-np.abs(z)), -0.5 * z * z - HALF_LN_2PI


@lru_cache(maxsize=256)
def gamma_table(shape: float) -> Table:
    """Tabulate the logarithm of the gamma quantile (scale 1) as a function of z.

    Knots are solved by Newton's method on the logarithm of the smaller tail, which is concave
    in the logarithm of the value, so that every step closes in on the solution.
    """
    z, log_tail, log_density = _grid()
    y, lower = _first_guess(shape, z, log_tail), z <= 0
    for _ in range(_NEWTON_STEPS):
        below, above = log_gamma_tails(shape, y)
        log_tail_here = np.where(lower, below, above)
        log_slope = log_gamma_mass(shape, y) + log(shape) - log_tail_here
        step = (log_tail - log_tail_here) / exp(log_slope)
        y = y + np.where(lower, step, -step)
        if (np.abs(step) <= _CLOSE).all():
            break
    slopes = exp(log_density - log_gamma_mass(shape, y) - log(shape))
    return _table(z, y, slopes, even=True)


def _first_guess(shape: float, z: Floats, log_tail: Floats) -> Floats:
    """Give logarithms of gamma quantiles from which Newton's method converges.

    Wilson and Hilferty (1931) for shapes of 1 and more, but never below the bound that
    follows from P(x) <= x^shape / gamma(shape + 1). For smaller shapes that bound in the lower
    half, in the upper half the exponential quantile, which is an upper bound.
    """
    bound = (log_tail + log_gamma(shape + 1.0)) / shape
    if shape < 1.0:
        return np.where(z <= 0, bound, log(-log_tail))
    root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * float(np.sqrt(shape)))
    guess = log(np.maximum(root, 1e-30)) * 3.0 + log(shape)
    return np.where(z <= 0, np.maximum(bound, guess), guess)


def gamma_expansion(shape: float, z: Floats) -> Floats:
    """Gamma quantile (scale 1) for shapes of 1,000 and more; relative error below 1e-8.

    References
    ----------
    Goldberg and Levine (1946), Approximate formulas for the percentage points and
    normalization of t and chi-squared: the Cornish-Fisher expansion, six terms.
    """
    root = float(np.sqrt(shape))
    terms = (
        shape,
        root * z,
        polynomial(z, (1, 0, -1)) / 3.0,
        polynomial(z, (1, 0, -7, 0)) / (36.0 * root),
        -polynomial(z, (3, 0, 7, 0, -16)) / (810.0 * shape),
        polynomial(z, (9, 0, 256, 0, -433, 0)) / (38_880.0 * shape * root),
        polynomial(z, (12, 0, -243, 0, -923, 0, 1_472)) / (204_120.0 * shape * shape),
    )
    result = np.zeros(z.shape)
    for term in reversed(terms):
        result = result + term
    return result


@lru_cache(maxsize=256)
def mixture_table(weights: tuple[float, ...], means: tuple[float, ...]) -> Table:
    """Tabulate the logarithm of the quantile of a mixture of exponentials as a function of z.

    Both tails of a mixture are plain sums, so the knots are taken where they are easy: at even
    steps of the logarithm of the duration.

    Parameters
    ----------
    weights, means
        Probability and mean (any unit) of each phase; all above 0.
    """
    y = _mixture_knots(weights, means)
    below, above, density = np.zeros(y.shape), np.zeros(y.shape), np.zeros(y.shape)
    for weight, mean in zip(weights, means, strict=True):
        x = exp(y - log(mean))
        survival = exp(-x)
        below = below - weight * expm1(-x)
        above = above + weight * survival
        density = density + weight * (x * survival)
    inside = (below > _LEAST) & (above > _LEAST)
    y, below, above, density = (array[inside] for array in (y, below, above, density))
    z = np.where(below < above, normal_quantile(below), -normal_quantile(above))
    rising = np.concatenate(([True], z[1:] > np.maximum.accumulate(z)[:-1]))
    z, y, density = z[rising], y[rising], density[rising]
    return _table(z, y, exp(-0.5 * z * z - HALF_LN_2PI) / density, even=False)


def _mixture_knots(weights: tuple[float, ...], means: tuple[float, ...]) -> Floats:
    """Give logarithms of durations that enclose every probability from 2^-56 to 1 - 2^-56."""
    rate = sum(weight / mean for weight, mean in zip(weights, means, strict=True))
    first, last = log(_LEAST / rate), log(-log(_LEAST) * max(means))
    return first + np.arange(int((last - first) * _KNOTS_PER_NAT) + 2) / _KNOTS_PER_NAT

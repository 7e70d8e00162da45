"""Durations from uniform numbers: the quantile function of every family.

A duration is drawn by inversion, so a contact with uniform number u has the same quantile
whichever distribution it meets: long stays long. A `Quantile` is compiled once from a scenario's
`Distribution`; after that every draw is arithmetic with the same bits everywhere. Factors by
time of arrival are left to the caller.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulation.contacts import families
from simulation.contacts.fast import LOOPS
from simulation.contacts.portable import Floats, exp, log, log1p, log_gamma
from simulation.contacts.randomness import MASK, POOL_ROWS, STEP, Bits, uniforms
from simulation.scenario import distributions
from simulation.scenario.values import LONGEST, SECOND

_LEAST_SCV = 1e-12
"""Less variation than one in a million makes no difference and would overflow."""

_WEIBULL_SHAPES = (0.1, 100.0)
_HALVINGS = 60


@dataclass(frozen=True, eq=False)
class Quantile:
    """The quantile function of a distribution of durations."""

    family: families.Family
    """The family, without the share of zeros and the cap."""

    zero_share: float
    """Share of the draws that is exactly zero."""

    cap: int
    """Longest duration, in microseconds."""

    def durations(self, u: Floats) -> npt.NDArray[np.int64]:
        """Give the durations at uniform numbers.

        Parameters
        ----------
        u
            Numbers strictly between 0 and 1; any shape. Below `zero_share` the duration is zero,
            the rest of the range is stretched over the family.

        Returns
        -------
        array
            Whole microseconds, halves rounded up, at most `cap`; the shape of `u`.
        """
        if self.zero_share >= 1.0:
            return np.zeros(u.shape, dtype=np.int64)
        inside = (u - self.zero_share) / (1.0 - self.zero_share)
        values = self.family.values(np.clip(inside, 2.0**-53, 1.0 - 2.0**-53))
        whole = np.floor(np.minimum(values, float(self.cap)) + 0.5).astype(np.int64)
        return np.where(u < self.zero_share, 0, whole)

    def draw(self, keys: Bits, purpose_key: int, attempt: int, into: npt.NDArray[np.int64]) -> None:
        """Draw the durations of contacts for a purpose and attempt; see `durations`.

        Parameters
        ----------
        keys : shape (n,), of the contacts
        purpose_key, attempt : what is drawn
        into : shape (n,), in one piece; takes the durations
        """
        if LOOPS is None or self.zero_share >= 1.0:
            into[:] = self.durations(uniforms(keys, purpose_key, attempt))
            return
        what = (purpose_key + attempt * STEP) & MASK
        match self.family:
            case families.Exponential(mean):
                LOOPS.exponential(keys, what, self.zero_share, self.cap, mean, into)
            case families.Lognormal(mu, sigma):
                LOOPS.lognormal(keys, what, self.zero_share, self.cap, mu, sigma, into)
            case _:
                into[:] = self.durations(LOOPS.uniforms(keys, what))

    def pool(self) -> npt.NDArray[np.int64]:
        """Give 65,536 durations at evenly spread probabilities, in rising order."""
        return _pool(self.family, self.zero_share, self.cap)

    def mean(self) -> float:
        """Give the mean in microseconds, zeros and cap included, before rounding."""
        return (1.0 - self.zero_share) * self.family.capped_moment(1, float(self.cap))

    def scv(self) -> float:
        """Give the squared coefficient of variation, zeros and cap included; 0 if all are 0."""
        mean = self.mean()
        if mean == 0.0:
            return 0.0
        square = (1.0 - self.zero_share) * self.family.capped_moment(2, float(self.cap))
        return max(square / mean / mean - 1.0, 0.0)


@lru_cache(maxsize=32)
def _pool(family: families.Family, zero_share: float, cap: int) -> npt.NDArray[np.int64]:
    """Give the pool of a distribution; scenarios that differ elsewhere share it."""
    rows = Quantile(family, zero_share, cap).durations((np.arange(POOL_ROWS) + 0.5) / POOL_ROWS)
    rows.setflags(write=False)
    return rows


def compile_quantile(distribution: distributions.Distribution) -> Quantile:
    """Compile a scenario's distribution; no draw exceeds ten years.

    Parameters
    ----------
    distribution
        Any family; `by_arrival` is not used here.

    Returns
    -------
    Quantile
        The quantile function, with the distribution's share of zeros and cap.
    """
    cap = LONGEST if distribution.cap is None else min(distribution.cap, LONGEST)
    return Quantile(_family(distribution), distribution.zero_share, cap)


def gamma_factor_table(cv: float) -> Callable[[Floats], Floats]:
    """Give the function from a standard normal number to a gamma factor with mean 1.

    Normal numbers that are correlated give factors that are correlated (a Gaussian copula).

    Parameters
    ----------
    cv
        Coefficient of variation of the factor, 0 or more; at 0 every factor is 1.
    """
    if cv == 0.0:
        return np.ones_like
    return families.Gamma.of_mean(1.0, _gamma_shape(cv)).at


def _family(  # noqa: PLR0911 - one for each family
    distribution: distributions.Distribution,
) -> families.Family:
    match distribution:
        case distributions.Deterministic():
            return families.Fixed(float(distribution.mean))
        case distributions.Exponential():
            return families.Exponential(float(distribution.mean))
        case distributions.Uniform():
            return families.Uniform(float(distribution.low), float(distribution.high))
        case distributions.Empirical():
            return families.Empirical.of(distribution.observed, distribution.weights)
        case distributions.Gamma():
            return _gamma(distribution)
        case distributions.Erlang():
            return _erlang(distribution)
        case distributions.Lognormal():
            return _lognormal(distribution)
        case distributions.Weibull():
            return _weibull(distribution)
        case distributions.Hyperexponential():
            return _hyperexponential(distribution)


def _gamma(distribution: distributions.Gamma) -> families.Family:
    if distribution.mean is not None and distribution.cv is not None:
        return families.Gamma.of_mean(float(distribution.mean), _gamma_shape(distribution.cv))
    shape, scale = _given(distribution.shape), _given(distribution.scale)
    return families.Gamma(shape, scale)


def _gamma_shape(cv: float) -> float:
    return 1.0 / max(cv * cv, _LEAST_SCV)


def _erlang(distribution: distributions.Erlang) -> families.Family:
    stages = float(distribution.stages)
    if distribution.mean is not None:
        return families.Gamma.of_mean(float(distribution.mean), stages)
    return families.Gamma(stages, _given(distribution.stage_mean))


def _lognormal(distribution: distributions.Lognormal) -> families.Family:
    if distribution.mean is not None and distribution.cv is not None:
        variance = log1p(max(distribution.cv * distribution.cv, _LEAST_SCV))
        mean = float(distribution.mean)
        return families.Lognormal(log(mean) - 0.5 * variance, math.sqrt(variance))
    return families.Lognormal(
        _given(distribution.mu) + log(float(SECOND)), _given(distribution.sigma)
    )


def _weibull(distribution: distributions.Weibull) -> families.Family:
    if distribution.scale is not None:
        return families.Weibull(_given(distribution.shape), float(distribution.scale))
    shape = distribution.shape
    if shape is None:
        shape = _weibull_shape(_given(distribution.cv))
    scale = _given(distribution.mean) / exp(log_gamma(1.0 + 1.0 / shape))
    return families.Weibull(shape, scale)


@lru_cache(maxsize=256)
def _weibull_shape(cv: float) -> float:
    """Solve 1 + cv^2 = gamma(1 + 2 / shape) / gamma(1 + 1 / shape)^2 by bisection."""
    low, high = _WEIBULL_SHAPES
    goal = log1p(cv * cv)
    for _ in range(_HALVINGS):
        middle = math.sqrt(low * high)
        spread = log_gamma(1.0 + 2.0 / middle) - 2.0 * log_gamma(1.0 + 1.0 / middle)
        low, high = (middle, high) if spread > goal else (low, middle)
    return math.sqrt(low * high)


def _hyperexponential(distribution: distributions.Hyperexponential) -> families.Family:
    if distribution.weights is not None and distribution.means is not None:
        return families.Mixture.of(distribution.weights, distribution.means)
    cv, mean = _given(distribution.cv), _given(distribution.mean)
    square = cv * cv
    first = 0.5 * (1.0 + math.sqrt((square - 1.0) / (square + 1.0)))
    weights = (first, 1.0 - first)
    return families.Mixture.of(weights, tuple(0.5 * mean / weight for weight in weights))


def _given(value: float | None) -> float:
    """Give a parameter that the scenario's own check has found to be there."""
    if value is None:
        raise ValueError("a parameter of the distribution is missing")
    return float(value)

"""The families of durations as arithmetic: quantiles and moments under a cap.

Each family gives its value at a probability, and the moments of its value cut off at a cap:
what is above the cap counts as the cap. Values are in microseconds, not rounded. Sums are
exact (``math.fsum``) or in a fixed order, so that they have the same bits everywhere.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np

from simulation.contacts.portable import Floats, exp, log, log1p, log_gamma, normal_quantile, power
from simulation.contacts.special import gamma_tails, normal_cdf
from simulation.contacts.tables import LARGE_SHAPE, gamma_expansion, gamma_table, mixture_table

_PROBES = 65_536
_FARTHEST = 40.0


class Family(Hashable, Protocol):
    """A family of durations with its parameters filled in."""

    def values(self, u: Floats) -> Floats:
        """Give the quantiles at probabilities strictly between 0 and 1, in microseconds."""
        ...

    def capped_moment(self, order: int, cap: float) -> float:
        """Give the mean (order 1) or mean square (order 2) of the smaller of value and cap."""
        ...


@dataclass(frozen=True)
class Fixed:
    """Always the same value."""

    value: float

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return np.full(u.shape, self.value)

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        return _power(min(self.value, cap), order)


@dataclass(frozen=True)
class Exponential:
    """Exponential with a mean."""

    mean: float

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return log1p(-u) * -self.mean

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        return _capped_gamma(1.0, self.mean, order, cap)


@dataclass(frozen=True)
class Gamma:
    """Gamma with a shape and a scale; also Erlang."""

    shape: float
    scale: float

    @classmethod
    def of_mean(cls, mean: float, shape: float) -> Self:
        """Give the gamma family with a mean and a shape."""
        return cls(shape, mean / shape)

    def at(self, z: Floats) -> Floats:
        """Give the values at standard normal numbers."""
        if self.shape >= LARGE_SHAPE:
            return gamma_expansion(self.shape, z) * self.scale
        return exp(gamma_table(self.shape)(z)) * self.scale

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return self.at(normal_quantile(u))

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`; for large shapes near the cap by 65,536 quantiles, within 1e-7."""
        if self.shape < LARGE_SHAPE:
            return _capped_gamma(self.shape, self.scale, order, cap)
        spread = _FARTHEST * math.sqrt(self.shape) * self.scale
        if cap - self.shape * self.scale > spread:
            return _gamma_moment(self.shape, self.scale, order)
        values = np.minimum(self.values((np.arange(_PROBES) + 0.5) / _PROBES), cap)
        return math.fsum(_power(value, order) for value in values.tolist()) / _PROBES


@dataclass(frozen=True)
class Lognormal:
    """Lognormal with the mean and standard deviation of the logarithm (of microseconds)."""

    mu: float
    sigma: float

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return exp(normal_quantile(u) * self.sigma + self.mu)

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        if self.mu == -math.inf or cap == 0.0:
            return 0.0
        moment = exp(order * self.mu + 0.5 * _power(order * self.sigma, 2))
        z = (log(cap) - self.mu) / self.sigma
        below = normal_cdf(z - order * self.sigma)
        return moment * below + _power(cap, order) * normal_cdf(-z)


@dataclass(frozen=True)
class Weibull:
    """Weibull with a shape and a scale."""

    shape: float
    scale: float

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return power(-log1p(-u), 1.0 / self.shape) * self.scale

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        if self.scale == 0.0 or cap == 0.0:
            return 0.0
        ratio = 1.0 + order / self.shape
        log_x = (log(cap) - log(self.scale)) * self.shape
        below, (_, above) = gamma_tails(ratio, log_x)[0], gamma_tails(1.0, log_x)
        moment = _power(self.scale, order) * exp(log_gamma(ratio))
        return moment * below + _power(cap, order) * above


@dataclass(frozen=True)
class Uniform:
    """Uniform between two bounds."""

    low: float
    high: float

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return u * (self.high - self.low) + self.low

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        top = min(self.high, cap)
        if top <= self.low:
            return _power(top, order)
        middle = 0.5 * (self.low + top)
        if order > 1:
            middle = (self.low * self.low + self.low * top + top * top) / 3.0
        share = (top - self.low) / (self.high - self.low)
        return share * middle + (1.0 - share) * _power(cap, order)


@dataclass(frozen=True, eq=False)
class Empirical:
    """Observed values, each with its share."""

    observed: Floats
    """Values in rising order."""

    shares: Floats
    """Share of the values up to and including each; the last is 1."""

    @classmethod
    def of(cls, observed: Sequence[int], weights: Sequence[float] | None) -> Self:
        """Sort the observations and add up their weights (all equal if not given)."""
        pairs = sorted(zip(observed, weights or [1.0] * len(observed), strict=True))
        total = math.fsum(weight for _, weight in pairs)
        shares, running = [], 0.0
        for _, weight in pairs:
            running += weight
            shares.append(running / total)
        shares[-1] = 1.0
        return cls(np.array([float(value) for value, _ in pairs]), np.array(shares))

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        return self.observed[np.searchsorted(self.shares, u, side="left")]

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        own = np.concatenate((self.shares[:1], self.shares[1:] - self.shares[:-1])).tolist()
        capped = np.minimum(self.observed, cap).tolist()
        return math.fsum(
            share * _power(value, order) for share, value in zip(own, capped, strict=True)
        )


@dataclass(frozen=True)
class Mixture:
    """A mixture of exponentials and a share of exact zeros."""

    zero_share: float
    weights: tuple[float, ...]
    means: tuple[float, ...]

    @classmethod
    def of(cls, weights: Sequence[float], means: Sequence[float]) -> Family:
        """Give the mixture; phases with mean 0 become its share of zeros."""
        phases = [pair for pair in zip(weights, means, strict=True) if min(pair) > 0]
        if not phases:
            return Fixed(0.0)
        present = math.fsum(weight for weight, _ in phases)
        zero_share = 1.0 - present / math.fsum(weights) if 0.0 in means else 0.0
        return cls(
            zero_share,
            tuple(weight / present for weight, _ in phases),
            tuple(float(mean) for _, mean in phases),
        )

    def values(self, u: Floats) -> Floats:
        """See `Family`."""
        inside = np.clip((u - self.zero_share) / (1.0 - self.zero_share), 2.0**-53, 1 - 2.0**-53)
        values = exp(mixture_table(self.weights, self.means)(normal_quantile(inside)))
        return np.where(u < self.zero_share, 0.0, values)

    def capped_moment(self, order: int, cap: float) -> float:
        """See `Family`."""
        phases = zip(self.weights, self.means, strict=True)
        total = math.fsum(weight * _capped_gamma(1.0, mean, order, cap) for weight, mean in phases)
        return (1.0 - self.zero_share) * total


def _power(value: float, order: int) -> float:
    return value if order == 1 else value * value


def _gamma_moment(shape: float, scale: float, order: int) -> float:
    mean = shape * scale
    return mean if order == 1 else mean * (mean + scale)


def _capped_gamma(shape: float, scale: float, order: int, cap: float) -> float:
    """Moment of the smaller of a gamma value and a cap: E(x; x <= cap) + cap P(x > cap)."""
    if scale == 0.0 or cap == 0.0:
        return 0.0
    log_x = log(cap) - log(scale)
    below, (_, above) = gamma_tails(shape + order, log_x)[0], gamma_tails(shape, log_x)
    return _gamma_moment(shape, scale, order) * below + _power(cap, order) * above

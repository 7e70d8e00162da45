"""Student's t far in its tail, where many figures are judged at once."""

from functools import lru_cache
from math import exp, lgamma, log

_TERMS = 500
_PRECISE = 1e-15


def beyond(t: float, freedom: int) -> float:
    """Give P(T > t) for t of 0 or more."""
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


@lru_cache(maxsize=256)
def critical(tail: float, freedom: int) -> float:
    """Give the t that is exceeded with a probability below ½, by bisection."""
    low, high = 0.0, 1.0
    while beyond(high, freedom) > tail:
        low, high = high, 2 * high
    for _ in range(80):
        middle = (low + high) / 2
        if beyond(middle, freedom) > tail:
            low = middle
        else:
            high = middle
    return high


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Give the regularised incomplete beta function (DLMF 8.17.22, by Lentz's method)."""
    if x >= 1.0:
        return 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _incomplete_beta(1.0 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1.0 - x)) / a
    upper, lower = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1))
    fraction = lower
    for m in range(1, _TERMS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            upper, lower = 1.0 + step / upper, 1.0 / (1.0 + step * lower)
            fraction *= upper * lower
        if abs(upper * lower - 1.0) < _PRECISE:
            break
    return front * fraction

"""Present value, payback and break-even: small pure functions with their edge cases."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import isfinite

_CENT = Decimal("0.01")


def to_cents(amount: float) -> float:
    """Round euros to cents as a spreadsheet does: half a cent away from 0, at 15 digits.

    So that an amount is the same here and in the workbook, also where a count of halves meets a
    rate in cents.

    Examples
    --------
    >>> to_cents(1.005), to_cents(-0.125), to_cents(52_341.5 * 0.03)
    (1.01, -0.13, 1570.25)
    """
    return float(Decimal(f"{amount:.15g}").quantize(_CENT, ROUND_HALF_UP))


def discount_factor(rate: float, place: int) -> float:
    """Give what a euro of a year is worth in year 0: 1 / (1 + rate) ** place.

    Parameters
    ----------
    rate : a year; 0 leaves all euros alike
    place : years after year 0, which is not discounted

    Raises
    ------
    ValueError
        When the rate is -1 or less: a euro would be worth without bound.

    Examples
    --------
    >>> discount_factor(0.25, 2)
    0.64
    """
    if not rate > -1.0:
        raise ValueError(f"a rate of {rate:g} is not possible; give more than -1")
    return float((1.0 + rate) ** -place)


def present_value(amounts: Sequence[float], rate: float) -> float:
    """Add up amounts by year, each weighed by its distance from year 0.

    Parameters
    ----------
    amounts : euros of year 0, 1, 2, ...
    rate : a year

    Examples
    --------
    >>> present_value([-100.0, 60.0, 60.0], 0.2)
    -8.333333333333329
    """
    return sum(amount * discount_factor(rate, place) for place, amount in enumerate(amounts))


def payback(amounts: Sequence[float]) -> float | None:
    """Give the years until the amounts together are no longer below 0, and stay so.

    Within a year the amount is spread evenly.

    Parameters
    ----------
    amounts : advantage of year 0, 1, 2, ...; below 0 is a disadvantage

    Returns
    -------
    Years from the beginning of year 0; 0 where it never lies below 0; None for never.

    Examples
    --------
    >>> payback([-100.0, 80.0, 80.0])
    2.25
    >>> payback([-100.0, 10.0]) is None
    True
    """
    together = [0.0]
    for amount in amounts:
        together.append(together[-1] + amount)
    if together[-1] < 0.0:
        return None
    below = [place for place, value in enumerate(together) if value < 0.0]
    if not below:
        return 0.0
    last = below[-1]
    return last - together[last] / (together[last + 1] - together[last])


def indexed(amount: float, rate: float, years: int) -> float:
    """Bring an amount to the prices of so many years later.

    Examples
    --------
    >>> indexed(100.0, 0.5, 2)
    225.0
    """
    return float(amount * (1.0 + rate) ** years)


def break_even(points: Sequence[tuple[float, float]]) -> float | None:
    """Give where a cost becomes and stays 0 or less, along a line between points.

    Parameters
    ----------
    points : (value of the assumption, cost), by rising value

    Returns
    -------
    The first value when the cost is never above 0; None when the last cost is above 0.

    Examples
    --------
    >>> break_even([(0.0, 10.0), (0.5, 5.0), (1.0, -5.0)])
    0.75
    """
    if not points or not all(isfinite(cost) for _, cost in points) or points[-1][1] > 0.0:
        return None
    for (left, before), (right, after) in reversed(list(pairwise(points))):
        if before > 0.0:
            return left + (right - left) * before / (before - after)
    return points[0][0]

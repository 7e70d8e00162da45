"""Random factors on the demand: a good or bad year, a quiet or busy day.

Both are gamma with mean 1, and all streams share them. The factor of a day belongs to its date.
The normal scores of the days form a first-order autoregression (a Gaussian copula), stationary
from the first day of the horizon, so that busy days come in rows without changing how often
they come.
"""

import math

import numpy as np
from numpy.typing import NDArray

from simulation.contacts.portable import normal_quantile
from simulation.contacts.quantiles import gamma_factor_table
from simulation.contacts.randomness import contact_keys, purpose, stream, uniforms
from simulation.contacts.timetable import Timetable
from simulation.scenario.demand import Variation

Floats = NDArray[np.float64]

_FACTOR = purpose("factor")
_BEFORE_ANY_DATE = 0


def demand_factors(
    variation: Variation, timetable: Timetable, seed: int, replication: int
) -> Floats:
    """Give the factor on the demand of each day of the horizon, year factor included.

    Returns
    -------
    float64, shape (days,), for the days that the horizon touches.
    """
    days = -(-(timetable.length + timetable.midnight) // (86_400 * 1_000_000))
    factors = np.ones(days)
    if variation.year_cv:
        key = stream(seed, "year factor", replication)
        score = _scores(key, _BEFORE_ANY_DATE, 1)
        factors *= gamma_factor_table(variation.year_cv)(score)
    if variation.day_cv:
        key = stream(seed, "day factor", replication)
        scores = _scores(key, timetable.first_day.toordinal(), days)
        scores = _in_rows(scores, variation.day_autocorrelation)
        factors *= gamma_factor_table(variation.day_cv)(scores)
    return factors


def _scores(key: int, first: int, days: int) -> Floats:
    """Give independent standard normal scores, each of its own date."""
    dates = np.arange(first, first + days, dtype=np.int64)
    return normal_quantile(uniforms(contact_keys(key, dates, np.zeros_like(dates)), _FACTOR))


def _in_rows(scores: Floats, correlation: float) -> Floats:
    """Make each score depend on that of the day before; the variance stays 1."""
    if not correlation:
        return scores
    own = math.sqrt(1.0 - correlation * correlation)
    dependent = scores.tolist()
    for day in range(1, len(dependent)):
        dependent[day] = correlation * dependent[day - 1] + own * dependent[day]
    return np.array(dependent)

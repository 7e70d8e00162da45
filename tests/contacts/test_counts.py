"""Poisson counts are exact quantiles, and more volume never takes anybody away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from simulation.contacts.counts import MAX_MEAN, poisson_quantile

MEANS = [1e-9, 0.001, 0.5, 1, 3, 20, 63.9, 64.1, 300, 5_000, 100_000, 1_000_000]
SLACK = 1e-11
"""Probabilities nearer than this to each other are not told apart."""


def numbers(size):
    """Give uniform numbers from the whole range, both ends included."""
    rng = np.random.default_rng(3)
    ends = 10 ** rng.uniform(-15.9, 0, size)
    return np.concatenate((rng.uniform(size=size), ends, 1 - ends, [2.0**-53, 1 - 2.0**-53]))


@pytest.mark.parametrize("mean", MEANS)
def test_a_count_is_the_smallest_that_reaches_the_uniform_number(mean):
    u = numbers(10_000 if mean < 1e5 else 500)
    u = u[u < 1]
    k = poisson_quantile(u, np.array(mean)).astype(float)
    q, low = 1 - u, u < 0.5
    reached = np.where(
        low, special.pdtr(k, mean) >= u * (1 - SLACK), special.pdtrc(k, mean) <= q * (1 + SLACK)
    )
    assert reached.all()
    before = np.maximum(k - 1, 0)
    short = np.where(
        low,
        special.pdtr(before, mean) < u * (1 + SLACK),
        special.pdtrc(before, mean) > q * (1 - SLACK),
    )
    assert (short | (k == 0)).all()


@pytest.mark.parametrize("mean", MEANS)
def test_counts_agree_with_scipy_away_from_the_ends(mean):
    u = np.random.default_rng(4).uniform(1e-6, 1 - 1e-6, 1_000)
    expected = stats.poisson.ppf(u, mean)
    np.testing.assert_array_equal(poisson_quantile(u, np.full(u.shape, mean)), expected)


@given(st.floats(1e-15, 1 - 1e-15), st.floats(0, 2_000), st.floats(1e-6, 1))
def test_a_higher_mean_never_gives_fewer(u, mean, more):
    few, many = poisson_quantile(np.array([u, u]), np.array([mean, mean + more]))
    assert few <= many


def test_counts_rise_with_the_mean_through_every_method():
    means = np.concatenate((np.linspace(0, 130, 3_000), np.geomspace(131, 1e6, 200)))
    for u in (2.0**-64, 1e-12, 0.3, 0.5, 0.9989, 0.9991, 1 - 2.0**-53):
        assert (np.diff(poisson_quantile(np.array(u), means)) >= 0).all()


def test_a_count_does_not_depend_on_the_others_in_the_array():
    rng = np.random.default_rng(5)
    u, mean = numbers(300), np.exp(rng.uniform(-5, 9, 902))
    together = poisson_quantile(u, mean)
    alone = [int(poisson_quantile(u[[i]], mean[[i]])[0]) for i in range(u.size)]
    assert together.tolist() == alone


def test_no_volume_gives_nobody():
    assert poisson_quantile(numbers(50), np.array(0.0)).sum() == 0


def test_shapes_broadcast():
    assert poisson_quantile(np.full((3, 1), 0.5), np.full(4, 2.0)).tolist() == [[2] * 4] * 3
    assert poisson_quantile(np.empty(0), np.empty(0)).size == 0


@pytest.mark.parametrize(
    ("u", "mean"), [(0, 1), (1, 1), (np.nan, 1), (0.5, -1), (0.5, np.nan), (0.5, MAX_MEAN * 1.1)]
)
def test_numbers_out_of_range_are_refused(u, mean):
    with pytest.raises(ValueError, match="must"):
        poisson_quantile(np.array([u], dtype=float), np.array([mean], dtype=float))

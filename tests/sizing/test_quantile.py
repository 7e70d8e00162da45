"""Quantiles of sizes, and the intervals that hold them without an assumption."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.sizing.quantile import quantile, quantile_interval


@given(st.lists(st.integers(0, 50), min_size=1), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_a_quantile_is_the_smallest_value_that_enough_do_not_exceed(values, share):
    ordered = sorted(values)
    answer = quantile(ordered, share)
    count = sum(value <= answer for value in ordered)
    assert count >= share * len(ordered) - 1e-9
    below = sum(value < answer for value in ordered)
    assert below < share * len(ordered)


@pytest.mark.parametrize("count", [10, 30, 60, 200])
@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_each_tail_has_at_most_five_per_cent(count, share):
    low, high = quantile_interval(count, share)
    below = stats.binom(count, share)
    assert below.cdf(low - 1) <= 0.05 + 1e-12
    assert below.sf(high - 1) <= 0.05 + 1e-12
    assert below.cdf(low) > 0.05
    assert below.sf(high - 2) > 0.05

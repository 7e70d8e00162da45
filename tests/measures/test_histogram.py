"""Quantiles from counts: exact for small numbers, and close for large ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.measures.histogram import EDGES, bins_of, quantiles


def counted(values):
    """Give the histogram of some values."""
    return np.bincount(bins_of(np.array(values, np.int64)), minlength=len(EDGES))


def test_edges_ascend_and_the_first_256_values_have_a_bin_each():
    assert (np.diff(EDGES) > 0).all()
    assert bins_of(np.arange(256)).tolist() == list(range(256))


def test_what_is_larger_is_told_to_within_one_per_cent():
    values = np.arange(256, 200_000)
    told = EDGES[bins_of(values)]
    assert (told <= values).all()
    assert ((values - told) / values).max() < 0.01


def test_nothing_is_too_large():
    assert bins_of(np.array([2**40])).tolist() == [len(EDGES) - 1]


@given(st.lists(st.integers(0, 255), min_size=1, max_size=80), st.integers(1, 100))
def test_a_quantile_is_the_smallest_value_that_so_many_do_not_exceed(values, percent):
    expected = next(
        value
        for value in sorted(values)
        if 100 * sum(each <= value for each in values) >= percent * len(values)
    )
    assert quantiles(counted(values), [percent]) == [expected]


@pytest.mark.parametrize("percents", [(5,), (5, 50, 95)])
def test_of_nothing_there_is_no_quantile(percents):
    assert quantiles(counted([]), percents) == [None] * len(percents)

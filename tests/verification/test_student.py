"""Student's t in its tail, beside SciPy's."""

import pytest
from scipy import stats

from simulation.verification.student import beyond, critical


@pytest.mark.parametrize("freedom", [1, 5, 14, 29, 99, 5_000])
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 4.5, 12.0])
def test_tails_are_those_of_scipy(t, freedom):
    assert beyond(t, freedom) == pytest.approx(stats.t.sf(t, freedom), rel=1e-9)


@pytest.mark.parametrize("freedom", [5, 14, 29, 99])
@pytest.mark.parametrize("tail", [0.25, 0.05, 1e-3, 1e-5, 1e-7])
def test_critical_values_are_those_of_scipy(tail, freedom):
    assert critical(tail, freedom) == pytest.approx(stats.t.isf(tail, freedom), rel=1e-9)

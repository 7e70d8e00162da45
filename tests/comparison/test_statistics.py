"""Intervals: against scipy, by hand, and by how often they hold the truth."""

import numpy as np
import pytest
from scipy import stats

from simulation.comparison.statistics import attainment, estimate, quantile, share_interval, t95

DEGREES = [*range(9, 60), 75, 99, 150, 299, 500, 999, 2_500, 9_999, 10_000]


@pytest.mark.parametrize("freedom", DEGREES)
def test_t95_is_the_95th_percentile_of_student(freedom):
    assert t95(freedom) == pytest.approx(stats.t.ppf(0.95, freedom), abs=1e-5)


@pytest.mark.parametrize("of", [1, 2, 9, 10, 30, 100, 400, 2_000])
def test_share_intervals_are_those_of_clopper_and_pearson(of):
    for successes in {0, 1, of // 3, of // 2, of - 1, of}:
        exact = stats.binomtest(successes, of).proportion_ci(0.90, method="exact")
        assert share_interval(successes, of) == pytest.approx((exact.low, exact.high), abs=1e-9)


def test_24_of_30_is_64_to_91_percent():
    low, high = share_interval(24, 30)
    assert (round(low, 2), round(high, 2)) == (0.64, 0.91)


def test_share_intervals_hold_at_the_most_replications_a_scenario_may_ask():
    low, high = share_interval(80_000, 100_000)
    exact = stats.beta.ppf([0.05, 0.95], [80_000, 80_001], [20_001, 20_000])
    assert (low, high) == pytest.approx(tuple(exact), abs=1e-9)


@pytest.mark.parametrize("count", [10, 30])
def test_the_interval_of_a_mean_holds_the_truth_nine_times_in_ten(count):
    """4,000 samples: the share that holds it is 90 %, give or take 1.6 points (99.9 %)."""
    samples = np.random.default_rng(20_260_101).normal(7.0, 3.0, size=(4_000, count)).tolist()
    bounds = [(each.low or 0.0, each.high or 0.0) for each in map(estimate, samples)]
    held = sum(low <= 7.0 <= high for low, high in bounds)
    assert stats.binomtest(held, 4_000, 0.90).pvalue > 0.001


def test_an_estimate_by_hand():
    """1 ... 10: mean 5.5, standard error √(55/6)/√10, t of 9 degrees 1.833."""
    whole = estimate([float(number) for number in range(10, 0, -1)])
    half = 1.8331129 * (55 / 6 / 10) ** 0.5
    assert whole.mean == 5.5
    assert (whole.low, whole.high) == pytest.approx((5.5 - half, 5.5 + half), abs=1e-5)
    assert (whole.p5, whole.p95, whole.n) == (1.0, 10.0, 10)


def test_fewer_than_ten_replications_have_no_interval():
    few = estimate([1.0] * 9)
    assert (few.mean, few.low, few.high, few.n) == (1.0, None, None, 9)


def test_nothing_cannot_be_estimated():
    with pytest.raises(ValueError, match="at least one"):
        estimate([])


@pytest.mark.parametrize(
    ("percent", "count", "expected"),
    [(5, 20, 1), (5, 21, 2), (95, 20, 19), (95, 100, 95), (5, 1, 1)],
)
def test_percentiles_are_the_smallest_with_that_share_at_or_below(percent, count, expected):
    assert quantile(list(range(1, count + 1)), percent) == expected


@pytest.mark.parametrize(
    ("attained", "of", "status", "decided"),
    [
        (30, 30, "attained", True),
        (24, 30, "attained", False),
        (29, 30, "attained", True),
        (27, 30, "attained", False),
        (0, 30, "missed", True),
        (6, 30, "missed", False),
        (15, 30, "unclear", True),
        (23, 30, "unclear", False),
        (7, 30, "unclear", False),
        (0, 0, "unclear", False),
    ],
)
def test_a_norm_is_attained_in_80_percent_of_replications_or_not(attained, of, status, decided):
    result = attainment([1] * attained + [0] * (of - attained))
    assert (result.status, result.decided) == (status, decided)
    assert (result.attained, result.of) == (attained, of)


def test_a_norm_is_attained_from_the_share_on_that_was_asked():
    runs = [1] * 27 + [0] * 3
    found = [attainment(runs, limit).status for limit in (0.8, 0.9, 0.95)]
    assert found == ["attained", "attained", "unclear"]
    assert attainment([1] * 22 + [0] * 8).status == "unclear"
    assert attainment([1] * 22 + [0] * 8, 0.7).status == "attained"
    assert attainment([1] * 30, 0.9).decided
    assert not attainment([1] * 30, 0.95).decided

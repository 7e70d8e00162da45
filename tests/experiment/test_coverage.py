"""Intervals hold the truth as often as they say, also when replications stop when it is enough."""

import pytest

from simulation.comparison.precision import Goal
from tests.experiment.coverage import TRUE_DIFFERENCE, Stopped, stops

SEEDS = range(1, 61)
FEWEST = 46
"""Of 60 intervals of 90 % fewer than this hold the truth once in a thousand times."""

COST = Goal(32.0, None, 1_000)


@pytest.fixture(scope="module")
def stopped():
    """Sixty small experiments; `make coverage` runs a thousand."""
    return [found for seed in SEEDS for found in stops(seed, [COST])]


def test_intervals_of_costs_hold_the_true_difference(stopped):
    assert sum(each.holds(TRUE_DIFFERENCE) for each in stopped) >= FEWEST


def test_intervals_half_as_wide_would_be_found_out(stopped):
    def halved(each):
        mean, half = each.known.mean, (each.known.high - each.known.low) / 4
        known = each.known.model_copy(update={"low": mean - half, "high": mean + half})
        return Stopped(each.replications, known)

    assert sum(halved(each).holds(TRUE_DIFFERENCE) for each in stopped) < FEWEST


def test_experiments_stop_at_several_looks(stopped):
    assert {30, 45} < {each.replications for each in stopped} <= {30, 45, 68, 102}
    assert all((each.known.high - each.known.low) / 2 <= COST.cost for each in stopped)

"""Intervals hold the truth as often as they say, also when replications stop when it is enough."""

import re

import pytest

from simulation.comparison.precision import Goal
from tests.experiment.coverage import GOALS, PAGE, TRUE_DIFFERENCE, Stopped, stops

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
    assert {45, 68} < {each.replications for each in stopped} <= {45, 68, 102, 153}
    assert all((each.known.high - each.known.low) / 2 <= COST.cost for each in stopped)


def test_the_page_holds_what_was_required():
    """A thousand experiments for each goal, of which 87 to 93 % hold the truth."""
    text = PAGE.read_text(encoding="utf-8")
    assert "1,000 experiments" in text
    held = [float(share) for share in re.findall(r"\| (\d+\.\d)% \(", text)]
    assert len(held) == len(GOALS)
    assert all(87 <= share <= 93 for share in held)

"""When it is precise enough, and what pairing brings: against formulas, and at the edges."""

import json
import random
from itertools import pairwise
from statistics import variance

import pytest

from simulation.comparison.columns import Columns
from simulation.comparison.precision import (
    FIRST_LOOK,
    Goal,
    looks,
    pairing,
    precise_enough,
    precision,
)
from simulation.comparison.statistics import t95
from tests.comparison.conftest import around, experiment, written

NOISE = random.Random(7)


def columns(costs):
    return Columns(experiment(costs).ordered())


def parts(*experiments):
    return [(each.scenario, Columns(each.ordered())) for each in experiments]


def shares(experiment, path, values):
    """Add a share to each replication."""
    for row, value in zip(experiment.finished.values(), values, strict=True):
        row[path] = value
    return experiment


@pytest.mark.parametrize("most", [30, 31, 45, 1_000, 100_000])
def test_looks_begin_at_thirty_grow_by_half_and_end_at_the_most(most):
    found = list(looks(most))
    assert found[0] == FIRST_LOOK
    assert found[-1] == most
    assert all(before < after < 1.5 * before + 1 for before, after in pairwise(found))
    assert all(after >= 1.5 * before for before, after in pairwise(found[:-1]))


def test_the_widest_difference_in_costs_counts():
    base = experiment(around(100.0, 45, 5.0))
    calm, wild = experiment(around(90.0, 45, 6.0)), experiment(around(95.0, 45, 9.0))
    half = t95(44) * (4.0**2 * 30 / 44 / 45) ** 0.5
    told = precision(Goal(half + 1e-9, None, 500), parts(base, calm, wild))
    assert told.reached
    assert told.cost_half_width == pytest.approx(half)
    assert told.service_half_width is None
    assert not precision(Goal(half - 1e-9, None, 500), parts(base, calm, wild)).reached


def test_a_share_counts_in_every_scenario_the_baseline_too():
    base = shares(experiment(around(1.0)), "norms.fast.share", around(0.8, 30, 0.03))
    other = shares(experiment(around(1.0)), "norms.fast.share", around(0.9, 30, 0.01))
    half = t95(29) * (0.03**2 * 20 / 29 / 30) ** 0.5
    for order in ((base, other), (other, base)):
        told = precision(Goal(None, half + 1e-9, 500), parts(*order))
        assert told.service_half_width == pytest.approx(half)
        assert told.reached
        assert not precision(Goal(None, half - 1e-9, 500), parts(*order)).reached


def looked(costs, share=None):
    """Write down two experiments at a look: the difference in costs, and a share in both."""
    asked = written(replications=len(costs))
    pair = [experiment(values, scenario=asked) for values in ([0.0] * len(costs), costs)]
    return [shares(each, "norms.fast.share", share) for each in pair] if share else pair


def test_both_goals_must_be_reached():
    pair = looked(around(2.0, 45, 0.01), around(0.8, 45, 0.03))
    assert precise_enough(Goal(0.01, 0.02, 500), pair)
    assert not precise_enough(Goal(0.01, 0.001, 500), pair)
    assert not precise_enough(Goal(0.001, 0.02, 500), pair)


def test_it_must_be_precise_at_two_looks_in_a_row():
    """The intervals at 30 and at 45: too wide and narrow, narrow and too wide, both narrow."""
    wild, calm = around(1.0, 30, 11.0), around(1.0, 30, 1.0)
    goal = Goal(2.5, None, 500)
    assert not precise_enough(goal, looked([*wild, *[1.0] * 15]))
    assert not precise_enough(goal, looked([*calm, *around(1.0, 15, 30.0)]))
    assert precise_enough(goal, looked([*calm, *around(1.0, 15, 1.0)]))
    assert not precise_enough(goal, looked(calm))


@pytest.mark.parametrize("count", [1, 9])
def test_without_an_interval_nothing_is_reached(count):
    told = precision(Goal(1e9, 0.4, 500), parts(*[experiment(around(1.0, count))] * 2))
    assert not told.reached
    assert (told.cost_half_width, told.service_half_width) == (None, None)


def test_what_never_varies_is_precise():
    told = precision(Goal(1e-9, None, 500), parts(experiment([5.0] * 30), experiment([4.0] * 30)))
    assert told.reached
    assert told.cost_half_width == 0.0


def test_pairs_are_worth_the_sum_of_the_variances_over_that_of_the_difference():
    before = [NOISE.gauss(1000, 50) for _ in range(40)]
    after = [value - 20 + NOISE.gauss(0, 10) for value in before]
    found = pairing(columns(after), columns(before))
    differences = [a - b for a, b in zip(after, before, strict=True)]
    ratio = (variance(before) + variance(after)) / variance(differences)
    assert found is not None
    assert found.pairs == 40
    assert found.worth == pytest.approx(40 * ratio)
    assert ratio > 10


def test_so_many_independent_replications_tell_the_difference_as_precisely():
    """Played with dice: the mean of 30 pairs varies as the mean of ``worth`` independent ones."""
    shared = [NOISE.gauss(0, 3) for _ in range(60_000)]
    first = [100 + year + NOISE.gauss(0, 1) for year in shared]
    second = [90 + year + NOISE.gauss(0, 1) for year in shared]
    found = pairing(columns(second), columns(first))
    assert found is not None
    assert found.worth is not None
    worth = round(30 * found.worth / found.pairs)
    apart = [NOISE.gauss(0, 10**0.5) - NOISE.gauss(0, 10**0.5) for _ in range(worth * 2_000)]
    paired = [b - a for a, b in zip(first, second, strict=True)]
    means = [sum(paired[k : k + 30]) / 30 for k in range(0, len(paired), 30)]
    loose = [sum(apart[k : k + worth]) / worth for k in range(0, len(apart), worth)]
    assert variance(loose) == pytest.approx(variance(means), rel=0.12)


def test_pairs_without_anything_in_common_are_worth_themselves():
    first, second = ([NOISE.gauss(0, 10) for _ in range(5_000)] for _ in range(2))
    found = pairing(columns(first), columns(second))
    assert found is not None
    assert found.worth == pytest.approx(5_000, rel=0.05)


def test_a_difference_that_is_the_same_to_the_cent_has_no_number():
    before = [1000.0 + 0.1 * number for number in range(30)]
    found = pairing(columns([value - 7.13 for value in before]), columns(before))
    assert found is not None
    assert (found.pairs, found.worth) == (30, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([5.0] * 30, [4.0] * 30),
        (around(5.0, 9), around(4.0, 9)),
    ],
    ids=["nothing varies", "too few pairs"],
)
def test_where_it_cannot_be_said_nothing_is_said(before, after):
    assert pairing(columns(after), columns(before)) is None


def test_pairs_are_those_that_both_finished():
    before, after = experiment(around(5.0), failed=(1, 2)), experiment(around(9.0, 30, 2.0))
    found = pairing(Columns(after.ordered()), Columns(before.ordered()))
    assert found is not None
    assert found.pairs == 28


def test_a_result_says_what_was_asked_and_what_pairing_brings(result):
    found = result(experiment(around(5.0)), experiment(around(4.0, 30, 2.0)))
    assert found.precision is None
    assert found.scenarios[0].pairing is None
    assert found.scenarios[1].pairing is not None
    assert found.scenarios[1].pairing.worth == pytest.approx(30 * 5)
    assert json.loads(found.model_dump_json())["precision"] is None

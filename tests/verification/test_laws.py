"""What the judgement leans on: distribution functions, controls without bias, regression."""

from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import stats

from simulation.verification.case import Case, Law
from simulation.verification.judgement import adjusted
from simulation.verification.laws import survivals
from simulation.verification.observe import _beyond

TIMES = (0.0, 0.1, 0.7, 1.0, 2.5, 9.0)


def law_of(family, **parts):
    return Law.model_validate({"family": family, **parts})


@pytest.mark.parametrize("zero", [0.0, 0.1])
def test_patience_survives_as_scipy_says(zero):
    sigma = sqrt(log(1 + 1.5**2))
    laws = {
        "exponential": stats.expon(scale=2),
        "deterministic": stats.uniform(2, 1e-12),
        "lognormal": stats.lognorm(sigma, scale=2 * exp(-sigma * sigma / 2)),
    }
    for family, known in laws.items():
        cv = 1.5 if family == "lognormal" else None
        survival = survivals(law_of(family, mean=2, cv=cv, zero_share=zero))
        for time in TIMES:
            assert survival(time) == pytest.approx((1 - zero) * known.sf(time))


def test_a_family_without_a_function_is_refused():
    with pytest.raises(ValueError, match="gamma"):
        survivals(Law(family="gamma", cv=2))


@pytest.mark.parametrize(("mean", "level"), [(0.9, 1), (8.8, 11), (275.0, 300), (330.0, 283)])
def test_poisson_numbers_beyond_a_level_are_those_of_scipy(mean, level):
    number = stats.poisson(mean)
    excess = number.expect(lambda n: np.maximum(n - level, 0))
    assert _beyond(mean, level) == pytest.approx((number.sf(level - 1), excess), rel=1e-6)


def test_without_controls_the_error_is_that_of_a_mean():
    values = [3.0, 4.5, 2.0, 7.0, 4.0]
    mean, error, freedom = adjusted(values, [()] * 5)
    assert mean == pytest.approx(np.mean(values))
    assert error == pytest.approx(stats.sem(values))
    assert freedom == 4


def test_a_control_takes_off_what_it_explains():
    rng = np.random.default_rng(4)
    control = rng.normal(size=400)
    values = 10 + 3 * control + 0.1 * rng.normal(size=400)
    mean, error, freedom = adjusted(values.tolist(), [(each, 0.0) for each in control.tolist()])
    assert mean == pytest.approx(10, abs=0.02)
    assert error == pytest.approx(0.1 / sqrt(400), rel=0.15)
    assert freedom == 398, "a control that never varies costs no degree of freedom"


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ({"agents": 11, "load": 0.8}, "M/M/11, load 0.8"),
        ({"agents": 2, "load": 1, "places": 3, "by_lines": True}, "M/M/2/5, load 1, lines"),
        (
            {"agents": 1, "load": 0.5, "service": Law(family="gamma", cv=2)},
            "M/G/1, load 0.5, gamma 2",
        ),
        (
            {"agents": 3, "load": 1, "places": 0, "patience": Law(family="deterministic")},
            "M/M/3/3+D, load 1",
        ),
        ({"agents": 2, "load": 1, "places": 1, "slowdown": (1, 2)}, "M/M/2/5-PS, load 1"),
    ],
)
def test_queues_are_named_as_kendall_does(case, name):
    assert Case(**case, warm_up=1, length=1).name == name

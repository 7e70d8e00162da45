"""Durations are exact quantiles of their family; means count zeros and caps."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import stats
from scipy.integrate import quad

from simulation.contacts.portable import normal_quantile
from simulation.contacts.quantiles import compile_quantile, gamma_factor_table
from simulation.contacts.special import log_gamma_tails
from simulation.contacts.tables import gamma_expansion
from simulation.scenario.distributions import Distribution
from simulation.scenario.values import DAY, LONGEST, MINUTE, SECOND

READ = TypeAdapter(Distribution).validate_json
MEAN = 4 * MINUTE
BODY = np.linspace(0.001, 0.999, 2_001)
ENDS = np.concatenate((np.geomspace(1e-10, 1e-3, 300), 1 - np.geomspace(1e-10, 1e-3, 300)))


def compiled(family, **parameters):
    return compile_quantile(READ(json.dumps({"family": family, **parameters})))


def balanced(cv):
    first = 0.5 * (1 + np.sqrt((cv**2 - 1) / (cv**2 + 1)))
    return (first, 1 - first), (MEAN / 2 / first, MEAN / 2 / (1 - first))


def weibull_cv(shape):
    law = stats.weibull_min(shape)
    return law.std() / law.mean()


def lognormal(cv):
    sigma = np.sqrt(np.log1p(cv**2))
    return stats.lognorm(sigma, scale=MEAN / np.exp(sigma**2 / 2))


CASES = {
    "exponential": (compiled("exponential", mean="4 minutes"), stats.expon(scale=MEAN)),
    "gamma by cv": (
        compiled("gamma", mean="4 minutes", cv=0.7),
        stats.gamma(1 / 0.49, scale=MEAN * 0.49),
    ),
    "gamma by shape": (
        compiled("gamma", shape=0.3, scale="4 minutes"),
        stats.gamma(0.3, scale=MEAN),
    ),
    "gamma, large shape": (
        compiled("gamma", shape=10_000, scale="1 s"),
        stats.gamma(10_000, scale=SECOND),
    ),
    "gamma, shape at the change of method": (
        compiled("gamma", shape=1_000, scale="1 s"),
        stats.gamma(1_000, scale=SECOND),
    ),
    "erlang by mean": (
        compiled("erlang", stages=3, mean="4 minutes"),
        stats.gamma(3, scale=MEAN / 3),
    ),
    "erlang by stage": (
        compiled("erlang", stages=999, stage_mean="1 s"),
        stats.gamma(999, scale=SECOND),
    ),
    "lognormal by cv": (compiled("lognormal", mean="4 minutes", cv=1.3), lognormal(1.3)),
    "lognormal by mu": (
        compiled("lognormal", mu=5.2, sigma=0.8),
        stats.lognorm(0.8, scale=np.exp(5.2) * SECOND),
    ),
    "weibull by scale": (
        compiled("weibull", shape=0.7, scale="4 minutes"),
        stats.weibull_min(0.7, scale=MEAN),
    ),
    "weibull by mean": (
        compiled("weibull", shape=2.2, mean="4 minutes"),
        stats.weibull_min(2.2, scale=MEAN / stats.weibull_min(2.2).mean()),
    ),
    "weibull by cv": (
        compiled("weibull", cv=weibull_cv(1.7), mean="4 minutes"),
        stats.weibull_min(1.7, scale=MEAN / stats.weibull_min(1.7).mean()),
    ),
    "uniform": (
        compiled("uniform", low="1 minute", high="5 minutes"),
        stats.uniform(MINUTE, 4 * MINUTE),
    ),
}


@pytest.mark.parametrize(("quantile", "law"), CASES.values(), ids=CASES)
def test_values_are_the_quantiles_of_the_family(quantile, law):
    np.testing.assert_allclose(quantile.family.values(BODY), law.ppf(BODY), rtol=1e-8)
    low = ENDS < 0.5
    ends = np.where(low, law.ppf(ENDS), law.isf(np.where(low, 0.5, 1 - ENDS)))
    np.testing.assert_allclose(quantile.family.values(ENDS), ends, rtol=1e-6)


@pytest.mark.parametrize(("quantile", "law"), CASES.values(), ids=CASES)
def test_mean_and_variation_are_those_of_the_family(quantile, law):
    assert quantile.mean() == pytest.approx(law.mean(), rel=1e-11)
    assert quantile.scv() == pytest.approx(law.var() / law.mean() ** 2, rel=1e-9)


@pytest.mark.parametrize("cv", [20.0, 5.0, 1.1, 0.9, 0.2, 0.04, 0.01])
def test_gamma_is_accurate_for_every_variation(cv):
    family = compiled("gamma", mean="30 minutes", cv=cv).family
    shape = 1 / cv**2
    u = np.concatenate((BODY, ENDS))
    found, law = family.values(u), stats.gamma(shape, scale=30 * MINUTE / shape)
    u, found = u[found > 1e-200], found[found > 1e-200]
    error = np.where(u < 0.5, law.cdf(found) - u, 1 - u - law.sf(found))
    error /= np.exp(law.logpdf(found) + np.log(found))
    body = (u >= 0.001) & (u <= 0.999)
    assert np.abs(error[body]).max() < 1e-8
    assert np.abs(error).max() < 1e-6


@pytest.mark.parametrize("shape", [1e4, 1e6])
def test_the_expansion_for_large_shapes_meets_the_tails(shape):
    """SciPy's own lower tail is off by 1e-6 here, so the tails of this package are the measure."""
    z = np.linspace(-6.3, 6.3, 41)
    lower, upper = log_gamma_tails(shape, np.log(gamma_expansion(shape, z)))
    found = np.where(z < 0, np.exp(lower), np.exp(upper))
    np.testing.assert_allclose(found, stats.norm.cdf(-np.abs(z)), rtol=1e-10)


MIXTURES = [
    balanced(1.05),
    balanced(3),
    balanced(20),
    ((0.3, 0.3, 0.4), (1 * SECOND, 10 * MINUTE, 10 * DAY)),
    ((1.0,), (MEAN,)),
]


@pytest.mark.parametrize(("weights", "means"), MIXTURES)
def test_a_hyperexponential_inverts_the_sum_of_its_phases(weights, means):
    means = [round(mean / 1e6, 6) for mean in means]
    quantile = compiled(
        "hyperexponential", weights=weights, means=[f"{mean:.6f} s" for mean in means]
    )
    u = np.concatenate((BODY, ENDS))
    x = quantile.family.values(u)[:, None] / 1e6 / np.array(means)
    below, above = -np.expm1(-x) @ np.array(weights), np.exp(-x) @ np.array(weights)
    slope = (x * np.exp(-x)) @ np.array(weights)
    error = np.abs(np.where(u < 0.5, below - u, above - (1 - u)) / slope)
    assert error[: BODY.size].max() < 1e-8
    assert error.max() < 1e-6


@pytest.mark.parametrize("cv", [1.01, 3, 20])
def test_a_hyperexponential_by_variation_has_that_mean_and_variation(cv):
    quantile = compiled("hyperexponential", mean="4 minutes", cv=cv)
    assert quantile.mean() == pytest.approx(MEAN, rel=1e-12)
    assert quantile.scv() == pytest.approx(cv**2, rel=1e-9)


@pytest.mark.parametrize("cv", [0.03, 0.2, 1, 3, 10])
def test_a_weibull_by_variation_has_that_mean_and_variation(cv):
    quantile = compiled("weibull", mean="4 minutes", cv=cv)
    assert quantile.mean() == pytest.approx(MEAN, rel=1e-9)
    assert quantile.scv() == pytest.approx(cv**2, rel=1e-3 if cv == 10 else 1e-6)


@pytest.mark.parametrize(("name", "cap"), [(name, cap) for name in CASES for cap in (1, 4, 30)])
def test_a_capped_mean_is_the_integral_of_the_survival(name, cap):
    quantile, law = CASES[name]
    capped = type(quantile)(quantile.family, 0.25, cap * MINUTE)
    points = sorted({min(law.ppf(u), cap * MINUTE) for u in (0.001, 0.1, 0.5, 0.9, 0.999, 1)})
    edges = [0, *points, cap * MINUTE]
    parts = [quad(law.sf, low, high)[0] for low, high in pairwise(edges)]
    squares = [quad(lambda x: 2 * x * law.sf(x), low, high)[0] for low, high in pairwise(edges)]
    assert capped.mean() == pytest.approx(0.75 * sum(parts), rel=1e-7)
    scv = sum(squares) / sum(parts) ** 2 / 0.75 - 1
    assert capped.scv() == pytest.approx(scv, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_the_pool_has_the_mean_of_the_distribution(name):
    quantile = type(CASES[name][0])(CASES[name][0].family, 0.1, 20 * MINUTE)
    pool = quantile.pool()
    assert pool.shape == (65_536,)
    assert (np.diff(pool) >= 0).all()
    assert pool.mean() == pytest.approx(quantile.mean(), rel=1e-4)


def test_zeros_come_first_and_the_rest_is_stretched():
    plain = compiled("exponential", mean="4 minutes")
    zeros = compiled("exponential", mean="4 minutes", zero_share=0.25)
    u = np.array([0.1, 0.2499999, 0.25 + 0.75 * 0.5, 0.25 + 0.75 * 0.9])
    expected = [0, 0, *plain.durations(np.array([0.5, 0.9]))]
    assert zeros.durations(u).tolist() == expected
    nobody = compiled("exponential", mean="4 minutes", zero_share=1)
    assert nobody.durations(u).tolist() == [0] * 4
    assert (nobody.mean(), nobody.scv()) == (0, 0)


def test_the_cap_holds_after_the_zeros():
    quantile = compiled("uniform", low="0 s", high="10 minutes", cap="5 minutes", zero_share=0.5)
    assert quantile.durations(np.array([0.4, 0.7, 0.8])).tolist() == [0, 4 * MINUTE, 5 * MINUTE]
    assert quantile.mean() == pytest.approx(0.5 * 3.75 * MINUTE)


def test_durations_are_rounded_half_up():
    quantile = compiled("uniform", low="0 s", high="0.000004 s")
    assert quantile.durations(np.array([0.1, 0.125, 0.374, 0.375])).tolist() == [0, 1, 1, 2]


def test_a_fixed_duration_is_always_the_same():
    quantile = compiled("deterministic", mean="4 minutes")
    assert set(quantile.durations(BODY).tolist()) == {MEAN}
    assert (quantile.mean(), quantile.scv()) == (MEAN, 0)


def test_observed_durations_come_in_proportion_to_their_weights():
    quantile = compiled("empirical", observed=["3 s", "1 s", "2 s"], weights=[1, 2, 1])
    u = np.array([0.01, 0.5, 0.51, 0.75, 0.76, 0.999])
    assert (quantile.durations(u) // SECOND).tolist() == [1, 1, 2, 2, 3, 3]
    assert quantile.mean() == pytest.approx(1.75 * SECOND)
    assert quantile.scv() == pytest.approx(0.6875 / 1.75**2)
    equal = compiled("empirical", observed=["1 s", "2 s", "3 s"])
    assert np.bincount(equal.pool() // SECOND).tolist() == [0, 21_845, 21_846, 21_845]


def test_a_phase_without_duration_is_a_share_of_zeros():
    quantile = compiled("hyperexponential", weights=[0.25, 0.75], means=["0 s", "4 minutes"])
    same = compiled("exponential", mean="4 minutes", zero_share=0.25)
    u = np.array([0.1, 0.2499, 0.5, 0.9])
    np.testing.assert_allclose(quantile.durations(u), same.durations(u), atol=2)
    assert quantile.mean() == pytest.approx(same.mean())
    assert quantile.scv() == pytest.approx(same.scv())


@pytest.mark.parametrize(
    ("family", "parameters"),
    [
        ("exponential", {}),
        ("deterministic", {}),
        ("gamma", {"cv": 1.5}),
        ("erlang", {"stages": 2}),
        ("lognormal", {"cv": 1}),
        ("weibull", {"cv": 1}),
        ("hyperexponential", {"cv": 2}),
    ],
)
def test_a_mean_of_zero_gives_zeros(family, parameters):
    quantile = compiled(family, mean="0 s", **parameters)
    assert quantile.pool().sum() == 0
    assert (quantile.mean(), quantile.scv()) == (0, 0)
    assert compiled(family, mean="4 minutes", cap="0 s", **parameters).mean() == 0


@pytest.mark.parametrize(
    ("family", "parameters"),
    [
        ("lognormal", {"mu": 20, "sigma": 5}),
        ("lognormal", {"mu": -20, "sigma": 1e-300}),
        ("lognormal", {"mean": "3660 days", "cv": 1e-200}),
        ("gamma", {"mean": "3660 days", "cv": 1e-200}),
        ("gamma", {"mean": "3660 days", "cv": 20}),
        ("gamma", {"shape": 10_000, "scale": "3660 days"}),
        ("weibull", {"shape": 0.2, "scale": "3660 days"}),
        ("weibull", {"shape": 50, "mean": "1 ms"}),
        ("weibull", {"mean": "1 ms", "cv": 0.03}),
        ("hyperexponential", {"weights": [0.5, 0.5], "means": ["1 ms", "3660 days"]}),
        ("hyperexponential", {"mean": "3660 days", "cv": 1.000001}),
    ],
)
def test_extreme_parameters_stay_within_ten_years(family, parameters):
    quantile = compiled(family, **parameters)
    u = np.concatenate(([2.0**-53], ENDS, BODY, [1 - 2.0**-53]))
    durations = quantile.durations(np.sort(u))
    assert 0 <= durations[0] <= durations[-1] <= LONGEST
    assert (np.diff(durations) >= 0).all()
    assert 0 <= quantile.mean() <= LONGEST * (1 + 1e-9)
    assert np.isfinite(quantile.scv())


@given(st.floats(0.003, 20), st.lists(st.floats(1e-12, 1 - 1e-12), min_size=2, max_size=9))
def test_a_higher_uniform_number_never_gives_a_shorter_gamma(cv, numbers):
    durations = compiled("gamma", mean="4 minutes", cv=cv).durations(np.sort(numbers))
    assert (np.diff(durations) >= 0).all()


@pytest.mark.parametrize("cv", [0.05, 0.4, 2.0])
def test_factors_have_mean_one_and_their_variation(cv):
    factors = gamma_factor_table(cv)(normal_quantile((np.arange(10**6) + 0.5) / 10**6))
    assert factors.mean() == pytest.approx(1, rel=1e-4)
    assert factors.std() == pytest.approx(cv, rel=3e-3)
    z = np.array([-2.0, 0, 1.5])
    exact = stats.gamma(1 / cv**2, scale=cv**2).ppf(stats.norm.cdf(z))
    np.testing.assert_allclose(gamma_factor_table(cv)(z), exact, rtol=1e-8)


def test_factors_without_variation_are_one():
    assert gamma_factor_table(0.0)(np.array([-3.0, 0, 3])).tolist() == [1, 1, 1]

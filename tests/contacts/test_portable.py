"""Elementary functions are accurate, and the same on every processor."""

import os
import statistics
import subprocess
import sys
from hashlib import blake2b
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import special

from simulation.contacts import counts, portable, quantiles, randomness
from simulation.contacts.special import log_gamma_tails, log_normal_cdf, log_poisson_mass
from simulation.scenario.distributions import Distribution

HOUSE = Path(__file__).parents[2]
READ = TypeAdapter(Distribution).validate_python
NORMAL = statistics.NormalDist()


def spread(low, high, size=50_000):
    return np.random.default_rng(1).uniform(low, high, size)


def last_places(found, exact):
    """Give the largest error in units in the last place of the exact value."""
    return np.max(np.abs(found - exact) / np.spacing(np.abs(exact)))


def precise(function, x):
    return function(x.astype(np.longdouble)).astype(np.float64)


@pytest.mark.parametrize(
    ("function", "reference", "x", "tolerance"),
    [
        (portable.log, np.log, np.exp(spread(-700, 700)), 1),
        (portable.log, np.log, 1 + spread(-1e-3, 1e-3), 1),
        (portable.log, np.log, np.ldexp(spread(0.5, 1), -1_030), 1),
        (portable.exp, np.exp, spread(-740, 709), 1),
        (portable.exp, np.exp, spread(-1, 1), 1),
        (portable.log1p, np.log1p, -(10 ** spread(-30, -0.01)), 2),
        (portable.log1p, np.log1p, spread(-0.9, 50), 2),
        (portable.expm1, np.expm1, spread(-1, 1), 3),
        (portable.expm1, np.expm1, 10 ** spread(-30, 2), 3),
    ],
)
def test_elementary_functions_are_right_to_the_last_places(function, reference, x, tolerance):
    assert last_places(function(x), precise(reference, x)) <= tolerance


def test_normal_quantile_agrees_with_the_standard_library():
    u = np.concatenate([spread(0, 1), 10 ** spread(-300, 0, 5_000), 1 - 10 ** spread(-15, -1)])
    exact = np.array([NORMAL.inv_cdf(value) for value in u])
    np.testing.assert_allclose(portable.normal_quantile(u), exact, rtol=2e-15, atol=0)


def test_log_gamma_agrees_with_scipy():
    x = 10 ** spread(-6, 7)
    np.testing.assert_allclose(portable.log_gamma(x), special.gammaln(x), rtol=3e-14, atol=2e-14)


def test_power_is_exact_enough_for_durations():
    x, y = spread(0.01, 50), np.random.default_rng(2).uniform(-5, 5, 50_000)
    np.testing.assert_allclose(portable.power(x, y), np.power(x, y), rtol=5e-15)


@pytest.mark.parametrize("shape", [0.0025, 0.1, 1.0, 5.0, 30.0, 999.0, 20_000.0])
def test_gamma_tails_agree_with_scipy(shape):
    x = special.gammaincinv(shape, np.linspace(0.001, 0.999, 300))
    x = x[x > 1e-250]
    lower, upper = log_gamma_tails(shape, np.log(x))
    np.testing.assert_allclose(np.exp(lower), special.gammainc(shape, x), rtol=1e-12)
    np.testing.assert_allclose(np.exp(upper), special.gammaincc(shape, x), rtol=2e-11)


def test_normal_tails_agree_with_scipy():
    z = np.linspace(-30, 8, 1_001)
    np.testing.assert_allclose(log_normal_cdf(z), special.log_ndtr(z), rtol=2e-13)


@pytest.mark.parametrize("mean", [0.01, 3.0, 60.0, 5_000.0])
def test_poisson_masses_follow_their_recurrence_and_add_up_to_one(mean):
    k = np.arange(0, mean + 12 * np.sqrt(mean) + 40)
    mass = np.exp(log_poisson_mass(k, np.full(k.shape, mean)))
    assert mass.sum() == pytest.approx(1, rel=1e-13)
    likely = mass[1:] > 1e-200
    np.testing.assert_allclose(mass[1:][likely], (mass[:-1] * mean / k[1:])[likely], rtol=2e-12)


def test_edges_of_the_domain_give_infinities_and_nan_without_a_warning():
    inf, nan = np.inf, np.nan
    edges = {
        portable.log: ([0, -1, inf, nan, 1], [-inf, nan, inf, nan, 0]),
        portable.log1p: ([0, -1, -2, inf, 1e-300], [0, -inf, nan, inf, 1e-300]),
        portable.exp: ([-inf, inf, nan, 0, -800, 800], [0, inf, nan, 1, 0, inf]),
        portable.expm1: ([0, -inf, inf, nan], [0, -1, inf, nan]),
        portable.normal_quantile: ([0, 0.5, 1, -1, 2, nan], [-inf, 0, inf, nan, nan, nan]),
        portable.log_gamma: ([0, inf, -1, nan], [inf, inf, nan, nan]),
    }
    for function, (given, expected) in edges.items():
        np.testing.assert_array_equal(function(np.array(given, dtype=float)), expected)
    assert portable.power(0.0, 0.0) == 1
    np.testing.assert_array_equal(
        portable.power(np.array([0.0, 0.0]), np.array([0.0, 2.0])), [1, 0]
    )


def test_a_float_gives_the_float_that_an_array_holds():
    x = spread(0.01, 0.99, 30).reshape(5, 6)
    for function in (portable.log, portable.exp, portable.normal_quantile, portable.log_gamma):
        result = function(x)
        assert result.shape == x.shape
        assert isinstance(function(0.3), float)
        assert [function(float(value)) for value in x.flat] == result.ravel().tolist()


def examples():
    for cv in (0.01, 0.3, 1.5, 20.0):
        yield {"family": "gamma", "mean": "4 minutes", "cv": cv}
        yield {"family": "lognormal", "mean": "4 minutes", "cv": cv}
    yield {"family": "exponential", "mean": "4 minutes", "cap": "9 minutes"}
    yield {"family": "weibull", "mean": "4 minutes", "cv": 0.4, "zero_share": 0.2}
    yield {"family": "hyperexponential", "mean": "4 minutes", "cv": 3}


def results():
    """Give everything that is computed on the way from a seed to a contact, as bytes."""
    intervals = np.arange(50_000) // 50
    keys = randomness.contact_keys(randomness.stream(1, "test"), intervals, np.arange(50_000) % 50)
    u = randomness.uniforms(keys, randomness.purpose("test"))
    x = u * 1_400 - 700
    yield from (portable.exp(x), portable.expm1(x / 700), portable.log1p(-u), portable.log(u))
    yield from (portable.normal_quantile(u), portable.log_gamma(u * 1e4), portable.power(u, x / 99))
    for mean in (0.3, 40.0, 900.0):
        yield counts.poisson_quantile(u, np.full(u.shape, mean))
    for example in examples():
        quantile = quantiles.compile_quantile(READ(example))
        yield from (quantile.family.values(u), quantile.durations(u))
        yield np.array([quantile.mean(), quantile.scv()])
    yield quantiles.gamma_factor_table(0.35)(portable.normal_quantile(u))


def digest():
    return blake2b(b"".join(array.tobytes() for array in results())).hexdigest()


def dispatched():
    """Give the processor features that NumPy chooses its code by and that are on."""
    umath = import_module("numpy._core._multiarray_umath")
    return [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name)]


def test_results_do_not_depend_on_the_features_of_the_processor():
    environment = os.environ | {
        "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched()),
        "PYTHONPATH": str(HOUSE),
    }
    command = [sys.executable, __file__]
    plain = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    features, found = plain.stdout.splitlines()
    assert features == "[]"
    assert found == digest()


if __name__ == "__main__":
    print(dispatched())  # noqa: T201
    print(digest())  # noqa: T201

"""The compiled loops of sampling give the bits that arrays give; so does their file as Python."""

import shutil

import numpy as np
import pytest

from simulation.contacts import compiled, fast, quantiles, sample
from simulation.contacts.counts import LEAST_U, poisson_quantile
from simulation.contacts.families import Exponential, Lognormal, Weibull
from simulation.contacts.quantiles import Quantile
from simulation.contacts.randomness import FACTOR_1, FACTOR_2, MASK, contact_keys, purpose, uniforms
from simulation.contacts.rates import Intervals
from simulation.scenario.values import DAY, MINUTE
from tests.uncompiled import uncompiled

WHAT = purpose("handling")
KEYS = contact_keys(2026, np.arange(4_000), np.arange(4_000))

QUANTILES = {
    "exponential": Quantile(Exponential(240e6), 0.0, DAY),
    "exponential, zeros and a cap": Quantile(Exponential(240e6), 0.2, 5 * MINUTE),
    "lognormal": Quantile(Lognormal(19.0, 0.9), 0.0, DAY),
    "lognormal, wide": Quantile(Lognormal(12.0, 4.0), 0.1, DAY),
}


def with_loops(module, function, *arguments):
    """Call a function while sampling uses these loops, or arrays for None."""
    with pytest.MonkeyPatch.context() as patch:
        for user in (fast, quantiles, sample):
            patch.setattr(user, "LOOPS", module)
        return function(*arguments)


def alike(function, *arguments):
    """Call a function with every kind of loops; see that all give the same, and give it."""
    expected = with_loops(None, function, *arguments)
    for module in (compiled, uncompiled(compiled)):
        found = with_loops(module, function, *arguments)
        np.testing.assert_array_equal(found, expected, strict=True)
    return expected


def unmixed(bits):
    """Give the number that mixing turns into these bits."""
    bits ^= (bits >> 31) ^ (bits >> 62)
    bits = bits * pow(FACTOR_2, -1, 1 << 64) & MASK
    bits ^= (bits >> 27) ^ (bits >> 54)
    bits = bits * pow(FACTOR_1, -1, 1 << 64) & MASK
    return bits ^ (bits >> 30) ^ (bits >> 60)


def durations_of(quantile, keys, what, attempt):
    into = np.full(len(keys), -1, np.int64)
    quantile.draw(keys, what, attempt, into)
    return into


@pytest.mark.parametrize("name", QUANTILES)
@pytest.mark.parametrize("attempt", [1, 3])
def test_durations(name, attempt):
    durations = alike(durations_of, QUANTILES[name], KEYS, WHAT, attempt)
    assert len(np.unique(durations)) > 2_000


@pytest.mark.parametrize("name", QUANTILES)
def test_durations_at_the_ends_of_their_range(name):
    """Uniform numbers as near to 0, a half and 1 as there are."""
    ends = (0, 1 << 12, 1 << 40, (1 << 63) - 1, 1 << 63, MASK - (1 << 40), MASK - (1 << 12), MASK)
    keys = np.array([unmixed(bits) for bits in ends], np.uint64)
    durations = alike(durations_of, QUANTILES[name], keys, 0, 0)
    assert durations[0] == durations.min() and durations[-1] == durations.max()
    assert (np.diff(durations) >= 0).all()


def test_uniform_numbers_of_other_families():
    quantile = Quantile(Weibull(0.7, 60e6), 0.1, DAY)
    assert len(np.unique(alike(durations_of, quantile, KEYS, WHAT, 1))) > 2_000


@pytest.mark.parametrize("mean", [0.0, 0.01, 3.0, 60.0, 65.0, 600.0, 40_000.0, 1e6])
def test_counts(mean):
    ends = [LEAST_U, 1e-9, 0.5, 0.999, 1 - 2.0**-53]
    u = np.concatenate([ends, uniforms(KEYS[:400], WHAT)])
    counts = alike(poisson_quantile, u, np.full(len(u), mean))
    assert abs(counts[5:].mean() - mean) <= 6 * np.sqrt(mean / 400)
    assert (np.diff(counts[:5]) >= 0).all()


def test_uniform_numbers():
    numbers = alike(fast.uniforms, KEYS, WHAT)
    assert len(np.unique(numbers)) == len(KEYS)


@pytest.mark.parametrize("edges", [[], [1 << 62], [1 << 60, 1 << 63, MASK]])
def test_sites(edges):
    keys = np.append(KEYS, np.array([unmixed(bits) for bits in (0, 1 << 62, MASK)], np.uint64))
    numbers = alike(fast.sites, keys, 0, 0, np.array(edges, np.uint64))
    assert numbers[-3] == 0 and numbers[-1] == len(edges)
    assert numbers[-2] == sum(edge <= 1 << 62 for edge in edges)


@pytest.mark.parametrize("count", [0, 500])
def test_kinds(count):
    random = np.random.default_rng(4)
    numbers, rows = random.integers(0, 9, count), random.permutation(count)
    table = random.integers(0, 100, (9, 5)).astype(np.int16)
    for field in range(5):
        column = alike(lambda field=field: fast.kinds(numbers, rows, table)[field])
        assert column.tolist() == table[numbers[rows], field].tolist()


def test_places_and_keys():
    edges = np.arange(6, dtype=np.int64) * 15 * MINUTE
    intervals = Intervals(edges[:-1], edges[1:], np.ones(5), edges[:-1] // 1_000_000)
    counts = np.array([0, 1, 900, 0, 3])

    def placed():
        return np.stack(
            [column.astype(np.uint64) for column in sample._placed(intervals, counts, 7)]
        )

    times, keys = alike(placed)
    assert len(np.unique(keys)) == 904
    assert np.searchsorted(times, edges.astype(np.uint64)[1:]).tolist()[0] == 0
    assert times[0] < 30 * MINUTE <= times[1:901].min() and times[1:901].max() < 45 * MINUTE


@pytest.mark.parametrize(
    "times",
    [
        [],
        [5],
        [3, 1, 2, 1, 3, 0],
        np.random.default_rng(1).integers(0, DAY, 5_000),
        np.random.default_rng(2).integers(0, DAY, 40_000),
        np.random.default_rng(3).integers(0, 40, 5_000),
        np.concatenate([np.full(3_000, DAY - 1), np.arange(3_000)]),
        np.arange(3_000)[::-1].copy(),
    ],
    ids=["none", "one", "ties", "spread", "dense", "many ties", "at both ends", "crowded"],
)
def test_times_in_order(times):
    times = np.asarray(times, np.int64)

    def sorted_times():
        return np.stack(fast.in_order(times, DAY))

    rows, ordered = alike(sorted_times)
    assert ordered.tolist() == sorted(times.tolist())
    assert rows.tolist() == np.argsort(times, kind="stable").tolist()


def test_the_loops_are_taken_where_there_is_a_compiler():
    assert fast.LOOPS is (compiled if compiled.COMPILED else None)
    assert compiled.COMPILED or not shutil.which("cc")

"""How many contacts are expected, beside how many are sampled."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.contacts.expected import expected_contacts
from simulation.contacts.sample import Sampler
from simulation.scenario.load import load
from simulation.scenario.scenario import by_name
from simulation.scenario.values import DAY

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(str(path.relative_to(SCENARIOS)) for path in SCENARIOS.glob("*/*.yaml"))


def steady(name, **horizon):
    """Give a shipped scenario whose days and years are all alike, so that a few say enough."""
    scenario = load(SCENARIOS / name).scenario
    variation = scenario.variation.model_copy(update={"year_cv": 0.0, "day_cv": 0.0})
    period = scenario.horizon.model_copy(update=horizon)
    return by_name(scenario.model_copy(update={"variation": variation, "horizon": period}))


def sampled(scenario, replications):
    """Give the mean number of contacts that are sampled."""
    sampler = Sampler(scenario)
    counts = [len(sampler.contacts(number)) for number in range(1, replications + 1)]
    return sum(counts) / len(counts)


@pytest.mark.parametrize("name", SHIPPED)
def test_as_many_are_sampled_as_are_expected(name):
    scenario = steady(name)
    # Of 35,000 contacts or more, the Poisson error of the count is half a per cent at most.
    assert sampled(scenario, 1) == pytest.approx(expected_contacts(scenario), rel=0.015)


@pytest.mark.parametrize("name", ["amsterdam/a-information-only.yaml", "small-town/a-webcare.yaml"])
def test_a_horizon_that_begins_and_ends_within_a_day_is_counted_in_part(name):
    period = {"start": dt.datetime(2026, 9, 1, 11, 30), "length": 20 * DAY + DAY // 8}
    scenario = steady(name, **period)
    assert sampled(scenario, 20) == pytest.approx(expected_contacts(scenario), rel=0.02)


def test_nothing_is_loaded_that_a_browser_would_wait_for():
    lines = "import sys, simulation.contacts.expected; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"

"""The compiled engine plays what SimPy plays, contact for contact.

Examples are the same in every run, so that more of them notice only what a change breaks; new ones
are met by ``make equal``, which compares thousands.
"""

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulation.experiment.replication import Simulator
from simulation.play import compiled
from simulation.play.engines import Engine, chosen, is_compiled, player
from simulation.scenario.load import load
from simulation.scenario.values import DAY
from simulation.verification.alike import first_difference
from tests.identities.equal import play_both
from tests.identities.random_scenarios import scenarios, unusual_scenarios
from tests.play.alike import plain, play_alike

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_the_engines_agree_on_random_scenarios(data):
    play_both(data)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(unusual_scenarios())
def test_the_engines_agree_on_unusual_scenarios(data):
    play_both(data)


@pytest.mark.parametrize(
    "name", ["amsterdam/d-blended", "amsterdam/e-information-crisis-week", "small-town/a-webcare"]
)
def test_the_engines_agree_on_real_scenarios(name):
    """For Amsterdam in the four days around the storm: SimPy takes minutes for its year."""
    scenario = load(SCENARIOS / f"{name}.yaml").scenario
    if name.startswith("amsterdam/"):
        days = scenario.horizon.model_copy(
            update={"start": dt.datetime(2026, 3, 2), "length": 4 * DAY}
        )
        scenario = scenario.model_copy(update={"horizon": days})
    simulator = Simulator(scenario)
    contacts = simulator.sampler.contacts(3)
    record = play_alike(simulator.plan, contacts, 3)
    assert len(record.attempts) > 20_000


def test_it_is_compiled_where_there_is_a_compiler():
    assert is_compiled() is compiled.COMPILED
    assert compiled.COMPILED or not shutil.which("cc")
    assert not plain.COMPILED


def test_auto_takes_the_compiled_engine():
    assert chosen(Engine.AUTO) is (Engine.COMPILED if compiled.COMPILED else Engine.SIMPY)
    assert chosen(Engine.SIMPY) is Engine.SIMPY
    assert player(Engine.COMPILED) is compiled.play


def test_a_difference_names_the_first_contact_that_differs():
    simulator = Simulator(load(SCENARIOS / "small-town/0-today.yaml").scenario)
    rows = compiled.play(simulator.plan, simulator.sampler.contacts(1), 1).attempts
    assert first_difference(rows, rows) is None
    other = rows.copy()
    other["ended"][np.argsort(rows["contact"])[5]] += 1
    told = first_difference(rows, other)
    assert told is not None and told.startswith("contact ") and told.count("ended") == 2
    shorter = first_difference(rows, rows[np.argsort(rows["contact"])[:-1]])
    assert shorter is not None and "no more attempts" in shorter

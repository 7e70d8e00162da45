"""One tally, however it is filled: by the compiled loop, by the same file as Python, on columns."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulation.experiment.replication import Simulator
from simulation.measures import columns, compiled, fast
from simulation.measures.rules import rules
from simulation.scenario.load import load
from simulation.verification.played import scenario_of
from tests.identities.random_scenarios import scenarios, unusual_scenarios
from tests.uncompiled import uncompiled

SCENARIOS = Path(__file__).parents[2] / "scenarios"

plain = uncompiled(compiled)


def tallies_of(scenario, *fillers):
    """Give the tallies of one replication as dictionaries of lists."""
    simulator = Simulator(scenario)
    played, of = simulator.played(1), rules(simulator.plan)
    return [as_lists(fill(of, played.contacts, played.record)) for fill in fillers]


def as_lists(tally):
    """Give plain lists, so that a difference can be read."""
    found = {name: np.asarray(value, dtype=object).tolist() for name, value in vars(tally).items()}
    found["waits"] = [waits.tolist() for waits in tally.waits]
    return found


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(scenarios() | unusual_scenarios())
def test_every_way_of_filling_gives_the_same_numbers(data):
    expected, *others = tallies_of(scenario_of(data), columns.tally, compiled.tally, plain.tally)
    assert others == [expected] * 2


@pytest.mark.parametrize("name", ["amsterdam/d-blended", "small-town/a-webcare"])
def test_real_scenarios_fill_it_alike(name):
    scenario = load(SCENARIOS / f"{name}.yaml").scenario
    expected, other = tallies_of(scenario, columns.tally, compiled.tally)
    assert other == expected
    assert np.sum(expected["quick"]) > 10_000


def test_the_compiled_loop_is_taken_where_there_is_a_compiler():
    assert fast.tally is (compiled.tally if compiled.COMPILED else columns.tally)
    assert compiled.COMPILED or not shutil.which("cc")

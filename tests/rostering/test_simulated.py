"""A roster of people, simulated: the same hours, as many people, and the norms attained."""

import json

import pytest

from simulation.experiment.replication import Simulator
from simulation.play.engines import Engine
from simulation.rostering import plan_roster
from simulation.rostering.rostered import rostered
from simulation.scenario import load, loads
from simulation.scenario.load import normalise, validate
from simulation.scenario.scenario import by_name
from simulation.sizing.ladder import make_ladder
from simulation.sizing.trials import Trials
from tests.rostering.build import roster, scenario


def test_a_scenario_with_the_roster_has_the_people_at_work_and_is_a_scenario():
    week = {0: [2, 3, 3, 2, 2, 2, 1, 1, 1], 2: [1] * 9}
    plan = roster(None, week, shrinkage=0.2)
    new = rostered(scenario(shrinkage=0.2), plan)
    assert loads(json.dumps(normalise(new))).scenario == validate(normalise(new))
    hours = sum((cover.end - cover.begin) * cover.rostered for cover in plan.sites[0].cover) / 3.6e9
    measures = Simulator(new).measures(1)
    assert measures["teams.desk.rostered_hours"] == pytest.approx(hours)
    assert hours == pytest.approx(plan.sites[0].hours[0].shifts)
    assert measures["teams.desk.paid_hours"] <= plan.sites[0].hours[0].contracts


@pytest.fixture(scope="module")
def town():
    return by_name(load("scenarios/small-town/0-today.yaml").scenario)


def test_the_roster_attains_the_norms_that_its_heads_attain(town):
    ladder = make_ladder(town, "phone")
    rung = 5  # The smallest: one less misses them.
    heads = ladder.heads(rung)
    plan = plan_roster(town, "phone", ladder.places, heads)
    people = Simulator(by_name(rostered(town, plan)))
    bare = Trials(town, {"phone": 1.0}, Engine.AUTO)
    replications = range(1001, 1011)
    by_heads = [bare.outcome((("phone", rung),), n) for n in replications]
    by_people = [people.measures(n) for n in replications]
    norms = [name for name, norm in town.norms.items() if norm.channel == "phone"]
    assert norms
    for name in norms:
        attained = sum(bool(one[f"norms.{name}.attained"]) for one in by_people)
        assert attained >= sum(outcome[name].attained for outcome in by_heads)
        assert attained >= 8

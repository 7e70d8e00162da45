"""Playing only what is connected gives what playing everything gives."""

import pytest
from hypothesis import HealthCheck, given, settings

from simulation.experiment.replication import Simulator
from simulation.play.engines import Engine
from simulation.sizing.parts import parts
from simulation.sizing.size import norms_of
from simulation.sizing.staffed import staffed
from simulation.sizing.trials import Trials
from simulation.verification.played import scenario_of
from tests.identities.random_scenarios import scenarios
from tests.sizing.asked import live, morning, order, sized


def beside(data):
    """Put a counter beside the telephone, with which it has nothing to do."""
    data["demand"]["counter"] = {"rates": [{"per_hour": 12}]}
    data["channels"]["counter"] = live(patience={"family": "exponential", "mean": "12 minutes"})
    data["teams"]["counter"] = {"roster": [{"heads": 2}], "channels": {"counter": {}}}
    data["norms"]["visits"] = {"channel": "counter", "within": "5 minutes", "target": 0.8}
    return data


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_norms_are_the_same_whether_parts_are_played_apart_or_together(data):
    scenario = scenario_of(data)
    steps = dict.fromkeys(norms_of(scenario), 5.0)
    trials = Trials(scenario, steps, Engine.AUTO)
    for up in (1, 4):
        levels = tuple(
            (team, min(ladder.lowest + up, ladder.highest))
            for team, ladder in sorted(trials.ladders.items())
        )
        outcome, whole = trials.outcome(levels, 2), trials.measures(levels, 2)
        for name, each in outcome.items():
            assert each.attained == bool(whole[f"norms.{name}.attained"])
            assert each.share == whole.get(f"norms.{name}.share")
        anew = Simulator(staffed(trials.scenario, trials.ladders, dict(levels)))
        assert anew.measures(2) == whole


def test_a_part_is_not_played_again_when_another_team_has_another_size():
    scenario = scenario_of(beside(morning()))
    assert len(parts(scenario)) == 2
    trials = Trials(scenario, {"desk": 2.0, "counter": 2.0}, Engine.AUTO)
    for rung in (3, 4, 5, 6):
        trials.outcome((("counter", 4), ("desk", rung)), 1)
    assert trials._known.cache_info().misses == 4 + 1


@pytest.mark.parametrize("seed", [1, 2])
def test_the_size_of_a_team_does_not_depend_on_a_team_beside_it(seed):
    alone = sized(morning(seed=seed), order("desk"))
    among = sized(beside(morning(seed=seed)), order("desk"))
    assert among.size.rung == alone.size.rung
    assert among.size.shares == alone.size.shares

"""One replication, from scenario to euros: a pure function of the scenario and a number."""

from functools import lru_cache

from simulation.contacts.sample import Sampler
from simulation.costs import price
from simulation.measures import Measures, measure
from simulation.play.engine import play
from simulation.play.plan import Plan, make_plan
from simulation.scenario.scenario import Scenario, by_name


class Simulator:
    """A scenario made ready once, to be replicated many times."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = by_name(scenario)
        self.sampler = Sampler(self.scenario)
        self.plan: Plan = make_plan(self.scenario)

    def measures(self, replication: int) -> Measures:
        """Sample, play, measure and price one replication (numbered from 1)."""
        contacts = self.sampler.contacts(replication)
        record = play(self.plan, contacts, replication)
        measures = measure(self.plan, contacts, record, replication)
        return {**measures, **price(self.scenario, measures).measures()}


def replicate(scenario: Scenario, replication: int) -> Measures:
    """Give the measures of one replication of a scenario."""
    return Simulator(scenario).measures(replication)


@lru_cache(maxsize=64)
def simulator(scenario_json: str) -> Simulator:
    """Make a scenario ready, and keep it: a worker plays all scenarios of a comparison in turn."""
    return Simulator(Scenario.model_validate_json(scenario_json))

"""One replication, from scenario to euros: a pure function of the scenario and a number."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from simulation.contacts.sample import Sampler
from simulation.contacts.table import Contacts
from simulation.costs import price
from simulation.measures import Measures, measure
from simulation.play.engines import Engine, player
from simulation.play.plan import Plan, make_plan
from simulation.play.record import Record
from simulation.scenario.scenario import Scenario, by_name


@dataclass(frozen=True)
class Played:
    """One replication as it was played: who came and what happened."""

    contacts: Contacts
    record: Record


class Simulator:
    """A scenario made ready once, to be replicated many times.

    Parameters
    ----------
    scenario : what is simulated
    engine : who plays; a result does not depend on it
    """

    def __init__(self, scenario: Scenario, engine: Engine = Engine.AUTO) -> None:
        self.scenario = by_name(scenario)
        self.sampler = Sampler(self.scenario)
        self.plan: Plan = make_plan(self.scenario)
        self._play = player(engine)

    def restaffed(self, scenario: Scenario) -> Self:
        """Give a simulator of the same citizens with other teams.

        Parameters
        ----------
        scenario : differs from this one in its teams only; names in order
        """
        other = copy(self)
        other.scenario, other.plan = scenario, make_plan(scenario, self.plan)
        return other

    def measures(self, replication: int) -> Measures:
        """Sample, play, measure and price one replication (numbered from 1)."""
        return self.measured(self.played(replication), replication)

    def played(self, replication: int) -> Played:
        """Sample and play one replication."""
        contacts = self.sampler.contacts(replication)
        return Played(contacts, self.record(contacts, replication))

    def record(self, contacts: Contacts, replication: int) -> Record:
        """Play the contacts of a replication that were sampled before."""
        return self._play(self.plan, contacts, replication)

    def measured(self, played: Played, replication: int) -> Measures:
        """Measure and price a replication that was played."""
        measures = measure(self.plan, played.contacts, played.record, replication)
        return {**measures, **price(self.scenario, measures).measures()}


def replicate(scenario: Scenario, replication: int, engine: Engine = Engine.AUTO) -> Measures:
    """Give the measures of one replication of a scenario."""
    return Simulator(scenario, engine).measures(replication)


@lru_cache(maxsize=64)
def simulator(scenario_json: str, engine: Engine) -> Simulator:
    """Make a scenario ready, and keep it: a worker plays all scenarios of a comparison in turn."""
    return Simulator(Scenario.model_validate_json(scenario_json), engine)

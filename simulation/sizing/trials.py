"""Trials: one simulated period with teams of several sizes, the same citizens in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from simulation.experiment.replication import Played, Simulator
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.ladder import Ladder, make_ladder
from simulation.sizing.staffed import staffed

Levels = tuple[tuple[str, int], ...]
"""Rung by team, in the order of the names."""


@dataclass(frozen=True)
class NormOutcome:
    """What became of one norm in one replication."""

    share: float | None
    """None when nobody came."""
    attained: bool


Outcome = Mapping[str, NormOutcome]
"""By norm."""


class Trials:
    """A scenario whose teams can be given other sizes.

    Parameters
    ----------
    scenario : what is simulated
    steps : full-time equivalents from one rung to the next, by the name of the team
    engine : who plays
    """

    def __init__(self, scenario: Scenario, steps: Mapping[str, float], engine: Engine) -> None:
        self.scenario = by_name(scenario)
        self.ladders: dict[str, Ladder] = {
            team: make_ladder(self.scenario, team, step) for team, step in steps.items()
        }
        self._base = Simulator(self.scenario, engine)
        self._engine = engine
        self._simulator = lru_cache(maxsize=32)(self._restaffed)
        self._contacts = lru_cache(maxsize=1)(self._base.sampler.contacts)
        self._known = lru_cache(maxsize=256)(self._played)

    def outcome(self, levels: Levels, replication: int) -> Outcome:
        """Play one replication with teams on these rungs, and give what became of the norms."""
        return self._known(levels, replication)

    def _played(self, levels: Levels, replication: int) -> Outcome:
        contacts = self._contacts(replication)
        simulator = self._simulator(levels)
        measures = simulator.measured(
            Played(contacts, simulator.record(contacts, replication)), replication
        )
        return {
            name: NormOutcome(
                measures.get(f"norms.{name}.share"), bool(measures[f"norms.{name}.attained"])
            )
            for name in self.scenario.norms
        }

    def _restaffed(self, levels: Levels) -> Simulator:
        scenario = staffed(self.scenario, self.ladders, dict(levels))
        return self._base.restaffed(scenario)

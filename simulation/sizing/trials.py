"""Trials: one simulated period with teams of several sizes, the same citizens in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from simulation.contacts.table import Contacts
from simulation.experiment.replication import Played, Simulator
from simulation.measures import Measures, measure_norms
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario, by_name
from simulation.sizing.ladder import Ladder, Shape, make_ladder
from simulation.sizing.observed import Seen, seen
from simulation.sizing.parts import Part, only, parts
from simulation.sizing.staffed import staffed

Levels = tuple[tuple[str, int], ...]
"""Rung by team or site, in the order of the names."""


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

    Parts of the organisation that have nothing to do with each other are played apart, and only
    where a team has another size than before.

    Parameters
    ----------
    scenario : what is simulated
    steps : full-time equivalents from one rung to the next, by the name of the team or site
    engine : who plays
    plenty, shapes : see `make_ladder`
    """

    def __init__(
        self,
        scenario: Scenario,
        steps: Mapping[str, float],
        engine: Engine,
        plenty: float = 1.0,
        shapes: Mapping[str, Shape] | None = None,
    ) -> None:
        self.scenario = by_name(scenario)
        self.ladders: dict[str, Ladder] = {
            name: make_ladder(self.scenario, name, step, plenty, (shapes or {}).get(name))
            for name, step in steps.items()
        }
        self._parts = parts(self.scenario)
        self._base = Simulator(self.scenario, engine)
        # What is kept must not refer back to this object: arrays of gigabytes would then wait
        # for the collector of cycles, which counts objects and not bytes.
        self._simulator = lru_cache(maxsize=32)(partial(_restaffed, self._base, self.ladders))
        self._contacts = lru_cache(maxsize=1)(self._base.sampler.contacts)
        self._known = lru_cache(maxsize=256)(partial(_played, self._contacts, self._simulator))

    def outcome(self, levels: Levels, replication: int) -> Outcome:
        """Play one replication with teams on these rungs, and give what became of the norms."""
        outcome: dict[str, NormOutcome] = {}
        for part in self._parts:
            own = tuple(each for each in levels if self.ladders[each[0]].team in part.teams)
            outcome.update(self._known(part, own, replication))
        return {name: outcome[name] for name in self.scenario.norms}

    def measures(self, levels: Levels, replication: int) -> Measures:
        """Play one replication as a whole, and give all that was measured."""
        contacts, simulator = self._contacts(replication), self._simulator(levels)
        record = simulator.record(contacts, replication)
        return simulator.measured(Played(contacts, record), replication)

    def seen(
        self, levels: Levels, replication: int, units: Sequence[str]
    ) -> dict[str, tuple[Seen, ...]]:
        """Play one replication, and note how many people are there at some teams or sites."""
        contacts, simulator = self._contacts(replication), self._simulator(levels)
        record = simulator.record(contacts, replication)
        timetable = self._base.sampler.timetable
        return {unit: seen(simulator.plan, self.ladders[unit], record, timetable) for unit in units}


def _restaffed(base: Simulator, ladders: Mapping[str, Ladder], levels: Levels) -> Simulator:
    return base.restaffed(staffed(base.scenario, ladders, dict(levels)))


def _played(
    contacts: Callable[[int], Contacts],
    simulator: Callable[[Levels], Simulator],
    part: Part,
    levels: Levels,
    replication: int,
) -> Outcome:
    if not part.norms:
        return {}
    own = simulator(levels)
    came = only(contacts(replication), own.scenario, part)
    measures = measure_norms(own.plan, came, own.record(came, replication))
    return {
        name: NormOutcome(
            measures.get(f"norms.{name}.share"), bool(measures[f"norms.{name}.attained"])
        )
        for name in part.norms
    }

"""The options of ``compare`` that say how precise the answer has to be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulation.cli.inputs import LIMIT, out_of_bound
from simulation.comparison.precision import FIRST_LOOK, Goal
from simulation.scenario.scenario import Scenario

MOST: Final = 1_000
"""Replications at which it ends unless the user says otherwise."""

_SMALLEST: Final = 0.01
"""A cent, or as little of a percentage point: what the answer is written in."""

_LARGEST: Final = {"--precision": 1e12, "--precision-service": 50.0}
_UNITS: Final = {"--precision": "euros", "--precision-service": "percentage points"}


@dataclass(frozen=True)
class Precise:
    """What the user asked."""

    cost: float | None
    """Euros."""
    service: float | None
    """Percentage points."""
    most: int | None

    @property
    def asked(self) -> bool:
        """Whether a precision is asked for."""
        return self.cost is not None or self.service is not None

    def options(self) -> dict[str, float | None]:
        """Give the options with their values, in the order of the help."""
        return {**self._wanted(), "--max-replications": self.most}

    def goal(self) -> Goal | None:
        """Give what has to be reached, if anything."""
        if not self.asked:
            return None
        service = self.service / 100 if self.service is not None else None
        return Goal(self.cost, service, self.most or MOST)

    def wrong(self, replications: int | None) -> Iterator[str]:
        """Name what is wrong with the options, whatever the scenarios are."""
        for option, value in self._wanted().items():
            if value is not None and not (_SMALLEST <= value <= _LARGEST[option]):
                yield (
                    f"{option} {value:g} is not possible; give a number of {_UNITS[option]} "
                    f"from {_SMALLEST} to {_LARGEST[option]:,.0f}"
                )
        yield from out_of_bound("max-replications", self.most, FIRST_LOOK, LIMIT)
        if self.asked and replications is not None:
            yield (
                "--replications and a precision exclude each other; "
                "leave out --replications, or give --max-replications instead"
            )
        if self.most is not None and not self.asked:
            yield "--max-replications needs --precision or --precision-service; give one of them"

    def out_of_reach(self, scenarios: Sequence[Scenario]) -> Iterator[str]:
        """Name what these scenarios cannot be asked, the baseline first."""
        if self.cost is not None and len(scenarios) == 1:
            yield "--precision is about differences in costs; name a second scenario"
        if self.cost is not None and not all(each.costs for each in scenarios):
            yield "--precision is about costs, and a scenario has none; give it 'costs'"
        if self.service is not None and not any(each.norms for each in scenarios):
            yield "--precision-service is about norms, and no scenario has one; give it 'norms'"

    def _wanted(self) -> dict[str, float | None]:
        return {"--precision": self.cost, "--precision-service": self.service}

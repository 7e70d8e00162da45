"""Simulations that others published, with the deviation of their days.

Both sides are then uncertain: a figure agrees when the difference lies within the interval of the
two errors together. Our own error must not be much larger than the published one, so that the
interval says as much as the publication allows.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from math import prod, sqrt
from typing import Annotated, Any

import yaml
from pydantic import Field

from simulation.measures import Measures
from simulation.scenario.base import Part
from simulation.verification.case import Positive, Replications

LARGEST_ERROR = 2.5
"""Our standard error as a multiple of the published one, at most."""


class PublishedFigure(Part):
    """One figure: what it is of our measures, and what was published."""

    name: str
    """What it is called."""

    total: Annotated[tuple[tuple[str, ...], ...], Field(alias="sum", min_length=1)]
    """Paths of measures that are multiplied, and then added."""

    times: Positive = 1.0
    """Factor to the published unit."""

    over: Positive = 1.0
    """What the publication divides by."""

    published: float
    """Mean over the days."""

    deviation: Positive
    """Standard deviation of the days."""

    at_most: bool = False
    """Whether the deviation is the largest that it can have, where only parts were published."""

    def of(self, measures: Measures) -> float:
        """Give the figure of one day."""
        terms = (prod(measures[path] for path in paths) for paths in self.total)
        return sum(terms) * self.times / self.over


class Published(Part):
    """A published simulation: its scenario, one day for each replication, and its figures."""

    name: str
    """Name of the file."""

    title: str
    """What was simulated."""

    source: str
    """Where it stands."""

    replications: Replications
    """Days by each engine."""

    days: Annotated[int, Field(ge=30)]
    """Days that were published."""

    scenario: dict[str, Any]
    """The scenario file."""

    figures: Annotated[tuple[PublishedFigure, ...], Field(min_length=1)]
    """What is compared."""

    quick: bool = False
    """Whether it is part of the quick run."""

    def text(self, seed: int) -> str:
        """Write the scenario file."""
        return json.dumps({**self.scenario, "seed": seed})

    def error(self, figure: PublishedFigure) -> float:
        """Give the standard error of a published mean."""
        return figure.deviation / sqrt(self.days)


def published() -> Iterator[Published]:
    """Read the published simulations, in the order of their names."""
    folder = files("simulation.verification").joinpath("simulations")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
            yield Published.model_validate(
                {**data, "name": file.name.removesuffix(".yaml")}, strict=False
            )

"""The queues of the pack, as files say them.

A file holds one family: queues that one formula answers. Times are in mean services; in a
scenario a mean service is one minute.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from simulation.play.engines import Engine
from simulation.scenario.base import Part

LawName = Literal[
    "erlang_b", "erlang_c", "erlang_a", "trunks", "m_g_1", "m_m_c_g", "sharing", "chats"
]
"""Which formula answers."""

Figure = Literal["waits", "wait", "abandons", "blocked", "queue", "busy", "chats"]
"""What is compared: shares of who comes, mean waits in mean services, mean numbers."""

Positive = Annotated[float, Field(gt=0)]


class Law(Part):
    """A distribution: its family and coefficient of variation, with a mean in mean services."""

    family: Literal["exponential", "deterministic", "gamma", "lognormal", "hyperexponential"]
    """Family of the scenario format."""

    mean: Positive = 1.0
    """Mean in mean services, of those not at zero."""

    cv: Positive | None = None
    """Coefficient of variation, for a family that needs one."""

    zero_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Share at zero."""

    @property
    def spread(self) -> float:
        """The coefficient of variation."""
        return {"exponential": 1.0, "deterministic": 0.0}.get(self.family, self.cv or 0.0)

    @property
    def sign(self) -> str:
        """The letter of the distribution in Kendall's notation."""
        if self.zero_share:
            return "G"
        return {"exponential": "M", "deterministic": "D"}.get(self.family, "G")

    def text(self) -> str:
        """Write it as a scenario does; a mean service is a minute."""
        parts = [f"family: {self.family}", f"mean: {60 * self.mean:.6f} s"]
        parts += [f"cv: {self.cv}"] if self.cv else []
        parts += [f"zero_share: {self.zero_share}"] if self.zero_share else []
        return f"{{{', '.join(parts)}}}"


Several = Annotated[int, Field(ge=12)]
"""Replications: more than there are numbers that take off spread."""


class Replications(Part):
    """Replications by each engine."""

    simpy: Several
    """By the definition, which is slow."""

    compiled: Several
    """By the compiled engine."""

    def by(self, engine: Engine) -> int:
        """Give the number by an engine."""
        return self.simpy if engine is Engine.SIMPY else self.compiled


class Precision(Part):
    """Largest half-width of an interval by each engine, relative to the exact figure."""

    simpy: Positive
    """By the definition."""

    compiled: Positive
    """By the compiled engine."""

    def by(self, engine: Engine) -> float:
        """Give the precision of an engine."""
        return self.simpy if engine is Engine.SIMPY else self.compiled


class Case(Part):
    """One queue with one team, and how long it is played."""

    agents: Annotated[int, Field(ge=1, le=1_000)]
    """Number of agents."""

    load: Positive
    """Offered load per agent: arrival rate × mean service / agents."""

    service: Law = Law(family="exponential")
    """Law of the service, with mean 1."""

    patience: Law | None = None
    """Law of the patience; endless if left out."""

    places: Annotated[int, Field(ge=0)] | None = None
    """Places to wait; endless if left out."""

    by_lines: bool = False
    """Whether the places are limited by lines instead of by the queue."""

    slowdown: tuple[float, ...] = ()
    """For chat: how much slower a conversation goes with 1, 2, ... open."""

    figures: tuple[Figure, ...] = ()
    """What is compared, where that is not what the family says."""

    replications: Replications | None = None
    """Replications by each engine, where they are not those of the family."""

    precision: Precision | None = None
    """Largest relative half-widths, where they are not those of the family."""

    warm_up: Positive
    """Mean services before counting begins."""

    length: Positive
    """Mean services that are counted."""

    quick: bool = False
    """Whether it is part of the quick run."""

    @property
    def erlangs(self) -> float:
        """The offered load."""
        return self.agents * self.load

    @property
    def expected(self) -> float:
        """How many come while counting."""
        return self.erlangs * self.length

    @property
    def name(self) -> str:
        """The queue in Kendall's notation, with its load and what the letters do not say."""
        held = max(1, len(self.slowdown))
        room = "" if self.places is None else f"/{self.agents * held + self.places}"
        leaving = f"+{self.patience.sign}" if self.patience else ""
        sharing = "-PS" if self.slowdown else ""
        kind = f"M/{self.service.sign}/{self.agents}{room}{leaving}{sharing}"
        laws = [law for law in (self.service, self.patience) if law and law.cv]
        told = [f"{law.family} {law.cv:g}" for law in laws] + ["lines"] * self.by_lines
        return ", ".join([kind, f"load {self.load:g}", *told])

    def text(self, seed: int) -> str:
        """Write the scenario file."""
        channel = [f"kind: {'chat' if self.slowdown else 'live'}"]
        channel.append(f"handling: {self.service.text()}")
        if self.patience:
            channel.append(f"patience: {self.patience.text()}")
        if self.slowdown:
            channel.append(f"slowdown: {list(self.slowdown)}")
        lines = ""
        if self.places is not None and self.by_lines:
            capacity = self.agents + self.places
            lines = f"lines: {{trunk: {{capacity: {capacity}, channels: [calls]}}}}\n"
        elif self.places is not None:
            channel.append(f"queue_capacity: {self.places}")
        warm_up, length = 60 * self.warm_up, 60 * (self.warm_up + self.length)
        return (
            "kanaalkompas: 1\n"
            "title: A queue\n"
            f"seed: {seed}\n"
            f"horizon: {{start: 2026-01-05, length: {length:.6f} s, warm_up: {warm_up:.6f} s}}\n"
            f"demand: {{calls: {{rates: [{{per_hour: {60 * self.erlangs:.6f}}}]}}}}\n"
            f"channels: {{calls: {{{', '.join(channel)}}}}}\n{lines}"
            f"teams: {{agents: {{roster: [{{heads: {self.agents}}}],"
            " channels: {calls: {}}}}\n"
        )


class Family(Part):
    """Queues that one formula answers."""

    name: str = ""
    """Name of the file."""

    title: str
    """What the queues are called."""

    source: str
    """Where the formula stands."""

    law: LawName
    """Which formula answers."""

    figures: Annotated[tuple[Figure, ...], Field(min_length=1)]
    """What is compared."""

    replications: Replications
    """Replications by each engine."""

    precision: Precision
    """Largest relative half-width by each engine."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    """The queues."""

    def of(self, case: Case, engine: Engine) -> tuple[int, float]:
        """Give the replications of a case by an engine, and the precision they must reach."""
        replications = case.replications or self.replications
        precision = case.precision or self.precision
        return replications.by(engine), precision.by(engine)


def families() -> Iterator[Family]:
    """Read the families of the pack, in the order of their names."""
    folder = files("simulation.verification").joinpath("cases")
    names = [file.name for file in folder.iterdir() if file.name.endswith(".yaml")]
    for name in sorted(each.removesuffix(".yaml") for each in names):
        yield read(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"), name)


def read(text: str, name: str) -> Family:
    """Read a family from the text of its file.

    Raises
    ------
    pydantic.ValidationError
        When the file is not in order.
    """
    return Family.model_validate({**yaml.safe_load(text), "name": name}, strict=False)

"""Families of durations: how long a contact takes, how long somebody will wait.

Every family can be given by its mean (and coefficient of variation), most also by their own
parameters. A share of exact zeros, a cap and a factor by time of arrival may be added to any.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.scenario.base import Part
from simulation.scenario.blocks import Block
from simulation.scenario.values import Duration, Factor, Positive, Share

Variation = Annotated[float, Field(gt=0, le=20)]
"""A coefficient of variation: standard deviation divided by mean."""

Shape = Annotated[float, Field(ge=0.05, le=10_000)]
"""A shape parameter, without a unit."""


ROUNDING = 1e-6
"""Weights add up to 1 within this."""


class FactorBlock(Block):
    """A part of the week in which a duration is longer or shorter."""

    factor: Factor
    """What the duration is multiplied by for contacts that arrive in this block."""


class Family(Part):
    """What every family of durations shares."""

    zero_share: Share = 0.0
    """Share of the draws that is exactly zero; the others follow the family."""

    cap: Duration | None = None
    """Longest duration: what is drawn above it becomes the cap."""

    by_arrival: tuple[FactorBlock, ...] = ()
    """Factors by the moment of arrival; blocks must not overlap, elsewhere the factor is 1."""

    def _one_of(self, *ways: tuple[str, ...]) -> None:
        """Require that exactly one way of giving the parameters is used, completely."""
        own = {name for way in ways for name in way}
        given = {name for name in own if getattr(self, name) is not None}
        if given not in [set(way) for way in ways]:
            raise ValueError("give " + ", or ".join(" and ".join(way) for way in ways))


class Exponential(Family):
    """Exponential: memoryless, cv 1."""

    family: Literal["exponential"]
    """The family's name."""
    mean: Duration
    """Mean duration."""


class Gamma(Family):
    """Gamma, by mean and cv or by shape and scale."""

    family: Literal["gamma"]
    """The family's name."""
    mean: Duration | None = None
    """Mean duration."""
    cv: Variation | None = None
    """Coefficient of variation; shape = 1 / cv squared."""
    shape: Shape | None = None
    """Shape."""
    scale: Duration | None = None
    """Scale; mean = shape × scale."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        self._one_of(("mean", "cv"), ("shape", "scale"))
        return self


class Erlang(Family):
    """Erlang: a sum of equal exponential stages."""

    family: Literal["erlang"]
    """The family's name."""
    stages: Annotated[int, Field(ge=1, le=1_000)]
    """Number of stages."""
    mean: Duration | None = None
    """Mean of the whole duration."""
    stage_mean: Duration | None = None
    """Mean of one stage."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        self._one_of(("mean",), ("stage_mean",))
        return self


class Lognormal(Family):
    """Lognormal, by mean and cv or by mu and sigma of the logarithm of the seconds."""

    family: Literal["lognormal"]
    """The family's name."""
    mean: Duration | None = None
    """Mean duration."""
    cv: Variation | None = None
    """Coefficient of variation."""
    mu: Annotated[float, Field(ge=-20, le=20)] | None = None
    """Mean of the natural logarithm of the duration in seconds."""
    sigma: Annotated[float, Field(gt=0, le=5)] | None = None
    """Standard deviation of the natural logarithm of the duration."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        self._one_of(("mean", "cv"), ("mu", "sigma"))
        return self


class Weibull(Family):
    """Weibull, by mean and shape or by shape and scale."""

    family: Literal["weibull"]
    """The family's name."""
    shape: Annotated[float, Field(ge=0.2, le=50)] | None = None
    """Shape: below 1 the hazard falls with time, above 1 it rises."""
    mean: Duration | None = None
    """Mean duration."""
    cv: Annotated[float, Field(ge=0.03, le=10)] | None = None
    """Coefficient of variation."""
    scale: Duration | None = None
    """Scale: 63 % of the draws are below it."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        self._one_of(("mean", "cv"), ("mean", "shape"), ("shape", "scale"))
        return self


class Hyperexponential(Family):
    """A mixture of exponentials, by mean and cv (balanced means) or by weights and means."""

    family: Literal["hyperexponential"]
    """The family's name."""
    mean: Duration | None = None
    """Mean duration."""
    cv: Annotated[float, Field(gt=1, le=20)] | None = None
    """Coefficient of variation, above 1; two phases with balanced means."""
    weights: Annotated[tuple[Share, ...], Field(min_length=1, max_length=10)] | None = None
    """Probability of each phase; they add up to 1."""
    means: Annotated[tuple[Duration, ...], Field(min_length=1, max_length=10)] | None = None
    """Mean of each phase."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        self._one_of(("mean", "cv"), ("weights", "means"))
        if self.weights is not None and self.means is not None:
            if len(self.weights) != len(self.means):
                raise ValueError("'weights' and 'means' must be equally long")
            if abs(sum(self.weights) - 1) > ROUNDING:
                raise ValueError(f"'weights' add up to {sum(self.weights):.6g}; they must give 1")
        return self


class Uniform(Family):
    """Uniform between two bounds."""

    family: Literal["uniform"]
    """The family's name."""
    low: Duration
    """Shortest duration."""
    high: Duration
    """Longest duration."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        if self.high < self.low:
            raise ValueError("'high' must not be below 'low'")
        return self


class Deterministic(Family):
    """Always the same duration."""

    family: Literal["deterministic"]
    """The family's name."""
    mean: Duration
    """The duration."""


class Empirical(Family):
    """Durations that were observed, each as likely as its weight."""

    family: Literal["empirical"]
    """The family's name."""
    observed: Annotated[tuple[Duration, ...], Field(min_length=1, max_length=100_000)]
    """Observed durations."""
    weights: tuple[Positive, ...] | None = None
    """Weight of each observation; all equal if not given."""

    @model_validator(mode="after")
    def _parameters(self) -> Self:
        if self.weights is not None and len(self.weights) != len(self.observed):
            raise ValueError("'weights' and 'observed' must be equally long")
        return self


Distribution = Annotated[
    Exponential
    | Gamma
    | Erlang
    | Lognormal
    | Weibull
    | Hyperexponential
    | Uniform
    | Deterministic
    | Empirical,
    Field(discriminator="family"),
]
"""A distribution of durations."""

"""What AWS asks: the price list beside this file."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from simulation.scenario.problems import ScenarioError
from simulation.scenario.yaml_text import read_yaml

LIST = Path(__file__).with_name("prices.yaml")
"""The list that ships."""

_DAY = r"^20\d\d-\d\d-\d\d$"
_When = Annotated[str, Field(pattern=r"^20\d\d(-\d\d-\d\d)?$", coerce_numbers_to_str=True)]


class PricesError(Exception):
    """A price list that cannot be used, with all that is wrong with it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Strict):
    """A figure with its source, or our own estimate with a range."""

    value: Annotated[float, Field(gt=0)]
    source: Annotated[str, Field(min_length=1)] | None = None
    date: _When | None = None
    """Of the page or list; None where it bears none."""
    low: Annotated[float, Field(gt=0)] | None = None
    high: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _known_or_estimated(self) -> Self:
        if self.source is not None:
            if (self.low, self.high) != (None, None):
                raise ValueError("a figure with a source has no low and high")
            return self
        if self.low is None or self.high is None:
            raise ValueError("give a source, or low and high for our own estimate")
        if not self.low <= self.value <= self.high:
            raise ValueError("low is at most the value, and high at least")
        return self

    @property
    def estimated(self) -> bool:
        """Whether it is our own estimate."""
        return self.source is None

    @property
    def least(self) -> float:
        """The lowest that it may be."""
        return self.value if self.low is None else self.low

    @property
    def most(self) -> float:
        """The highest that it may be."""
        return self.value if self.high is None else self.high


class Region(_Strict):
    """What things cost in a region, in dollars."""

    name: str
    lambda_gb_second: Figure
    lambda_request: Figure
    standard_transition: Figure
    express_request: Figure
    express_gb_second: Figure
    s3_put: Figure
    s3_get: Figure
    s3_gb_month: Figure
    dynamodb_write: Figure
    dynamodb_read: Figure
    http_api_request: Figure


class Prices(_Strict):
    """A price list."""

    date: Annotated[str, Field(pattern=_DAY)]
    euros_per_dollar: Figure
    regions: Annotated[dict[str, Region], Field(min_length=1)]

    def of(self, region: str) -> Region:
        """Give what things cost in a region.

        Raises
        ------
        PricesError
            When the list has no such region.
        """
        if region not in self.regions:
            known = ", ".join(self.regions)
            raise PricesError(f"there are no prices of {region}; choose from {known}")
        return self.regions[region]


def read_prices(text: str, name: str = LIST.name) -> Prices:
    """Read a price list.

    Raises
    ------
    PricesError
        With every problem, and where it is.
    """
    try:
        return Prices.model_validate(read_yaml(text, name).data)
    except ScenarioError as error:
        raise PricesError(str(error)) from error
    except ValidationError as error:
        told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise PricesError("\n".join(f"{name}: {each}" for each in told)) from error


@lru_cache(maxsize=1)
def prices() -> Prices:
    """Give the list that ships, read once."""
    return read_prices(LIST.read_text(encoding="utf-8"))

"""Settings from the environment, read once."""

import os
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

PREFIX = "KANAALKOMPAS_"


class WrongSetting(Exception):
    """A setting is missing or out of bounds."""


class Settings(BaseModel):
    """What can be set: each as ``KANAALKOMPAS_NAME``."""

    model_config = ConfigDict(frozen=True)

    store: Annotated[str | None, Field(min_length=1, description="Folder of runs")] = None
    bucket: Annotated[str | None, Field(min_length=3, description="Their files, on AWS")] = None
    table: Annotated[str | None, Field(min_length=3, description="Their records, on AWS")] = None
    machine: Annotated[str | None, Field(description="ARN of what makes answers")] = None
    simulate: Annotated[str | None, Field(description="Function that writes contact logs")] = None
    days: Annotated[int | None, Field(ge=1, description="For which runs are kept")] = None
    region: Annotated[str, Field(description="Region of the price list")] = "eu-west-1"
    active: Annotated[int, Field(ge=1, description="Runs of one caller under way at a time")] = 10
    day_cost: Annotated[float, Field(gt=0, description="Dollars that a caller may use a day")] = 10
    run_cost: Annotated[float, Field(gt=0, description="Dollars that a question may cost")] = 10
    contacts: Annotated[float, Field(gt=0, description="Simulated contacts of a question")] = 200e9
    period: Annotated[float, Field(gt=0, description="Contacts in one replication")] = 10e6
    memory: Annotated[int, Field(ge=128, le=10_240, description="Megabytes of a Lambda")] = 1_769

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        """See that it is known where runs are kept."""
        aws = self.bucket is not None and self.table is not None
        if aws == (self.store is not None):
            raise ValueError("give either a store, or a bucket and a table")
        return self


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Give the settings.

    Raises
    ------
    WrongSetting
        When one is missing or out of bounds.
    """
    found = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in os.environ.items()
        if name.startswith(PREFIX)
    }
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        told = [
            f"{PREFIX}{'_'.join(map(str, each['loc'])) or '*'}".upper() + f": {each['msg']}"
            for each in error.errors()
        ]
        raise WrongSetting("; ".join(told)) from None

"""What may stand in the fields of a result document: kinds of numbers, names and moments."""

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, Field

LARGEST = 1e30
"""No number is further from 0, so that no square or sum of them overflows."""

MOST_REPLICATIONS = 100_000


def _in_reach(number: float) -> float:
    if not -LARGEST <= number <= LARGEST:
        raise ValueError(f"is further from 0 than {LARGEST:g}")
    return number


def _all_in_reach(column: tuple[float | None, ...]) -> tuple[float | None, ...]:
    numbers = [number for number in column if number is not None]
    for furthest in (min(numbers, default=0), max(numbers, default=0)):
        _in_reach(furthest)
    return column


def _is_moment(text: str) -> str:
    dt.datetime.fromisoformat(text)
    return text


Number = Annotated[float, AfterValidator(_in_reach)]
"""A number of which sums and squares exist."""

Column = Annotated[tuple[int | float | None, ...], AfterValidator(_all_in_reach)]
"""A value for each replication."""

Moment = Annotated[
    str,
    Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?$"),
    AfterValidator(_is_moment),
]
"""A moment as ``2026-03-02T00:00:00``."""

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A calendar month as ``2026-03``."""

Letter = Annotated[str, Field(pattern=r"^(0\*?|[A-Z]{1,3})$")]
"""Badge of a scenario: 0 for the baseline, 0* when it is staffed just well enough."""

MeasurePath = Annotated[
    str, Field(pattern=r"^[a-z0-9_]+([./-][a-z0-9_]+)*$", min_length=1, max_length=300)
]
"""Path of a measure: names with dots between them."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal."""

Ordinal = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
"""Number of a replication, or a number of replications that is not 0."""

Tally = Annotated[int, Field(ge=0, le=MOST_REPLICATIONS)]
"""A number of replications."""

LineName = Annotated[str, Field(pattern=r"^(staff|contact|month|once)(\.[a-z0-9_]+){1,2}$")]
"""Name of a line of the bill."""

Group = Annotated[str, Field(pattern=r"^(staff\.[a-z0-9_]+|contact|month|once)$")]
"""Group of lines of the bill."""

Day = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A year, a month or a day."""

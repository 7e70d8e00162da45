"""What a run costs in AWS: what it uses, times what AWS asks for that.

A run is answered in rounds. Each round is one Distributed Map, of which every item is a child
workflow (Express) that calls one Lambda; plan begins the first round, and merge ends each. The
files stand in S3, the records in DynamoDB. ``docs/costs-in-aws.md`` has the formula.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from functions.logic.pace import LOG
from functions.logic.prices import Figure, Prices, prices

ONE_CORE: Final = 1_769
"""Megabytes of memory with which a Lambda has one whole core; with less it has a part of one."""


class Span(BaseModel):
    """A number, and between which numbers it may lie."""

    model_config = ConfigDict(frozen=True)

    low: float
    value: float
    high: float

    def times(self, factor: float) -> "Span":
        """Give a multiple."""
        return Span(low=self.low * factor, value=self.value * factor, high=self.high * factor)


class Costs(BaseModel):
    """What something costs in AWS.

    Attributes
    ----------
    dollars, euros : without VAT
    region : whose prices
    prices : date of the price list
    """

    model_config = ConfigDict(frozen=True)

    dollars: Span
    euros: Span
    region: str
    prices: str


@dataclass(frozen=True)
class Used:
    """What a run uses.

    Attributes
    ----------
    seconds : of one core, in items
    between : the same, in plan and merge
    items, rounds : see `functions.logic.rounds`
    """

    seconds: float
    between: float
    items: float
    rounds: float


@dataclass(frozen=True)
class Habits:
    """What we count on beside what is measured: our own estimates.

    Attributes
    ----------
    start : seconds of a start that are paid for with each call of a Lambda, on average
    core : seconds of Lambda for each second of the machine on which paces were measured
    calls : requests to the API while a run is under way, each of which calls a Lambda
    answered : seconds of such a call
    kilobytes : of the files of an item, kept for a month
    documents : files of an answer
    """

    start: float
    core: float
    calls: float
    answered: float
    kilobytes: float
    documents: float


HABITS: Final = {
    "low": Habits(0.05, 0.8, 5, 0.01, 20, 5),
    "value": Habits(0.3, 1.0, 30, 0.03, 60, 10),
    "high": Habits(0.7, 1.5, 200, 0.1, 300, 20),
}
"""A worker starts in 0.3 s when it was compiled beforehand and in 0.7 s when not, and a warm one
at once."""

_OF: Final[Mapping[str, Callable[[Figure], float]]] = {
    "low": lambda figure: figure.least,
    "value": lambda figure: figure.value,
    "high": lambda figure: figure.most,
}

_LOG_BYTES = 60
"""Of a contact in a packed log, later attempts included: of Amsterdam, measured."""

_STATES, _STATES_OF_ROUND = 3, 3
_EXPRESS_GB = 64 / 1024
_UNITS = 2
"""Of DynamoDB, to write a record: one for each kilobyte."""


def price(used: Mapping[str, Used], region: str, memory: int, own: Prices | None = None) -> Costs:
    """Price what a run uses.

    Parameters
    ----------
    used : ``low``, ``value`` and ``high``
    region : whose prices
    memory : of each Lambda, in megabytes
    own : price list; the one that ships if None

    Raises
    ------
    PricesError
        When the list has no such region.
    """
    own = own or prices()
    bills = {end: bill(used[end], end, region, memory, own) for end in HABITS}
    dollars = Span(**{end: math.fsum(lines.values()) for end, lines in bills.items()})
    rate = own.euros_per_dollar.value
    return Costs(dollars=dollars, euros=dollars.times(rate), region=region, prices=own.date)


def bill(used: Used, end: str, region: str, memory: int, own: Prices) -> dict[str, float]:
    """Give the lines of a bill, in dollars.

    Parameters
    ----------
    used, region, memory, own : see `price`
    end : ``low``, ``value`` or ``high``, of the prices and of what we count on
    """
    asked, habits, of = own.of(region), HABITS[end], _OF[end]
    slower = habits.core * max(1.0, ONE_CORE / memory)
    steps = used.rounds + 1
    started = used.items + steps
    busy = (used.seconds + used.between) * slower + started * habits.start
    busy += habits.calls * habits.answered * slower
    children = used.seconds * slower + used.items * (habits.start + 0.1)
    puts = 2 * used.items + 4 * steps + habits.documents
    gets = 2 * used.items + used.items * steps / 2 + steps + habits.calls
    writes = _UNITS * (used.items + steps + 3)
    reads = used.items + steps + 2 * habits.calls
    return {
        "lambda": busy * memory / 1024 * of(asked.lambda_gb_second)
        + (started + habits.calls) * of(asked.lambda_request),
        "step_functions": (_STATES + _STATES_OF_ROUND * used.rounds) * of(asked.standard_transition)
        + used.items * of(asked.express_request)
        + children * _EXPRESS_GB * of(asked.express_gb_second),
        "s3": puts * of(asked.s3_put)
        + gets * of(asked.s3_get)
        + used.items * habits.kilobytes / 1024**2 * of(asked.s3_gb_month),
        "dynamodb": writes * of(asked.dynamodb_write) + reads * of(asked.dynamodb_read),
        "http_api": habits.calls * of(asked.http_api_request),
    }


def log_price(contacts: float, region: str, memory: int) -> float:
    """Price a contact log with what it takes to keep it for a month, in dollars.

    Parameters
    ----------
    contacts : that are expected in the replication
    region, memory : see `price`
    """
    of = prices().of(region)
    seconds = LOG.seconds(contacts) * max(1.0, ONE_CORE / memory) + HABITS["value"].start
    return (
        seconds * memory / 1024 * of.lambda_gb_second.value
        + of.lambda_request.value
        + of.s3_put.value
        + contacts * _LOG_BYTES / 1024**3 * of.s3_gb_month.value
    )


def costs_of(answer: Mapping[str, Any], region: str, memory: int) -> Costs:
    """Give what an answer has cost so far.

    Parameters
    ----------
    answer : its record: ``milliseconds`` of its items, ``between`` of plan and merge, ``items``
        done, and its ``round``
    region, memory : see `price`
    """
    used = Used(
        seconds=answer.get("milliseconds", 0) / 1000,
        between=answer.get("between", 0) / 1000,
        items=answer.get("items", 0),
        rounds=answer.get("round", 0),
    )
    return price(dict.fromkeys(HABITS, used), region, memory)

"""What every municipality of the Netherlands would ask of AWS, and how long that takes there.

Nothing is simulated: the paces that ship (`functions.logic.pace`) are multiplied by the contacts
that a municipality would have, and priced as the product prices a question.
"""

import csv
import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from functions.logic.costs import HABITS, ONE_CORE, Span, Used, price
from functions.logic.estimate import ENDS
from functions.logic.pace import AT_ONCE, LAST, PACES, SPREAD, STEP
from simulation.contacts.expected import expected_contacts
from simulation.scenario.load import load

HOUSE: Final = Path(__file__).parents[1]

SCENARIOS, REPLICATIONS = 10, 100
TOWN: Final = 25_000
"""Inhabitants of the small town whose scenarios ship; it says so itself."""

REGION: Final = "eu-west-1"
MAP: Final = {"low": 1.0, "value": 3.0, "high": 10.0}
"""Seconds that Step Functions takes to begin and end a map: our own estimate."""

CHILD: Final = 0.1
"""Seconds that an Express execution takes beside its Lambda, as in `functions.logic.costs`."""

LOOKS: Final = 2.0
"""Seconds between two looks of `kanaalkompas cloud` at a run."""


@dataclass(frozen=True)
class Municipality:
    name: str
    inhabitants: int


@dataclass(frozen=True)
class Question:
    """What one municipality asks, at one end of its span.

    Attributes
    ----------
    items : of the only round
    item, step : seconds by the clock of one item, and of plan or merge
    used : see `functions.logic.costs`
    """

    items: int
    item: float
    step: float
    used: Used


@dataclass(frozen=True)
class Plan:
    """How the questions are asked.

    Attributes
    ----------
    title : for the table
    runs : at a time
    at_once : items at a time, of each run
    """

    title: str
    runs: int
    at_once: int


PLANS: Final = (
    Plan("a new account that may have 10 Lambdas", 1, 8),
    Plan("what the stack sets: one caller", 10, 50),
    Plan("nearly all that the usual quota of Lambda allows", 18, 50),
)
BUSIEST: Final = PLANS[-1]


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Give all municipalities, the largest first."""
    text = (HOUSE / "benchmarks" / "municipalities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    found = [Municipality(row["municipality"], int(row["inhabitants"])) for row in rows]
    return tuple(sorted(found, key=lambda each: (-each.inhabitants, each.name)))


@cache
def rates() -> Span:
    """Give the contacts of an inhabitant in a year: from the town that ships to Amsterdam."""
    amsterdam = next(each for each in municipalities() if each.name == "Amsterdam")
    low = _mean("small-town") / TOWN
    high = _mean("amsterdam") / amsterdam.inhabitants
    return Span(low=low, value=(low + high) / 2, high=high)


def _mean(folder: str) -> float:
    files = sorted((HOUSE / "scenarios" / folder).glob("*.yaml"))
    return math.fsum(expected_contacts(load(str(file)).scenario) for file in files) / len(files)


def contacts(own: Municipality, end: str) -> float:
    """Give the contacts of a year."""
    return own.inhabitants * float(getattr(rates(), end))


def question(own: Municipality, end: str) -> Question:
    """Lay out the question of a municipality, as `functions.logic.estimate` does."""
    habits, kind = HABITS[end], "replication"
    jobs = SCENARIOS * REPLICATIONS
    items = SCENARIOS * math.ceil(REPLICATIONS / AT_ONCE[kind])
    job = SPREAD[end] * PACES[kind].seconds(contacts(own, end))
    step = SPREAD[end] * (LAST + SCENARIOS * STEP.seconds(contacts(own, end)))
    return Question(
        items=items,
        item=AT_ONCE[kind] * job * habits.core + habits.start + CHILD,
        step=step * habits.core + habits.start,
        used=Used(seconds=jobs * job, between=2 * step, items=items, rounds=1),
    )


def costs(some: Sequence[Municipality]) -> Span:
    """Price the questions of some municipalities, in euros."""
    asked = [{end: question(each, end).used for end in ENDS} for each in some]
    bills = [price(each, REGION, ONE_CORE).euros for each in asked]
    return Span(**{end: math.fsum(getattr(each, end) for each in bills) for end in ENDS})


def lasts(plan: Plan, end: str) -> float:
    """Say how many seconds all questions take, the largest asked first."""
    free = [0.0] * plan.runs
    for each in municipalities():
        heapq.heappush(free, heapq.heappop(free) + alone(question(each, end), plan, end))
    return max(free)


def alone(asked: Question, plan: Plan, end: str) -> float:
    """Say how many seconds one question takes."""
    return 2 * asked.step + MAP[end] + math.ceil(asked.items / plan.at_once) * asked.item


def needs(end: str) -> dict[str, float]:
    """Say what the busiest plan asks of AWS; rates are by the second."""
    plan, every = BUSIEST, [question(each, end) for each in municipalities()]
    item = math.fsum(each.item for each in every) / len(every)
    items = plan.runs * plan.at_once / item
    return {
        "lambdas": plan.runs * plan.at_once,
        "runs": plan.runs,
        "at_once": plan.at_once,
        "run": plan.at_once / min(each.item for each in every),
        "transitions": 6 * plan.runs / min(alone(each, plan, end) for each in every),
        "items": items,
        "writes": 2 * items,
        "reads": 2 * items,
        "requests": plan.runs / LOOKS,
    }

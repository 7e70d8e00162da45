"""A made-up comparison at equal service: the example, with every scenario staffed just enough."""

import random
from typing import Any

from simulation.comparison.document import Result
from simulation.comparison.resolution import steps, widened
from simulation.comparison.verdict import reach_verdict
from tests.report import examples
from tests.report.example_data import DUMP, REPLICATIONS, STRATEGIES

ROSTERED = {
    "name": "today",
    "title": STRATEGIES[0]["title"],
    "staff": (310_000.0, 420_000.0, 8_000.0),
    "shares": (0.97, 0.79, 0.61),
    "wait": 6_400.0,
}
"""Today as rostered: many at the counter, too few elsewhere."""

SIZED: list[dict[str, Any]] = [
    {**STRATEGIES[0], "staff": (270_000.0, 455_000.0, 21_000.0), "shares": (0.93, 0.83, 0.93)},
    {**STRATEGIES[1], "staff": (270_000.0, 447_000.0, 24_000.0), "shares": (0.93, 0.83, 0.93)},
    {**STRATEGIES[2], "staff": (262_000.0, 402_000.0, 43_000.0), "shares": (0.93, 0.83, 0.93)},
    {**STRATEGIES[3], "staff": (262_000.0, 402_000.0, 43_000.0), "shares": (0.93, 0.83, 0.93)},
    {**STRATEGIES[4], "staff": (262_000.0, 440_000.0, 0.0), "shares": (0.93, 0.83, 0.93)},
    {**STRATEGIES[5], "staff": (270_000.0, 447_000.0, 24_000.0)},
]
TAKEN_FROM = {"C": "B", "E": "A"}
"""Whose sizes are those of another: C differs in rosters only, in E other people come."""

RATES = (61_500.0, 58_200.0, 62_100.0)
MOVES = {"substitution": {"social_media": {"to": "webcare"}}}
INFORMS = {"deflection": {"news": {"shares": {"question": 0.02}}}}


def units(strategy: dict[str, Any], rostered: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the teams of a strategy: the amounts for their staff as full-time equivalents."""
    found = [
        {"unit": team, "rostered": now / rate, "sized": many / rate, "step": 0.5}
        for team, now, many, rate in zip(
            examples.TEAMS, rostered["staff"], strategy["staff"], RATES, strict=True
        )
        if many
    ]
    return [*found, {"unit": "back_office", "rostered": 1.2, "sized": 1.2, "step": None}]


def dump(place: int) -> dict[str, Any]:
    """Give the scenario at a place: from A on they inform, from B to D people write as well."""
    shift = {**(INFORMS if place else {}), **(MOVES if place in {2, 3, 4} else {})}
    return {**DUMP, "shift": shift}


def document(sized: list[dict[str, Any]], rostered: dict[str, Any]) -> dict[str, Any]:
    """Give the document of the comparison as it would stand in a file."""
    made = examples.realistic(sized)
    base = examples.played(rostered, REPLICATIONS, random.Random(7))
    today = examples.scenario(0, rostered, base, REPLICATIONS)
    enough = examples.played(sized[0], REPLICATIONS, random.Random(7))
    staffing = [
        {
            "letter": letter,
            "sized_for": TAKEN_FROM.get(letter, letter),
            "together": examples.attainment(26, REPLICATIONS),
            "units": units(strategy, rostered),
        }
        for letter, strategy in zip(("0*", *"ABCDEFGH"), sized, strict=False)
    ]
    for place, scenario in enumerate(made["scenarios"]):
        scenario["scenario"] = dump(place)
        scenario["letter"] = staffing[place]["letter"]
    step = {
        path: examples.estimate([a - b for a, b in zip(values, base[path], strict=True)])
        for path, values in enough.items()
    }
    made["equal_service"] = {
        "share": 0.8,
        "search": 30,
        "fresh": REPLICATIONS,
        "today": {**today, "scenario": dump(0)},
        "step": step,
        "staffing": staffing,
    }
    return made


def result(
    sized: list[dict[str, Any]] | None = None, rostered: dict[str, Any] | None = None
) -> Result:
    """Give the comparison, checked, with the intervals and the verdict that `compare` gives it."""
    made = Result.model_validate(document(sized or SIZED, rostered or ROSTERED))
    equal = made.equal_service
    assert equal is not None
    of_each = [
        steps(scenario.lines, made.period.days, staffing)
        for scenario, staffing in zip(made.scenarios, equal.staffing, strict=True)
    ]
    scenarios = tuple(
        scenario.model_copy(
            update={"differences": widened(scenario.differences, of_each[0], of_each[place])}
        )
        for place, scenario in enumerate(made.scenarios)
    )
    by_letter = {scenario.letter: each for scenario, each in zip(scenarios, of_each, strict=True)}
    return made.model_copy(
        update={
            "scenarios": scenarios,
            "equal_service": equal.model_copy(update={"step": widened(equal.step, of_each[0])}),
            "verdict": reach_verdict(scenarios, by_letter),
        }
    )

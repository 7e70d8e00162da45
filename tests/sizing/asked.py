"""Small scenarios that are sized, and what trying everything says about the answer."""

from math import ceil
from typing import Any

from simulation.experiment.workers import Crew
from simulation.play.engines import Engine
from simulation.scenario.scenario import Scenario
from simulation.sizing.played import attains, attempt, trials
from simulation.sizing.size import Order, Workplace, bench_for, size
from simulation.sizing.today import fte_today
from simulation.verification.played import scenario_of

OPEN = [{"from": "09:00", "until": "13:00"}]


def morning(**changes: Any) -> dict[str, Any]:
    """Give a morning at the telephone with one team, some keys of the file changed."""
    return {
        "kanaalkompas": 1,
        "title": "A morning",
        "seed": 11,
        "horizon": {"start": "2026-03-02 09:00", "length": "4 hours"},
        "demand": {"phone": {"rates": [{"per_hour": 40}]}},
        "variation": {"day_cv": 0.3},
        "channels": {"phone": live()},
        "teams": {"desk": {"roster": [{"heads": 3}], "channels": {"phone": {}}}},
        "norms": {"calls": {"channel": "phone", "within": "30 seconds", "target": 0.8}},
        **changes,
    }


def live(**changes: Any) -> dict[str, Any]:
    """Give a live channel of four hours."""
    return {
        "kind": "live",
        "open": OPEN,
        "handling": {"family": "exponential", "mean": "4 minutes"},
        "patience": {"family": "exponential", "mean": "3 minutes"},
        **changes,
    }


def order(team: str | None, **changes: Any) -> Order:
    """Ask for a size on few replications."""
    return Order(**{"team": team, "search": 10, "fresh": 20, "step": 2.0, **changes})


def sized(
    data: dict[str, Any] | Scenario, asked: Order, engine: Engine = Engine.AUTO, keep: Any = None
) -> Any:
    """Size a scenario in this process; give the `Answer`."""
    scenario = data if isinstance(data, Scenario) else scenario_of(data)
    of = bench_for(scenario, asked, fte_today(scenario), engine)
    with Crew(attempt, 1) as crew:
        return size(scenario, asked, of, Workplace(crew, {}, keep or (lambda *_: None)))


def attained(answer: Any, levels: dict[str, int], numbers: range, norms: list[str]) -> int:
    """Count in how many replications norms are attained, by playing all of them."""
    own = trials(answer.bench)
    key = tuple(sorted(levels.items()))
    return sum(attains(own.outcome(key, number), norms) for number in numbers)


def needed(asked: Order, numbers: range) -> int:
    """Give in how many replications norms have to be attained."""
    return ceil(asked.share * len(numbers) - 1e-9)

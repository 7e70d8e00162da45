"""The cases, by name: each plays in this process and says how long that took."""

import json
import math
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.others import plain_simpy, with_ciw
from benchmarks.queues import (
    AGENTS,
    DAY_RATES,
    LOAD,
    PATIENCE,
    PER_HOUR,
    SERVICE,
    call_centre,
    impatient_queue,
)
from simulation import measures
from simulation.contacts import fast, quantiles, sample
from simulation.experiment import Task, run_all
from simulation.experiment.replication import Simulator
from simulation.experiment.workers import Crew
from simulation.measures import columns
from simulation.play.engines import Engine
from simulation.scenario.load import load
from simulation.scenario.scenario import Scenario
from simulation.scenario.values import DAY
from simulation.sizing.played import attempt
from simulation.sizing.size import Order, Workplace, bench_for, settled
from simulation.sizing.size import size as smallest
from simulation.sizing.today import fte_today
from simulation.sizing.trials import Levels
from simulation.verification.formulas import erlang_a

SCENARIOS = Path(__file__).parents[1] / "scenarios"

Found = dict[str, float]
"""contacts, attempts, seconds; and seconds of each stage where they were measured apart. Of sizes:
years and seconds."""


class Size:
    """How much is played: all of it, or enough to see that it works."""

    def __init__(self, *, quick: bool) -> None:
        self.hours = 100 if quick else 1_000
        self.days = 12 if quick else 120
        self.year = 7 if quick else 365
        self.simpy_days = 1 if quick else 14
        self.volume = 2 if quick else 10
        self.replications = 20 if quick else 10_000
        self.searched, self.confirmed = (10, 10) if quick else (30, 60)
        self.rounds = 1 if quick else 3


def others(play: Callable[[int, int], tuple[int, int]]) -> Callable[[Size], Found]:
    """Give a case that another engine plays."""

    def case(size: Size) -> Found:
        begin = time.perf_counter()
        callers, left = play(size.hours, 1)
        seconds = time.perf_counter() - begin
        _check_queue(callers, left, size.hours)
        return {"contacts": callers, "attempts": callers, "seconds": seconds}

    return case


def queue(engine: Engine) -> Callable[[Size], Found]:
    """Give M/M/11+M on an engine of ours."""

    def case(size: Size) -> Found:
        found, counts = _played(impatient_queue(size.hours), engine)
        _check_queue(found["contacts"], counts["channels.phone.abandoned"], size.hours)
        return found

    return case


def uncompiled(case: Callable[[Size], Found]) -> Callable[[Size], Found]:
    """Give a case as it is played where nothing was compiled."""

    def alone(size: Size) -> Found:
        for module in (fast, quantiles, sample):
            setattr(module, "LOOPS", None)  # noqa: B010 - they take what is there when imported
        setattr(measures, "tally", columns.tally)  # noqa: B010
        return case(size)

    return alone


def centre(size: Size) -> Found:
    """Play the days of SSJ's call centre."""
    found, _ = _played(call_centre(size.days), Engine.AUTO)
    # A day has a gamma factor with a coefficient of variation of 0.32.
    expected = sum(DAY_RATES) * size.days
    _within(found["contacts"], expected, expected * 0.33 / math.sqrt(size.days))
    return found


def shipped(name: str, engine: Engine = Engine.AUTO) -> Callable[[Size], Found]:
    """Give a shipped scenario over its whole horizon, or over some days for SimPy."""

    def case(size: Size) -> Found:
        days = size.simpy_days if engine is Engine.SIMPY else size.year
        return _played(_shipped(name, days), engine)[0]

    return case


def larger(size: Size) -> Found:
    """Play Amsterdam's year with many times the volume, and as many times the people."""
    scenario = _shipped("amsterdam/0-today", size.year)
    return _played(_times(scenario, size.volume), Engine.AUTO, rounds=1)[0]


def many(workers: int) -> Callable[[Size], Found]:
    """Give many replications of one day of a small municipality, with so many workers."""

    def case(size: Size) -> Found:
        scenario = _shipped("small-town/a-webcare", 1, start="2026-03-03")
        count = size.replications
        begin = time.perf_counter()
        run = run_all([Task(scenario, tuple(range(1, count + 1)))], workers)
        seconds = time.perf_counter() - begin
        finished = run.experiments[0].finished.values()
        if len(finished) != count:
            raise AssertionError(f"{len(finished)} replications of {count} were finished")
        return {
            "contacts": sum(each["demand.contacts"] for each in finished),
            "attempts": sum(each["demand.attempts"] for each in finished),
            "seconds": seconds,
        }

    return case


def sized(team: str | None) -> Callable[[Size], Found]:
    """Give the search for the size of one team of Amsterdam, or of all of them, on two workers."""

    def case(size: Size) -> Found:
        scenario = _shipped("amsterdam/0-today", size.year)
        order = Order(team, search=size.searched, fresh=size.confirmed)
        years: set[tuple[Levels, int]] = set()
        begin = time.perf_counter()
        of = bench_for(scenario, order, fte_today(scenario), Engine.AUTO)
        with Crew(attempt, 2) as crew:
            of, known = settled(scenario, order, of, crew)
            years.update(known)
            place = Workplace(crew, known, lambda levels, number, _: years.add((levels, number)))
            answer = smallest(scenario, order, of, place)
        seconds = time.perf_counter() - begin
        if not all(rung > 0 for _, rung in answer.levels):
            raise AssertionError(f"nobody is needed: {answer.levels}")
        return {"years": len(years), "seconds": seconds}

    return case


def _played(scenario: Scenario, engine: Engine, rounds: int = 3) -> tuple[Found, Found]:
    """Play replications from demand to euros; give the fastest, and its measures."""
    simulator = Simulator(scenario, engine)
    best: tuple[float, Found, Found] = (math.inf, {}, {})
    for number in range(1, rounds + 1):
        moments = [time.perf_counter()]
        simulator.sampler.contacts(number)
        moments.append(time.perf_counter())
        played = simulator.played(number)
        moments.append(time.perf_counter())
        counted = simulator.measured(played, number)
        moments.append(time.perf_counter())
        sampling = moments[1] - moments[0]
        seconds = moments[3] - moments[1]
        found = {
            "contacts": len(played.contacts),
            "attempts": len(played.record.attempts),
            "seconds": seconds,
            "sampling": sampling,
            "playing": moments[2] - moments[1] - sampling,
            "measuring": moments[3] - moments[2],
        }
        if counted["demand.attempts"] != found["attempts"]:
            raise AssertionError("the measures do not count every attempt")
        best = min(best, (seconds / found["attempts"], found, counted), key=lambda one: one[0])
    return best[1], best[2]


def _shipped(name: str, days: int, start: str | None = None) -> Scenario:
    scenario = load(SCENARIOS / f"{name}.yaml").scenario
    changes: dict[str, object] = {"length": days * DAY}
    if start is not None:
        changes["start"] = datetime.fromisoformat(start)
    horizon = scenario.horizon.model_copy(update=changes)
    return scenario.model_copy(update={"horizon": horizon})


def _times(scenario: Scenario, factor: int) -> Scenario:
    """Give a scenario with many times its volume and its people."""

    def grown(part: Any, *, grows: bool = False) -> Any:
        if isinstance(part, dict):
            return {
                key: grown(value, grows=grows or key in {"yearly", "heads"})
                for key, value in part.items()
            }
        if isinstance(part, list):
            return [grown(value, grows=grows) for value in part]
        return part * factor if grows and isinstance(part, int | float) else part

    plain = json.loads(scenario.model_dump_json(by_alias=True))
    return Scenario.model_validate_json(json.dumps(grown(plain)))


def _check_queue(callers: float, left: float, hours: int) -> None:
    """See that as many came and left as queueing theory says."""
    expected = PER_HOUR * hours
    _within(callers, expected, math.sqrt(expected))
    share = erlang_a(AGENTS, LOAD, PATIENCE / SERVICE).abandons
    # Who leaves together with whom is not independent: four times the binomial error.
    _within(left / callers, share, 4 * math.sqrt(share / callers))


def _within(found: float, expected: float, error: float) -> None:
    if abs(found - expected) > 5 * error:
        raise AssertionError(f"{found:,.4f} instead of {expected:,.4f}")


CASES: dict[str, tuple[str, Callable[[Size], Found]]] = {
    "plain": ("plain SimPy: M/M/11+M", others(plain_simpy)),
    "ciw": ("Ciw: M/M/11+M", others(with_ciw)),
    "definition": ("our engine on SimPy's clock: M/M/11+M", queue(Engine.SIMPY)),
    "queue": ("M/M/11+M", queue(Engine.AUTO)),
    "no compiler": (
        "M/M/11+M where nothing was compiled",
        uncompiled(queue(Engine.SIMPY)),
    ),
    "centre": ("SSJ's call centre, days of 13 hours", centre),
    "today": ("Amsterdam today, a year", shipped("amsterdam/0-today")),
    "webcare": ("Amsterdam B, webcare extra, a year", shipped("amsterdam/b-webcare-extra")),
    "blended": ("Amsterdam D, blended team, a year", shipped("amsterdam/d-blended")),
    "on SimPy": (
        "Amsterdam today on SimPy's clock, two weeks",
        shipped("amsterdam/0-today", Engine.SIMPY),
    ),
    "larger": ("Amsterdam today, ten times the volume", larger),
    "one worker": ("days of a small municipality, one worker", many(1)),
    "two workers": ("days of a small municipality, two workers", many(2)),
    "team": ("the size of Amsterdam's webcare team, two workers", sized("webcare")),
    "all teams": ("the sizes of all teams and sites of Amsterdam, two workers", sized(None)),
}
"""Title and function of each case."""

"""Sizes of a small office, found for real: one team with its week and a peak, and all teams."""

from functools import cache

from simulation.experiment.workers import Crew
from simulation.play.engines import Engine
from simulation.sizing.describe import describe
from simulation.sizing.document import SizeResult
from simulation.sizing.played import attempt
from simulation.sizing.size import Order, Workplace, bench_for, settled, size
from simulation.sizing.today import fte_today
from tests.report import planner_cases

SEARCH, FRESH = 10, 20


@cache
def result(team: str | None) -> SizeResult:
    """Size a team of the office, or all of its teams (None)."""
    scenario = planner_cases.scenario()
    order = Order(team, search=SEARCH, fresh=FRESH)
    of = bench_for(scenario, order, fte_today(scenario), Engine.AUTO)
    with Crew(attempt, 1) as crew:
        of, known = settled(scenario, order, of, crew)
        place = Workplace(crew, known, lambda *_: None)
        found = describe("office", scenario, order, size(scenario, order, of, place))
    if team is None:
        return found
    return found.model_copy(update={"week": planner_cases.week(), "peak": planner_cases.peak()})


def one() -> SizeResult:
    """Size the team of messages."""
    return result("webcare")


def everyone() -> SizeResult:
    """Size all teams."""
    return result(None)

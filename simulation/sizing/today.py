"""Today's roster in the terms of sizing: full-time equivalents, and heads in each slot."""

from collections.abc import Sequence

import numpy as np

from simulation.contacts.timetable import Timetable, stepped
from simulation.measures.overlap import step_hours
from simulation.play.plan import make_plan
from simulation.scenario.scenario import Scenario
from simulation.sizing.ladder import fte_of_an_hour
from simulation.sizing.places import Place


def fte_today(scenario: Scenario) -> dict[str, float]:
    """Give the full-time equivalents in the rosters of a scenario, by team and by ``team/site``."""
    horizon = scenario.horizon
    window = horizon.warm_up, horizon.length
    total: dict[str, float] = {}
    for team in make_plan(scenario).teams:
        begin, end, heads = np.array(team.roster, np.int64).reshape(-1, 3).T
        hours = step_hours(begin, end, heads, window)
        fte = hours * fte_of_an_hour(scenario, team.parent)
        for name in dict.fromkeys((team.parent, team.name)):
            total[name] = total.get(name, 0.0) + fte
    return total


def heads_today(scenario: Scenario, team: str, place: Place) -> Sequence[float]:
    """Give the people in today's roster in each slot, on average over its dates and its length."""
    own = scenario.teams[team]
    pattern = stepped(own.roster if place.site is None else own.sites[place.site])
    timetable = Timetable(scenario.horizon, scenario.calendar)
    heads = []
    for slot in place.grid.slots:
        dates = place.grid.dates[slot.season, slot.weekday]
        worked = 0.0
        for date in dates:
            if own.holidays == "off" and timetable.closed(date):
                continue
            for begin, end, number in pattern(date):
                inside = min(end, slot.end) - max(begin, slot.begin)
                worked += max(0, inside) * max(number, own.minimum_crew)
        heads.append(worked / (slot.end - slot.begin) / len(dates))
    return heads

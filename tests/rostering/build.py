"""Small teams to make rosters for."""

import datetime as dt
import json

import numpy as np

from simulation.rostering import plan_roster
from simulation.rostering.need import Spot
from simulation.scenario import loads
from simulation.scenario.values import HOUR
from simulation.sizing.slots import Grid, Season, Slot

MONDAY = dt.date(2026, 3, 2)

DESK = {"channels": {"phone": {}}, "pay_scale": "s"}
SCENARIO = {
    "kanaalkompas": 1,
    "title": "small",
    "horizon": {"start": "2026-03-02", "length": "7 days"},
    "demand": {"phone": {"rates": [{"per_hour": 5}]}},
    "channels": {
        "phone": {
            "kind": "live",
            "open": [{"from": "08:00", "until": "18:00"}],
            "handling": {"family": "exponential", "mean": "5 minutes"},
        }
    },
    "costs": {"price_level": 2026, "pay_scales": {"s": {"monthly_salary": 3_000}}},
}


def scenario(shifts=None, weeks=1, **team):
    """Give a scenario with one team, with these rules for shifts."""
    own = {**DESK, **team}
    if shifts is not None:
        own["shifts"] = shifts
    horizon = {"start": "2026-03-02", "length": f"{7 * weeks} days"}
    return loads(json.dumps({**SCENARIO, "horizon": horizon, "teams": {"desk": own}})).scenario


def place(*seasons, opens=8, site=None):
    """Give a place and what it needs: per season, of one week each, heads per hour by weekday."""
    slots, heads, ranges = [], [], []
    dates: dict[tuple[int, int], tuple[dt.date, ...]] = {}
    for number, season in enumerate(seasons):
        first = MONDAY + dt.timedelta(days=7 * number)
        ranges.append(Season(first, first + dt.timedelta(days=6)))
        for weekday, day in season.items():
            dates[number, weekday] = (first + dt.timedelta(days=weekday),)
            for hour, need in enumerate(day, start=opens):
                slots.append(Slot(number, weekday, hour * HOUR, (hour + 1) * HOUR))
                heads.append(need)
    grid = Grid(tuple(ranges), tuple(slots), (1.0,) * len(slots), dates)
    return Spot(site, grid), np.array(heads, np.int64)


def roster(rules, *seasons, opens=8, gap=0.0, **team):
    """Make the roster of one place."""
    where, heads = place(*seasons, opens=opens)
    whole = scenario(rules, weeks=len(seasons), **team)
    return plan_roster(whole, "desk", [where], [heads], gap=gap)

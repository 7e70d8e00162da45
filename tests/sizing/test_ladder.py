"""Ladders: rosters in order of size, which contain each other."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulation.contacts.timetable import Timetable
from simulation.experiment.replication import Simulator
from simulation.scenario.load import load, loads
from simulation.scenario.scenario import by_name
from simulation.scenario.values import HOUR
from simulation.sizing.ladder import make_ladder
from simulation.sizing.observed import looks
from simulation.sizing.parts import only, parts
from simulation.sizing.staffed import staffed
from simulation.sizing.today import fte_today
from simulation.verification.played import scenario_of
from tests.sizing.asked import morning

TOWN = Path("scenarios/small-town/0-today.yaml")
CITY = Path("scenarios/amsterdam/0-today.yaml")


@pytest.mark.parametrize(("file", "team"), [(TOWN, "phone"), (CITY, "counter"), (CITY, "webcare")])
def test_each_rung_contains_the_one_before_and_no_more_fte_than_it_may(file, team):
    ladder = make_ladder(by_name(load(file).scenario), team)
    before = [np.zeros(len(place.grid.slots), np.int64) for place in ladder.places]
    for rung in range(ladder.lowest, min(ladder.lowest + 60, ladder.highest), 7):
        heads = ladder.heads(rung)
        assert all((now >= then).all() for now, then in zip(heads, before, strict=True))
        assert rung * ladder.step - 1 < ladder.fte(rung) <= rung * ladder.step + 1e-9
        before = heads


@pytest.mark.parametrize("team", ["phone", "counter", "webcare"])
def test_a_rung_costs_the_fte_that_it_says(team):
    scenario = by_name(load(CITY).scenario)
    ladder = make_ladder(scenario, team)
    rung = ladder.lowest + 20
    measured = fte_today(staffed(scenario, {team: ladder}, {team: rung}))[team]
    assert measured == pytest.approx(ladder.fte(rung), rel=1e-9)


def test_a_team_on_the_phone_is_there_whenever_it_rings():
    ladder = make_ladder(by_name(load(TOWN).scenario), "phone")
    assert all((heads >= 1).all() for heads in ladder.heads(ladder.lowest))


@pytest.mark.parametrize("start", ["2026-03-02", "2026-03-02 09:30", "2026-03-28 23:59"])
@pytest.mark.parametrize("length", ["30 minutes", "23 hours", "36.5 hours", "8.99 days"])
@pytest.mark.parametrize("kind", ["live", "deferred"])
def test_a_horizon_need_not_be_of_whole_days_where_it_is_always_open(start, length, kind):
    work = {
        "kind": kind,
        "open": "always",
        "handling": {"family": "exponential", "mean": "1 hours"},
    }
    data = morning(
        horizon={"start": start, "length": length},
        demand={"phone": {"rates": [{"per_hour": 2}]}},
        channels={"phone": work},
        norms={},
    )
    scenario = by_name(scenario_of(data))
    ladder = make_ladder(scenario, "desk", 0.1)
    (place,) = ladder.places
    hours = scenario.horizon.length / HOUR
    assert sum(place.grid.hours) == pytest.approx(hours)
    assert place.load @ np.array(place.grid.hours) == pytest.approx(2 * hours)
    looks(place, Timetable(scenario.horizon, scenario.calendar))


def test_the_sites_of_a_team_make_up_the_team():
    scenario = by_name(load(CITY).scenario)
    whole = make_ladder(scenario, "counter")
    sites = [place.site for place in whole.places]
    assert sum(whole.fte_of(85, site) for site in sites) == pytest.approx(whole.fte(85))
    alone = make_ladder(scenario, "counter/noord")
    assert [place.site for place in alone.places] == ["noord"]


APART = """
kanaalkompas: 1
title: two counters
horizon: {start: 2026-03-02, length: 2 days}
demand: {one: {yearly: 30000}, other: {yearly: 20000}, third: {yearly: 9000}}
channels:
  one: {kind: live, handling: {family: exponential, mean: 5 minutes},
        after_abandoned: {delay: {family: exponential, mean: 1 hour}, to: {third: 1.0}},
        patience: {family: exponential, mean: 4 minutes}}
  other: {kind: live, handling: {family: exponential, mean: 4 minutes}}
  third: {kind: deferred, handling: {family: exponential, mean: 3 minutes}}
teams:
  a: {roster: [{heads: 2}], channels: {one: {}}}
  b: {roster: [{heads: 1}], channels: {other: {}}}
  c: {roster: [{heads: 1}], channels: {third: {}}}
norms:
  on_one: {channel: one, within: 1 minutes, target: 0.8}
  on_other: {channel: other, within: 1 minutes, target: 0.8}
"""


def test_parts_are_channels_that_nothing_connects():
    found = parts(by_name(loads(APART).scenario))
    assert [sorted(part.channels) for part in found] == [["one", "third"], ["other"]]
    assert [sorted(part.teams) for part in found] == [["a", "c"], ["b"]]
    assert [part.norms for part in found] == [("on_one",), ("on_other",)]


def test_a_part_played_alone_is_as_it_is_among_the_others():
    simulator = Simulator(loads(APART).scenario)
    contacts = simulator.sampler.contacts(1)
    whole = simulator.measured(simulator.played(1), 1)
    for part in parts(simulator.scenario):
        own = only(contacts, simulator.scenario, part)
        played = replace(simulator.played(1), contacts=own, record=simulator.record(own, 1))
        measures = simulator.measured(played, 1)
        for name in (*(f"channels.{each}." for each in part.channels), *part.norms):
            for path, value in whole.items():
                if path.startswith((name, f"norms.{name}.")):
                    assert measures[path] == value, path

"""Iterative staffing: people are counted as they are there, and heads follow them."""

import numpy as np
import pytest

from simulation.contacts.timetable import Timetable
from simulation.experiment.replication import Simulator
from simulation.experiment.workers import Crew
from simulation.scenario.load import loads
from simulation.scenario.scenario import by_name
from simulation.scenario.values import HOUR
from simulation.sizing.iterative import settle
from simulation.sizing.ladder import make_ladder
from simulation.sizing.observed import looks, seen, shape
from simulation.sizing.played import attempt, bench, trials

LATER = """
kanaalkompas: 1
title: who calls in the morning calls again in the afternoon
horizon: {start: 2026-03-02, length: 28 days}
demand:
  phone:
    yearly: 60000
    hours: [{days: mon-fri, from: "08:00", weight: [3, 3, 2, 1, 1, 1, 1, 1]}]
channels:
  phone:
    kind: live
    open: [{days: mon-fri, from: "08:00", until: "16:00"}]
    handling: {family: exponential, mean: 5 minutes}
    resolution: 0.4
    after_unresolved: {probability: 1.0, delay: {family: uniform, low: 4 hours, high: 5 hours}}
teams:
  desk:
    roster: [{days: mon-fri, from: "08:00", until: "16:00", heads: 6}]
    channels: {phone: {}}
norms: {calls: {channel: phone, within: 60 seconds, target: 0.8}}
"""


@pytest.fixture(scope="module")
def scenario():
    return by_name(loads(LATER).scenario)


def test_people_are_counted_as_one_would_count_them_by_hand(scenario):
    simulator = Simulator(scenario)
    ladder = make_ladder(scenario, "desk")
    record = simulator.played(1).record
    timetable = Timetable(scenario.horizon, scenario.calendar)
    (own,) = seen(simulator.plan, ladder, record, timetable)
    moments, slots = looks(ladder.places[0], timetable)
    rows = record.attempts[record.attempts["outcome"] != 5]
    for slot in (0, 5, 17):
        there = [
            int(((rows["since"] <= moment) & (rows["ended"] > moment)).sum())
            for moment in moments[slots == slot]
        ]
        assert own.looks[slot] == len(there)
        assert own.people[slot] == sum(there)
        assert own.squares[slot] == sum(count * count for count in there)


def test_what_was_seen_in_two_periods_adds_up(scenario):
    simulator, timetable = Simulator(scenario), Timetable(scenario.horizon, scenario.calendar)
    ladder = make_ladder(scenario, "desk")
    one, two = (
        seen(simulator.plan, ladder, simulator.played(number).record, timetable)[0]
        for number in (1, 2)
    )
    both = one + two
    assert (both.people == one.people + two.people).all()
    ((means, spreads),) = shape(ladder, [both])
    assert np.allclose(means, both.people / both.looks)
    assert min(spreads) > 0


def test_heads_follow_those_who_come_back_and_fewer_people_suffice(scenario):
    before = bench(scenario, {"desk": 0.25})
    with Crew(attempt, 1) as crew:
        after, known = settle(before, crew, {"desk": ("calls",)}, (("desk", 30),))
    assert after.shapes
    assert known
    rung = trials(after).ladders["desk"].lowest + 40
    (old,), (new,) = (trials(each).ladders["desk"].heads(rung) for each in (before, after))
    afternoon = [
        slot.begin >= 13 * HOUR for slot in trials(after).ladders["desk"].places[0].grid.slots
    ]
    assert new[afternoon].sum() > old[afternoon].sum()
    assert new.sum() == pytest.approx(old.sum(), abs=1)

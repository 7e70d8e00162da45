"""The outlook: expected work against the roster, checked by hand."""

import datetime as dt

import pytest

from simulation.experiment.outlook import outlook
from simulation.scenario.load import loads

BASE = """\
kanaalkompas: 1
title: x
horizon: {{start: 2026-03-02, length: 1 week}}
reasons: {{question: {{}}}}
demand: {demand}
channels:
  phone:
    kind: live
    open: [{{from: "09:00", until: "12:00"}}]
    handling: {{family: deterministic, mean: 3 minutes}}
    wrap_up: {{family: deterministic, mean: 1 minutes}}
  mail:
    kind: deferred
    open: [{{from: "09:00", until: "12:00"}}]
    handling: {{family: exponential, mean: 6 minutes}}
teams: {teams}
"""
NINE_TO_TWELVE = '{roster: [{from: "09:00", until: "12:00", heads: %d}], channels: {%s}}'


def scenario(demand, teams):
    return loads(BASE.format(demand=demand, teams=teams)).scenario


def team(heads, channels):
    return NINE_TO_TWELVE % (heads, channels)


PHONE = '{phone: {rates: [{from: "10:00", until: "11:00", per_hour: 60}]}}'


def test_load_is_rate_times_handling_with_wrap_up():
    found = outlook(scenario(PHONE, f"{{one: {team(3, 'phone: {}')}, two: {team(1, 'mail: {}')}}}"))
    assert len(found) == 1
    assert found[0].load == pytest.approx(4.0)
    assert (found[0].heads, found[0].teams, found[0].channels) == (3, ("one",), ("phone",))
    assert found[0].start == dt.datetime(2026, 3, 2, 10)
    assert (found[0].count, found[0].of) == (7, 7)


def test_as_many_heads_as_load_is_enough():
    assert outlook(scenario(PHONE, f"{{one: {team(4, 'phone: {}, mail: {}')}}}")) == ()


def test_teams_that_share_a_channel_are_added_up():
    teams = f"{{one: {team(2, 'phone: {}')}, two: {team(2, 'phone: {}, mail: {}')}}}"
    assert outlook(scenario(PHONE, teams)) == ()


def test_a_factor_of_the_team_lengthens_the_work():
    teams = f"{{one: {team(4, 'phone: {handling_factor: 1.5}, mail: {}')}}}"
    assert outlook(scenario(PHONE, teams))[0].load == pytest.approx(6.0)


@pytest.mark.parametrize(("heads", "enough"), [(16, True), (15, False)])
def test_messages_are_compared_by_the_week(heads, enough):
    """20 messages of 6 minutes in each of 168 hours are 336 hours; 16 heads × 21 hours too."""
    teams = f"{{one: {team(heads, 'mail: {}, phone: {}')}}}"
    found = outlook(scenario("{mail: {rates: [{per_hour: 20}]}}", teams))
    assert (found == ()) == enough
    for week in found:
        assert (week.period, week.heads) == ("week", 21 * heads)
        assert week.load == pytest.approx(336)


def test_callers_who_find_it_closed_are_no_load():
    demand = "{phone: {rates: [{per_hour: 60}]}}"
    found = outlook(scenario(demand, f"{{one: {team(4, 'phone: {}, mail: {}')}}}"))
    assert found == ()

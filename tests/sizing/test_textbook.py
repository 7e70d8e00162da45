"""Queues whose size a formula gives: the same number of people, found by trying."""

import pytest

from simulation.scenario.scenario import by_name
from simulation.sizing.ladder import fte_of_an_hour
from simulation.sizing.played import trials
from simulation.verification.formulas import erlang_a, erlang_c, erlang_c_exceeds
from simulation.verification.played import scenario_of
from tests.sizing.asked import order, sized

MINUTES = 3
SERVICE = 60 * MINUTES


def queue(per_hour, seconds, target, patience=None):
    """Write a queue that is always open; two weeks are counted."""
    channel = {"kind": "live", "handling": {"family": "exponential", "mean": f"{MINUTES} minutes"}}
    if patience is not None:
        channel["patience"] = {"family": "exponential", "mean": f"{patience} minutes"}
    return {
        "kanaalkompas": 1,
        "title": "A textbook queue",
        "horizon": {"start": "2026-01-04", "length": "15 days", "warm_up": "1 day"},
        "demand": {"calls": {"rates": [{"per_hour": per_hour}]}},
        "channels": {"calls": channel},
        "teams": {"agents": {"roster": [{"heads": 1}], "channels": {"calls": {}}}},
        "norms": {"on_time": {"channel": "calls", "within": f"{seconds} s", "target": target}},
    }


def people(data):
    """Size a queue by whole people who are always there; give the heads in each slot."""
    per_hour = fte_of_an_hour(by_name(scenario_of(data)), "agents")
    hours = 14 * 24
    asked = order("agents", step=per_hour * hours, fresh=15)
    answer = sized(data, asked)
    (heads,) = trials(answer.bench).ladders["agents"].heads(answer.size.rung)
    assert len(heads) == 7 * 24
    return answer, set(heads.tolist())


def smallest(on_time, load, target):
    """Give the smallest number of people of which a formula says that they suffice."""
    return next(c for c in range(int(load) + 1, 100) if on_time(c, load) >= target)


def between(on_time, load, people):
    """Give a target well between what so many people attain and what one fewer does."""
    return round((on_time(people, load) + on_time(people - 1, load)) / 2, 4)


@pytest.mark.parametrize(("load", "people_needed"), [(0.6, 2), (2.5, 4), (6.0, 8)])
def test_people_in_m_m_c_are_those_of_erlang_c(load, people_needed):
    def on_time(c, load):
        return 1.0 - erlang_c_exceeds(c, load, 20 / SERVICE) if c > load else 0.0

    target = between(on_time, load, people_needed)
    answer, heads = people(queue(load * 60 / MINUTES, 20, target))
    assert heads == {smallest(on_time, load, target)} == {people_needed}
    assert answer.size.low == answer.size.high == answer.size.rung


@pytest.mark.parametrize(("load", "people_needed"), [(2.5, 4), (6.0, 6)])
def test_people_in_m_m_c_with_patience_are_those_of_erlang_a(load, people_needed):
    def at_once(c, load):
        return 1.0 - erlang_a(c, load, patience=1.0).waits

    target = between(at_once, load, people_needed)
    assert people_needed == min(c for c in range(1, 20) if at_once(c, load) >= target)
    answer, heads = people(queue(load * 60 / MINUTES, 0, target, patience=MINUTES))
    assert heads == {people_needed}
    assert answer.size.shares[answer.size.rung].attained == 15
    assert answer.size.shares[answer.size.rung - 1].attained == 0


def test_people_who_find_everyone_at_once_are_those_of_erlang_c():
    def at_once(c, load):
        return 1.0 - erlang_c(c, load) if c > load else 0.0

    target = between(at_once, 4.0, 7)
    _, heads = people(queue(80, 0, target))
    assert heads == {smallest(at_once, 4.0, target)} == {7}

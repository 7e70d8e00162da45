"""A moved assumption moves what it says, and shares still add up to 1."""

import doctest

import pytest

from simulation.finance import moved as module
from simulation.finance.moved import moved, value_at
from simulation.scenario.load import load
from tests.finance.points import today

AMSTERDAM = "scenarios/amsterdam/b-webcare-extra.yaml"


def test_the_examples_hold():
    failed, attempted = doctest.testmod(module)
    assert attempted
    assert not failed


def test_a_duration_moves_in_seconds():
    own = moved(today(), {"channels.phone.handling.mean": 90.0})
    assert value_at(own, "channels.phone.handling.mean") == "90 seconds"


def test_other_shares_make_room():
    own = moved(today(), {"demand.phone.reasons.question": 0.9})
    assert own.demand["phone"].reasons == pytest.approx({"question": 0.9, "other": 0.1})


def test_shares_that_are_all_moved_add_up_to_1():
    values = {"demand.phone.reasons.question": 0.9, "demand.phone.reasons.other": 0.6}
    own = moved(today(), values)
    assert own.demand["phone"].reasons == pytest.approx({"question": 0.6, "other": 0.4})


def test_what_it_does_not_have_is_left_out():
    assert moved(today(), {"channels.chat.resolution": 0.5}) == today()


def test_a_key_at_the_top_moves_too():
    assert moved(today(), {"seed": 9.0}).seed == 9


def test_only_places_from_0_are_in_a_list():
    path = "teams.desk.roster.{}.heads"
    assert value_at(today(), path.format(0)) == 14
    assert [value_at(today(), path.format(place)) for place in (-1, 1, "")] == [None] * 3


def test_what_it_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="less than or equal to 1"):
        moved(today(), {"channels.phone.resolution": 1.5})


def test_every_assumption_of_amsterdam_can_be_at_both_ends():
    loaded = load(AMSTERDAM)
    ranges = [each for each in loaded.assumptions if each.assumption.low is not None]
    assert len(ranges) > 100
    for each in ranges:
        for end in (each.assumption.low, each.assumption.high):
            value = module.amount(end)
            assert value is not None
            own = moved(loaded.scenario, {each.path: value})
            assert module.amount(value_at(own, each.path)) == pytest.approx(value)

"""Another year has its own calendar, and the same rosters by date."""

import pytest

from simulation.finance.years import adopted, in_year, is_calendar_year
from simulation.scenario.load import load

FILE = "scenarios/amsterdam/b-webcare-extra.yaml"


@pytest.fixture(scope="module")
def webcare():
    return load(FILE).scenario


def test_the_same_year_is_the_same_scenario(webcare):
    assert in_year(webcare, 2026) == webcare


@pytest.mark.parametrize("year", [2027, 2028, 2032])
def test_another_year_is_whole(webcare, year):
    moved = in_year(webcare, year)
    assert is_calendar_year(moved.horizon)
    assert moved.horizon.start.year == year


def test_dates_of_rosters_and_events_keep_their_day(webcare):
    moved = in_year(webcare, 2029)
    dates = [block.last_date for block in webcare.teams["phone"].roster if block.last_date]
    later = [block.last_date for block in moved.teams["phone"].roster if block.last_date]
    assert later == [date.replace(year=2029) for date in dates]
    assert [each.start for each in moved.events.values()] == [
        each.start.replace(year=2029) for each in webcare.events.values()
    ]


def test_adoption_slows_every_effect_of_the_strategy_and_nothing_else(webcare):
    half = adopted(webcare, 0.5)
    for kind in ("deflection", "substitution", "induced"):
        for part in getattr(half.shift, kind).values():
            assert (part.adoption.initial, part.adoption.final) == (0.5, 0.5)
    undone = half.model_copy(update={"shift": webcare.shift})
    assert undone == webcare


def test_adoption_comes_on_top_of_a_ramp(webcare):
    half = adopted(adopted(webcare, 0.5), 0.5)
    ramp = half.shift.substitution["social_media"].adoption
    assert ramp is not None
    assert ramp.final == 0.25

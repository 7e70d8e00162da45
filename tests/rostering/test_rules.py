"""Every roster keeps the rules: cover, rest, days, breaks, contracts, crews."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.rostering import NoRoster
from simulation.scenario.values import DAY, HOUR, WEEK
from tests.rostering.build import roster

needs_of_a_day = st.lists(st.integers(0, 4), min_size=9, max_size=9)
seasons = st.lists(
    st.dictionaries(st.integers(0, 6), needs_of_a_day, min_size=1, max_size=6),
    min_size=1,
    max_size=2,
)


@st.composite
def asked(draw):
    """Draw rules for shifts and what has to be covered."""
    lengths = draw(st.lists(st.sampled_from([3, 4, 6, 7.5, 8]), min_size=1, max_size=3))
    rules = {
        "lengths": [f"{hours} hours" for hours in lengths if hours <= 8],
        "start_every": draw(st.sampled_from(["30 minutes", "1 hour"])),
        "contracts": draw(st.lists(st.sampled_from([16, 24, 32, 36]), min_size=1, max_size=3)),
        "max_days": draw(st.integers(2, 6)),
    }
    return rules, draw(seasons), draw(st.integers(0, 3))


@settings(deadline=None, max_examples=40)
@given(asked())
def test_a_roster_covers_what_is_needed_by_the_rules(drawn):
    rules, weeks, crew = drawn
    try:
        found = roster(rules, *weeks, gap=0.01, shrinkage=0.25, minimum_crew=crew)
    except NoRoster as refused:
        assert refused.problems
        return
    site = found.sites[0]
    for cover in site.cover:
        assert cover.rostered >= cover.needed
        assert cover.rostered == 0 or cover.rostered >= crew
    needed = {
        (season.week, day, 8 + hour): max(need, crew)
        for season, week in zip(site.seasons, weeks, strict=True)
        for day, needs in week.items()
        for hour, need in enumerate(needs)
        if need
    }
    for (week, day, hour), heads in needed.items():
        own = [t.shift for p in found.people for t in p.turns if (t.week, t.weekday) == (week, day)]
        for begin in range(hour * HOUR, (hour + 1) * HOUR, HOUR // 2):
            present = sum(shift.covers(begin, begin + HOUR // 2) for shift in own)
            assert present >= heads
    for person in found.people:
        keeps_the_rules(person, rules, len(weeks))
    for hours in site.hours:
        total = hours.shifts + hours.shrinkage + hours.unused
        assert hours.contracts == pytest.approx(total)
        assert hours.unused > -1e-9
    assert found.gap <= 0.01 + 1e-9


def keeps_the_rules(person, rules, weeks):
    """Hold one person to the rules."""
    for number in range(weeks):
        own = sorted((t for t in person.turns if t.week == number), key=lambda t: t.weekday)
        assert len({turn.weekday for turn in own}) == len(own) <= rules["max_days"]
        assert sum(turn.hours for turn in own) <= person.contract * 0.75 + 1e-9
        times = [(turn.weekday * DAY + turn.begin, turn.weekday * DAY + turn.end) for turn in own]
        times += [(begin + WEEK, end + WEEK) for begin, end in times[:1]]
        gaps = [later[0] - earlier[1] for earlier, later in pairwise(times)]
        assert all(gap >= 11 * HOUR for gap in gaps)
        if times:
            assert max(gaps) >= 36 * HOUR
        for turn in own:
            assert f"{turn.hours:g} hours" in rules["lengths"]
            pause = turn.shift
            assert (turn.break_begin is None) == (turn.hours <= 5.5)
            assert pause.pause - pause.begin <= 5.5 * HOUR
            assert pause.end - pause.resume <= 5.5 * HOUR


def test_long_days_leave_eleven_hours_between_shifts_and_thirty_six_a_week():
    week = {day: [1] * 16 for day in range(7)}
    found = roster({"lengths": ["4 hours", "8 hours"], "max_days": 6}, week, opens=6)
    for person in found.people:
        keeps_the_rules(
            person.model_copy(update={"contract": person.contract / 0.75}),
            {"lengths": ["4 hours", "8 hours"], "max_days": 6},
            1,
        )


def test_the_same_question_gives_the_same_bytes():
    week = {day: [1, 2, 3, 3, 2, 3, 2, 2, 1] for day in range(5)}
    one, two = (roster(None, week, gap=0.01, shrinkage=0.27) for _ in range(2))
    assert one.model_dump_json() == two.model_dump_json()
    assert json.loads(one.model_dump_json())["sites"][0]["people"][0]["name"] == "desk 1"


def test_seasons_with_the_same_needs_have_the_same_week():
    busy, quiet = {0: [2] * 8}, {0: [1] * 8}
    found = roster(None, busy, quiet, busy)
    assert [season.week for season in found.sites[0].seasons] == [0, 1, 0]


def test_an_hour_that_no_shift_reaches_is_named_with_what_binds():
    with pytest.raises(NoRoster) as refused:
        roster({"lengths": ["4 hours", "6 hours"]}, {0: [1] * 9, 1: [2, 2]}, opens=9)
    assert refused.value.problems == (
        "desk: tue 09:00-11:00: 2 heads are needed, but no shift of 4, 6 hours fits in the"
        " opening hours 09:00-11:00; allow a shift of at most 2 hours in 'lengths', or need nobody"
        " then",
    )


def test_an_hour_in_which_everyone_has_a_break_is_named():
    rules = {"lengths": ["6 hours"], "break_length": "2 hours", "break_after": "3 hours"}
    with pytest.raises(NoRoster) as refused:
        roster(rules, {0: [1] * 8})
    assert refused.value.problems == (
        "desk: mon 11:00-13:00: 1 head is needed, but every shift of 6 hours that 'start_every'"
        " (30 minutes) allows has its break then or does not reach it; let shifts start more"
        " often, or add a length",
    )


def test_default_rules_that_no_contract_can_hold_are_refused_by_place():
    with pytest.raises(NoRoster) as refused:
        roster(None, {0: [1] * 8}, shrinkage=0.8)
    assert refused.value.problems[0] == (
        "teams.desk.shifts.contracts.5: 16 leaves 3.2 hours a week for shifts, less than the"
        " shortest shift (4 hours); give more hours, or allow a shorter shift"
    )

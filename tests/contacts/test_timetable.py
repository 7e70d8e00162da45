"""The calendar as a line of microseconds."""

import datetime as dt

import pytest

from simulation.contacts.timetable import Timetable, add_up
from simulation.scenario.blocks import HeadsBlock
from simulation.scenario.horizon import Calendar, Horizon
from simulation.scenario.values import DAY, HOUR, MINUTE

# Public holidays by hand; Good Friday apart, 5 May in lustrum years only.
HOLIDAYS = {
    2024: "0101 0331 0401 0427 0509 0519 0520 1225 1226",
    2025: "0101 0420 0421 0426 0505 0529 0608 0609 1225 1226",
    2026: "0101 0405 0406 0427 0514 0524 0525 1225 1226",
    2027: "0101 0328 0329 0427 0506 0516 0517 1225 1226",
}
BRIDGE_DAYS = {2024: "0510 1227", 2025: "0530", 2026: "0102 0515", 2027: "0426 0507"}
GOOD_FRIDAYS = {2024: "0329", 2025: "0418", 2026: "0403", 2027: "0326"}


def timetable(start="2026-01-01", length="28 days", **calendar):
    return Timetable(
        Horizon.model_validate({"start": start, "length": length}),
        Calendar.model_validate(calendar),
    )


def closed_days(year, **calendar):
    table = timetable(**calendar)
    days = (dt.date(year, 1, 1) + dt.timedelta(number) for number in range(366))
    return {f"{day:%m%d}" for day in days if day.year == year and table.closed(day)}


def blocks(*written):
    return [HeadsBlock.model_validate(block) for block in written]


@pytest.mark.parametrize("year", HOLIDAYS)
def test_public_holidays_close_the_municipality(year):
    assert closed_days(year, public_holidays="NL") == set(HOLIDAYS[year].split())


@pytest.mark.parametrize("year", HOLIDAYS)
def test_good_friday_closes_if_the_scenario_says_so(year):
    with_it = closed_days(year, public_holidays="NL", good_friday_open=False)
    assert with_it - set(HOLIDAYS[year].split()) == {GOOD_FRIDAYS[year]}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_bridge_days_lie_between_a_holiday_and_a_weekend(year):
    with_them = closed_days(year, public_holidays="NL", bridge_days_closed=True)
    assert with_them - set(HOLIDAYS[year].split()) == set(BRIDGE_DAYS[year].split())


def test_new_years_eve_is_a_bridge_day_before_a_tuesday():
    assert "1231" in closed_days(2018, public_holidays="NL", bridge_days_closed=True)
    assert "1231" not in closed_days(2019, public_holidays="NL", bridge_days_closed=True)


@pytest.mark.parametrize(
    ("rule", "years"), [("open", []), ("lustrum", [2025]), ("closed", [2024, 2025, 2026, 2027])]
)
def test_liberation_day_follows_its_rule(rule, years):
    found = [
        year
        for year in HOLIDAYS
        if "0505" in closed_days(year, public_holidays="NL", liberation_day=rule)
    ]
    assert found == years


def test_liberation_day_makes_a_bridge_day_only_when_closed():
    calendar = {"public_holidays": "NL", "bridge_days_closed": True}
    assert "0504" in closed_days(2026, **calendar, liberation_day="closed")
    assert "0504" not in closed_days(2026, **calendar)


def test_ascension_day_on_5_may_stays_closed():
    assert "0505" in closed_days(2016, public_holidays="NL", liberation_day="open")


def test_without_holidays_only_listed_days_are_closed():
    assert closed_days(2026, closed=("2026-03-02",), bridge_days_closed=True) == {"0302"}


def test_open_days_win():
    found = closed_days(
        2026, public_holidays="NL", closed=("2026-03-02",), open=("2026-03-02", "2026-01-01")
    )
    assert found == set(HOLIDAYS[2026].split()) - {"0101"}


def test_steps_begin_at_the_start_of_the_horizon():
    # 1 January 2026 is a Thursday; the horizon starts at noon and ends on Friday at noon.
    table = timetable("2026-01-01 12:00")
    roster = blocks({"from": "08:00", "heads": (1, 2, 2, 0, 5, 6)})
    assert table.steps(roster, DAY, on_closed_days=True) == [
        (0, HOUR, 5.0),
        (HOUR, 2 * HOUR, 6.0),
        (20 * HOUR, 21 * HOUR, 1.0),
        (21 * HOUR, 23 * HOUR, 2.0),
    ]


def test_steps_hold_on_their_weekdays_and_dates():
    table = timetable()
    roster = blocks(
        {"days": "thu", "from": "09:00", "until": "10:00", "heads": 3, "last_date": "2026-01-08"},
        {"days": "fri", "from": "09:00", "until": "10:00", "heads": 4, "first_date": "2026-01-03"},
    )
    steps = table.steps(roster, 15 * DAY, on_closed_days=True)
    assert [(begin // DAY, heads) for begin, _, heads in steps] == [(0, 3), (7, 3), (8, 4)]


def test_steps_leave_out_closed_days_unless_told():
    table = timetable(public_holidays="NL")
    roster = blocks({"from": "09:00", "until": "10:00", "heads": 1})
    off = table.steps(roster, 2 * DAY, on_closed_days=False)
    assert [begin // DAY for begin, _, _ in off] == [1]
    on = table.steps(roster, 2 * DAY, on_closed_days=True)
    assert [begin // DAY for begin, _, _ in on] == [0, 1]


def test_overlapping_blocks_add_up():
    table = timetable()
    roster = blocks(
        {"from": "09:00", "until": "12:00", "heads": 2},
        {"from": "10:00", "until": "13:00", "heads": 1},
    )
    assert table.steps(roster, DAY, on_closed_days=True) == [
        (9 * HOUR, 10 * HOUR, 2.0),
        (10 * HOUR, 12 * HOUR, 3.0),
        (12 * HOUR, 13 * HOUR, 1.0),
    ]


def test_adding_up_keeps_equal_neighbours_apart():
    assert add_up([(0, 5, 1.0), (5, 9, 1.0), (7, 9, 2.0)]) == (
        (0, 5, 1.0),
        (5, 7, 1.0),
        (7, 9, 3.0),
    )


def test_openings_run_on_over_midnight(build, channel):
    scenario = build(channels={"phone": channel(open=[{"days": "mon, tue"}])})
    table = Timetable(scenario.horizon, scenario.calendar)
    # Monday 5 and Tuesday 6 January are one opening.
    assert table.openings(scenario.channels["phone"], 7 * DAY) == [(4 * DAY, 6 * DAY)]


@pytest.mark.parametrize(
    ("holidays", "expected"), [("closed", [(DAY, 2 * DAY)]), ("open", [(0, 2 * DAY)])]
)
def test_always_open_closes_on_holidays_unless_told(build, channel, holidays, expected):
    scenario = build(
        channels={"phone": channel(holidays=holidays)}, calendar={"public_holidays": "NL"}
    )
    table = Timetable(scenario.horizon, scenario.calendar)
    assert table.openings(scenario.channels["phone"], 2 * DAY) == expected


def test_overlapping_opening_hours_are_one_opening(build, channel):
    hours = [{"from": "09:00", "until": "12:00"}, {"from": "11:00", "until": "14:00"}]
    scenario = build(channels={"phone": channel(open=hours)})
    table = Timetable(scenario.horizon, scenario.calendar)
    assert table.openings(scenario.channels["phone"], DAY) == [(9 * HOUR, 14 * HOUR)]


def test_months_begin_at_midnight_of_the_first():
    table = timetable("2026-01-31 12:00", "60 days")
    noon = 12 * HOUR
    assert table.month_begins(40 * DAY) == [noon - 31 * DAY, noon, noon + 28 * DAY]
    assert table.months(60 * DAY) == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert table.months(noon) == ["2026-01"]
    assert table.months(noon + 1) == ["2026-01", "2026-02"]


def test_moments_count_from_the_start():
    table = timetable("2026-01-01 08:30")
    assert table.moment(dt.datetime(2026, 1, 1, 9, 0)) == 30 * MINUTE
    assert table.moment(dt.datetime(2026, 1, 1)) == -510 * MINUTE
    assert table.midnight_of(dt.date(2026, 1, 2)) == DAY - 510 * MINUTE

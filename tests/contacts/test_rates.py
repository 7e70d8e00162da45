"""Expected contacts per interval."""

import math

import numpy as np
import pytest

from simulation.contacts.rates import expected_counts
from simulation.contacts.timetable import Timetable
from simulation.scenario.values import DAY, HOUR, MINUTE

NL = {"public_holidays": "NL"}
WHOLE_WEEK = {"weekdays": [1, 1, 1, 1, 1, 1, 1], "hours": [{"weight": 1}]}


def rates_of(scenario):
    table = Timetable(scenario.horizon, scenario.calendar)
    return {rates.name: rates.intervals for rates in expected_counts(scenario, table)}


def only(scenario):
    (intervals,) = rates_of(scenario).values()
    return intervals


def by_day(intervals):
    days = np.zeros(int(intervals.begin.max() // DAY) + 1)
    np.add.at(days, intervals.begin // DAY, intervals.mean)
    return days


@pytest.mark.parametrize("rule", ["lost", "next_open_day", "comes"])
@pytest.mark.parametrize("year", [2024, 2026])
def test_a_calendar_year_adds_up_to_the_yearly_volume(build, rule, year):
    days = 366 if year == 2024 else 365
    stream = {
        "yearly": 12_345.0,
        "season": [3, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 4],
        "weekdays": [5, 4, 3, 2, 1, 0.5, 0],
        "hours": [{"from": "08:20", "until": "17:10", "weight": 1}],
        "on_closed_days": rule,
    }
    scenario = build(
        horizon={"start": f"{year}-01-01", "length": f"{days} days"},
        calendar={**NL, "closed": ["2023-12-29", "2026-12-31"]},
        demand={"phone": stream},
    )
    assert math.fsum(only(scenario).mean) == pytest.approx(12_345.0, rel=1e-12)


def test_lost_demand_leaves_closed_days_empty(build):
    days = by_day(only(build(calendar=NL)))
    assert days[0] == 0
    # 261 weekdays less New Year, Easter Monday, King's Day, Ascension, Whit Monday, Christmas.
    assert days[1] == pytest.approx(10_000 / (261 - 6))


def test_moved_demand_lands_at_the_same_time_on_the_next_open_day(build):
    stream = {
        "yearly": 10_000,
        "hours": [
            {"days": "thu", "from": "09:00", "until": "10:00", "weight": 1},
            {"days": "mon-wed, fri", "from": "13:00", "until": "14:00", "weight": 1},
        ],
        "on_closed_days": "next_open_day",
    }
    intervals = only(build(calendar=NL, demand={"phone": stream}))
    friday = intervals.begin // DAY == 1
    assert (intervals.begin[friday] % DAY // HOUR).tolist() == [9, 13]
    assert intervals.mean[friday] == pytest.approx([10_000 / 261] * 2)


def test_moved_demand_skips_days_without_demand(build):
    # Thursday 1 January and Friday 2 January are closed, the weekend has no demand.
    scenario = build(
        calendar={**NL, "closed": ["2026-01-02"]},
        demand={"phone": {"yearly": 26_100, "on_closed_days": "next_open_day"}},
    )
    days = by_day(only(scenario))
    assert days[:6] == pytest.approx([0, 0, 0, 0, 300, 100])


def test_demand_that_moves_over_new_year_lands_in_the_new_year(build):
    closed = {"closed": ["2025-12-31", "2026-01-01"]}
    scenario = build(
        horizon={"start": "2025-12-30", "length": "5 days"},
        calendar=closed,
        demand={"phone": {"yearly": 10_000, "on_closed_days": "next_open_day"}},
    )
    days = by_day(only(scenario))
    assert days[0] == pytest.approx(10_000 / 260)
    assert days[1] == days[2] == 0
    assert days[3] == pytest.approx(3 * 10_000 / 262)


def test_demand_that_comes_stays_on_closed_days(build):
    scenario = build(calendar=NL, demand={"phone": {"yearly": 26_100, "on_closed_days": "comes"}})
    assert by_day(only(scenario))[:2] == pytest.approx([100, 100])


def test_a_channel_that_opens_on_holidays_loses_nothing(build, channel):
    always = channel(holidays="open", open=[{"from": "09:00", "until": "17:00"}])
    scenario = build(calendar=NL, channels={"phone": always}, demand={"phone": {"yearly": 26_100}})
    assert by_day(only(scenario))[:2] == pytest.approx([100, 100])


def test_rhythm_is_season_times_weekday_times_time_of_day(build):
    stream = {
        "yearly": 1_000,
        "season": [2, *[1] * 11],
        "weekdays": [1, 1, 1, 3, 1, 0, 0],
        "hours": [{"from": "09:00", "weight": [1, 3]}],
    }
    intervals = only(build(demand={"phone": stream}))
    mean = dict(zip(intervals.begin.tolist(), intervals.mean.tolist(), strict=True))
    thursday, friday, friday_in_february = (day * DAY + 9 * HOUR for day in (0, 1, 36))
    assert mean[thursday + HOUR] == pytest.approx(3 * mean[thursday])
    assert mean[thursday] == pytest.approx(3 * mean[friday])
    assert mean[friday] == pytest.approx(2 * mean[friday_in_february])


def test_default_hours_are_the_opening_hours_on_weekdays(build, channel):
    hours = [{"days": "mon-sat", "from": "08:30", "until": "10:30"}]
    scenario = build(channels={"phone": channel(open=hours)}, demand={"phone": {"yearly": 261 * 4}})
    intervals = only(scenario)
    assert set((intervals.begin // DAY).tolist()) & {2, 3} == set()  # Saturday 3, Sunday 4
    assert (intervals.begin[:3] // MINUTE).tolist() == [510, 540, 600]
    assert intervals.mean[:3] == pytest.approx([1, 2, 1])


def test_an_always_open_channel_is_busy_all_day(build, channel):
    scenario = build(channels={"phone": channel()}, demand={"phone": {"yearly": 261 * 24}})
    assert only(scenario).mean[:24] == pytest.approx([1.0] * 24)


def test_a_day_without_opening_hours_has_no_demand(build, channel):
    hours = [{"days": "mon-thu", "from": "09:00", "until": "10:00"}]
    intervals = only(build(channels={"phone": channel(open=hours)}))
    assert 1 not in intervals.begin // DAY
    assert math.fsum(intervals.mean) == pytest.approx(10_000)


def test_intervals_are_cut_at_clock_hours_and_at_the_profiles_steps(build):
    rates = [{"from": "08:50", "every": "25 minutes", "per_hour": [60, 60, 120]}]
    horizon = {"start": "2026-01-01", "length": "1 days"}
    intervals = only(build(horizon=horizon, demand={"phone": {"rates": rates}}))
    assert (intervals.begin // MINUTE).tolist() == [530, 540, 555, 580, 600]
    assert (intervals.end // MINUTE).tolist() == [540, 555, 580, 600, 605]
    assert intervals.mean.tolist() == pytest.approx([10, 15, 25, 40, 10])


def test_rates_hold_on_closed_days_unless_told(build):
    rates = [{"from": "09:00", "until": "10:00", "per_hour": 5}]

    def days(**stream):
        return by_day(only(build(calendar=NL, demand={"phone": {"rates": rates, **stream}})))[:2]

    assert days().tolist() == [5, 5]
    assert days(on_closed_days="lost").tolist() == [0, 5]
    assert days(on_closed_days="next_open_day").tolist() == [0, 10]


def test_the_horizon_cuts_intervals_and_keeps_their_names(build):
    def intervals(start, length):
        rates = [{"per_hour": 60}]
        horizon = {"start": start, "length": length}
        return only(build(horizon=horizon, demand={"phone": {"rates": rates}}))

    whole = intervals("2026-01-01 12:00", "3 hours")
    cut = intervals("2026-01-01 12:15", "2 hours")
    assert cut.mean.tolist() == pytest.approx([45, 60, 15])
    assert cut.begin.tolist() == [0, 45 * MINUTE, 105 * MINUTE]
    assert cut.end.tolist() == [45 * MINUTE, 105 * MINUTE, 2 * HOUR]
    assert cut.identity.tolist() == whole.identity.tolist()


def test_a_trend_grows_by_the_day_from_its_date(build):
    trend = {"phone": {"yearly_change": -0.1, "since": "2025-01-01"}}
    plain, falling = only(build()), only(build(shift={"trend": trend}))
    days = plain.begin // DAY + 365
    expected = np.array([0.9 ** (float(day) / 365.25) for day in days])
    assert falling.mean / plain.mean == pytest.approx(expected)
    assert falling.identity.tolist() == plain.identity.tolist()


def test_a_trend_leaves_other_channels_alone(build, channel):
    parts = {
        "channels": {"phone": channel(), "web": channel("deferred")},
        "demand": {"phone": {"yearly": 1000}, "web": {"yearly": 500}},
    }
    trend = {"phone": {"yearly_change": 0.5, "since": "2025-01-01"}}
    plain, growing = rates_of(build(**parts)), rates_of(build(**parts, shift={"trend": trend}))
    assert growing["web"].mean.tolist() == plain["web"].mean.tolist()
    assert growing["phone"].mean.sum() > plain["phone"].mean.sum() * 1.4


def test_streams_come_in_the_order_of_their_names(build):
    streams = {name: {"channel": "phone", "yearly": 10} for name in ("b", "c", "a")}
    assert list(rates_of(build(demand=streams))) == ["a", "b", "c"]


def test_a_volume_that_cannot_come_is_an_error(build):
    scenario = build(demand={"phone": {"yearly": 10, "weekdays": [0, 0, 0, 0, 0, 1, 0]}})
    with pytest.raises(ValueError, match="'phone' has no day in 2026"):
        rates_of(scenario)

"""What a planner is shown of the week: bands, curves and shares, from counts worked out by hand."""

import pytest
from pydantic import ValidationError

from simulation.comparison.week import WeekView, week_view
from simulation.measures.week import WeekTally, measure_week
from tests.play.by_hand import Come, clock, story

TEXT = """
channels:
  mail: {kind: deferred, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
  phone: {kind: live, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
teams:
  web:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {mail: {}}
  desk:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {phone: {}, mail: {rank: 2}}
"""
FOUR_WEEKS = {"start": "2026-01-05", "length": "28 days"}


def view(*contacts, text=TEXT, horizon=FOUR_WEEKS):
    """Show the week of a story."""
    told = story(text, *contacts, horizon=horizon)
    tally = WeekTally(list(told.scenario.channels), list(told.scenario.teams))
    tally.add(measure_week(told.plan, told.contacts, told.record))
    return week_view(told.scenario, tally)


def mail(week, at, handling=60):
    """Let a message come in one of the weeks."""
    return Come(week * 7 * 1440 + clock(at), "mail", handling)


def test_bands_are_percentiles_over_the_weeks():
    """At Monday 22:00 there are 0, 1, 2 and 3 messages in the four weeks."""
    shown = view(*[mail(week, "mon 21:00") for week in range(4) for _ in range(week)])
    hour = {name: getattr(shown.open_work[0], name)[22] for name in ("p5", "p25", "p50", "p75")}
    assert hour == {"p5": 0, "p25": 0, "p50": 1, "p75": 2}
    assert shown.open_work[0].p95[22] == 3
    assert [each.deferred for each in shown.open_work] == [True, False]


def test_hours_outside_a_short_horizon_have_no_band():
    day = {"start": "2026-01-06", "length": "1 days"}
    shown = view(horizon=day).open_work[0]
    assert [hour for hour in range(168) if shown.p50[hour] is not None] == list(range(24, 48))


def test_the_answer_curve_is_of_all_that_were_offered_and_ends_where_it_is_flat():
    """Both begin at 9:00, one with each team; one takes an hour, the other is cut off."""
    cut = {"start": "2026-01-05", "length": "1 days", "run_out": "cut"}
    shown = view(mail(0, "09:00"), mail(0, "09:00", 600), horizon=cut)
    (answers,) = shown.answers
    assert (answers.offered, answers.answered, answers.passed_on) == (2, 1, False)
    assert answers.hours[-1] == 1
    assert answers.within == (0,) * 12 + (0.5,)
    assert answers.by_day == (0.5,) * 11


def test_occupancy_is_by_weekday_and_over_working_days():
    """The call of Tuesday 9:30 to 10:15 is half of that hour at the desk, in one week of four."""
    shown = view(Come(clock("tue 09:30"), "phone", 45))
    web, desk = sorted(shown.occupancy, key=lambda each: each.team, reverse=True)
    assert (web.team, desk.team) == ("web", "desk")
    assert desk.by_weekday[1][9] == 0.5 / 4
    assert desk.by_weekday[0][9] == 0
    assert desk.by_weekday[5] == (None,) * 24
    assert desk.mean[9] == 0.5 / 20
    assert (desk.p5[9], desk.p95[9]) == (0, 0)
    assert desk.mean[8] is desk.p95[8] is None


def test_productivity_is_by_hour_at_work_of_a_team_that_does_nothing_else():
    """Two messages of an hour and one of half an hour; the desk takes those that web cannot."""
    shown = view(mail(0, "09:00"), mail(0, "09:00", 30))
    by_team = {each.team: each for each in shown.productivity}
    web, desk = by_team["web"], by_team["desk"]
    assert web.answered == desk.answered == 1
    assert web.per_hour == 1 / (20 * 8)
    assert desk.per_hour is None
    assert not desk.only_messages
    assert sorted([web.per_handling_hour, desk.per_handling_hour]) == [1, 2]


def test_a_week_can_be_written_and_read_back():
    shown = view(mail(0, "09:00"))
    assert WeekView.model_validate_json(shown.model_dump_json()) == shown


def test_a_channel_without_messages_has_no_curve():
    assert view().answers == ()


@pytest.mark.parametrize("name", ["p5", "p95"])
def test_overnight_stock_is_there_at_night(name):
    shown = view(*[mail(week, "mon 20:00") for week in range(4)]).open_work[0]
    assert [getattr(shown, name)[hour] for hour in (20, 21, 24 + 9, 24 + 10)] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("part", "said"), [("hours", "as long as each other"), ("by_day", "at least 11 items")]
)
def test_a_curve_of_another_length_is_refused(part, said):
    document = view(mail(0, "09:00")).model_dump(mode="json")
    document["answers"][0][part].pop()
    with pytest.raises(ValidationError, match=said):
        WeekView.model_validate(document)

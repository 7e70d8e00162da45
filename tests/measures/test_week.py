"""The week of a planner, by hand: open work, answer times, occupancy, productivity."""

import numpy as np
import pytest

from simulation.measures import measure
from simulation.measures.week import WeekTally, measure_week
from simulation.measures.week_rules import ANSWER_DAYS, ANSWER_EDGES
from simulation.scenario.values import HOUR, MINUTE
from tests.play.busy import play_everything
from tests.play.by_hand import Come, clock, story

OFFICE = """
channels:
  mail: {kind: deferred, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
  phone: {kind: live, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
teams:
  web:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {mail: {}}
  desk:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 2}]
    channels: {phone: {}}
"""

WEEK = {"start": "2026-01-05", "length": "7 days"}
MAIL, PHONE = 0, 1
WEB, DESK = 0, 1


def week(told):
    """Measure the week of a story."""
    return measure_week(told.plan, told.contacts, told.record)


def mail(at, handling=60):
    """Let a message come."""
    return Come(clock(at) if isinstance(at, str) else at, "mail", handling)


def call(at, handling, **more):
    """Let somebody call."""
    return Come(clock(at), "phone", handling, **more)


def marks(row):
    """Give the hour marks at which work is open, with how much."""
    return {hour: int(work) for hour, work in enumerate(row) if work}


def test_a_message_is_open_from_when_it_was_sent_until_it_is_answered():
    """Sent on Monday at 20:00 and at 20:30; answered on Tuesday at 10:00 and 11:00."""
    told = week(story(OFFICE, mail("mon 20:00"), mail("mon 20:30"), horizon=WEEK))
    one = {20: 1}
    night = dict.fromkeys(range(21, 24 + 10), 2)
    assert marks(told.open_work[MAIL]) == {**one, **night, 24 + 10: 1}
    assert told.hour_of_week.tolist() == list(range(168))


def test_a_mark_counts_who_comes_at_that_very_moment_and_not_who_is_answered_then():
    told = week(story(OFFICE, mail("10:00"), horizon=WEEK))
    assert marks(told.open_work[MAIL]) == {10: 1}


def test_on_the_phone_those_who_wait_are_open_and_not_those_who_talk():
    """Two talk from 9:30; of two who wait then, one leaves at 10:10, one is served at 10:30."""
    told = week(
        story(
            OFFICE,
            call("09:30", 60),
            call("09:30", 60),
            call("09:40", 5, patience=30),
            call("09:41", 5),
            horizon=WEEK,
        )
    )
    assert marks(told.open_work[PHONE]) == {10: 2}


def test_marks_are_whole_clock_hours_wherever_the_horizon_starts():
    """From Thursday 8:30 on: the first mark is 9:00; minute 30 of the story."""
    thursday = {"start": "2026-01-08 08:30", "length": "90 minutes"}
    told = week(story(OFFICE, mail(10), horizon=thursday))
    assert told.hour_of_week.tolist() == [3 * 24 + 9]
    assert told.open_work.tolist() == [[1], [0]]


def test_marks_begin_after_the_warm_up_and_count_who_came_in_it():
    warm = {**WEEK, "warm_up": "10 hours"}
    told = week(story(OFFICE, mail("09:00", 120), horizon=warm))
    assert told.hour_of_week[0] == 10
    assert told.open_work[MAIL][:2].tolist() == [1, 0]
    assert told.offered[MAIL] == 0


def test_answer_times_run_in_opening_hours():
    """One hour each: sent 9:00, answered 10:00; sent 20:00, answered the next day at 10:00; sent
    on Tuesday 16:30, answered on Wednesday at 9:30, one opening hour later."""
    told = week(story(OFFICE, mail("09:00"), mail("20:00"), mail("tue 16:30"), horizon=WEEK))
    counts = dict(enumerate(told.within[MAIL].tolist()))
    assert {int(ANSWER_EDGES[edge]) / MINUTE: n for edge, n in counts.items() if n} == {60: 3}
    assert told.offered.tolist() == [3, 0]


def test_working_days_count_to_closing_time():
    """Answered on the day; the next day (sent at 16:30); and who came at night on the day."""
    told = week(story(OFFICE, mail("09:00"), mail("mon 16:30"), mail("tue 20:00"), horizon=WEEK))
    assert told.by_day[MAIL].tolist() == [2, 1] + [0] * (ANSWER_DAYS - 1)


def test_a_weekend_is_no_working_day():
    """Sent on Friday at 16:30, answered on Monday: the first working day after."""
    two = {"start": "2026-01-05", "length": "14 days"}
    told = week(story(OFFICE, mail("fri 16:30"), horizon=two))
    assert told.by_day[MAIL][:3].tolist() == [0, 1, 0]


def test_who_is_not_answered_is_offered_all_the_same():
    """The message of Monday takes longer than the horizon, which cuts it off."""
    cut = {"start": "2026-01-05", "length": "1 days", "run_out": "cut"}
    told = week(story(OFFICE, mail("15:00"), mail("16:00", 300), horizon=cut))
    assert told.offered[MAIL] == 2
    assert told.within[MAIL].sum() == told.by_day[MAIL].sum() == 1


def test_a_share_is_that_of_a_norm():
    """The same clock: within 8 working hours, and within 1 working day."""
    norms = {
        "hours": {"channel": "mail", "within_working_time": "8 hours", "target": 0.9},
        "days": {"channel": "mail", "within_working_days": 1, "target": 0.9},
    }
    contacts = [mail(clock("mon 09:00") + 13 * place, 61) for place in range(40)]
    two = {"start": "2026-01-05", "length": "14 days"}
    played = story(OFFICE, *contacts, horizon=two, norms=norms)
    told, measures = week(played), played.measures()
    within = told.within[MAIL][: np.searchsorted(ANSWER_EDGES, 8 * HOUR) + 1].sum()
    assert 0 < within < 40
    assert within / told.offered[MAIL] == measures["norms.hours.share"]
    assert told.by_day[MAIL][:2].sum() / told.offered[MAIL] == measures["norms.days.share"]


def test_occupancy_by_hour_by_hand():
    """Two at the desk: a call of 9:30 to 10:15 is 30 of 120 minutes, then 15 of 120."""
    told = week(story(OFFICE, call("tue 09:30", 45), horizon=WEEK))
    assert told.busy[DESK, 1, 9:11].tolist() == [30 * MINUTE, 15 * MINUTE]
    assert told.busy.sum() == 45 * MINUTE
    assert told.present[DESK, :5, 9:17].tolist() == [[2 * HOUR] * 8] * 5
    assert told.present[DESK].sum() == 2 * 8 * 5 * HOUR
    assert told.days[DESK, 9].nonzero()[0].tolist() == [0, 25]
    assert told.days[DESK, 10, 13] == 1  # 12.5 %, halves up
    assert told.days[DESK, 8].sum() == 0


def test_overtime_is_at_work():
    """A call of 16:30 to 18:00 keeps one of two there: 30 of 120 minutes, then 60 of 60."""
    told = week(story(OFFICE, call("16:30", 90), horizon=WEEK))
    assert told.present[DESK, 0, 16:19].tolist() == [2 * HOUR, HOUR, 0]
    assert told.busy[DESK, 0, 16:19].tolist() == [30 * MINUTE, HOUR, 0]


def test_a_message_handed_back_is_work_on_both_days_and_one_answer():
    told = week(story(OFFICE, mail("16:30", 90), horizon=WEEK))
    assert told.busy[WEB, 0, 16] == 30 * MINUTE
    assert told.busy[WEB, 1, 9:11].tolist() == [HOUR, 0]
    assert told.answered.tolist() == [[1, 0], [0, 0]]
    assert told.handled[MAIL, WEB] == 90 * 60_000
    assert marks(told.open_work[MAIL]) == dict.fromkeys(range(17, 24 + 10), 1)


def test_hours_after_the_horizon_do_not_count():
    day = {"start": "2026-01-05", "length": "1 days"}
    told = week(story(OFFICE, mail("16:30", 90), horizon=day))
    assert told.busy[WEB].sum() == 30 * MINUTE
    assert told.answered.sum() == 0


def test_what_colleagues_pass_on_is_not_first_line():
    text = OFFICE.replace("{kind: deferred,", "{kind: deferred, transfer: {to: back},", 1).replace(
        "  phone:", "  back: {kind: deferred}\n  phone:"
    )
    text = text.replace("{mail: {}}", "{mail: {}, back: {}}").replace(
        "transfer: {to: back}", "transfer: {to: back, probability: 1}"
    )
    told = week(story(text, mail("09:00"), horizon=WEEK))
    assert told.offered.tolist() == [1, 1, 0]
    assert told.first_line.tolist() == [1, 0, 0]


def test_a_tally_is_the_sum_of_its_replications_in_any_order():
    stories = [story(OFFICE, mail("mon 20:00"), horizon=WEEK), story(OFFICE, horizon=WEEK)]
    weeks = [week(told) for told in stories]
    tallies = []
    for order in (weeks, weeks[::-1]):
        tally = WeekTally(["mail", "phone"], ["web", "desk"])
        for each in order:
            tally.add(each)
        tallies.append(tally)
    for name in ("work", "within", "by_day", "offered", "busy", "present", "days", "answered"):
        one, other = (getattr(tally, name) for tally in tallies)
        assert one.tobytes() == other.tobytes()
    assert tallies[0].replications == 2
    assert tallies[0].work[MAIL, 24].nonzero()[0].tolist() == [0, 1]


@pytest.mark.parametrize("run_out", ["drain", "cut"])
def test_the_hours_of_a_busy_week_are_those_of_the_measures(run_out):
    plan, contacts, record = play_everything(run_out)
    own, told = measure_week(plan, contacts, record), measure(plan, contacts, record, 1)
    for team, name in enumerate(plan.scenario.teams):
        present = told[f"teams.{name}.at_work_hours"] + told[f"teams.{name}.overtime_hours"]
        assert own.present[team].sum() / HOUR == pytest.approx(present, rel=1e-12)
        busy = told[f"teams.{name}.busy_hours"]
        assert own.busy[team].sum() / HOUR == pytest.approx(busy, rel=1e-12)


@pytest.mark.parametrize("run_out", ["drain", "cut"])
def test_open_work_of_a_busy_week_is_who_is_there_at_each_mark(run_out):
    """Counted one by one, from 6:00 on the first day on: the end of the warm-up."""
    plan, contacts, record = play_everything(run_out)
    own = measure_week(plan, contacts, record)
    expected = np.zeros_like(own.open_work)
    for row in record.attempts:
        deferred = plan.channels[row["channel"]].deferred
        begin, end = row["arrived"] if deferred else row["since"], row["ended"]
        if not deferred and row["started"] >= 0:
            end = row["started"]
        for mark in range(6, 72):
            expected[row["channel"], mark - 6] += begin <= mark * HOUR < end
    assert expected.max() > 10
    assert own.open_work.tolist() == expected.tolist()


def test_hours_for_which_nobody_is_rostered_are_in_no_occupancy():
    """The call keeps one of two there until 18:00: the roster ended at 17:00."""
    told = week(story(OFFICE, call("16:30", 90), horizon=WEEK))
    assert told.rostered[DESK, 0, 16:19].tolist() == [2 * HOUR, 0, 0]
    assert told.days[DESK, 16].nonzero()[0].tolist() == [0, 25]
    assert told.days[DESK, 17].sum() == 0

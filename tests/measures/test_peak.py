"""A peak by hand: when open work is back to normal, how bad it gets, who was lost."""

import numpy as np
import pytest

from simulation.measures.open_work import Marks
from simulation.measures.peak import (
    LATER,
    STEP,
    UNTOUCHED,
    PeakRules,
    measure_peak,
    recovery,
)
from simulation.scenario.values import DAY, HOUR, MINUTE
from tests.play.by_hand import Come, clock, story

OFFICE = """
channels:
  mail: {kind: deferred, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}
  phone:
    kind: live
    queue_capacity: 3
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
teams:
  web:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {mail: {}}
  desk:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {phone: {}}
"""
TWO_WEEKS = {"start": "2026-01-05", "length": "14 days"}
MAIL, PHONE = 0, 1


def mail(at, handling=60, channel="mail", **more):
    """Let a message, or a call, come."""
    return Come(clock(at), channel, handling, **more)


def peak(usual, extra, start="tue 09:00", office=OFFICE):
    """Compare a story with extra contacts and the same one without them."""
    sides = [story(office, *contacts, horizon=TWO_WEEKS) for contacts in ([*usual, *extra], usual)]
    window = clock(start) * MINUTE, 14 * DAY
    return measure_peak(PeakRules(sides[1].plan, window), *(side.record for side in sides))


def back(more, usual, calm=4):
    """Give at which of some quarters open work is back, if it must stay so for a few."""
    marks = Marks(0, STEP, len(more))
    found = recovery(marks, marks.times() + calm * STEP, np.array(more), np.array(usual))
    return found if found in {LATER, UNTOUCHED} else found // STEP


def test_back_to_normal_is_the_first_quarter_from_which_it_stays_so():
    assert back([0, 5, 9, 4, 1, 0, 0, 0, 0, 0, 0], [0] * 11) == 4


def test_a_calm_that_does_not_last_is_none():
    """Back at 2, up again at 5, and calm from 6 on."""
    assert back([9, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0], [0] * 12) == 6
    assert back([9, 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0], [0] * 14) == 2


def test_calm_that_is_not_seen_to_its_end_does_not_count():
    """It has to stay calm until 4 quarters later: the last mark that is seen is that of 5."""
    assert back([9, 0, 0, 0, 0, 0], [0] * 6) == 1
    assert back([9, 0, 0, 0, 0], [0] * 5) == LATER
    assert back([9, 9, 9], [0] * 3) == LATER


def test_one_more_is_normal_and_two_more_is_not():
    assert back([1, 1, 1, 1, 1, 1], [0] * 6) == UNTOUCHED
    assert back([2, 1, 1, 1, 1, 1], [0] * 6) == 1


def test_the_margin_is_a_tenth_of_the_most_there_is_without_the_event():
    usual = [0, 40, 40, 0, 0, 0, 0, 0]
    assert back([4, 44, 44, 4, 4, 4, 4, 4], usual) == UNTOUCHED
    assert back([5, 44, 44, 4, 4, 4, 4, 4], usual) == 1


def test_a_backlog_is_gone_when_its_last_message_is_answered():
    """Of 10 hours of work from Tuesday 9:00 on, one hour is left at 9:00 on Wednesday... and two:
    from 9:00 on Wednesday to 10:00 there are 2 messages, and 1 from 10:00 on."""
    found = peak([], [mail("tue 09:00")] * 10)
    assert found.recovered[MAIL] == clock("wed 10:00") * MINUTE
    assert found.recovered[PHONE] == UNTOUCHED
    assert found.with_event.largest[MAIL] == 10
    assert found.with_event.longest[MAIL] == 10 * HOUR
    assert found.without.largest[MAIL] == found.without.longest[MAIL] == 0


def test_a_peak_that_fades_into_ordinary_work_is_gone_when_it_makes_no_difference():
    """Two messages of every day are answered by 11:00; on Tuesday 4 more come."""
    usual = [mail(f"{day} 09:00") for day in ("tue", "wed", "thu", "fri") for _ in range(2)]
    found = peak(usual, [mail("tue 09:00")] * 4)
    assert found.recovered[MAIL] == clock("tue 14:00") * MINUTE
    assert found.with_event.largest[MAIL] == 6
    assert found.without.largest[MAIL] == 2


def test_who_waits_on_the_phone_and_who_is_lost():
    """Six calls at 9:00: one is served, three wait, two find no room; one of those hangs up."""
    calls = [mail("tue 09:00", 30, "phone")] * 3
    found = peak([], [*calls, mail("tue 09:00", 30, "phone", patience=20), *calls[:2]])
    assert found.with_event.largest[PHONE] == 3
    assert found.with_event.attempts[PHONE] == 6
    assert found.with_event.lost[PHONE] == 3
    assert found.with_event.longest[PHONE] == 60 * MINUTE
    assert found.recovered[PHONE] == clock("tue 09:30") * MINUTE


def test_who_finds_it_closed_is_no_attempt_there():
    found = peak([], [mail("tue 20:00", 5, "phone")] * 3)
    assert found.with_event.attempts[PHONE] == 0
    assert found.with_event.closed[PHONE] == 3
    assert found.with_event.again[PHONE] == 0
    assert found.without.closed[PHONE] == 0
    assert found.recovered[PHONE] == UNTOUCHED


def test_who_comes_back_after_closing_is_an_attempt_when_it_is_open():
    """Two calls at 20:00 on Tuesday come again at 9:30 on Wednesday; one on Wednesday finds it
    open at once."""
    office = OFFICE.replace("queue_capacity: 3", "after_closed: 30 minutes")
    calls = [mail("tue 20:00", 5, "phone")] * 2 + [mail("wed 10:00", 5, "phone")]
    found = peak([], calls, office=office).with_event
    assert (found.closed[PHONE], found.again[PHONE], found.attempts[PHONE]) == (2, 2, 3)


def test_attempts_before_the_event_do_not_count():
    found = peak([mail("mon 10:00"), mail("wed 10:00")], [mail("tue 09:00")] * 3)
    assert found.with_event.attempts[MAIL] == 4
    assert found.without.attempts[MAIL] == 1


def test_what_was_never_noticed_is_looked_at_for_two_working_days():
    """One extra message on Tuesday; the 4 of Friday are later than Thursday's closing time."""
    found = peak([mail("fri 10:00")] * 4, [mail("tue 09:00")])
    assert found.recovered[MAIL] == UNTOUCHED
    assert found.with_event.largest[MAIL] == 1
    assert found.with_event.longest[MAIL] == HOUR


def test_calm_lasts_to_closing_time_of_the_second_working_day_after():
    """Back on Tuesday 11:00. Two returns on Thursday at 15:00 are before closing time, and on
    Friday after it."""
    first = [mail("tue 09:00")] * 3

    def gone(late):
        return peak([], [*first, *[mail(late)] * 2]).recovered[MAIL]

    assert gone("fri 15:00") == clock("tue 11:00") * MINUTE
    assert gone("thu 15:00") == clock("thu 16:00") * MINUTE


def test_the_curve_runs_by_the_hour_from_the_midnight_before():
    found = peak([], [mail("tue 10:30", 90)] * 2, start="tue 10:30")
    day = found.with_event.curve[MAIL][:24].tolist()
    assert {hour: work for hour, work in enumerate(day) if work} == {
        **dict.fromkeys((11,), 2),
        **dict.fromkeys((12, 13), 1),
    }


@pytest.mark.parametrize("place", [MAIL, PHONE])
def test_without_extra_contacts_nothing_differs(place):
    found = peak([mail("wed 10:00"), mail("wed 10:00", 10, "phone")], [])
    assert found.recovered[place] == UNTOUCHED
    for name in ("largest", "longest", "attempts", "lost", "curve"):
        assert np.array_equal(getattr(found.with_event, name), getattr(found.without, name))

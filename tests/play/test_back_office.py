"""Messages that wait for working hours, and answers that a back office gives on its own clock."""

import math

from tests.play.by_hand import Come, clock, story

WEEK = {"start": "2026-01-05", "length": "7 days"}

MAIL = """
channels: {mail: {kind: deferred, open: [{days: mon-fri, from: "09:00", until: "17:00"}]}}
teams:
  web: {roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}], channels: {mail: {}}}
"""


def test_a_message_outside_working_hours_counts_as_arriving_at_the_next_opening():
    told = story(MAIL, Come(clock("mon 20:00")), horizon=WEEK)
    morning = clock("tue 09:00")
    assert told.tell("outcome arrived since started ended") == [
        ("answered", clock("mon 20:00"), morning, morning, morning + 5)
    ]


def test_a_message_on_friday_evening_counts_from_monday_morning():
    told = story(MAIL, Come(clock("fri 17:00")), horizon=WEEK)
    assert told.tell("since") == [clock("sun 09:00") + 1440]


def test_a_message_within_working_hours_counts_from_its_arrival():
    told = story(MAIL, Come(clock("09:00")), Come(clock("16:59")), horizon=WEEK)
    assert told.tell("since") == [clock("09:00"), clock("16:59")]


def test_messages_of_the_night_are_answered_in_the_order_of_contacts():
    told = story(MAIL, Come(clock("mon 23:00")), Come(clock("mon 18:00")), Come(clock("tue 09:00")))
    morning = clock("tue 09:00")
    assert told.tell("arrived started") == [
        (clock("mon 18:00"), morning),
        (clock("mon 23:00"), morning + 5),
        (morning, morning + 10),
    ]


def test_a_message_of_the_day_before_goes_before_those_of_the_night():
    told = story(
        MAIL,
        Come(clock("mon 16:50"), handling=30),
        Come(clock("mon 16:55")),
        Come(clock("mon 20:00")),
    )
    morning = clock("tue 09:00")
    assert told.tell("ended") == [morning + 20, morning + 25, morning + 30]


def test_who_is_at_work_outside_the_hours_works_on_the_backlog():
    """Rostered from 8: the message of the day before is taken up, that of the night is not."""
    text = MAIL.replace('from: "09:00", until: "17:00", heads', 'from: "08:00", heads')
    text = text.replace("heads: 1", "until: '17:00', heads: 1")
    told = story(text, Come(clock("mon 16:50"), handling=30), Come(clock("mon 20:00")))
    assert told.tell("ended") == [clock("tue 08:20"), clock("tue 09:05")]


OFFICE = """
reasons: {ask: {}, permit: {}}
channels:
  phone:
    kind: live
    resolution: 0
    after_unresolved: 60 minutes
    transfer: {to: back, probability: TRANSFER}
  back:
    kind: deferred
    open: [{days: mon-fri, from: "09:00", until: "17:00"}]
    resolution: RESOLUTION
    after_unresolved: {delay: 24 hours, to: {mail: 1}}
  mail: {kind: deferred}
teams:
  desk: {roster: [{heads: 1}], channels: {phone: {}}}
  experts:
    roster: [{days: mon-fri, from: "09:00", until: "17:00", heads: 1}]
    channels: {back: {handling_factor: 3}}
  web: {roster: [{heads: 1}], channels: {mail: {}}}
"""


def office(transfer="1", resolution="1"):
    """Give a front office that passes on, and a back office that answers."""
    return OFFICE.replace("TRANSFER", transfer).replace("RESOLUTION", resolution)


def test_a_transfer_begins_a_clock_of_its_own_when_the_front_is_done():
    """4 minutes at the front; an effort of the back office's 5 minutes, times 3."""
    told = story(office(), Come(clock("10:00"), handling=4))
    assert told.tell("number channel team outcome cause resolved arrived since started ended") == [
        (1, "phone", "desk", "answered", "first", False, 600, 600, 600, 604),
        (2, "back", "experts", "answered", "transferred", True, 604, 604, 604, 619),
    ]


def test_a_transfer_outside_the_hours_of_the_back_office_waits_for_its_opening():
    told = story(office(), Come(clock("20:00")))
    assert told.tell("arrived since", channel="back") == [(clock("20:05"), clock("tue 09:00"))]


def test_after_a_transfer_the_question_is_resolved_in_the_back_office_or_not():
    """The front resolves nothing and would call back after an hour; the back office decides."""
    resolved = story(office(), Come(clock("10:00")))
    assert resolved.tell("channel") == ["phone", "back"]
    open_still = story(office(resolution="0"), Come(clock("10:00")))
    ended = clock("10:05") + 15
    assert open_still.tell("channel cause arrived")[2:] == [("mail", "unresolved", ended + 1440)]


def test_the_probability_of_a_transfer_may_differ_by_reason():
    text = office().replace("probability: 1", "probability: 1, by_reason: {permit: 0}")
    text = text.replace("after_unresolved: 60 minutes\n", "\n", 1)
    told = story(text, Come(0, reason="ask"), Come(10, reason="permit"))
    assert told.tell("channel", contact=0) == ["phone", "back"]
    assert told.tell("channel", contact=1) == ["phone"]


def test_a_share_of_the_answers_is_passed_on():
    text = """
    channels:
      phone: {kind: live, transfer: {to: back, probability: 0.2}}
      back: {kind: deferred}
    teams: {desk: {roster: [{heads: 1}], channels: {phone: {}, back: {rank: 2}}}}
    """
    total, share = 2_000, 0.2
    told = story(text, *[Come(place, handling=0.1) for place in range(total)], horizon=WEEK)
    passed = len(told.tell("channel", channel="back"))
    assert abs(passed - total * share) < 4 * math.sqrt(total * share * (1 - share))
    assert told.tell("resolved", channel="phone").count(False) == passed


def test_a_transfer_is_no_new_try_of_the_citizen():
    told = story(office(resolution="0"), Come(clock("10:00")), returns={"max_attempts": 2})
    assert told.tell("channel") == ["phone", "back", "mail"]
    assert told.cut_off("mail") == 0

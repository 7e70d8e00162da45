"""Opening and closing: who comes too early or too late, and who still waits at the end."""

import pytest

from tests.play.by_hand import Come, clock, story

OFFICE = """
channels:
  phone:
    kind: live
    at_closing: {at_closing}
    open: [{{days: mon-fri, from: "09:00", until: "17:00"}}]
teams:
  desk: {{roster: [{{days: mon-fri, from: "09:00", until: "{until}", heads: {heads}}}],
          channels: {{phone: {{}}}}}}
"""


def office(at_closing="serve", until="17:00", heads=1):
    """Give an office that is open on weekdays from 9 to 5."""
    return OFFICE.format(at_closing=at_closing, until=until, heads=heads)


def test_open_at_the_instant_of_opening_and_closed_before():
    early, sharp = clock("08:59"), clock("09:00")
    told = story(office(), Come(early), Come(sharp))
    assert told.tell("outcome started ended") == [
        ("closed", None, early),
        ("answered", sharp, sharp + 5),
    ]


def test_closed_at_the_instant_of_closing():
    """Intervals are [start, end)."""
    told = story(office(until="18:00"), Come(clock("16:59")), Come(clock("17:00")))
    assert told.tell("outcome") == ["answered", "closed"]


def test_a_conversation_that_goes_on_at_closing_is_finished():
    told = story(office(), Come(clock("16:50"), handling=30))
    assert told.tell("outcome ended") == [("answered", clock("17:20"))]
    assert told.present("desk") == [(clock("09:00"), 1), (clock("17:20"), 0)]


def test_who_waits_at_closing_is_served_in_overtime_until_the_queue_is_empty():
    told = story(office(), *[Come(clock("16:50"), handling=20)] * 3, Come(clock("17:05")))
    assert told.tell("outcome started") == [
        ("answered", clock("16:50")),
        ("answered", clock("17:10")),
        ("answered", clock("17:30")),
        ("closed", None),
    ]
    assert told.present("desk") == [(clock("09:00"), 1), (clock("17:50"), 0)]


def test_agents_who_find_the_queue_empty_after_closing_go_home():
    """Two busy, one waiting: the first to finish takes the last caller, the other leaves."""
    told = story(
        office(heads=2),
        Come(clock("16:50"), handling=20),
        Come(clock("16:50"), handling=25),
        Come(clock("16:55"), handling=10),
    )
    assert told.tell("started", contact=2) == [clock("17:10")]
    assert told.present("desk") == [
        (clock("09:00"), 2),
        (clock("17:15"), 1),
        (clock("17:20"), 0),
    ]


def test_who_waits_after_closing_may_still_run_out_of_patience():
    told = story(office(), Come(clock("16:50"), handling=30), Come(clock("16:55"), patience=10))
    assert told.tell("outcome ended", contact=1) == [("abandoned", clock("17:05"))]
    assert told.present("desk")[-1] == (clock("17:20"), 0)


def test_agents_who_are_rostered_longer_serve_who_waits_without_overtime():
    told = story(office(until="18:00"), *[Come(clock("16:50"), handling=20)] * 3)
    assert told.tell("started") == [clock("16:50"), clock("17:10"), clock("17:30")]
    assert told.present("desk") == [(clock("09:00"), 1), (clock("18:00"), 0)]


def test_a_shift_that_ends_after_closing_stays_until_the_queue_is_empty():
    told = story(office(until="17:15"), *[Come(clock("16:50"), handling=20)] * 3)
    assert told.tell("outcome started", contact=2) == [("answered", clock("17:30"))]
    assert told.present("desk")[-1] == (clock("17:50"), 0)


def test_a_shift_that_ends_before_closing_does_not_keep_agents_for_the_queue():
    """Nobody takes over after 16:30; who waits at closing finds nobody at work."""
    told = story(office(until="16:30"), Come(clock("16:20"), handling=20), Come(clock("16:25")))
    assert told.tell("outcome ended") == [
        ("answered", clock("16:40")),
        ("sent away", clock("17:00")),
    ]


def test_who_waits_at_closing_is_sent_away_where_the_channel_says_so():
    told = story(
        office("send_away"), Come(clock("16:50"), handling=20), *[Come(clock("16:55"))] * 2
    )
    assert told.tell("outcome ended") == [
        ("answered", clock("17:10")),
        ("sent away", clock("17:00")),
        ("sent away", clock("17:00")),
    ]
    assert told.present("desk")[-1] == (clock("17:10"), 0)


def test_closing_comes_before_completion_and_before_the_end_of_patience():
    """The agent frees and a patience ends at 17:00 sharp: both waiting were sent away first."""
    told = story(
        office("send_away", until="18:00"),
        Come(clock("16:50"), handling=10),
        Come(clock("16:55")),
        Come(clock("16:56"), patience=4),
    )
    assert told.tell("outcome") == ["answered", "sent away", "sent away"]


def test_a_closed_channel_opens_anew_the_next_day():
    told = story(
        office(),
        Come(clock("mon 18:00")),
        Come(clock("tue 09:00")),
        horizon={"start": "2026-01-05", "length": "2 days"},
    )
    assert told.tell("outcome") == ["closed", "answered"]


def test_a_channel_without_closed_hours_never_closes():
    told = story(
        """
        channels: {phone: {kind: live}}
        teams: {desk: {roster: [{heads: 1}], channels: {phone: {}}}}
        """,
        Come(clock("mon 23:59")),
        Come(clock("tue 00:01")),
        horizon={"start": "2026-01-05", "length": "2 days"},
    )
    assert told.tell("outcome started") == [("answered", 1439), ("answered", 1444)]


def test_closed_days_of_the_calendar_close_the_channel():
    text = """
    calendar: {closed: [2026-01-06]}
    channels:
      phone: {kind: live}
      crisis: {kind: live, holidays: open}
    teams: {desk: {holidays: "on", roster: [{heads: 2}], channels: {phone: {}, crisis: {}}}}
    """
    told = story(
        text,
        Come(clock("mon 12:00")),
        Come(clock("tue 12:00")),
        Come(clock("tue 12:00"), "crisis"),
        Come(clock("wed 12:00")),
        horizon={"start": "2026-01-05", "length": "3 days"},
    )
    assert told.tell("outcome") == ["answered", "closed", "answered", "answered"]


BLENDED = """
channels:
  phone: {kind: live, open: [{from: "09:00", until: "17:00"}]}
  mail: {kind: deferred}
teams:
  desk: {roster: [{from: "09:00", until: "17:00", heads: 1}], channels: {phone: {}, mail: {}}}
"""


def test_who_handles_a_message_at_closing_hands_it_back_and_serves_who_waits():
    """Roster and closing come at one instant; the caller who waits is not left standing."""
    told = story(
        BLENDED,
        Come(clock("16:30"), "mail", handling=60),
        Come(clock("16:40"), "phone", handling=15),
        horizon={"start": "2026-01-05", "length": "1 days", "run_out": "cut"},
    )
    assert told.tell("channel outcome started") == [
        ("mail", "waiting", clock("16:30")),
        ("phone", "answered", clock("17:00")),
    ]
    assert told.present("desk")[-1] == (clock("17:15"), 0)


def test_the_last_callers_of_two_channels_are_served_by_rank():
    text = """
    channels:
      phone: {kind: live, open: [{from: "09:00", until: "17:00"}]}
      counter: {kind: live, open: [{from: "09:00", until: "17:00"}]}
    teams:
      desk:
        roster: [{from: "09:00", until: "17:00", heads: 1}]
        channels: {phone: {rank: 2}, counter: {rank: 1}}
    """
    told = story(
        text,
        Come(clock("16:30"), handling=45),
        Come(clock("16:40"), "phone"),
        Come(clock("16:50"), "counter"),
    )
    assert told.tell("channel started") == [
        ("phone", clock("16:30")),
        ("phone", clock("17:20")),
        ("counter", clock("17:15")),
    ]


def test_after_closing_only_who_was_there_is_served():
    """The agent of the closed phone does not begin with the counter, open until 18:00."""
    text = """
    channels:
      phone: {kind: live, open: [{from: "09:00", until: "17:00"}]}
      counter: {kind: live, open: [{from: "09:00", until: "18:00"}]}
    teams:
      desk: {roster: [{from: "09:00", until: "17:00", heads: 1}],
             channels: {phone: {}, counter: {}}}
      late: {roster: [{from: "17:30", until: "18:00", heads: 1}], channels: {counter: {}}}
    """
    told = story(text, Come(clock("16:50"), handling=20), Come(clock("16:55"), "counter"))
    assert told.tell("team started", contact=1) == [("late", clock("17:30"))]


CHATS = """
channels:
  chat: {kind: chat, slowdown: [1, 1, 1], open: [{from: "09:00", until: "17:00"}]}
  other: {kind: chat, slowdown: [1, 1, 1], open: [{from: "09:00", until: "18:00"}]}
teams:
  desk: {roster: [{from: "09:00", until: "17:00", heads: 1}], channels: {chat: {}, other: {}}}
  late: {roster: [{from: "19:00", until: "20:00", heads: 1}], channels: {other: {}}}
"""


def test_chats_that_wait_at_closing_are_begun_as_places_come_free():
    first = [Come(clock("16:50"), "chat", handling=minutes) for minutes in (20, 25, 30)]
    told = story(
        CHATS,
        *first,
        *[Come(clock("16:55"), "chat", handling=10)] * 2,
        Come(clock("17:01"), "chat"),
    )
    assert told.tell("outcome started")[3:] == [
        ("answered", clock("17:10")),
        ("answered", clock("17:15")),
        ("closed", None),
    ]
    assert told.present("desk")[-1] == (clock("17:25"), 0)


def test_an_agent_in_overtime_begins_no_chat_of_a_channel_that_stays_open():
    told = story(
        CHATS,
        Come(clock("16:50"), "chat", handling=20),
        Come(clock("17:01"), "other"),
    )
    assert told.tell("team outcome")[1] == (None, "sent away")
    assert told.present("desk")[-1] == (clock("17:10"), 0)


@pytest.mark.parametrize(("agents", "last"), [(1, "17:30"), (2, "17:10")])
def test_an_agent_who_stays_takes_chats_side_by_side(agents, last):
    """A caller keeps the agent until 17:10; three chats wait, and begin together."""
    text = """
    channels:
      phone: {kind: live, open: [{from: "09:00", until: "17:00"}]}
      chat: {kind: chat, slowdown: [1, 1], open: [{from: "09:00", until: "17:00"}]}
    teams:
      desk: {roster: [{from: "09:00", until: "17:00", heads: HEADS}],
             channels: {phone: {}, chat: {}}}
    """.replace("HEADS", str(agents))
    told = story(
        text,
        *[Come(clock("16:50"), "phone", handling=20)] * agents,
        *[Come(clock("16:55"), "chat", handling=20)] * 3,
    )
    begun = told.tell("started", channel="chat")
    assert begun == [clock("17:10"), clock("17:10"), clock(last)]


def test_an_agent_who_stays_for_a_last_chat_begins_no_other():
    """A call until 17:10, then the chat that waits; the other channel's chat finds nobody."""
    text = CHATS.replace(
        "channels:\n", 'channels:\n  phone: {kind: live, open: [{until: "17:00"}]}\n', 1
    )
    text = text.replace(
        "channels: {chat: {}, other: {}}", "channels: {phone: {}, chat: {}, other: {}}"
    )
    told = story(
        text,
        Come(clock("16:50"), "phone", handling=20),
        Come(clock("16:55"), "chat", handling=20),
        Come(clock("17:15"), "other"),
    )
    assert told.tell("outcome started") == [
        ("answered", clock("16:50")),
        ("answered", clock("17:10")),
        ("sent away", None),
    ]
    assert told.present("desk")[-1] == (clock("17:30"), 0)


def test_when_the_channel_opens_again_nobody_stays_longer_for_its_queue():
    """Closed from 12:00 to 12:10; the morning's agent goes home after the call until 12:20."""
    text = """
    channels:
      phone: {kind: live, open: [{from: "09:00", until: "12:00"}, {from: "12:10", until: "17:00"}]}
    teams:
      early: {roster: [{from: "09:00", until: "12:00", heads: 1}], channels: {phone: {}}}
      late: {roster: [{from: "12:30", until: "17:00", heads: 1}], channels: {phone: {}}}
    """
    told = story(text, Come(clock("11:50"), handling=30), Come(clock("11:55")))
    assert told.tell("team started", contact=1) == [("late", clock("12:30"))]
    assert told.present("early") == [(clock("09:00"), 1), (clock("12:20"), 0)]

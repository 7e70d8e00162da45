"""Chats: several conversations at a time, each slower the more there are."""

import pytest

from tests.play.by_hand import Come, clock, story

CHAT = """
channels: {chat: {kind: chat, slowdown: SLOWDOWN}, phone: {kind: live}}
teams: {desk: {roster: [{heads: HEADS}], channels: {chat: {}, phone: {}}}}
"""


def chat(slowdown, heads=1):
    """Give one team for chat and phone."""
    return CHAT.replace("SLOWDOWN", str(slowdown)).replace("HEADS", str(heads))


def test_a_chat_alone_takes_its_handling():
    told = story(chat([1, 1.5]), Come(0, handling=6, wrap_up=1))
    assert told.tell("started ended") == [(0, 7)]


def test_with_n_open_each_runs_at_1_over_s_n():
    told = story(chat([1, 1.5]), *[Come(0, handling=6)] * 2)
    assert told.tell("started ended") == [(0, 9), (0, 9)]


def test_a_first_factor_above_1_slows_a_chat_alone():
    told = story(chat([1.2]), Come(0, handling=5))
    assert told.tell("ended") == [6]


def test_every_change_of_n_changes_the_pace_of_what_is_left():
    """A has 4 of 6 left at 2 and 2 at 5; C takes 2 at half speed; B ends alone."""
    told = story(chat([1, 1.5, 2]), Come(0, handling=6), Come(2, handling=6), Come(5, handling=2))
    assert told.tell("started ended") == [(0, 9), (2, 11), (5, 9)]


def test_a_chat_runs_in_whole_microseconds_without_drift():
    """Ten short chats beside a long one: 10 x 3 minutes at 1/3 speed, the rest alone."""
    told = story(
        chat([1, 3]),
        Come(0, handling=60),
        *[Come(5 * place, handling=1) for place in range(1, 11)],
    )
    assert told.tell("ended")[1:] == [5 * place + 3 for place in range(1, 11)]
    assert told.tell("ended", contact=0)[0] == pytest.approx(80, abs=1e-6)


def test_an_agent_holds_no_more_than_the_table_is_long():
    told = story(chat([1, 1]), *[Come(0, handling=10)] * 3)
    assert told.tell("started ended") == [(0, 10), (0, 10), (10, 20)]


def test_the_wait_is_to_the_first_reply():
    told = story(chat([1, 1]), *[Come(0, handling=10)] * 2, Come(4, handling=3))
    assert told.tell("since started ended", contact=2) == [(4, 10, 13)]


def test_a_new_chat_goes_to_the_agent_with_fewest():
    """C makes two with A, so D goes to B: each long chat loses the minute it shares."""
    told = story(
        chat([1, 2, 3], heads=2),
        Come(0, handling=10),
        Come(0, handling=10),
        Come(1, handling=1),
        Come(2, handling=1),
    )
    assert told.tell("ended") == [11, 11, 3, 4]


def test_an_idle_agent_goes_before_one_with_a_chat():
    told = story(chat([1, 5], heads=2), *[Come(0, handling=5)] * 2)
    assert told.tell("ended") == [5, 5]


def test_a_live_contact_goes_only_to_an_agent_without_chats():
    told = story(chat([1, 1, 1]), Come(0, "chat", handling=10), Come(1, "phone"))
    assert told.tell("started") == [0, 10]


def test_an_agent_with_a_live_contact_gets_no_chat():
    told = story(chat([1, 1, 1]), Come(0, "phone", handling=10), Come(1, "chat"))
    assert told.tell("started") == [0, 10]


def test_a_live_contact_waits_until_the_last_chat_of_an_agent_ends():
    """New chats keep coming to the agent who is at it: the caller waits for all of them."""
    told = story(
        chat([1, 1]),
        Come(0, "chat", handling=10),
        Come(1, "phone"),
        Come(5, "chat", handling=10),
    )
    assert told.tell("started") == [0, 15, 5]


def test_who_waits_for_a_chat_may_leave_or_be_blocked():
    text = chat([1]).replace("kind: chat", "kind: chat, queue_capacity: 1")
    told = story(
        text, Come(0, handling=10), Come(1, patience=2), Come(2), Come(3), Come(4, patience=0)
    )
    assert told.tell("outcome") == ["answered", "abandoned", "blocked", "answered", "blocked"]


def test_a_chat_may_be_diverted():
    text = chat([1]).replace("kind: chat", "kind: chat, divert: {after: 3 minutes, to: phone}")
    text = text.replace(
        "teams: {", "teams: {extra: {roster: [{heads: 1}], channels: {phone: {}}}, "
    )
    told = story(text, Come(0, handling=10), Come(1))
    assert told.tell("channel outcome started", contact=1) == [
        ("chat", "diverted", None),
        ("phone", "answered", 4),
    ]


def test_busy_is_at_least_one_chat():
    """From 0 to 15 without a break, then from 20 to 25."""
    told = story(chat([1, 1, 1]), Come(0, handling=10), Come(5, handling=10), Come(20, handling=5))
    assert told.spells() == [("desk", "chat", 0, 15), ("desk", "chat", 20, 25)]
    assert told.measures()["teams.desk.busy_hours"] == 20 / 60


def test_an_agent_with_chats_finishes_them_when_the_shift_ends():
    text = chat([1, 2]).replace("{heads: 1}", '{until: "01:00", heads: 1}')
    told = story(text, Come(50, handling=10), Come(50, handling=20), Come(61))
    assert told.tell("ended")[:2] == [70, 80]
    assert told.present("desk") == [(0, 1), (80, 0)]
    assert told.tell("started", contact=2) == [clock("tue 00:00")]


def test_chats_of_two_channels_share_an_agent_up_to_the_lower_limit():
    text = """
    channels:
      chat: {kind: chat, slowdown: [1, 1, 1]}
      app: {kind: chat, slowdown: [1, 2]}
    teams: {desk: {roster: [{heads: 1}], channels: {chat: {}, app: {}}}}
    """
    told = story(
        text, Come(0, "app", handling=5), Come(0, "chat", handling=5), Come(0, "chat", handling=5)
    )
    # Two open: the app chat at half speed, the other at full speed until 5.
    assert told.tell("channel started ended") == [("app", 0, 10), ("chat", 0, 5), ("chat", 5, 10)]


def test_a_team_factor_multiplies_the_work_of_a_chat():
    text = chat([1, 1.5]).replace("{chat: {}", "{chat: {handling_factor: 2}")
    told = story(text, *[Come(0, handling=2, wrap_up=1)] * 2)
    assert told.tell("ended") == [9, 9]

"""One team on phone and messages: live first, a reserve, no pre-emption."""

import pytest

from tests.play.by_hand import Come, story

BLENDED = """
channels: {phone: {kind: live}, mail: {kind: deferred}}
teams:
  desk: {reserve: RESERVE, roster: [{heads: HEADS}], channels: {phone: PHONE, mail: MAIL}}
"""


def blended(heads, reserve=0, phone="{}", mail="{}"):
    """Give one team for phone and messages."""
    text = BLENDED.replace("HEADS", str(heads)).replace("RESERVE", str(reserve))
    return text.replace("PHONE", phone).replace("MAIL", mail)


def test_at_equal_rank_who_is_waiting_goes_before_a_message():
    told = story(blended(1), Come(0), Come(1, "mail"), Come(4, "phone"))
    assert told.tell("channel started") == [("phone", 0), ("mail", 10), ("phone", 5)]


def test_a_message_that_the_team_ranks_first_goes_first():
    told = story(blended(1, phone="{rank: 2}"), Come(0), Come(1, "phone"), Come(2, "mail"))
    assert told.tell("channel started") == [("phone", 0), ("phone", 10), ("mail", 5)]


def test_a_message_is_not_interrupted_for_a_call():
    told = story(blended(1), Come(0, "mail", handling=30), Come(1))
    assert told.tell("started") == [0, 30]
    assert told.spells() == []


def test_a_message_is_answered_at_the_end_of_handling():
    told = story(blended(1), Come(3, "mail", handling=30))
    assert told.tell("outcome since started ended") == [("answered", 3, 3, 33)]


@pytest.mark.parametrize(
    ("heads", "reserve", "begun"),
    [
        (2, 0, [0, 0, 10, 10]),
        (2, 1, [0, 10, 20, 30]),
        (3, 1, [0, 0, 10, 10]),
        (3, 2, [0, 10, 20, 30]),
        (4, 1, [0, 0, 0, 10]),
    ],
)
def test_a_message_is_begun_only_if_the_reserve_stays_idle_after_it(heads, reserve, begun):
    told = story(blended(heads, reserve), *[Come(0, "mail", handling=10)] * 4)
    assert told.tell("started") == begun


def test_a_reserve_as_large_as_the_team_never_begins_a_message():
    told = story(
        blended(2, 2),
        Come(0, "mail"),
        Come(5),
        horizon={"start": "2026-01-05", "length": "1 days", "run_out": "cut"},
    )
    assert told.tell("outcome") == ["waiting", "answered"]


def test_the_reserve_is_for_calls():
    told = story(blended(2, 1), *[Come(0)] * 2)
    assert told.tell("started") == [0, 0]


def test_a_message_waits_until_enough_agents_are_idle():
    """Three agents, a reserve of one: with calls until 4 and 6 the message begins at 4."""
    calls = Come(0, handling=4), Come(0, handling=6)
    told = story(blended(3, 1), *calls, Come(1, "mail"))
    assert told.tell("started", channel="mail") == [4]
    told = story(blended(3, 2), *calls, Come(1, "mail"))
    assert told.tell("started", channel="mail") == [6]


def test_agents_on_messages_are_no_reserve():
    told = story(blended(3, 1), *[Come(0, "mail", handling=20)] * 2, Come(1, "mail"), Come(2))
    assert told.tell("started") == [0, 0, 20, 2]


def test_a_rise_of_the_roster_may_make_the_reserve():
    text = blended(0, 1).replace("{heads: 0}", "{every: 1 hour, heads: [1, 2]}")
    told = story(text, Come(10, "mail"))
    assert told.tell("started") == [60]


def test_the_reserve_is_of_the_own_team():
    """The agent of the other team is idle, and is no reserve for this one."""
    text = blended(1, 1) + "  other: {roster: [{heads: 1}], channels: {phone: {}}}\n"
    told = story(
        text,
        Come(0, "mail"),
        horizon={"start": "2026-01-05", "length": "1 days", "run_out": "cut"},
    )
    assert told.tell("outcome") == ["waiting"]


def test_a_team_without_reserve_takes_the_message_that_a_blended_one_leaves():
    text = blended(1, 1) + "  web: {roster: [{heads: 1}], channels: {mail: {}}}\n"
    told = story(text, *[Come(0, "mail")] * 2)
    assert told.tell("team started") == [("web", 0), ("web", 5)]


def test_a_message_that_is_reserved_against_does_not_hold_up_calls():
    told = story(
        blended(1, 1, phone="{rank: 2}"),
        Come(0, "mail"),
        Come(1),
        Come(2),
        horizon={"start": "2026-01-05", "length": "1 days", "run_out": "cut"},
    )
    assert told.tell("outcome started", channel="phone") == [("answered", 1), ("answered", 6)]

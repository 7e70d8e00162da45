"""Waiting in a live channel: first come first served, patience, places to wait, diversion."""

import pytest

from tests.play.by_hand import Come, story

ONE_AGENT = """
channels: {phone: {kind: live}}
teams: {desk: {roster: [{heads: 1}], channels: {phone: {}}}}
"""


def phone(options):
    """Give one agent and a phone channel with options."""
    return ONE_AGENT.replace("kind: live", f"kind: live, {options}")


def test_who_finds_a_free_agent_does_not_wait():
    told = story(ONE_AGENT, Come(10, handling=7))
    assert told.tell("team outcome since started ended") == [("desk", "answered", 10, 10, 17)]


def test_the_longest_waiting_goes_first():
    told = story(ONE_AGENT, Come(0), Come(2), Come(1), Come(3))
    assert told.tell("arrived started ended") == [(0, 0, 5), (1, 5, 10), (2, 10, 15), (3, 15, 20)]


def test_nobody_passes_who_waits_at_the_moment_an_agent_frees():
    """The agent frees at 5; who arrives at 5 comes after who waited."""
    told = story(ONE_AGENT, Come(0), Come(4), Come(5))
    assert told.tell("started") == [0, 5, 10]


def test_handling_is_contact_plus_wrap_up():
    told = story(ONE_AGENT, Come(0, handling=5, wrap_up=3), Come(1))
    assert told.tell("started ended") == [(0, 8), (8, 13)]


def test_out_of_patience_is_abandoned():
    told = story(ONE_AGENT, Come(0), Come(1, patience=2), Come(2))
    assert told.tell("outcome started ended team") == [
        ("answered", 0, 5, "desk"),
        ("abandoned", None, 3, None),
        ("answered", 5, 10, "desk"),
    ]


def test_patience_ends_with_the_wait_and_not_during_the_conversation():
    told = story(ONE_AGENT, Come(0, handling=30, patience=1))
    assert told.tell("outcome ended") == [("answered", 30)]


def test_patience_that_ends_just_as_an_agent_frees_is_long_enough():
    """Completion comes before abandonment at one instant."""
    told = story(ONE_AGENT, Come(0), Come(1, patience=4))
    assert told.tell("outcome started") == [("answered", 0), ("answered", 5)]


def test_patience_one_microsecond_too_short_is_abandoned():
    told = story(ONE_AGENT, Come(0), Come(1, patience=4 - 1 / 60_000_000))
    assert told.tell("outcome") == ["answered", "abandoned"]


def test_zero_patience_with_a_free_agent_is_served():
    told = story(ONE_AGENT, Come(0, patience=0))
    assert told.tell("outcome started") == [("answered", 0)]


def test_zero_patience_is_decided_on_arrival():
    """The agent frees at the instant of arrival, but completion was before the arrival: served.
    One who arrives a moment earlier leaves at once."""
    told = story(ONE_AGENT, Come(0), Come(4, patience=0), Come(5, patience=0))
    assert told.tell("outcome ended") == [("answered", 5), ("abandoned", 4), ("answered", 10)]


def test_zero_patience_takes_no_place_in_a_queue_of_one():
    told = story(phone("queue_capacity: 1"), Come(0), Come(1, patience=0), Come(1))
    assert told.tell("outcome") == ["answered", "abandoned", "answered"]


def test_no_places_to_wait_is_a_loss_system():
    told = story(phone("queue_capacity: 0"), Come(0), Come(1), Come(5), Come(9))
    assert told.tell("outcome ended") == [
        ("answered", 5),
        ("blocked", 1),
        ("answered", 10),
        ("blocked", 9),
    ]


def test_who_finds_all_places_taken_is_blocked():
    told = story(phone("queue_capacity: 2"), Come(0), *[Come(1)] * 3, Come(5), Come(6))
    assert told.tell("outcome") == [
        "answered",
        "answered",
        "answered",
        "blocked",
        "answered",
        "blocked",
    ]


def test_who_abandons_frees_a_place():
    told = story(
        phone("queue_capacity: 1"), Come(0), Come(1, patience=1), Come(1.5), Come(2), Come(2.5)
    )
    assert told.tell("outcome") == ["answered", "abandoned", "blocked", "answered", "blocked"]


TWO_CHANNELS = """
channels:
  phone: {kind: live, divert: {after: 3 minutes, to: other}}
  other: {kind: live, patience: 4 minutes}
teams:
  desk: {roster: [{heads: 1}], channels: {phone: {}}}
  back: {roster: [{heads: 1}], channels: {other: {}}}
"""


def test_who_waits_too_long_is_diverted_and_waits_anew():
    told = story(TWO_CHANNELS, Come(0, handling=60), Come(1), Come(2, "other", handling=5))
    assert told.tell("number channel outcome cause arrived started ended", contact=1) == [
        (1, "phone", "diverted", "first", 1, None, 4),
        (2, "other", "answered", "diverted", 4, 7, 12),
    ]


def test_who_is_answered_before_the_diversion_stays():
    told = story(TWO_CHANNELS, Come(0, handling=4), Come(1))
    assert told.tell("channel outcome", contact=1) == [("phone", "answered")]


def test_an_agent_who_frees_at_the_instant_of_diversion_answers():
    told = story(TWO_CHANNELS, Come(0, handling=4), Come(1, handling=1))
    assert told.tell("outcome started", contact=1) == [("answered", 4)]


@pytest.mark.parametrize(("patience", "outcome"), [(2.9, "abandoned"), (3, "diverted")])
def test_at_a_tie_the_diversion_goes_before_the_end_of_patience(patience, outcome):
    told = story(TWO_CHANNELS, Come(0, handling=60), Come(1, patience=patience))
    assert told.tell("outcome", contact=1)[0] == outcome


def test_patience_in_the_other_channel_is_that_channels():
    """It starts at the diversion: 4 + 4 minutes, while the other agent is busy until 60."""
    told = story(
        TWO_CHANNELS, Come(0, handling=60), Come(0, "other", handling=60), Come(1, patience=5)
    )
    assert told.tell("channel outcome ended", contact=2) == [
        ("phone", "diverted", 4),
        ("other", "abandoned", 8),
    ]


def test_a_diversion_to_messages_waits_in_the_backlog():
    told = story(
        """
        channels:
          phone: {kind: live, divert: {after: 3 minutes, to: mail}}
          mail: {kind: deferred, handling: 6 minutes}
        teams: {desk: {roster: [{heads: 1}], channels: {phone: {}, mail: {}}}}
        """,
        Come(0, handling=10),
        Come(1),
    )
    assert told.tell("channel outcome arrived started ended", contact=1) == [
        ("phone", "diverted", 1, None, 4),
        ("mail", "answered", 4, 10, 16),
    ]


def test_zero_patience_is_decided_before_any_diversion():
    text = TWO_CHANNELS.replace("3 minutes", "0 minutes")
    told = story(text, Come(0, handling=60), Come(1, patience=0), Come(2))
    assert told.tell("channel outcome", contact=1) == [("phone", "abandoned")]
    assert told.tell("channel outcome ended", contact=2) == [
        ("phone", "diverted", 2),
        ("other", "answered", 7),
    ]

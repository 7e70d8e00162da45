"""Lines that channels share: full is blocked, held until the conversation ends."""

from tests.play.by_hand import Come, clock, story

TWO_LINES = """
channels: {phone: {kind: live}, sales: {kind: live}}
lines: {trunk: {capacity: 2, channels: [phone, sales]}}
teams:
  desk: {roster: [{heads: 1}], channels: {phone: {}}}
  shop: {roster: [{heads: 1}], channels: {sales: {}}}
"""


def test_full_lines_block_although_an_agent_is_free():
    """Two on the phone, one of them waiting, take both lines; sales has a free agent."""
    told = story(TWO_LINES, Come(0), Come(1), Come(2, "sales"))
    assert told.tell("outcome") == ["answered", "answered", "blocked"]


def test_a_line_is_free_again_when_the_conversation_ends():
    told = story(TWO_LINES, Come(0), Come(1), Come(4.9, "sales"), Come(5, "sales"))
    assert told.tell("outcome") == ["answered", "answered", "blocked", "answered"]


def test_a_line_is_not_held_during_wrap_up():
    """The conversation of the first ends at 3, the wrap-up at 5."""
    first = Come(0, handling=3, wrap_up=2)
    told = story(TWO_LINES, first, Come(0, "sales"), Come(2.9), Come(3), Come(3.5))
    assert told.tell("outcome started") == [
        ("answered", 0),
        ("answered", 0),
        ("blocked", None),
        ("answered", 5),
        ("blocked", None),
    ]


def test_a_factor_of_the_team_stretches_conversation_and_wrap_up_alike():
    text = TWO_LINES.replace("{phone: {}}", "{phone: {handling_factor: 2}}")
    first = Come(0, handling=3, wrap_up=2)
    told = story(text, first, Come(0, "sales", handling=30), Come(5.9), Come(6))
    assert told.tell("outcome started") == [
        ("answered", 0),
        ("answered", 0),
        ("blocked", None),
        ("answered", 10),
    ]


def test_who_abandons_frees_a_line():
    told = story(TWO_LINES, Come(0), Come(1, patience=1), Come(1.5), Come(2))
    assert told.tell("outcome") == ["answered", "abandoned", "blocked", "answered"]


def test_who_finds_the_queue_full_holds_no_line():
    text = TWO_LINES.replace("phone: {kind: live}", "phone: {kind: live, queue_capacity: 0}")
    told = story(text, Come(0), Come(1), Come(2, "sales"))
    assert told.tell("outcome") == ["answered", "blocked", "answered"]


def test_who_is_diverted_within_the_same_lines_goes_on_waiting():
    text = TWO_LINES.replace(
        "phone: {kind: live}", "phone: {kind: live, divert: {after: 2 minutes, to: sales}}"
    )
    told = story(text, Come(0), Come(0.5, "sales"), Come(1), Come(6))
    assert told.tell("outcome", contact=2) == ["blocked"]
    told = story(text, Come(0), Come(1))
    assert told.tell("channel outcome started", contact=1) == [
        ("phone", "diverted", None),
        ("sales", "answered", 3),
    ]


def test_who_is_sent_away_at_closing_frees_a_line():
    text = """
    channels:
      phone:
        {kind: live, at_closing: send_away, open: [{from: "09:00", until: "17:00"}]}
      sales: {kind: live}
    lines: {trunk: {capacity: 2, channels: [phone, sales]}}
    teams:
      desk: {roster: [{heads: 1}], channels: {phone: {}}}
      shop: {roster: [{heads: 1}], channels: {sales: {}}}
    """
    told = story(
        text,
        Come(clock("16:50"), handling=20),
        Come(clock("16:55")),
        Come(clock("17:01"), "sales"),
    )
    assert told.tell("outcome") == ["answered", "sent away", "answered"]


def test_a_chat_holds_no_line_during_wrap_up():
    told = story(
        """
        channels: {chat: {kind: chat, slowdown: [1, 2]}}
        lines: {seats: {capacity: 1, channels: [chat]}}
        teams: {desk: {roster: [{heads: 1}], channels: {chat: {}}}}
        """,
        Come(0, handling=4, wrap_up=2),
        Come(3.9),
        Come(4, handling=3),
        Come(5),
    )
    # From 4 on two are open, each at half speed: wrap-up until 8, then alone from 1 left.
    assert told.tell("outcome started ended") == [
        ("answered", 0, 8),
        ("blocked", None, 3.9),
        ("answered", 4, 9),
        ("blocked", None, 5),
    ]
